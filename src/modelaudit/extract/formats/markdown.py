"""Markdown: the front matter of agent, prompt and model-card files is YAML; everything else is prose that mentions models."""

from __future__ import annotations

import re

from modelaudit.domain.document import Document, Embedded, Kind, Origin, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "markdown"
PATTERNS = ("*.md", "*.mdx", "*.prompt", "*.prompty")

_FRONT = late(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?P=mark)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_COMMENT = late(r"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)")


def parse(text: str) -> Document:
    """Reads front matter as the language it is in, and the rest line by line."""
    positions = Positions(text)
    front = _FRONT.match(text)
    embedded: tuple[Embedded, ...] = ()
    first = 1
    if front is not None and front["body"]:
        line = positions.line(front.start("body"))
        origins = tuple(Origin(line + number, 1) for number in range(front["body"].count("\n") + 1))
        embedded = (Embedded("yaml" if front["mark"] == "---" else "toml", front["body"], origins, ()),)
        first = positions.line(front.end())
    comments = [comment(text, positions, *match.span(), 4, 3 if match[0].endswith("-->") else 0) for match in _COMMENT.finditer(text)]
    values = []
    for number in range(first, len(positions.starts) + 1):
        start = positions.starts[number - 1]
        stop = positions.starts[number] if number < len(positions.starts) else len(text)
        line_text = text[start:stop].rstrip("\r\n")
        if line_text.strip():
            values.append(Value(line_text, Span(number, 1, number, len(line_text) + 1), (), None, Kind.PROSE))
    return Document(NAME, tuple(values), tuple(comments), (), embedded)
