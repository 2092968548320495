"""Jenkinsfiles, lexically: variables, named arguments, comparisons, and the scripts that steps run."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "groovy"
PATTERNS = ("Jenkinsfile",)

_TOKEN = late(
    r"(?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
    r"|'''(?P<long>(?:[^'\\]++|\\[\s\S]?|'(?!''))*+)(?:'''|\Z)"
    r'|"""(?P<longer>(?:[^"\\]++|\\[\s\S]?|"(?!""))*+)(?:"""|\Z)'
    r"|'(?P<single>[^'\\\n]*+(?:\\[^\n]?[^'\\\n]*+)*+)(?:'|(?=\n)|\Z)"
    r'|"(?P<double>[^"\\\n]*+(?:\\[^\n]?[^"\\\n]*+)*+)(?:"|(?=\n)|\Z)'
    r"|(?P<name>[A-Za-z_$][\w$.]*+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[!=]=|=~|=|[:,(){}\[\]])"
)
_STRINGS = ("long", "longer", "single", "double")
_RUNS = frozenset(("sh", "bat", "powershell", "pwsh", "script", "sh.script"))
_COMPARED = late(r"[ \t]*+[!=]=")


def parse(text: str) -> Document:
    """Reads a pipeline token by token; blocks are not kept apart, names and steps are."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments), (), tuple(reader.embedded))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.step = ""
        """The first name of the line, or of the innermost call on it."""
        self.name = ""
        """The last name: what an equals sign or a colon behind it gives a value."""
        self.last = ""
        self.given: tuple[str, str] | None = None
        """The mark and the name before the value that comes next."""
        self.index: int | None = None
        """Position in an open list."""
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.embedded: list[Embedded] = []

    def token(self, match: re.Match[str]) -> None:
        """Takes in one token."""
        kind = match.lastgroup or ""
        if kind == "comment":
            close = 2 if match[0].startswith("/*") and match[0].endswith("*/") and len(match[0]) > 3 else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 2, close))
            return
        if kind in _STRINGS:
            self._string(match, kind)
        elif kind == "name":
            self.step = match[0] if self.last in ("", "{") else self.step
            self.name = match[0]
        elif kind == "newline" and self.index is None:
            self.given = None
        elif kind == "mark":
            self._mark(match[0])
        if kind != "newline":
            self.last = match[0] if kind in ("name", "mark") else kind
        elif self.index is None and self.last not in ("(", ",", ":"):
            self.last = ""

    def _mark(self, mark: str) -> None:
        if mark in ("=", ":"):
            self.given = mark, self.name
        elif mark == "[":
            self.index = 0
        elif mark == "]":
            self.index = None
        elif mark == "(" and self.last == self.name:
            self.step = self.name
        elif mark == ",":
            if self.index is None:
                self.given = None
            else:
                self.index += 1

    def _string(self, match: re.Match[str], kind: str) -> None:
        start, end = match.span(kind)
        said = match[kind]
        if not said:
            return
        path = self._path()
        if path[-1] in _RUNS:
            line, column = self.positions.line(start), self.positions.span(start, start).column
            origins = tuple(Origin(line + number, 1 if number else column) for number in range(said.count("\n") + 1))
            self.embedded.append(Embedded("shell", said, origins, path))
            return
        # The text is given as the file has it: no escape is part of an ID.
        self.values.append(Value(said, self.positions.span(start, end), path, None, self._kind(match.end()), True, True))

    def _path(self) -> Path:
        if self.given is None:
            return (self.step or self.name or "text",)
        mark, name = self.given
        path: Path = (self.step, name) if mark == ":" and self.step and self.step != name else (name or "text",)
        return path if self.index is None else (*path, self.index)

    def _kind(self, end: int) -> Kind:
        if self.last in ("==", "!=", "=~") or _COMPARED.match(self.text, end):
            return Kind.COMPARISON
        if self.given is None:
            return Kind.PROSE
        return Kind.ENVIRONMENT if self.given[0] == "=" and self.index is None else Kind.ENTRY
