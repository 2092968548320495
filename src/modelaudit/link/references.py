"""References between config files: Terraform variables, a chart's values, inputs of workflows, entries of config maps, build arguments.

Each is found only where its own rules look: the folder of a module, the chart of a template, the workflow that is called. A file that
belongs to several (`environments/prod.tfvars`) counts when only one of them can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from modelaudit.domain.facts import Binding
from modelaudit.link.values import UnknownValue, Value

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator
    from modelaudit.link.program import Program

Found: TypeAlias = list[tuple[str, Binding]]

CHART_FOLDERS = ("templates", "charts", "crds")
"""Folders inside a chart."""


def is_reference(ref: str) -> bool:
    """Whether a name is one that config files look up beyond themselves."""
    return ref.startswith(("key:", "values:", "configmap:", "arg:"))


def values(evaluator: Evaluator, ref: str, path: str, depth: int) -> list[Value]:
    """Everything that a reference in a config file may be."""
    found: list[Value] = []
    for other, binding in bindings(evaluator.program, ref, path):
        found.extend(evaluator.once(other, binding, depth))
    return found or [UnknownValue(f"{shown(ref)} is set nowhere in the scanned tree", outside=True)]


def bindings(program: Program, ref: str, path: str) -> Found:
    """The bindings that a reference in the file `path` may mean."""
    if ref.startswith("values:"):
        return _of_chart(program, ref.removeprefix("values:"), path)
    if ref.startswith(("configmap:", "arg:")):
        return program.shared.get(ref, [])
    found = [(path, binding) for binding in program.bindings(path, ref)]
    if ref.startswith(("key:var.", "key:local.")):
        found = _of_module(program, ref, path)
    elif ref.startswith("key:param."):
        found += _of_parameter_files(program, ref, path)
    elif ref.startswith("key:Parameters."):
        found += _of_stack(program, ref, path)
    given = (entry for target in (path, path.rpartition("/")[0]) for entry in program.shared.get(f"given:{target}:{ref}", ()))
    return [*found, *given]


def shown(ref: str) -> str:
    """A reference in words, as flows and reasons show it."""
    name = ref.rpartition(":")[2]
    head, _, rest = name.partition(".")
    match ref.partition(":")[0], head:
        case "arg", _:
            return f"build argument {name}"
        case "stack", _:
            return f"parameter {name}"
        case "configmap", _:
            return f"config map {head} key {rest}"
        case "given" | "key", "var":
            return f"variable {rest}"
        case "given" | "key", "local":
            return f"local value {rest}"
        case "given" | "key", "inputs":
            return f"input {rest}"
        case "given" | "key", "param":
            return f"parameter {rest}"
        case "key", "Parameters" if rest.endswith(".Default"):
            return f"parameter {rest.removesuffix('.Default')}"
    if ".matrix." in name and name.startswith("jobs."):
        return f"matrix value {name.rpartition('.matrix.')[2]}"
    return f"config key {name}"


def spellings(ref: str) -> frozenset[str]:
    """How files that refer to a name may write it; empty for names that only their own file knows."""
    kind, _, name = ref.partition(":")
    head, _, rest = name.partition(".")
    match kind, head:
        case "values", _:
            return frozenset((f".Values.{name}",))
        case "configmap", _:
            return frozenset((head,))
        case (("arg" | "stack"), _):
            return frozenset((name,))
        case "key", ("var" | "local" | "inputs"):
            return frozenset((name,))
        case "key", "param":
            return frozenset((f"param {rest}",))
    return frozenset()


# Terraform


def _of_module(program: Program, ref: str, path: str) -> Found:
    """A variable or local value of the module: the files of its folder, and files of values for it."""
    folder = path.rpartition("/")[0]
    found: Found = []
    elsewhere: Found = []
    for other, binding in program.shared.get(ref, ()):
        place = other.rpartition("/")[0]
        if place == folder:
            found.append((other, binding))
        elif other.endswith(".tfvars") and ref.startswith("key:var."):
            (found if place.startswith(f"{folder}/" if folder else "") else elsewhere).append((other, binding))
    declaring = {other.rpartition("/")[0] for other in program.declares(ref)}
    return found + elsewhere if declaring <= {folder} else found


# Helm


def _of_chart(program: Program, key: str, path: str) -> Found:
    """An entry of the values of the template's chart, or of a chart around it that has this one as a part."""
    chart = chart_of(path)
    if chart is None:
        return []
    found = _in_values(program, chart, key)
    inner = chart
    while "/charts/" in f"/{inner}/":
        outer, _, name = inner.rpartition("/charts/") if "/charts/" in inner else ("", "", inner.removeprefix("charts/"))
        found += _in_values(program, outer, key if key.startswith("global.") else f"{name}.{key}")
        inner = outer
    if len(program.charts) == 1:
        found += [(other, binding) for other, binding in program.shared.get(f"key:{key}", ()) if _is_stray(other, chart)]
    return found


def chart_of(path: str) -> str | None:
    """The folder of the chart that a template or a file of values belongs to; None for a file outside of templates."""
    parts = path.split("/")
    folders = [number for number, part in enumerate(parts[:-1]) if part == "templates"]
    return "/".join(parts[: folders[-1]]) if folders else None


def _in_values(program: Program, chart: str, key: str) -> Found:
    inside = f"{chart}/" if chart else ""
    return [
        (other, binding)
        for other, binding in program.shared.get(f"key:{key}", ())
        if other.startswith(inside) and is_values(other) and not any(part in CHART_FOLDERS for part in other[len(inside) :].split("/")[:-1])
    ]


def is_values(path: str) -> bool:
    """Whether a file holds values for a chart, by its name or folder: `values-prod.yaml`, `values/prod.yaml`."""
    folder, _, name = path.lower().rpartition("/")
    return name.endswith((".yaml", ".yml")) and ("values" in name or folder.rpartition("/")[2] == "values")


def _is_stray(path: str, chart: str) -> bool:
    """A file of values that lies outside of the chart."""
    folder = path.rpartition("/")[0]
    around = f"{folder}/charts/" if folder else "charts/"
    return is_values(path) and not path.startswith(f"{chart}/" if chart else "\0") and not chart.startswith(around)


# Bicep and CloudFormation


def _of_parameter_files(program: Program, ref: str, path: str) -> Found:
    folder = path.rpartition("/")[0]
    found = [(other, binding) for other, binding in program.shared.get(ref, ()) if other.endswith(".bicepparam")]
    near = [entry for entry in found if entry[0].rpartition("/")[0] == folder]
    return near or (found if program.declares(ref) <= {path} else [])


def _of_stack(program: Program, ref: str, path: str) -> Found:
    """Parameters that a file of the deployment gives: SAM's configuration beside the template, or a parameter file."""
    name = ref.removeprefix("key:Parameters.").removesuffix(".Default")
    folder = path.rpartition("/")[0]
    given = program.shared.get(f"stack:{name}", [])
    near = [entry for entry in given if entry[0].startswith(f"{folder}/" if folder else "")]
    return near or (given if program.declares(ref) <= {path} else [])
