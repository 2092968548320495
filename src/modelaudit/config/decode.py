"""Turns a configuration table into values for `Settings`; every error names file, line, key path and what was expected."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime

from modelaudit.config.arrange import arranged
from modelaudit.config.keys import BY_NAME
from modelaudit.config.lines import Path, line_of
from modelaudit.config.records import MATCHER
from modelaudit.config.settings import Matcher
from modelaudit.config.types import (
    BUNDLED,
    Day,
    Either,
    Field,
    File,
    Flag,
    Level,
    Many,
    Named,
    Number,
    Record,
    Text,
    Type,
    Word,
    expectation,
)
from modelaudit.domain.errors import ConfigError, UsageError
from modelaudit.domain.finding import Risk
from modelaudit.domain.location import Location, Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.spelling import did_you_mean
from modelaudit.invocation import read_date

_LEVELS = tuple(level.value for level in Risk)


class Document(NamedTuple):
    """Where a table was read, for its errors and its paths."""

    name: str
    """As shown: the file's path, or `--config`."""
    text: str
    root: Path
    """Key path of the table in the file: `tool.modelaudit`, or nothing."""
    folder: str
    """Paths are relative to it."""

    def line(self, path: Path) -> int:
        """The line of a key; 0 when the table has no text."""
        return line_of(self.text, (*self.root, *path)) if self.text else 0

    def error(self, path: Path, problem: str, hint: str | None = None) -> ConfigError:
        """The error of a key."""
        line = self.line(path)
        place = f"{self.name}:{line}" if line else self.name
        return ConfigError(f"{place}: {spelled((*self.root, *path))}: {problem}", hint=hint)


