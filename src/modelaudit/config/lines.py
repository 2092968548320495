"""Finds the line of a key in a TOML file; no TOML reader tells it. Only errors and origins ask, so a plain scan of lines is enough."""

from __future__ import annotations

import re
from datetime import date

from modelaudit.domain.pattern import late

_HEADER = late(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = late(r"""^\s*((?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*=""")
_PART = late(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_DAY = late(r"=\s*(\d{4}-\d{2}-\d{2})(?![\dT:-])")
_STRING = late(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")

Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int:
    """The line that `path` is written on, or the line of the nearest key above it in the document; 1 when there is none.

    A key that is only written through what lies below it (`[[ignore]]`, `names.x`) stands where the first of that stands.
    """
    best, length = 1, 0
    places = _places(text)
    below = next((line for line, place in places if len(place) > len(path) and place[: len(path)] == path), None)
    if below is not None and path not in (place for _, place in places):
        return below
    for line, place in places:
        shared = _shared(place, path)
        if shared == len(place) and shared > length:
            best, length = line, shared
    return _inside(text, best, path[length:]) if length < len(path) else best


def day_on(text: str, line: int) -> str | None:
    """What is wrong with a line that gives a key a day which no calendar has; TOML readers call all of the file broken."""
    lines = text.splitlines()
    found = _DAY.search(lines[line - 1]) if 0 < line <= len(lines) else None
    if found is None:
        return None
    try:
        date.fromisoformat(found[1])
    except ValueError:
        path = next((place for number, place in _places(text) if number == line), ())
        key = ".".join(part if isinstance(part, str) else f"[{part}]" for part in path).replace(".[", "[")
        return f"{key}: {found[1]} is not a day"
    return None


def _places(text: str) -> list[tuple[int, Path]]:
    """Every header and key with its line and its path; the numbers of array tables count up."""
    found: list[tuple[int, Path]] = []
    counts: dict[Path, int] = {}
    table: Path = ()
    quotes = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        header = _HEADER.match(line)
        if header and not _KEY.match(line):
            table = _numbered(_parts(header[2]), counts, is_array=header[1] == "[[")
            found.append((number, table))
            continue
        key = _KEY.match(line)
        if key:
            found.append((number, table + _parts(key[1])))
            quotes = _opens(line[key.end() :])
    return found


def _numbered(parts: Path, counts: dict[Path, int], *, is_array: bool) -> Path:
    """The path of a header: below an array table stands the number of its last element."""
    path: Path = ()
    for position, part in enumerate(parts):
        path += (part,)
        if is_array and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def _parts(text: str) -> Path:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in _PART.findall(text))


def _opens(value: str) -> str:
    """The quotes of a multi-line string that begins in `value` and does not end there."""
    for quotes in ('"""', "'''"):
        if value.count(quotes) == 1:
            return quotes
    return ""


def _shared(place: Path, path: Path) -> int:
    return next((index for index, (one, other) in enumerate(zip(place, path, strict=False)) if one != other), min(len(place), len(path)))


def _inside(text: str, line: int, rest: Path) -> int:
    """The line below `line` on which a key of an inline table stands, while the value that begins there lasts."""
    lines = text.splitlines()
    names = [part for part in rest if isinstance(part, str)]
    if not names or line > len(lines):
        return line
    pattern = re.compile(rf"""(?<![\w-])["']?{re.escape(names[0])}["']?\s*=""")
    depth = 0
    for number in range(line, len(lines) + 1):
        bare = _STRING.sub("", lines[number - 1].partition("#")[0]) if number == line else lines[number - 1]
        if pattern.search(bare):
            return number
        depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        if depth <= 0:
            return line
    return line
