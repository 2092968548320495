"""`!Ref`, `!Sub` and their JSON forms: values of CloudFormation templates that refer to parameters."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.document import Kind, Value
from modelaudit.domain.expr import Env, Expr, Join, Name, Unknown
from modelaudit.extract.pieces import stretch
from modelaudit.extract.templates import expression


def references(values: Iterable[Value]) -> list[Value]:
    """The values of a file, those that are a `Ref` or a `Sub` put where they belong and with what they refer to."""
    return [_reference(value) if value.kind is Kind.ENTRY and value.path[-1:] in (("Ref",), ("Fn::Sub",)) else value for value in values]


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
