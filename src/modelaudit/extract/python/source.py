"""The text of a Python file with its positions: the one place where `ast`'s UTF-8 byte columns become code points."""

from __future__ import annotations

import ast
import re

from modelaudit.domain.location import Span

_OPENING = re.compile(r"[rRbBuUfFtT]{0,2}('''|\"\"\"|'|\")")


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
        line, column = whole.line - self._shift, whole.column - 1
        for part in node.values:
            if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
                continue
            place = self._find(part.value, line, column, whole.end_line - self._shift)
            if place is None:
                spans.append(whole)
                continue
            line, column = place[0], place[1] + len(part.value)
            spans.append(Span(line + self._shift, place[1] + 1, line + self._shift, column + 1))
        return tuple(spans)

    def _find(self, text: str, line: int, column: int, last: int) -> tuple[int, int] | None:
        if not text or "\n" in text:
            return None
        for number in range(line, min(last, line + 50) + 1):
            start = self.lines[number - 1].find(text, column if number == line else 0)
            if start >= 0:
                return number, start
        return None

    def span_shift(self) -> int:
        """How many lines precede this unit in its file."""
        return self._shift
