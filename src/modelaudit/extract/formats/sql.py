"""SQL: strings by the function call or option that they are an argument of."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "sql"
PATTERNS = ("*.sql",)

_TOKEN = late(
    r"(?P<comment>--[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
    r"|'(?P<string>[^']*+(?:''[^']*+)*+)(?:'|\Z)"
    r"|(?P<name>[A-Za-z_][\w.$!]*+|\"[^\"\n]*+\"|`[^`\n]*+`)"
    r"|(?P<number>\d[\w.]*+)"
    r"|(?P<mark>=>|[<>!]=|[(),=;])"
)
_COMPARING = frozenset(("=", "!=", "<>", "LIKE", "ILIKE", "IN", "WHEN", "REGEXP", "RLIKE"))
_MAX_DEPTH = 50


def parse(text: str) -> Document:
    """Reads tokens; a string's path is its function in capitals, and its position or name there."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Call:
    """An open bracket with the name before it."""

    __slots__ = ("name", "named", "position")

    def __init__(self, name: str) -> None:
        self.name = name
        self.position = 0
        self.named = ""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.calls: list[_Call] = []
        self.last = ""
        self.before = ""
        self.values: list[Value] = []
        self.comments: list[Comment] = []

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "comment":
            close = 2 if match[0].startswith("/*") and match[0].endswith("*/") and len(match[0]) > 3 else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 2, close))
        elif kind == "string":
            self._string(match)
        elif kind == "mark":
            self._mark(match[0])
        else:
            self.before, self.last = self.last, match[0].strip('"`').rpartition(".")[2].upper()

    def _mark(self, mark: str) -> None:
        if mark == "(":
            self.calls.append(_Call(self.last))
        elif mark == ")" and self.calls:
            self.calls.pop()
        elif mark == "," and self.calls:
            self.calls[-1].position += 1
            self.calls[-1].named = ""
        elif mark in ("=>", "=") and self.calls:
            self.calls[-1].named = self.last
        elif mark == ";":
            self.calls = []
        self.before, self.last = self.last, mark

    def _string(self, match: re.Match[str]) -> None:
        raw = match["string"]
        path, kind = self._place()
        span = self.positions.span(*match.span("string"))
        self.values.append(Value(raw.replace("''", "'"), span, path, None, kind, "''" not in raw, True))
        self.before, self.last = self.last, "'"

    def _place(self) -> tuple[Path, Kind]:
        call = self.calls[-1] if self.calls else None
        if call is None or call.name in ("", "(", ",", "AND", "OR", "WHERE"):
            return ((self.before,), Kind.COMPARISON) if self.last in _COMPARING else ((self.last or "text",), Kind.ENTRY)
        if call.name in _COMPARING:
            return (call.name, call.position), Kind.COMPARISON
        names = tuple(inner.name for inner in self.calls[-_MAX_DEPTH:] if inner.name)
        return ((*names, call.named) if call.named else (*names, call.position)), Kind.ARGUMENT
