"""Comments of any format as records."""

from __future__ import annotations

from modelaudit.domain.document import Comment
from modelaudit.extract.lexing.positions import Positions


def comment(text: str, positions: Positions, start: int, end: int, mark: int = 1, close: int = 0) -> Comment:
    """The comment between two offsets, whose mark has a length, as has what closes it."""
    raw = text[start:end]
    stop = start + len(raw.rstrip()) if not close else end
    first = min(start + mark, stop)
    inner = text[first : max(stop - close, first)]
    body = first + len(inner) - len(inner.lstrip(" \t#"))
    said = inner.lstrip(" \t#").rstrip()
    line_start = positions.starts[positions.line(start) - 1]
    alone = not text[line_start:start].strip()
    return Comment(said, positions.span(start, stop), alone, positions.span(body, body + len(said)))
