"""INI, `.cfg` and Java properties: sections, `key = value`, continuation lines."""

from __future__ import annotations

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "ini"
PATTERNS = ("*.ini", "*.cfg", "*.conf", "*.properties")

_SECTION = late(r"\[([^\]\n]*)\]")
_KEY = late(r"(?P<key>[^\s=:#;\[!][^=:\n]*?)[ \t]*+(?P<mark>[=:])[ \t]*+")
_TRAILING = late(r"[ \t][#;]")
_MAX_KEY = 300


def parse(text: str) -> Document:
    """Reads entries line by line; an indented line, or one after a backslash, continues the value before it as a list item of its own."""
    reader = _Reader(text)
    reader.run()
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.section: Path = ()
        self.key: str | None = None
        self.items = 0
        self.continued = False

    def run(self) -> None:
        starts = self.positions.starts
        for start, stop in zip(starts, [*starts[1:], len(self.text)], strict=True):
            self._line(start, start + len(self.text[start:stop].rstrip("\r\n")))

    def _line(self, start: int, end: int) -> None:
        body = self.text[start:end].lstrip(" \t")
        at = end - len(body)
        if not body:
            self.continued = False
        elif body[0] in "#;!" and not self.continued:
            self.comments.append(comment(self.text, self.positions, at, end))
        elif (self.continued or at > start) and self.key is not None:
            self._value(at, end, (*self.section, self.key, self.items), None)
            self.items += 1
        elif section := _SECTION.match(body):
            self.section, self.key = (section[1].strip(),), None
        else:
            self._entry(at, end, body)

    def _entry(self, at: int, end: int, body: str) -> None:
        match = _KEY.match(body[:_MAX_KEY])
        if match is None:
            self.key = None
            self._value(at, end, self.section, None, Kind.PROSE)
            return
        self.key, self.items = match["key"], 0
        key_span = (at + match.start("key"), at + match.end("key"))
        self._value(at + match.end(), end, (*self.section, self.key), key_span)

    def _value(self, start: int, end: int, path: Path, key: tuple[int, int] | None, kind: Kind = Kind.ENTRY) -> None:
        trailing = _TRAILING.search(self.text, start, end)
        if trailing:
            self.comments.append(comment(self.text, self.positions, trailing.start() + 1, end))
            end = trailing.start()
        raw = self.text[start:end].rstrip()
        self.continued = raw.endswith("\\")
        raw = raw.removesuffix("\\").rstrip()
        quoted = len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0]
        if quoted:
            raw, start = raw[1:-1], start + 1
        if not raw:
            return
        key_span = self.positions.span(*key) if key else None
        self.values.append(Value(raw, self.positions.span(start, start + len(raw)), path, key_span, kind, True, quoted))
