"""JSON Lines: one JSON text a line, each with its line's position as the first key of its paths."""

from modelaudit.domain.document import Comment, Document, Value
from modelaudit.domain.facts import Notification
from modelaudit.extract.lexing.jsontext import scan
from modelaudit.extract.lexing.positions import Positions

NAME = "jsonl"
PATTERNS = ("*.jsonl",)

MAX_LINES = 1000
"""Records that are read. A batch or data set repeats the same keys for ever; what is left out is said."""


def parse(text: str) -> Document:
    """Reads the first records; the rest is counted in a notification."""
    positions = Positions(text)
    values: list[Value] = []
    comments: list[Comment] = []
    starts = positions.starts
    for number, start in enumerate(starts[:MAX_LINES]):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        scanned = scan(text, positions, start=start, end=end, path=(number,))
        values += scanned.values
        comments += scanned.comments
    left = len(starts) - MAX_LINES
    message = f"{left} more records are taken to be like the first {MAX_LINES}"
    notes = (Notification("note", "data-file", message, line=MAX_LINES + 1),) if left > 0 else ()
    return Document(NAME, tuple(values), tuple(comments), notes)
