"""What the steps of a flow are called."""

from __future__ import annotations

from modelaudit.domain.facts import Binding, BindingKind
from modelaudit.link import references


def label(binding: Binding) -> str:
    """The words for a binding in a flow: `constant MODEL`, `field Settings.model`."""
    name = binding.name.partition("@")[0]
    match binding.kind:
        case BindingKind.CONSTANT:
            if "." in name:
                return f"variable {name.rpartition('.')[2]}"
            return f"constant {name}" if name.isupper() else f"variable {name}"
        case BindingKind.PARAMETER:
            function, _, parameter = name.partition("(")
            return f"default of parameter {parameter.rstrip(')')} of {function}()"
        case BindingKind.OPTION:
            return f"default of option {name.partition('(')[2].rstrip(')') or name.removeprefix('option:')}"
        case BindingKind.ENVIRONMENT:
            return f"environment variable {name.partition(':')[2]}"
        case BindingKind.KEY:
            return references.shown(name)
        case BindingKind.FIELD:
            return f"field {name}"
        case BindingKind.ATTRIBUTE:
            owner, passed, attribute = name.partition(".super(")
            return f"passed by {owner} to its base class as {attribute.rstrip(')')}" if passed else f"attribute {name}"
    return f"{binding.kind.value} {name}"
