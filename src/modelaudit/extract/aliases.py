"""Other names by which the value of a key is read: Terraform's `var.x`, a workflow's `inputs.x` and `matrix.x`."""

from __future__ import annotations

from modelaudit.domain.document import Path
from modelaudit.domain.keypaths import spell

_TRIGGERS = frozenset(("workflow_dispatch", "workflow_call"))


def other_names(path: Path, format: str) -> tuple[str, ...]:
    """Names that references use for the key at a path, as `templates` spells them."""
    match format, path:
        case "hcl", ("variable", str(name), "default"):
            return (f"var.{name}",)
        case "hcl", ("locals", str(name)):
            return (f"local.{name}",)
        case "hcl", (str(name),):
            # A `.tfvars` file sets the variables of its module.
            return (f"var.{name}",)
        case "yaml", ("on" | "true", str(trigger), "inputs", str(name), "default") if trigger in _TRIGGERS:
            return (f"inputs.{name}",)
        case "yaml", ("inputs", str(name), "default"):
            return (f"inputs.{name}",)
        case "yaml", ("jobs", str(job), "strategy", "matrix", str(name), int()) | (
            "jobs",
            str(job),
            "strategy",
            "matrix",
            "include",
            int(),
            str(name),
        ):
            return (f"{spell(('jobs', job))}.matrix.{name}",)
        case "hcl", ("inputs", str(name)):
            return (f"var.{name}",)
    return ()
