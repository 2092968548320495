"""`!Ref`, `!Sub` and their JSON forms: values of CloudFormation templates that refer to parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.expr import Env, Expr, Join, Name, Unknown
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.pieces import stretch
from modelaudit.extract.templates import expression


def references(values: Iterable[Value]) -> list[Value]:
    """The values of a file, those that are a `Ref` or a `Sub` put where they belong and with what they refer to."""
    return [_reference(value) if value.kind is Kind.ENTRY and value.path[-1:] in (("Ref",), ("Fn::Sub",)) else value for value in values]


def overrides(values: Iterable[Value]) -> list[Value]:
    """The values of a file, `Stage=prod ModelId=…` of SAM's configuration taken apart into the parameters of the stack."""
    found: list[Value] = []
    for value in values:
        held = _OVERRIDES in value.path[-2:] and value.kind is Kind.ENTRY
        pairs = list(_PAIR.finditer(value.text)) if held and len(value.text) < _LONGEST else []
        found += [_pair(value, match) for match in pairs] or [value]
    return found


def given_parameters(values: Iterable[Value]) -> dict[tuple[Path, Span], tuple[str, ...]]:
    """The parameters that a file of a deployment gives to its stack, by the names that templates read them by."""
    entries = list(values)
    keys = {value.path[:-1]: value.text for value in entries if value.path[-1:] == ("ParameterKey",)}
    found: dict[tuple[Path, Span], tuple[str, ...]] = {}
    for value in entries:
        if value.path[-1:] == ("ParameterValue",) and value.path[:-1] in keys:
            found[value.path, value.span] = (f"stack:{keys[value.path[:-1]]}",)
        elif _OVERRIDES in value.path[-3:-1] and isinstance(value.path[-1], str):
            found[value.path, value.span] = (f"stack:{value.path[-1]}",)
    return found


_OVERRIDES = "parameter_overrides"
_LONGEST = 4096
_PAIR = late(r"(?:ParameterKey=)?(?P<name>[A-Za-z]\w*)(?:,ParameterValue)?=(?P<quote>[\"']?)(?P<value>[^\s\"']*)(?P=quote)")


def _pair(value: Value, match: re.Match[str]) -> Value:
    span = stretch(value, *match.span("value"))
    return value._replace(text=match["value"], span=span, path=(*value.path, match["name"]), quoted=True)


def _reference(value: Value) -> Value:
    if value.path[-1] == "Ref":
        return value._replace(path=value.path[:-1], expr=Name(f"key:Parameters.{value.text}.Default", value.span))
    expr = expression(value.text, lambda start, end: stretch(value, start, end))
    return value._replace(path=value.path[:-1], expr=_parameters(expr))


def _parameters(expr: Expr) -> Expr:
    """Names in `${…}` are parameters there; `AWS::Region` and its like are known only when the stack is made."""
    match expr:
        case Join():
            return Join(tuple(_parameters(part) for part in expr.parts))
        case Env() if expr.name == "AWS":
            return Unknown("a pseudo parameter of AWS")
        case Env():
            return Name(f"key:Parameters.{expr.name}.Default", expr.span)
    return expr
