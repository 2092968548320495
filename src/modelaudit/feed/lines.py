"""On which line of a TOML file a key path stands. Parsers of TOML give no positions, so this looks only after something was found wrong."""

from __future__ import annotations

import re
from typing import TypeAlias

from modelaudit.domain.pattern import late

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of a file."""

_HEADER = late(r"^\s*(?P<open>\[\[?)(?P<name>[^\[\]]+|[^\[\]]*\"[^\"]*\"[^\[\]]*)\]\]?\s*(#.*)?$")
_KEY = late(r"^\s*(?P<key>[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=\s*(?P<value>.*)$")
_ITEM = late(r"^\s*(?=[\[{\"'0-9tf])")


def find_line(text: str, path: KeyPath) -> int | None:
    """The line of a key path, or of its nearest parent that has a line; None for the file as a whole."""
    places = index(text)
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return places[path[:end]]
    return None


def index(text: str) -> dict[KeyPath, int]:
    """Every key path that begins a line, with its line: tables, keys, and items of lists that are written one a line."""
    places: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    items: tuple[KeyPath, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if items is not None:
            items = _item(line, number, items, places)
        elif header := _HEADER.match(line):
            table = _open(header["name"], header["open"] == "[[", counts)
            places.setdefault(table, number)
        elif entry := _KEY.match(line):
            path = (*table, _unquote(entry["key"]))
            places[path] = number
            if entry["value"].split("#", 1)[0].strip() == "[":
                items = (path, 0)
    return places


def spell(path: KeyPath) -> str:
    """A key path as people write it: `model[3].life[0].events[2].on`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            bare = part.replace("-", "").replace("_", "").isalnum()
            text += ("." if text else "") + (part if bare else f'"{part}"')
    return text


def _item(line: str, number: int, items: tuple[KeyPath, int], places: dict[KeyPath, int]) -> tuple[KeyPath, int] | None:
    path, count = items
    if line.strip().startswith("]"):
        return None
    if _ITEM.match(line):
        places[(*path, count)] = number
        return path, count + 1
    return items


def _open(name: str, repeated: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """The path that a `[table]` or `[[table]]` header opens; a dotted name goes through the newest item of each list on its way."""
    path: KeyPath = ()
    parts = [_unquote(part) for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", name)]
    for depth, part in enumerate(parts):
        path = (*path, part)
        if depth == len(parts) - 1 and repeated:
            counts[path] = counts.get(path, -1) + 1
            for below in [key for key in counts if key[: len(path) + 1] == (*path, counts[path])]:
                del counts[below]
        if path in counts:
            path = (*path, counts[path])
    return path


def _unquote(text: str) -> str:
    return text[1:-1] if text[:1] in "\"'" else text
