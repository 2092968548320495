"""BAML: clients with their options, and functions that name a client."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "baml"
PATTERNS = ("*.baml",)

_MAX_DEPTH = 60
_TOKEN = late(
    r"(?P<comment>//[^\n]*+)"
    r"|\#\"(?P<prompt>(?:[^\"]++|\"(?!\#))*+)(?:\"\#|\Z)"
    r"|\"(?P<string>[^\"\\\n]*+(?:\\[^\n]?[^\"\\\n]*+)*+)(?:\"|(?=\n)|\Z)"
    r"|(?P<name>[\w.][\w.<>-]*+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[{}\[\]])"
)


def parse(text: str) -> Document:
    """Reads blocks of `key value` lines: `client<llm> Fast { options { model "gpt-4o" } }` gives `client.Fast.options.model`."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.stack: list[tuple[Path, int]] = []
        """Path of each open bracket, and the number of list elements so far (-1 in a block)."""
        self.head: list[str] = []
        self.values: list[Value] = []
        self.comments: list[Comment] = []

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "comment":
            self.comments.append(comment(self.text, self.positions, *match.span(), 2))
        elif kind == "newline":
            self.head = []
        elif kind == "mark":
            self._mark(match[0])
        elif kind in ("name", "string"):
            self._word(match, kind)
        elif kind == "prompt" and match["prompt"]:
            path = (*self._path(), *self.head[:1])[:_MAX_DEPTH]
            self.values.append(Value(match["prompt"], self.positions.span(*match.span("prompt")), path, None, Kind.PROSE, quoted=True))

    def _mark(self, mark: str) -> None:
        if mark in "{[":
            head = [word.partition("<")[0] for word in self.head]
            self.stack.append(((*self._path(), *head)[:_MAX_DEPTH], -1 if mark == "{" else 0))
        elif self.stack:
            self.stack.pop()
        self.head = []

    def _path(self) -> Path:
        return self.stack[-1][0] if self.stack else ()

    def _word(self, match: re.Match[str], kind: str) -> None:
        said, span = match[kind], self.positions.span(*match.span(kind))
        if self.stack and self.stack[-1][1] >= 0:
            path, index = self.stack[-1]
            self.stack[-1] = path, index + 1
            self.values.append(Value(said, span, (*path, index), quoted=kind == "string"))
        elif self.head and self.stack:
            self.values.append(
                Value(said, span, (*self._path(), self.head[0])[:_MAX_DEPTH], quoted=kind == "string", plain="\\" not in said)
            )
        self.head.append(said)
