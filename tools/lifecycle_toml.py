"""Models as TOML that reviews well: sorted, one fact a line."""

from __future__ import annotations

import json
from datetime import date

from lifecycle_sources import Sources

Table = dict[str, object]

_HEADER = """\
# Models of {publisher}: one [[model]] an identity, one [[model.life]] a platform, sorted by key and platform.
# A fact is one line with its day. `shutdown` is an exact end; a promise ("not sooner than", "earliest") is a `floor`, which ends nothing.
# Dates, precision, aliases, sources: docs/feed.md. Check with `modelaudit rules lint rules`.

schema = "1"
publisher = "{publisher}"
"""
_MODEL_KEYS = ("key", "line", "succeeded_by")
_LIFE_KEYS = (
    *("platform", "ids", "profiles", "versions", "aliases", "source", "agree", "events", "unavailable"),
    *("replacement", "on_shutdown", "note"),
)
_ONE_A_LINE = ("aliases", "events", "unavailable", "succeeded_by")


def publisher_file(publisher: str, home: str | None, models: list[Table], sources: Sources) -> str:
    """The whole file of a publisher, with the sources that it uses."""
    out = [_HEADER.format(publisher=publisher)]
    if home:
        out.append(f'home = "{home}"\n')
    for key in sorted(_used(models)):
        out.append(f"\n[source.{key}]\n")
        out += [f"{name} = {_value(value)}\n" for name, value in sources[key].items()]
    for model in models:
        out.append("\n[[model]]\n")
        out += _entries(model, _MODEL_KEYS, "")
        lives = model["life"]
        assert isinstance(lives, dict)
        for platform in sorted(lives):
            out.append("\n  [[model.life]]\n")
            out += _entries(lives[platform], _LIFE_KEYS, "  ")
    return "".join(out)


def _entries(table: Table, keys: tuple[str, ...], indent: str) -> list[str]:
    unknown = set(table) - set(keys) - {"publisher", "life"}
    assert not unknown, unknown
    return [_entry(key, table[key], indent) for key in keys if key in table]


def _entry(key: str, value: object, indent: str) -> str:
    if key in _ONE_A_LINE and isinstance(value, list) and value:
        lines = "".join(f"{indent}  {_value(item)},\n" for item in value)
        return f"{indent}{key} = [\n{lines}{indent}]\n"
    return f"{indent}{key} = {_value(value)}\n"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case dict():
            return "{ " + ", ".join(f"{_key(name)} = {_value(item)}" for name, item in value.items()) + " }"
        case _:
            raise TypeError(value)


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _used(value: object) -> set[str]:
    match value:
        case dict():
            found = {name for key in ("source", "agree") for name in _names(value.get(key))}
            return found.union(*(_used(item) for item in value.values()))
        case list():
            return set().union(*(_used(item) for item in value))
        case _:
            return set()


def _names(value: object) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []
