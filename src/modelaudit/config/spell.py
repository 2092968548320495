"""Settings written as TOML values."""

from __future__ import annotations

from datetime import date
from enum import Enum

from modelaudit.domain.location import Location


def spell(value: object) -> str:
    """A value of `Settings` as one writes it in TOML; empty for what is not set."""
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
        case tuple() if hasattr(value, "_fields"):
            return _record(value)
        case tuple():
            return f"[{', '.join(spell(item) for item in value)}]"
    raise TypeError(f"no setting is a {type(value).__name__}")


def quoted(text: str) -> str:
    """A TOML basic string."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _record(value: tuple[object, ...]) -> str:
    """An inline table of the fields that differ from their defaults; where it was read stays out."""
    names: tuple[str, ...] = getattr(value, "_fields", ())
    defaults: dict[str, object] = getattr(value, "_field_defaults", {})
    pairs = zip(names, value, strict=True)
    shown = ((name, item) for name, item in pairs if not isinstance(item, Location) and (name not in defaults or item != defaults[name]))
    return "{ " + ", ".join(f"{name.replace('_', '-')} = {spell(item)}" for name, item in shown if item is not None) + " }"
