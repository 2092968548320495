"""The text of a Python file with its positions: the one place where `ast`'s UTF-8 byte columns become code points."""

from __future__ import annotations

import ast

from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late

_OPENING = late(r"[rRbBuUfFtT]{0,2}('''|\"\"\"|'|\")")

LONGEST_TEXT = 300
"""Longer strings are prose, not names or IDs."""


class Source:
    """Lines of one parsed unit, which end in `\\n` alone. `first_line` shifts line numbers."""

    __slots__ = ("_ascii", "_shift", "lines", "text")

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._ascii = text.isascii()
        self._shift = first_line - 1

    def column(self, line: int, offset: int) -> int:
        """1-based code-point column of a UTF-8 byte offset in a line."""
        if self._ascii:
            return offset + 1
        row = self.lines[line - 1]
        if row.isascii():
            return offset + 1
        return len(row.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "replace")) + 1

    def span(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.arg | ast.keyword | ast.alias | ast.pattern) -> Span:
        """The whole node."""
        end_line = node.end_lineno or node.lineno
        end_offset = node.end_col_offset if node.end_col_offset is not None else node.col_offset
        if self._ascii:
            return Span(node.lineno + self._shift, node.col_offset + 1, end_line + self._shift, end_offset + 1)
        return Span(
            node.lineno + self._shift,
            self.column(node.lineno, node.col_offset),
            end_line + self._shift,
            self.column(end_line, end_offset),
        )

    def inside(self, node: ast.expr) -> Span:
        """A string node without its prefix and quotes."""
        span = self.span(node)
        found = _OPENING.match(self.lines[node.lineno - 1], span.column - 1)
        if found is None:
            return span
        width = len(found.group(1))
        end_column = span.end_column - width
        if span.end_line == span.line and end_column < found.end() + 1:
            return span
        return Span(span.line, found.end() + 1, span.end_line, max(1, end_column))

    def pieces(self, node: ast.JoinedStr) -> tuple[Span, ...]:
        """Spans of the constant parts of an f-string, in order. Before Python 3.12 `ast` gives them all the place of the whole f-string, so
        they are found again in the text; a part that cannot be found (escapes) gets the whole."""
        whole = self.span(node)
        spans: list[Span] = []
        line, column, last = node.lineno, whole.column - 1, node.end_lineno or node.lineno
        for part in node.values:
            if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
                continue
            place = self._find(part.value.split("\n"), line, column, last)
            if place is None:
                spans.append(whole)
                continue
            spans.append(Span(place.line + self._shift, place.column, place.end_line + self._shift, place.end_column))
            line, column = place.end_line, place.end_column - 1
        return tuple(spans)

    def _find(self, rows: list[str], line: int, column: int, last: int) -> Span | None:
        """Where a text of one or more rows begins at or after a place, up to line `last`."""
        for number in range(line, min(last - len(rows) + 1, line + 50) + 1):
            start = self._fits(rows, number, column if number == line else 0)
            if start >= 0:
                end = start + len(rows[0]) if len(rows) == 1 else len(rows[-1])
                return Span(number, start + 1, number + len(rows) - 1, end + 1)
        return None

    def _fits(self, rows: list[str], number: int, column: int) -> int:
        """The column at which the rows stand from line `number` on, or -1: the first ends its line, those between are whole lines."""
        row = self.lines[number - 1]
        if len(rows) == 1:
            return row.find(rows[0], column) if rows[0] else -1
        between = self.lines[number : number + len(rows) - 2]
        start = len(row) - len(rows[0])
        fits = start >= column and row.endswith(rows[0]) and between == rows[1:-1]
        return start if fits and self.lines[number + len(rows) - 2].startswith(rows[-1]) else -1

    def span_shift(self) -> int:
        """How many lines precede this unit in its file."""
        return self._shift
