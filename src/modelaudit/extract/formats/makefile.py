"""Makefiles and justfiles: variables and the commands of recipes."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.lexing.words import commands, read_command

NAME = "makefile"
PATTERNS = ("Makefile", "makefile", "GNUmakefile", "*.mk", "justfile", "*.just", "Procfile")

_ASSIGNMENT = late(r"[ ]*+(?:(?:export|override|set)[ \t]++)*+(?P<name>[A-Za-z_][\w.-]*+)[ \t]*+(?:\?|::?|\+)?=[ \t]*+(?P<value>[^\n\r]*+)")
_PROCESS = late(r"[A-Za-z][\w-]*+:[ \t]++")
_TRAILING = late(r"(?:^|[ \t])\#")
_QUOTE = late(r"[\"']")


def parse(text: str) -> Document:
    """Reads variables and recipe lines; lines that end in a backslash go on in the next."""
    positions = Positions(text)
    values: list[Value] = []
    comments: list[Comment] = []
    embedded: list[Embedded] = []
    for start, end in _logical_lines(text, positions):
        body = text[start:end]
        match = _ASSIGNMENT.match(text, start, end)
        if body.lstrip().startswith("#"):
            comments.append(comment(text, positions, end - len(body.lstrip()), end))
        elif match is not None and not body.startswith("\t"):
            _variable(text, positions, match, values, comments)
        elif body[:1] in (" ", "\t") or _PROCESS.match(body):
            process = _PROCESS.match(body) if body[:1] not in (" ", "\t") else None
            offset = start + process.end() if process else start + len(body) - len(body.lstrip("\t @-"))
            for words in commands(text, positions, offset, end):
                read = read_command(words, ())
                values += read.values
                embedded += read.embedded
            _trailing(text, positions, start, end, comments)
        else:
            _trailing(text, positions, start, end, comments)
    return Document(NAME, tuple(values), tuple(comments), (), tuple(embedded))


def _logical_lines(text: str, positions: Positions) -> list[tuple[int, int]]:
    """Offsets of lines, joined where a backslash says so."""
    found: list[tuple[int, int]] = []
    joining = False
    for number, start in enumerate(positions.starts):
        stop = positions.starts[number + 1] if number + 1 < len(positions.starts) else len(text)
        end = start + len(text[start:stop].rstrip("\r\n"))
        if joining:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        joining = text[start:end].endswith("\\")
    return found


def _trailing(text: str, positions: Positions, start: int, end: int, comments: list[Comment]) -> None:
    """The comment at the end of a rule or a recipe line; behind a quote nobody knows whether it is one."""
    found = _TRAILING.search(text[start:end])
    if found and not _QUOTE.search(text, start, start + found.start()):
        comments.append(comment(text, positions, start + found.end() - 1, end))


def _variable(text: str, positions: Positions, match: re.Match[str], values: list[Value], comments: list[Comment]) -> None:
    start, end = match.span("value")
    trailing = _TRAILING.search(text[start:end])
    if trailing:
        comments.append(comment(text, positions, start + trailing.end() - 1, end))
        end = start + trailing.start()
    raw = text[start:end].rstrip()
    quoted = len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0]
    if quoted:
        raw, start = raw[1:-1], start + 1
    if raw:
        span = positions.span(start, start + len(raw))
        values.append(Value(raw, span, (match["name"],), positions.span(*match.span("name")), Kind.ENVIRONMENT, True, quoted))
