"""Ollama Modelfiles: `FROM llama3.1:8b`, `PARAMETER temperature 0.7`."""

from __future__ import annotations

import re

from modelaudit.domain.document import Document, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "modelfile"
PATTERNS = ("Modelfile", "*.modelfile")

_LINE = late(
    r"^[ \t]*+(?:(?P<comment>\#[^\n\r]*+)|(?P<key>FROM|ADAPTER|LICENSE|PARAMETER[ \t]++(?P<name>\w++))[ \t]++(?P<value>\S[^\n\r]*+))",
    re.MULTILINE | re.IGNORECASE,
)


def parse(text: str) -> Document:
    """Reads instructions of one line; templates and system prompts are prose of no interest."""
    positions = Positions(text)
    values = []
    comments = []
    for match in _LINE.finditer(text):
        if match["comment"]:
            comments.append(comment(text, positions, *match.span("comment")))
            continue
        said = match["value"].rstrip()
        start = match.start("value")
        path = ("PARAMETER", match["name"]) if match["name"] else (match["key"].upper(),)
        quoted = len(said) > 1 and said[0] == '"' == said[-1]
        if quoted:
            said, start = said[1:-1], start + 1
        key_span = positions.span(*match.span("key"))
        values.append(Value(said, positions.span(start, start + len(said)), path, key_span, quoted=quoted))
    return Document(NAME, tuple(values), tuple(comments))
