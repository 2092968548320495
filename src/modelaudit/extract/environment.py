"""Where config files define environment variables, in all the ways they have: mappings, `NAME=value` items, name and value pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from modelaudit.domain.document import Embedded, Kind, Path, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.names import names
from modelaudit.extract.lexing.words import Word, read_command

_HOLDERS = names(
    """
    environment env environments env_variables environment_variables envvars vars variables extraenv extraenvvars build_args buildargs
    stringdata configmap secrets substitutions environmentvariables literals
    """
)
_NAME_KEYS = frozenset(("name", "Name", "key", "Key", "envVar"))
_VALUE_KEYS = frozenset(("value", "Value", "default"))
_PAIR = late(r"([A-Za-z_]\w*)=")
_PAIRS = late(r"[A-Za-z_]\w*=[^,=\s]*(?:,[A-Za-z_]\w*=[^,=\s]*)+")
_SHOUTED = late(r"_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")


def definitions(values: Iterable[Value]) -> tuple[list[Value], list[Embedded]]:
    """The values of a file with definitions of environment variables and options of list-form commands told apart from other entries."""
    entries = list(values)
    names = _names(entries)
    lists = _command_lists(entries)
    found: list[Value] = []
    embedded: list[Embedded] = []
    for value in entries:
        if value.kind is not Kind.ENTRY:
            found.append(value)
        elif value.path[:-1] in lists and value.path and isinstance(value.path[-1], int):
            continue
        else:
            found += _entry(value, names)
    for path, items in lists.items():
        read = read_command((Word(item.text, item.span, item.plain) for item in items), path)
        # The quotes of such a list are not the shell's: `"--model"` is an option.
        found += read.values
        embedded += read.embedded
    return found, embedded


def _entry(value: Value, names: dict[Path, str]) -> list[Value]:
    last = value.path[-1] if value.path else ""
    holder = _holder(value.path)
    if isinstance(last, int):
        return _pairs(value) if _PAIR.match(value.text) and (holder or _PAIRS.fullmatch(value.text)) else [value]
    if last in _VALUE_KEYS and (name := names.get(value.path[:-1])) is not None:
        return [value._replace(path=(*value.path[:-1], name), kind=Kind.ENVIRONMENT)]
    if _SHOUTED.fullmatch(last) and (holder or "_" in last or len(value.path) > 1):
        return [value._replace(kind=Kind.ENVIRONMENT)]
    # `environment=A="x",B="y"` of supervisor, `--set-env-vars` of deploy steps.
    return _pairs(value) if _PAIRS.fullmatch(value.text) and (holder or last.lower() in _HOLDERS) else [value]


def _holder(path: Path) -> bool:
    """Whether the collection that a value stands in is one of environment variables."""
    parent = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    return parent.replace("-", "_").lower() in _HOLDERS or parent.replace("_", "").lower() in _HOLDERS


def _pairs(value: Value) -> list[Value]:
    """`NAME=value`, or several of them with commas between."""
    if not _PAIRS.fullmatch(value.text):
        match = _PAIR.match(value.text)
        return [_pair(value, match[1], match.end(), len(value.text))] if match else [value]
    found = []
    start = 0
    for piece in value.text.split(","):
        name, _, text = piece.partition("=")
        found.append(_pair(value, name, start + len(name) + 1, start + len(name) + 1 + len(text)))
        start += len(piece) + 1
    return found


def _pair(value: Value, name: str, start: int, end: int) -> Value:
    text = value.text[start:end]
    quoted = len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]
    if quoted:
        text, start, end = text[1:-1], start + 1, end - 1
    span = value.span
    if value.plain and span.line == span.end_line:
        span = Span(span.line, span.column + start, span.line, span.column + end)
    return value._replace(text=text, span=span, path=(*value.path, name), kind=Kind.ENVIRONMENT, quoted=quoted)


def _names(values: list[Value]) -> dict[Path, str]:
    """The variable named by `{name: X, value: Y}`, by the path of the pair."""
    return {
        value.path[:-1]: value.text
        for value in values
        if value.kind is Kind.ENTRY and value.path and value.path[-1] in _NAME_KEYS and _is_variable(value)
    }


def _is_variable(value: Value) -> bool:
    return _SHOUTED.fullmatch(value.text) is not None or (_holder(value.path[:-1]) and _PAIR.fullmatch(value.text + "=") is not None)


def _command_lists(values: list[Value]) -> dict[Path, list[Value]]:
    """Lists of words that are a command: one of them is a long option."""
    lists: dict[Path, list[Value]] = {}
    commands: set[Path] = set()
    for value in values:
        if value.kind is Kind.ENTRY and value.path and isinstance(value.path[-1], int) and value.origin is None:
            lists.setdefault(value.path[:-1], []).append(value)
            if re.match(r"--[a-z]|-[a-z]$", value.text):
                commands.add(value.path[:-1])
    return {path: items for path, items in lists.items() if path in commands}
