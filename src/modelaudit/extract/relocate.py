"""Move facts of an embedded program to where its lines stand in the file around it."""

from __future__ import annotations

from typing import TypeVar

from modelaudit.domain.facts import FileFacts, Notification, Suppression
from modelaudit.domain.location import Span

T = TypeVar("T")


def relocate(facts: FileFacts, places: tuple[Span, ...]) -> FileFacts:
    """The same facts with every span moved: line `n` of the program begins at `places[n - 1]` of the file."""
    moved = _moved(facts, places)
    return moved._replace(
        suppressions=tuple(_suppression(one, places) for one in moved.suppressions),
        notifications=tuple(_notification(one, places) for one in moved.notifications),
    )


def _suppression(one: Suppression, places: tuple[Span, ...]) -> Suppression:
    """The lines that it covers are plain numbers, which `_moved` cannot tell from others."""
    if one.first_line == 0:
        return one
    return one._replace(first_line=_line(one.first_line, places), last_line=_line(one.last_line, places))


def _notification(one: Notification, places: tuple[Span, ...]) -> Notification:
    return one if one.line is None else one._replace(line=_line(one.line, places))


def _line(line: int, places: tuple[Span, ...]) -> int:
    return places[line - 1].line if 0 < line <= len(places) else line


def _moved(value: T, places: tuple[Span, ...]) -> T:
    """Records are rebuilt field by field; spans inside them are moved. Depth is bounded by that of the terms."""
    if isinstance(value, Span):
        return _span(value, places)  # type: ignore[return-value]
    if isinstance(value, tuple):
        parts = [_moved(part, places) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)  # type: ignore[return-value]
    return value


def _span(span: Span, places: tuple[Span, ...]) -> Span:
    if not 0 < span.line <= len(places):
        return span
    start, end = places[span.line - 1], places[min(max(span.end_line, 1), len(places)) - 1]
    return Span(start.line, start.column + span.column - 1, end.line, end.column + span.end_column - 1)
