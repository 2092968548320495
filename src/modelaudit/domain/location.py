"""Where something stands in a file."""

from modelaudit.domain.record import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of text: lines and columns are 1-based, columns count code points, `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Location(NamedTuple):
    """A span in a file; `path` is relative to the scan root, with `/` on every system."""

    path: str
    span: Span