def spelled(path: Path) -> str:
    """A key path as one writes it: `tool.modelaudit.ignore[0].until`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            bare = part.replace("-", "").replace("_", "")
            text += ("." if text else "") + (part if bare.isalnum() and bare.isascii() else f'"{part}"')
    return text


def decode(table: Mapping[str, object], document: Document) -> dict[str, object]:
    """Fields of `Settings` and their values, for every key of the table but `extend`."""
    values: dict[str, object] = {}
    for key, value in table.items():
        entry = BY_NAME.get(key)
        if entry is None:
            raise document.error((key,), "unknown key", did_you_mean(key, BY_NAME) or "`modelaudit config schema` lists the keys")
        try:
            decoded = _value(value, entry.type, (key,), document)
        except ConfigError as error:
            error.hint = error.hint or f"for example {entry.key} = {entry.example}"
            raise
        if entry.setting:
            values[entry.setting] = decoded
    return _placed(arranged(values), table, document)


def _placed(values: dict[str, object], table: Mapping[str, object], document: Document) -> dict[str, object]:
    """Records that were written in a short form, with the place where they stand."""
    policies, names = values.get("policies"), values.get("names")
    short = next((key for key in ("deny", "allow") if key in table), None)
    if short is not None and isinstance(policies, tuple) and policies:
        values["policies"] = (policies[0]._replace(origin=_origin(document, (short,))), *policies[1:])
    if isinstance(names, tuple):
        values["names"] = tuple(one._replace(origin=_origin(document, ("names", one.name))) for one in names)
    return values


def _origin(document: Document, path: Path) -> Location:
    line = document.line(path)
    return Location(document.name, Span(line, 1, line, 1))


def _value(value: object, kind: Type, path: Path, document: Document) -> object:
    """A value of the type, as `Settings` holds it."""
    match kind:
        case Text() | File() | Word() | Level() | Day() | Flag() | Number():
            return _scalar(value, kind, path, document)
        case Many(item):
            if not isinstance(value, list):
                raise _wrong(value, kind, path, document)
            return tuple(_value(entry, item, (*path, index), document) for index, entry in enumerate(value))
        case Named(_, inner):
            if not isinstance(value, dict):
                raise _wrong(value, kind, path, document)
            return tuple(sorted((str(name), _value(entry, inner, (*path, name), document)) for name, entry in value.items()))
        case Record():
            if not isinstance(value, dict):
                raise _wrong(value, kind, path, document)
            return _record(value, kind, path, document)
        case Either(short, long):
            if isinstance(value, _shape(long)):
                return _value(value, long, path, document)
            if not isinstance(value, _shape(short)):
                raise _wrong(value, kind, path, document)
            decoded = _value(value, short, path, document)
            return _matcher(str(decoded), path, document) if long is MATCHER else decoded


def _scalar(
    value: object, kind: Text | File | Word | Level | Day | Flag | Number, path: Path, document: Document
) -> str | bool | int | date | Risk:
    match kind, value:
        case Text(), str() if value:
            return value
        case File(), str() if value == BUNDLED:
            return value
        case File(), str() if value:
            return os.path.normpath(os.path.join(document.folder, os.path.expanduser(value)))
        case Word(choices), str():
            if value not in choices:
                raise document.error(path, f"unknown value {value!r}; expected {expectation(kind)}", did_you_mean(value, choices))
            return value
        case Level(), str():
            if value not in _LEVELS:
                raise document.error(path, f"unknown level {value!r}; expected {expectation(kind)}", did_you_mean(value, _LEVELS))
            return Risk(value)
        case Day(), _:
            return _day(value, path, document)
        case Flag(), bool():
            return value
        case Number(least), int() if not isinstance(value, bool) and value >= least:
            return value
    raise _wrong(value, kind, path, document)


def _day(value: object, path: Path, document: Document) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and value:
        try:
            return read_date(value, "")
        except UsageError:
            raise document.error(path, f"{value!r} is not a day; expected {expectation(Day())}") from None
    raise _wrong(value, Day(), path, document)


def _record(table: Mapping[str, object], kind: Record, path: Path, document: Document) -> object:
    fields = {field.key: field for field in kind.fields}
    values = dict(kind.defaults)
    for key, value in table.items():
        field = fields.get(key)
        if field is None:
            known = ", ".join(fields)
            raise document.error((*path, key), "unknown key", did_you_mean(key, fields) or f"a {kind.name} has: {known}")
        values[field.attribute] = _value(value, field.type, (*path, key), document)
    for missing in (field for field in kind.fields if field.required and field.key not in table):
        raise document.error(path, f"a {kind.name} needs {missing.key!r}: {expectation(missing.type)}", _advice(missing, table))
    if kind.origin is not None:
        values[kind.origin] = _origin(document, path)
    return kind.make(values[attribute] for attribute in kind.attributes)


def _advice(field: Field, table: Mapping[str, object]) -> str | None:
    near = did_you_mean(field.key, [key for key in table if key != field.key])
    return None if near is None else f"is {near.removeprefix('did you mean ').removesuffix('?')!r} meant to be {field.key!r}?"


def _matcher(text: str, path: Path, document: Document) -> Matcher:
    """The short form of a matcher: a model or glob, `fine-tuned`, or one condition such as `publisher:openai`."""
    if text == "fine-tuned":
        return Matcher(fine_tuned=True)
    key, colon, value = text.partition(":")
    fields = {field.key: field for field in MATCHER.fields}
    field = fields.get(key)
    if not colon or field is None or "/" in key:
        return Matcher(model=text)
    decoded: object = value == "true" if field.type == Flag() else _value(value.strip(), field.type, path, document)
    matcher = Matcher()
    return Matcher._make(decoded if name == field.attribute else default for name, default in zip(Matcher._fields, matcher, strict=True))


def _wrong(value: object, kind: Type, path: Path, document: Document) -> ConfigError:
    return document.error(path, f"{_described(value)}; expected {expectation(kind)}")


def _described(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"the string {value!r}" if value else "an empty string"
        case int() | float():
            return f"the number {value}"
        case list():
            return "an array"
        case dict():
            return "a table"
    return f"{value}"


def _shape(kind: Type) -> type:
    """The TOML type that a value of the type is written in."""
    return dict if isinstance(kind, (Named, Record)) else list if isinstance(kind, Many) else str
