"""The JSON Schema of the configuration, for editors; made from the table of keys."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.config.keys import KEYS
from modelaudit.config.types import Day, Either, Field, File, Flag, Level, Many, Named, Number, Record, Text, Type, Word
from modelaudit.domain.finding import Risk

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json]"

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Json]:
    """The schema of a `modelaudit.toml`, and of `[tool.modelaudit]`."""
    keys: dict[str, Json] = {entry.key: {"description": entry.help, **_schema(entry.type)} for entry in KEYS}
    return {
        "$schema": ADDRESS,
        "title": "Configuration of modelaudit",
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The schema as it is printed."""
    import json

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _schema(kind: Type) -> dict[str, Json]:
    match kind:
        case Text(what):
            return {"type": "string", "minLength": 1, "title": what}
        case File():
            return {"type": "string", "minLength": 1}
        case Word(choices):
            return {"enum": list(choices)}
        case Level():
            return {"enum": [level.value for level in Risk]}
        case Day():
            return {"type": "string", "format": "date"}
        case Flag():
            return {"type": "boolean"}
        case Number(least):
            return {"type": "integer", "minimum": least}
        case Many(item):
            return {"type": "array", "items": _schema(item)}
        case Named(_, value):
            return {"type": "object", "additionalProperties": _schema(value)}
        case Either(short, long):
            return {"anyOf": [_schema(short), _schema(long)]}
        case Record(_, fields):
            return _record(fields)


def _record(fields: tuple[Field, ...]) -> dict[str, Json]:
    made: dict[str, Json] = {
        "type": "object",
        "properties": {field.key: {"description": field.help, **_schema(field.type)} for field in fields},
        "additionalProperties": False,
    }
    required: list[Json] = [field.key for field in fields if field.required]
    return {**made, "required": required} if required else made
