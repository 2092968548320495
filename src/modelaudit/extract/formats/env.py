"""`.env` files: `NAME=value` lines with quotes, `export`, and comments. Interpolation is left in the value for the template reader."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Value
from modelaudit.domain.facts import Notification
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.positions import Positions

NAME = "env"
PATTERNS = (".env", ".env.*", "*.env", ".envrc", "env.example", "sample.env")

_LINE = late(
    r"(?P<indent>[ \t\ufeff]*+)"
    r"(?:(?P<comment>\#[^\n]*+)"
    r"|(?:export[ \t]++|set[ \t]++|declare[ \t]++-x[ \t]++)?+(?P<name>[A-Za-z_][\w.-]*+)[ \t]*+[=:][ \t]*+"
    r"(?:(?P<double>\"(?:[^\"\\]++|\\[\s\S]?)*+\")|(?P<single>'[^']*+')|(?P<bare>[^\n]*+))"
    r"|(?P<other>[^\n]++))?+"
    r"(?P<rest>[^\n]*+)\n?"
)
_TRAILING = late(r"(?:^|[ \t])\#")
_RUNAWAY = late(r"\n[ \t]*+(?:export[ \t]++)?+[A-Za-z_][\w.-]*+[ \t]*+=[ \t]*+\Z")
"""The text before a closing quote that in truth opens the value of a later line: the first quote was never closed."""


def parse(text: str) -> Document:
    """Reads assignments line by line; quoted values may go over lines."""
    reader = _Reader(text)
    reader.run()
    notes: tuple[Notification, ...] = ()
    if reader.bad_line is not None:
        notes = (Notification("note", "malformed-env", "a line is neither an assignment nor a comment", line=reader.bad_line),)
    return Document(NAME, tuple(reader.values), tuple(reader.comments), notes)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.bad_line: int | None = None

    def run(self) -> None:
        offset = 0
        while offset < len(self.text):
            match = _LINE.match(self.text, offset)
            if match is None or match.end() == offset:
                break
            offset = self._line(match)

    def _line(self, match: re.Match[str]) -> int:
        """Reads one assignment, comment or stray line; the offset at which to go on."""
        if match["comment"] is not None:
            self.comments.append(comment(self.text, self.positions, *match.span("comment")))
        elif match["name"] is not None:
            return self._assignment(match)
        elif (match["other"] or "").strip() and self.bad_line is None:
            self.bad_line = self.positions.line(match.start())
        return match.end()

    def _assignment(self, match: re.Match[str]) -> int:
        kind = "double" if match["double"] is not None else "single" if match["single"] is not None else "bare"
        (start, end), after = match.span(kind), match.end()
        if kind != "bare" and _RUNAWAY.search(self.text, start + 1, end - 1):
            kind, end = "bare", self.text.index("\n", start)
            after = end + 1
        if kind == "bare":
            end = self._bare_end(start, end)
        else:
            start, end = start + 1, end - 1
            self._find_comment(match.start("rest"), match.end("rest"))
        raw = self.text[start:end]
        text = unescape(raw) if kind == "double" else raw
        name_span = self.positions.span(*match.span("name"))
        span = self.positions.span(start, end)
        self.values.append(Value(text, span, (match["name"],), name_span, Kind.ENVIRONMENT, text == raw, kind != "bare"))
        return after

    def _bare_end(self, start: int, end: int) -> int:
        """The end of an unquoted value: before a comment that a blank sets apart, without blanks."""
        found = self._find_comment(start, end)
        return start + len(self.text[start:found].rstrip())

    def _find_comment(self, start: int, end: int) -> int:
        match = _TRAILING.search(self.text[start:end])
        if match is None:
            return end
        hash_at = start + match.end() - 1
        self.comments.append(comment(self.text, self.positions, hash_at, end))
        return start + match.start()
