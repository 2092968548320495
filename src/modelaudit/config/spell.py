"""Settings written as TOML values: what is shown is what one would write to have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from modelaudit.config.types import Either, Many, Named, Record, Type

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def spell(value: object, kind: Type | None = None) -> str:
    """A value of `Settings` as one writes it in TOML; empty for what is not set. Tables need the type that they were read as."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Enum():
            return quoted(str(value.value))
        case str():
            return quoted(value)
        case tuple():
            return _composed(value, kind)
    raise TypeError(f"no setting is a {type(value).__name__}")


def quoted(text: str) -> str:
    """A TOML basic string."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _composed(value: tuple[object, ...], kind: Type | None) -> str:
    match kind:
        case Either(short, long):
            return _composed(value, short if isinstance(short, Many) else long)
        case Record():
            return _record(value, kind)
        case Named(_, inner):
            return _table((str(name), spell(item, inner)) for name, item in map(_pair, value))
        case Many(item):
            return f"[{', '.join(spell(one, item) for one in value)}]"
    return f"[{', '.join(spell(one) for one in value)}]"


def _record(value: tuple[object, ...], kind: Record) -> str:
    """An inline table of the fields that differ from their defaults."""
    defaults = dict(kind.defaults)
    shown = ((field, getattr(value, field.attribute)) for field in kind.fields)
    return _table(
        (field.key, spell(item, field.type))
        for field, item in shown
        if item is not None and (field.attribute not in defaults or item != defaults[field.attribute])
    )


def _table(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ", ".join(f"{name if name and _BARE.issuperset(name) else quoted(name)} = {text}" for name, text in pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _pair(entry: object) -> tuple[object, object]:
    if not isinstance(entry, tuple):
        raise TypeError(f"no entry of a table is a {type(entry).__name__}")
    name, item = entry
    return name, item
