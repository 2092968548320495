"""Shell scripts: assignments, options, quoted JSON bodies and here-documents."""

from __future__ import annotations

import re
from bisect import bisect_right

from modelaudit.domain.document import Comment, Document, Embedded, Origin, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.heredocs import Closings
from modelaudit.extract.lexing.languages import language_of
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.lexing.words import commands, read_command

NAME = "shell"
PATTERNS = ("*.sh", "*.bash", "*.zsh", "*.ksh", "*.fish", "*.ps1")

_HEREDOC = late(r"<<-?[ \t]*+(?P<quote>[\"']?)(?P<word>[A-Za-z_]\w*+)(?P=quote)[^\n]*+\n")
_TARGET = late(r">>?[ \t]*+[\"']?([^\s\"'<>|;&]++)")
_QUOTED = late(r"\"(?:[^\"\\]++|\\[\s\S]?)*+(?:\"|\Z)|'[^']*+(?:'|\Z)|\\[\s\S]?|(?:(?<=[\s;])|\A)\#[^\n]*+")


def parse(text: str) -> Document:
    """Reads a script command by command. Bodies of here-documents are read as what they look like."""
    positions = Positions(text)
    values: list[Value] = []
    embedded: list[Embedded] = []
    bodies: list[tuple[int, int]] = []
    start = 0
    for opening, body_end, end in _heredocs(text):
        _read(text, positions, start, opening.end(), values, embedded)
        bodies.append((positions.line(opening.end()), positions.line(body_end)))
        piece = _body(text, positions, opening, body_end)
        if piece is not None:
            embedded.append(piece)
        start = end
    _read(text, positions, start, len(text), values, embedded)
    return Document(NAME, tuple(values), _comments(text, positions, bodies), (), tuple(embedded))


def _read(text: str, positions: Positions, start: int, end: int, values: list[Value], embedded: list[Embedded]) -> None:
    for words in commands(text, positions, start, end):
        read = read_command(words, ())
        values += read.values
        embedded += read.embedded


def _heredocs(text: str) -> list[tuple[re.Match[str], int, int]]:
    """Each here-document: its opening, the end of its body, and the offset behind its closing word."""
    closings = Closings(text)
    found: list[tuple[re.Match[str], int, int]] = []
    at = 0
    while (match := _HEREDOC.search(text, at)) is not None:
        closing = closings.after(match["word"], match.end())
        at = match.end() if closing is None else closing[1]
        if closing is not None:
            found.append((match, *closing))
    return found


def _body(text: str, positions: Positions, opening: re.Match[str], end: int) -> Embedded | None:
    body = text[opening.end() : end]
    target = _TARGET.search(opening[0]) or _TARGET.search(text[text.rfind("\n", 0, opening.start()) + 1 : opening.start()])
    language = language_of((target[1],) if target else (), body)
    if language is None or not body:
        return None
    line = positions.line(opening.end())
    return Embedded(language, body, tuple(Origin(line + number, 1) for number in range(body.count("\n") + 1)), ())


def _comments(text: str, positions: Positions, bodies: list[tuple[int, int]]) -> tuple[Comment, ...]:
    found = []
    if "#" not in text:
        return ()
    for match in _QUOTED.finditer(text):
        if not match[0].startswith("#"):
            continue
        line = positions.line(match.start())
        body_before = bisect_right(bodies, (line, len(text))) - 1
        if body_before >= 0 and bodies[body_before][1] >= line:
            continue
        found.append(comment(text, positions, *match.span()))
    return tuple(found)
