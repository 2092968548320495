"""Bicep: resources, parameters with defaults, objects and arrays whose elements stand on lines of their own."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.expr import Name
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.positions import Positions

NAME = "bicep"
PATTERNS = ("*.bicep", "*.bicepparam")

_MAX_DEPTH = 60
_TOKEN = late(
    r"(?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
    r"|'''(?P<long>(?:[^']++|'(?!''))*+)(?:'''|\Z)"
    r"|'(?P<string>[^'\\\n]*+(?:\\[^\n]?[^'\\\n]*+)*+)(?:'|(?=\n)|\Z)"
    r"|(?P<name>[A-Za-z_][\w.-]*+)"
    r"|(?P<number>\d[\w.]*+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>==|!=|=~|!~|[{}\[\]()=:,?@])"
)
_DECLARATION = late(r"[ \t]*+(param|var|resource|module|output)[ \t]++(\w++)", re.MULTILINE)


def parse(text: str) -> Document:
    """Reads declarations and objects. Paths begin with the declaration: `param.modelName`, `resource.gpt.properties.model.name`."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Frame:
    """An open object, array or call."""

    __slots__ = ("filled", "index", "key", "kind", "path")

    def __init__(self, kind: str, path: Path) -> None:
        self.kind = kind
        self.path = path
        self.key: tuple[str, Span] | None = None
        self.index = 0
        self.filled = False
        """True when the current array element has begun."""

    def slot(self) -> Path:
        if len(self.path) >= _MAX_DEPTH:
            return self.path
        if self.kind == "[":
            return (*self.path, self.index)
        return (*self.path, self.key[0]) if self.key else self.path


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.stack: list[_Frame] = []
        self.top: Path = ()
        self.assigned = False
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.last: tuple[str, Span] | None = None
        self.compared = False

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "comment":
            close = 2 if match[0].startswith("/*") and match[0].endswith("*/") and len(match[0]) > 3 else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 2, close))
        elif kind == "newline":
            self._newline()
        elif kind == "mark":
            self._mark(match)
        elif kind in ("string", "long"):
            self._string(match, kind)
        else:
            self._name(match)

    def _newline(self) -> None:
        self.compared = False
        if not self.stack:
            self.top, self.assigned = (), False
            return
        frame = self.stack[-1]
        if frame.kind == "[" and frame.filled:
            frame.index, frame.filled = frame.index + 1, False
        if frame.kind == "{":
            frame.key = None

    def _mark(self, match: re.Match[str]) -> None:
        mark = match[0]
        frame = self.stack[-1] if self.stack else None
        if mark in "{[(":
            self.stack.append(_Frame(mark, frame.slot() if frame else self.top))
            if frame:
                frame.filled = True
        elif mark in "}])":
            if frame:
                self.stack.pop()
        elif mark == ":" and frame is not None and frame.kind == "{" and self.last and frame.key is None:
            frame.key = self.last
        elif mark == "=" and frame is None:
            self.assigned = True
        elif mark == "," and frame is not None:
            frame.index, frame.filled = frame.index + 1, False
            frame.key = None if frame.kind == "{" else frame.key
        self.compared = mark in ("==", "!=", "=~", "!~")

    def _name(self, match: re.Match[str]) -> None:
        span = self.positions.span(*match.span())
        frame = self.stack[-1] if self.stack else None
        if frame is None and not self.top:
            declaration = _DECLARATION.match(self.text, match.start())
            self.top = (declaration[1], declaration[2]) if declaration else (match[0],)
        elif frame is not None and frame.kind == "{" and frame.key is not None:
            if match.lastgroup == "number" or match[0] in ("true", "false", "null"):
                self.values.append(Value(match[0], span, frame.slot(), frame.key[1]))
            elif "." not in match[0]:
                self.values.append(Value(match[0], span, frame.slot(), frame.key[1], expr=Name(f"key:param.{match[0]}", span)))
        self.last = match[0], span

    def _string(self, match: re.Match[str], kind: str) -> None:
        frame = self.stack[-1] if self.stack else None
        raw, span = match[kind], self.positions.span(*match.span(kind))
        if frame is not None and frame.kind == "{" and frame.key is None:
            self.last = raw, span
            return
        if frame is None and not self.assigned:
            return
        said = unescape(raw) if kind == "string" else raw
        value_kind = Kind.COMPARISON if self.compared else Kind.ENTRY
        path = frame.slot() if frame else self.top
        if frame is not None and frame.kind == "(" and path[:1] == ("allowed",):
            path = (*path, frame.index)
        self.values.append(Value(said, span, path, frame.key[1] if frame and frame.key else None, value_kind, said == raw, True))
        if frame:
            frame.filled = True
