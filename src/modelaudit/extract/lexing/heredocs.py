"""Where here-documents end."""

from __future__ import annotations

import re
from bisect import bisect_left

from modelaudit.domain.pattern import late

_ONE_WORD = late(r"^[ \t]*+([A-Za-z_]\w*+)[ \t\r]*+$", re.MULTILINE)


class Closings:
    """The lines of a text that are one word and nothing else, found once.

    Looking for each closing word by itself would read the rest of the file again for every here-document that is never closed.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[str, list[tuple[int, int]]] | None = None

    def after(self, word: str, offset: int) -> tuple[int, int] | None:
        """Start and end of the first line behind an offset that is only this word."""
        if self._lines is None:
            self._lines = {}
            for line in _ONE_WORD.finditer(self._text):
                self._lines.setdefault(line[1], []).append(line.span())
        lines = self._lines.get(word, [])
        index = bisect_left(lines, (offset, 0))
        return lines[index] if index < len(lines) else None
