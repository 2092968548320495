"""Where the IDs of one file are written."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.facts import Literal
from modelaudit.domain.location import Span

_MOST = 200
"""Literals of one line among which one is looked for inside a text; a minified table has thousands."""


class Written:
    """The literals of a file, by their places."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self._at: dict[Span, Literal] = {}
        self._by_line: dict[int, list[Literal]] = {}
        for literal in literals:
            self._at.setdefault(literal.span, literal)
            self._by_line.setdefault(literal.span.line, []).append(literal)

    def at(self, span: Span) -> Literal | None:
        """The ID that fills a place."""
        return self._at.get(span)

    def within(self, span: Span) -> Literal | None:
        """The ID that fills a place, or the only one in it: behind a hole a template has `::foundation-model/ID`."""
        exact = self._at.get(span)
        beside = self._by_line.get(span.line, ())
        if exact is not None or span.line != span.end_line or len(beside) > _MOST:
            return exact
        inside = [
            literal
            for literal in beside
            if span.column <= literal.span.column and literal.span.end_column <= span.end_column and literal.span.end_line == span.line
        ]
        return inside[0] if len(inside) == 1 else None
