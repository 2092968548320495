"""Files that no other format claims: every line is text in which IDs are mentioned."""

from modelaudit.domain.document import Document, Kind, Value
from modelaudit.domain.location import Span
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "text"
PATTERNS = ("*",)

_MARKS = ("#", "//", "--", ";", "/*", "<!--", "*")


def parse(text: str) -> Document:
    """Reads lines as prose; a line that begins like a comment of any language is a comment."""
    positions = Positions(text)
    values = []
    comments = []
    for number, start in enumerate(positions.starts, 1):
        end = positions.starts[number] if number < len(positions.starts) else len(text)
        line = text[start:end].rstrip("\r\n")
        body = line.strip()
        if not body:
            continue
        at = len(line) - len(line.lstrip())
        span = Span(number, at + 1, number, at + len(body) + 1)
        mark = next((mark for mark in _MARKS if body.startswith(mark)), None)
        if mark:
            close = next((len(end) for end in ("*/", "-->") if mark in ("/*", "*", "<!--") and body.endswith(end)), 0)
            comments.append(comment(text, positions, start + at, start + at + len(body), len(mark), close))
        else:
            values.append(Value(body, span, (), None, Kind.PROSE))
    return Document(NAME, tuple(values), tuple(comments))
