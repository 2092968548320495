"""From offsets in a text to lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late

_LINE_END = late(r"\r\n?|\n")


class Positions:
    """The lines of one text. Lines end at LF, CR LF or CR, as editors and `ast` see them."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line(self, offset: int) -> int:
        """1-based line of an offset."""
        return bisect_right(self.starts, offset)

    def at(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The half-open span between two offsets."""
        starts = self.starts
        line = bisect_right(starts, start)
        last = line if line == len(starts) or end < starts[line] else bisect_right(starts, end)
        return Span(line, start - starts[line - 1] + 1, last, end - starts[last - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column."""
        return self.starts[line - 1] + column - 1
