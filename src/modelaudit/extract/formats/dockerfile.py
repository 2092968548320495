"""Dockerfiles: `ENV` and `ARG` in both forms, commands in both forms, with line continuations and here-documents."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.heredocs import Closings
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.lexing.words import Word, commands, part, read_command

NAME = "dockerfile"
PATTERNS = ("Dockerfile", "Dockerfile.*", "*.dockerfile", "Containerfile", "*.containerfile")

_INSTRUCTION = late(r"[ \t]*+(?:ONBUILD[ \t]++)?+([A-Za-z]++)[ \t]++", re.IGNORECASE)
_ASSIGNMENT = late(r"([A-Za-z_][\w.-]*)=")
_HEREDOC = late(r"<<-?[\"']?([A-Za-z_]\w*)[\"']?")
_COMMANDS = frozenset(("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL"))


def parse(text: str) -> Document:
    """Reads instruction by instruction; what is none is passed over."""
    reader = _Reader(text)
    reader.run()
    return Document(NAME, tuple(reader.values), tuple(reader.comments), (), tuple(reader.embedded))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.closings = Closings(text)
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.embedded: list[Embedded] = []

    def run(self) -> None:
        line = 1
        while line <= len(self.positions.starts):
            line = self._instruction(line)

    def _bounds(self, line: int) -> tuple[int, int]:
        start = self.positions.starts[line - 1]
        stop = self.positions.starts[line] if line < len(self.positions.starts) else len(self.text)
        return start, start + len(self.text[start:stop].rstrip("\r\n"))

    def _instruction(self, line: int) -> int:
        """Reads the instruction that begins on a line; the line after it."""
        start, end = self._bounds(line)
        if self._is_comment(start, end):
            return line + 1
        last = line
        while last < len(self.positions.starts) and self._continues(last):
            last += 1
        end = self._bounds(last)[1]
        match = _INSTRUCTION.match(self.text, start, end)
        if match is None:
            return last + 1
        name = match[1].upper()
        if name in ("ENV", "ARG", "LABEL"):
            self._pairs(name, match.end(), end)
        elif name in _COMMANDS:
            self._command(name, match.end(), end)
            return self._heredoc(match.end(), end, last) + 1
        return last + 1

    def _is_comment(self, start: int, end: int) -> bool:
        body = self.text[start:end].lstrip()
        if not body.startswith("#"):
            return False
        self.comments.append(comment(self.text, self.positions, end - len(body), end))
        return True

    def _continues(self, line: int) -> bool:
        """Whether a line ends in a backslash; comment lines inside an instruction do not end it."""
        start, end = self._bounds(line)
        body = self.text[start:end].strip()
        return body.endswith("\\") or (body.startswith("#") and line > 1)

    def _words(self, start: int, end: int) -> list[Word]:
        return [word for words in commands(self.text, self.positions, start, end) for word in words]

    def _pairs(self, name: str, start: int, end: int) -> None:
        words = self._words(start, end)
        if name == "ENV" and len(words) > 1 and "=" not in words[0].text:
            span = words[1].span
            if len(words) == 2:
                self._add(name, words[0].text, (words[1].text, span, words[1].plain), words[0])
            return
        for word in words:
            match = _ASSIGNMENT.match(word.text)
            if match:
                self._add(name, match[1], part(word, match.end()), word)

    def _add(self, name: str, key: str, found: tuple[str, Span, bool], word: Word) -> None:
        kind = Kind.ENTRY if name == "LABEL" else Kind.ENVIRONMENT
        text, span, plain = found
        if text:
            path = (name, key) if name == "ARG" else (key,)
            self.values.append(Value(text, span, path, word.span, kind, plain, True))

    def _command(self, name: str, start: int, end: int) -> None:
        if self.text[start:end].lstrip().startswith("["):
            from modelaudit.extract.lexing.jsontext import scan

            items = scan(self.text, self.positions, start=start, end=end, path=(name,)).values
            words = [Word(item.text, item.span, item.plain) for item in items]
            read = read_command(words, (name,))
            self.values += read.values
            return
        for simple in commands(self.text, self.positions, start, end):
            read = read_command(simple, (name,))
            self.values += read.values
            self.embedded += read.embedded

    def _heredoc(self, start: int, end: int, last: int) -> int:
        """Reads the body of a here-document below an instruction; its last line."""
        match = _HEREDOC.search(self.text, start, end)
        if match is None:
            return last
        closing = self.closings.after(match[1], end)
        if closing is None or last >= len(self.positions.starts):
            return last
        body = self.text[self.positions.starts[last] : closing[0]]
        line = self.positions.line(closing[0])
        self.embedded.append(Embedded("shell", body, tuple(Origin(number, 1) for number in range(last + 1, line + 1)), ("RUN",)))
        return line
