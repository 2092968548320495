"""Tables as objects: `Config(**table)`, `Config.model_validate(table)`, files that a settings class names, and what they say of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Attribute, Expr, Item, Name, Result, Text
from modelaudit.domain.location import Span
from modelaudit.link.inheritance import Line
from modelaudit.link.values import ClassValue, ExternalValue, Frame, InstanceValue, TableValue, UnknownValue, Value

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

VALIDATORS = frozenset(("model_validate", "parse_obj", "validate", "model_construct", "validate_python", "construct", "from_dict"))
"""Methods of a class that are given a table."""
CONVERTERS = frozenset(("from_dict", "convert", "structure"))
"""Functions that are given a class and a table."""
_SETTINGS_FILE = "yaml.load"
"""Callee of the terms that stand for a file that a settings class reads."""
_NOWHERE = Span(0, 0, 0, 0)


def validated(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """The instances that `Config.model_validate(table)` and its like make: their fields are the entries of the table."""
    if not isinstance(expr.callee, Attribute) or expr.callee.name not in VALIDATORS or not expr.arguments:
        return []
    table = expr.arguments[0][1]
    return [
        InstanceValue(owner.path, owner.name, ((SPREAD, table),), path, frame, owner.steps)
        for owner in evaluator.evaluate(expr.callee.base, path, frame, depth + 1)
        if isinstance(owner, ClassValue) and evaluator.program.function(owner.path, f"{owner.name}.{expr.callee.name}") is None
    ]


def poured(evaluator: Evaluator, owner: InstanceValue, names: tuple[str, ...], line: Line, depth: int) -> list[Value]:
    """What the tables that an object was made with (`Config(**table)`) say of a field, by any of its names."""
    found: list[Value] = []
    for key, value in owner.arguments:
        for name in names if key == SPREAD else ():
            asked = Item(value, Text(name, _NOWHERE), None, _NOWHERE)
            values = evaluator.evaluate(asked, owner.arguments_path, owner.frame, depth + 1)
            found += [
                _typed(evaluator, inner, line, name, depth) for inner in values if not isinstance(inner, UnknownValue | ExternalValue)
            ]
    return found


def from_settings_file(evaluator: Evaluator, line: Line, field: str, depth: int) -> list[Value]:
    """What the files that a class of pydantic-settings names (`yaml_file`, `toml_file`, `json_file`) say of a field."""
    found: list[Value] = []
    for path, owner in line:
        for binding in evaluator.program.bindings(path, f"{owner}.model_config"):
            for key, value in binding.value.arguments if isinstance(binding.value, Result) else ():
                if key in ("yaml_file", "toml_file", "json_file"):
                    named = Result(Name(_SETTINGS_FILE, _NOWHERE), ((0, value),), binding.span)
                    asked = Item(named, Text(field, _NOWHERE), None, _NOWHERE)
                    values = evaluator.evaluate(asked, path, None, depth + 1)
                    found += [_typed(evaluator, inner, line, field, depth) for inner in values if not isinstance(inner, UnknownValue)]
    return found


def converted(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """`dacite.from_dict(Config, table)`, `msgspec.convert(table, Config)`: an instance of the class with the entries of the table."""
    owners: list[ClassValue] = []
    tables: list[Expr] = []
    for _, value in expr.arguments:
        values = evaluator.evaluate(value, path, frame, depth + 1)
        classes = [one for one in values if isinstance(one, ClassValue)]
        owners += classes
        if not classes:
            tables.append(value)
    return (
        [InstanceValue(owner.path, owner.name, ((SPREAD, tables[0]),), path, frame, ()) for owner in owners] if tables and owners else None
    )


def _typed(evaluator: Evaluator, value: Value, line: Line, field: str, depth: int) -> Value:
    """A table that a field holds, as an instance of the class that the field's annotation names."""
    if not isinstance(value, TableValue) or not value.table.mapping:
        return value
    for path, owner in line:
        annotation = evaluator.program.annotations.get((path, f"{owner}.{field}"))
        for made in evaluator.evaluate(annotation, path, None, depth + 1) if annotation is not None else ():
            if isinstance(made, ClassValue):
                return InstanceValue(made.path, made.name, ((SPREAD, value.table),), value.path, value.frame, value.steps)
    return value
