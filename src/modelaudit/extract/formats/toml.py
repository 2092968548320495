"""TOML, by a scanner of our own: the readers of the ecosystem give no positions (tests compare what it reads with `tomllib`)."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.facts import Notification
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.positions import Positions

NAME = "toml"
PATTERNS = ("*.toml",)

_MAX_DEPTH = 100
_TOKEN = late(
    r'(?P<long>"""(?:[^"\\]++|\\[\s\S]?|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z))"
    r'|(?P<basic>"[^"\\\n]*+(?:\\[^\n]?[^"\\\n]*+)*+(?:"|(?=\n)|\Z))'
    r"|(?P<literal>'[^'\n]*+(?:'|(?=\n)|\Z))"
    r"|(?P<comment>\#[^\n]*+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[\[\]{}=,.])"
    r"|(?P<bare>[^\s\"'\#\[\]{}=,.]++)"
)
_MAYBE_ID = late(r"[-0-9/:@.]")


def parse(text: str) -> Document:
    """Reads TOML with its key paths; lines that are not TOML are passed over and counted once in a notification."""
    return _Scanner(text).run()


class _Frame:
    """An open inline table or array, or (at the bottom of the stack) the table that the last header opened."""

    __slots__ = ("index", "is_table", "keys", "keys_span", "path", "valued")

    def __init__(self, is_table: bool, path: Path) -> None:
        self.is_table = is_table
        self.path = path
        self.index = 0
        self.keys: list[str] = []
        self.keys_span: Span | None = None
        self.valued = False
        """True between the `=` and the end of its value."""

    def slot(self) -> Path:
        if len(self.path) >= _MAX_DEPTH:
            return self.path
        return (*self.path, *self.keys[:_MAX_DEPTH]) if self.is_table else (*self.path, self.index)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.stack = [_Frame(True, ())]
        self.header: list[str] | None = None
        self.header_marks = 0
        self.arrays: dict[tuple[str, ...], int] = {}
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.bad_line: int | None = None
        self.number: tuple[int, int] | None = None
        """Start and end of a bare scalar that may go on after a dot (`0.7`, `2026-01-01T00:00:00.5`)."""

    def run(self) -> Document:
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup or ""
            if self.number and not (kind in ("bare", "mark") and match.start() == self.number[1] and match[0] not in ("]", "}", ",")):
                self._flush()
            self._token(kind, match)
        if self.number:
            self._flush()
        notes: tuple[Notification, ...] = ()
        if self.bad_line is not None:
            notes = (Notification("note", "malformed-toml", "not sound TOML; read line by line", line=self.bad_line),)
        return Document(NAME, tuple(self.values), tuple(self.comments), notes)

    def _token(self, kind: str, match: re.Match[str]) -> None:
        if kind == "comment":
            self.comments.append(comment(self.text, self.positions, *match.span()))
        elif kind == "newline":
            self._newline(match.start())
        elif kind == "mark":
            self._mark(match[0], match.start())
        elif self.header is not None:
            self._header_key(kind, match)
        elif self._frame.is_table and not self._frame.valued:
            self._key(kind, match)
        elif kind == "bare":
            self.number = (self.number[0] if self.number else match.start(), match.end())
        else:
            self._value(kind, match)

    @property
    def _frame(self) -> _Frame:
        return self.stack[-1]

    def _key(self, kind: str, match: re.Match[str]) -> None:
        text, start, end = self._string(kind, match)
        frame = self._frame
        frame.keys.append(text)
        frame.keys_span = self.positions.span(start, end)
        if _MAYBE_ID.search(text):
            self.values.append(Value(text, frame.keys_span, frame.slot(), None, Kind.KEY, self.text[start:end] == text, kind != "bare"))

    def _header_key(self, kind: str, match: re.Match[str]) -> None:
        """A part of a table's name; tables of prices are named after their models."""
        text, start, end = self._string(kind, match)
        self.header = [*(self.header or ()), text]
        if _MAYBE_ID.search(text):
            span = self.positions.span(start, end)
            path = tuple(self.header[:_MAX_DEPTH])
            self.values.append(Value(text, span, path, None, Kind.KEY, self.text[start:end] == text, kind != "bare"))

    def _value(self, kind: str, match: re.Match[str]) -> None:
        text, start, end = self._string(kind, match)
        same = self.text[start:end] == text
        frame = self._frame
        self.values.append(Value(text, self.positions.span(start, end), frame.slot(), frame.keys_span, Kind.ENTRY, same, True))

    def _flush(self) -> None:
        if self.number and self._frame.is_table:
            start, end = self.number
            frame = self._frame
            self.values.append(Value(self.text[start:end], self.positions.span(start, end), frame.slot(), frame.keys_span))
        self.number = None

    def _string(self, kind: str, match: re.Match[str]) -> tuple[str, int, int]:
        """The text of a string token, and where its inside stands."""
        start, end = match.span()
        if kind == "bare":
            return match[0], start, end
        quote = match[0][:3] if kind == "long" else match[0][:1]
        start += len(quote)
        if end - len(quote) >= start and match[0].endswith(quote):
            end -= len(quote)
        raw = self.text[start:end]
        if kind == "long" and raw.startswith(("\n", "\r\n")):
            start += 1 if raw[0] == "\n" else 2
            raw = self.text[start:end]
        if quote[0] == "'":
            return raw, start, end
        return unescape(re.sub(r"(?<!\\)((?:\\\\)*+)\\[ \t\r]*\n\s*", r"\1", raw) if kind == "long" else raw), start, end

    def _mark(self, mark: str, offset: int) -> None:
        frame = self._frame
        if self.header is not None:
            self._header_mark(mark, offset)
        elif self.number:
            self.number = (self.number[0], offset + 1)
        elif mark == "[" and len(self.stack) == 1 and not frame.valued and not frame.keys:
            self.header, self.header_marks = [], 1
        elif mark == "=":
            frame.valued = True
        elif mark in "[{" and (frame.valued or not frame.is_table):
            self.stack.append(_Frame(mark == "{", frame.slot()))
        elif mark in "]}" and len(self.stack) > 1:
            self.stack.pop()
        elif mark == ",":
            frame.index += 1
            if len(self.stack) > 1:
                frame.keys, frame.valued = [], False
        elif mark != ".":
            self._complain(offset)

    def _header_mark(self, mark: str, offset: int) -> None:
        if mark == "[" and not self.header:
            self.header_marks += 1
        elif mark == "]" and self.header_marks > 0:
            self.header_marks = -self.header_marks
        elif mark not in ".]":
            self._complain(offset)

    def _open_table(self) -> None:
        """Ends a header line. `[[name]]` counts its tables, and later headers below it belong to its newest one."""
        names = tuple(self.header or ())[:_MAX_DEPTH]
        if self.header_marks == -2:
            self.arrays[names] = self.arrays.get(names, -1) + 1
        path: list[str | int] = []
        for depth, name in enumerate(names, 1):
            path.append(name)
            if names[:depth] in self.arrays:
                path.append(self.arrays[names[:depth]])
        self.stack = [_Frame(True, tuple(path))]
        self.header, self.header_marks = None, 0

    def _newline(self, offset: int) -> None:
        if self.header is not None:
            if self.header_marks > 0:
                self._complain(offset)
            self._open_table()
        frame = self._frame
        if len(self.stack) == 1:
            if frame.keys and not frame.valued:
                self._complain(offset)
            frame.keys, frame.valued = [], False
        elif self._resumes(offset):
            self._complain(offset)
            self.stack = self.stack[:1]
            self.stack[0].keys, self.stack[0].valued = [], False

    def _resumes(self, offset: int) -> bool:
        """True when the next line looks like a table header although a bracket is open: the bracket was never closed."""
        return _HEADER.match(self.text, offset + 1) is not None

    def _complain(self, offset: int) -> None:
        if self.bad_line is None:
            self.bad_line = self.positions.line(offset)


_HEADER = late(r"\[\[?[A-Za-z_][A-Za-z0-9_.-]*+\]\]?[ \t]*+(?:\#[^\n]*+)?(?=\n|\Z)")
