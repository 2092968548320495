"""Escapes in quoted strings: what they mean, and where the characters behind them stand."""

from __future__ import annotations

import re

from modelaudit.domain.document import Origin
from modelaudit.domain.pattern import late

_ESCAPE = late(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(\r\n|[\s\S])|\Z)"
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "a": "\a", "v": "\v", "e": "\x1b"}


def unescape(raw: str) -> str:
    """The text of a quoted string with backslash escapes (JSON, TOML, shell and program text, which agree on what matters here)."""
    return _ESCAPE.sub(_replacement, raw) if "\\" in raw else raw


def unescape_lines(raw: str, line: int, column: int) -> tuple[str, tuple[Origin, ...]]:
    """The text of a one-line string that starts at a place, and the origins of the lines that its text has."""
    pieces: list[str] = []
    origins: list[Origin] = []
    escapes: list[tuple[int, int]] = []
    start, width, read = column, 0, 0
    for match in _ESCAPE.finditer(raw):
        before, character = raw[read : match.start()], _replacement(match)
        pieces += (before, character)
        width += len(before)
        if character == "\n":
            origins.append(Origin(line, start, tuple(escapes)))
            escapes, start, width = [], column + match.end(), 0
        else:
            escapes.append((width, match.end() - match.start() - len(character)))
            width += len(character)
        read = match.end()
    origins.append(Origin(line, start, tuple(escapes)))
    return "".join(pieces) + raw[read:], tuple(origins)


def _replacement(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code and "\\" in code:
        # Two halves of a character beyond the first 65,536.
        high, _, low = code.partition("\\u")
        return chr(0x10000 + (int(high, 16) - 0xD800 << 10) + int(low, 16) - 0xDC00)
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    simple = match[4] or ""
    return "" if simple in ("\n", "\r\n") else _SIMPLE.get(simple, simple)
