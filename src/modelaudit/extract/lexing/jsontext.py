"""A scanner for JSON and what people make of it (comments, trailing commas, single quotes, bare keys), with places and key paths.

It never builds a tree and never fails: text that is not JSON is read as far as its brackets and quotes go.
"""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Kind, Path, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.positions import Positions

MAX_DEPTH = 100
"""Path keys that are kept. Deeper values keep their place and lose the rest of their path, so that nesting costs nothing."""

_STRING = r""""[^"\\\n]*+(?:\\[^\n]?[^"\\\n]*+)*+(?:"|(?=\n)|\Z)|'[^'\\\n]*+(?:\\[^\n]?[^'\\\n]*+)*+(?:'|(?=\n)|\Z)"""
_BARE = r"""[^\s"'{}\[\],:]++"""
_STRICT = late(rf"(?P<string>{_STRING})|(?P<mark>[{{}}\[\],:])|(?P<bare>{_BARE})")
_COMMENTED = late(
    rf"(?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))|(?P<string>{_STRING})|(?P<mark>[{{}}\[\],:])|(?P<bare>{_BARE})"
)
_MAYBE_ID = late(r"[-0-9/:@.]")


class Scanned(NamedTuple):
    """What a scan found."""

    values: list[Value]
    comments: list[Comment]
    trouble: tuple[str, int] | None
    """What was wrong first, and its line; None for sound JSON."""


class _Frame:
    """An open object or list: the path to it and the key or position that comes next."""

    __slots__ = ("is_object", "key", "key_span", "named", "path")

    def __init__(self, is_object: bool, path: Path) -> None:
        self.is_object = is_object
        self.path = path
        self.key: str | int = "" if is_object else 0
        self.key_span: Span | None = None
        self.named = False

    def slot(self) -> Path:
        """The path of the value that comes next."""
        return (*self.path, self.key) if len(self.path) < MAX_DEPTH else self.path


def scan(
    text: str,
    positions: Positions,
    *,
    comments: bool = False,
    bare_items: bool = False,
    start: int = 0,
    end: int | None = None,
    path: Path = (),
) -> Scanned:
    """The scalars of a JSON text between two offsets, each with its path below `path`.

    `bare_items` keeps unquoted list elements: words in YAML's flow lists, in JSON mere numbers, of which a vector may hold ten thousand.
    """
    scanner = _Scanner(text, positions, path, bare_items)
    return scanner.run(_COMMENTED if comments else _STRICT, start, len(text) if end is None else end)


class _Scanner:
    def __init__(self, text: str, positions: Positions, path: Path, bare_items: bool) -> None:
        self.text = text
        self.bare_items = bare_items
        self.positions = positions
        self.path = path
        self.stack: list[_Frame] = []
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.trouble: tuple[str, int] | None = None

    def run(self, tokens: re.Pattern[str], start: int, end: int) -> Scanned:
        for match in tokens.finditer(self.text, start, end):
            kind = match.lastgroup
            if kind == "mark":
                self._mark(match[0], match.start())
            elif kind == "comment":
                self.comments.append(_comment(self.text, self.positions, match.start(), match.end()))
            else:
                self._scalar(match.start(), match.end(), kind == "string")
        if self.stack:
            self._complain("a bracket is not closed", end)
        return Scanned(self.values, self.comments, self.trouble)

    def _mark(self, mark: str, offset: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if mark in "{[":
            self.stack.append(_Frame(mark == "{", frame.slot() if frame else self.path))
        elif mark in "}]":
            if frame is None or frame.is_object != (mark == "}"):
                self._complain(f"unexpected {mark}", offset)
            if self.stack:
                self.stack.pop()
        elif mark == "," and frame is not None:
            if isinstance(frame.key, int):
                frame.key += 1
            frame.named = False
        elif mark == ":" and frame is not None and frame.is_object:
            frame.named = True

    def _scalar(self, start: int, end: int, quoted: bool) -> None:
        if quoted:
            closed = end - start > 1 and self.text[end - 1] == self.text[start] and not _ends_in_escape(self.text, start, end)
            if not closed:
                self._complain("a string is not closed", start)
            start, end = start + 1, end - 1 if closed else end
        raw = self.text[start:end]
        text = unescape(raw) if quoted else raw
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.is_object and not frame.named:
            frame.key, frame.key_span = text, self.positions.span(start, end)
            if _MAYBE_ID.search(text):
                self.values.append(Value(text, frame.key_span, frame.slot(), None, Kind.KEY, text == raw, quoted))
        elif quoted or self.bare_items or (frame is not None and frame.is_object):
            path = frame.slot() if frame else self.path
            key_span = frame.key_span if frame else None
            self.values.append(Value(text, self.positions.span(start, end), path, key_span, Kind.ENTRY, text == raw, quoted))

    def _complain(self, what: str, offset: int) -> None:
        if self.trouble is None:
            self.trouble = what, self.positions.line(offset)


def _comment(text: str, positions: Positions, start: int, end: int) -> Comment:
    close = 2 if text.startswith("/*", start) and text.endswith("*/", start + 4, end) else 0
    return comment(text, positions, start, end, 2, close)


def _ends_in_escape(text: str, start: int, end: int) -> bool:
    """True when the last quote is itself escaped, as in a string cut off by the end of its line."""
    last = end - 2
    while last > start and text[last] == "\\":
        last -= 1
    return (end - 2 - last) % 2 == 1
