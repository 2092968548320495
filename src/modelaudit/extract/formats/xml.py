"""XML, lexically: text of elements and values of attributes by the names of their elements."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "xml"
PATTERNS = ("*.xml",)

_MAX_DEPTH = 100
_TOKEN = late(
    r"(?P<comment><!--(?:[^-]++|-(?!->))*+(?:-->|\Z))"
    r"|<!\[CDATA\[(?P<data>(?:[^\]]++|\](?!\]>))*+)(?:\]\]>|\Z)"
    r"|<[?!][^>]*+>?"
    r"|</[ ]*+(?P<close>[\w:.-]++)[^>]*+>?"
    r"|<(?P<open>[A-Za-z_][\w:.-]*+)(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)(?P<end>/?>)?"
    r"|(?P<text>[^<]++)"
)
_ATTRIBUTE = late(r"([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ENTITY = late(r"&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);")


def parse(text: str) -> Document:
    """Reads elements and attributes; closing tags need not match."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.stack: list[str] = []
        self.values: list[Value] = []
        self.comments: list[Comment] = []

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if match["comment"] is not None:
            close = 3 if match[0].endswith("-->") else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 4, close))
        elif match["open"] is not None:
            self._open(match)
        elif match["close"] is not None:
            if self.stack:
                self.stack.pop()
        elif kind in ("text", "data"):
            self._add(*match.span(kind), self._path())

    def _open(self, match: re.Match[str]) -> None:
        path = (*self._path(), match["open"])[:_MAX_DEPTH]
        for attribute in _ATTRIBUTE.finditer(self.text, *match.span("attributes")):
            group = 2 if attribute[2] is not None else 3
            self._add(*attribute.span(group), (*path, attribute[1]), attribute.span(1))
        if not (match["end"] == "/>" or match["attributes"].endswith("/")) and len(self.stack) < _MAX_DEPTH:
            self.stack.append(match["open"])

    def _path(self) -> Path:
        return tuple(self.stack)

    def _add(self, start: int, end: int, path: Path, key: tuple[int, int] | None = None) -> None:
        raw = self.text[start:end]
        said = raw.strip()
        if said:
            start += len(raw) - len(raw.lstrip())
            key_span = self.positions.span(*key) if key else None
            span = self.positions.span(start, start + len(said))
            self.values.append(Value(said, span, path, key_span, plain=not _ENTITY.search(said), quoted=True))
