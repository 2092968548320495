"""Writes suppressions: a comment behind or above a line, in the comment syntax of the language.

What a comment would break or not cover is known only by reading the new text, so each place is tried and `check` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from modelaudit.domain.record import NamedTuple

_HASH, _SLASHES, _DASHES, _MARKUP = ("# ", ""), ("// ", ""), ("-- ", ""), ("<!-- ", " -->")
_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "javascript": (_SLASHES,),
    "typescript": (_SLASHES,),
    "json": (_SLASHES,),
    "hcl": (_HASH, _SLASHES),
    "groovy": (_SLASHES,),
    "prompt": (_HASH, _SLASHES, _MARKUP),
    "sql": (_DASHES,),
    "xml": (_MARKUP,),
    "markdown": (_MARKUP, _HASH),
}
_USUAL = (_HASH,)
_ABOVE_FIRST = frozenset({"dockerfile", "env", "ini", "makefile", "properties"})
"""Where some programs take a comment behind a value for a part of it."""

Check: TypeAlias = Callable[[str, int, tuple[str, ...]], bool]
"""Whether a text says the same as before, and silences these rules at what now stands on this line."""


class Place(NamedTuple):
    """A line on which findings stand, and their rules."""

    line: int
    rules: tuple[str, ...]


class Written(NamedTuple):
    """A text with its suppressions."""

    text: str
    done: tuple[Place, ...]
    failed: tuple[Place, ...]


def silence(text: str, language: str, places: Iterable[Place], reason: str, until: date | None, check: Check) -> Written:
    """The text with a suppression for every place where one can be written; from the end on, so that line numbers hold."""
    done: list[Place] = []
    failed: list[Place] = []
    for place in sorted(places, reverse=True):
        for new, line in _tries(text, language, place, reason, until):
            if check(new, line, place.rules):
                text = new
                done.append(place)
                break
        else:
            failed.append(place)
    return Written(text, tuple(sorted(done)), tuple(sorted(failed)))


def words(rules: tuple[str, ...], reason: str, until: date | None) -> str:
    """A suppression without the marks of a comment."""
    end = f" until={until.isoformat()}" if until is not None else ""
    return f'modelaudit: ignore[{", ".join(rules)}]{end} reason="{reason}"'


def _tries(text: str, language: str, place: Place, reason: str, until: date | None) -> Iterator[tuple[str, int]]:
    """Texts to try, with the line that the place then has: behind the line, then above it."""
    lines = _lines(text)
    if not 0 < place.line <= len(lines):
        return
    row = lines[place.line - 1]
    bare = row.rstrip("\r\n")
    end = row[len(bare) :] or _line_end(lines)
    indent = bare[: len(bare) - len(bare.lstrip())]
    before, after = lines[: place.line - 1], lines[place.line :]
    for start, stop in _MARKS.get(language, _USUAL):
        said = words(place.rules, reason.replace("--", "-") if stop else reason, until)
        comment = f"{start}{said}{stop}"
        behind = "".join((*before, f"{bare.rstrip()}  {comment}{row[len(bare) :]}", *after)), place.line
        above = "".join((*before, f"{indent}{comment}{end}", row, *after)), place.line + 1
        yield from (above, behind) if language in _ABOVE_FIRST else (behind, above)


def _lines(text: str) -> list[str]:
    """As parsers count them; `splitlines` would break at form feeds and the like, too."""
    return [row for row in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if row]


def _line_end(lines: list[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
