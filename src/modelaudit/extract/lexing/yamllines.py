"""YAML by lines: keys, indentation, list items and block scalars, for templates and for files too large for a parser.

It reads what people write by hand, makes no claim to the rest, and never fails.
"""

from __future__ import annotations

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Path, Value
from modelaudit.domain.facts import Notification
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.jsontext import scan
from modelaudit.extract.lexing.languages import language_of
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.lexing.templatelines import comment as template_comment
from modelaudit.extract.lexing.templatelines import is_control, strings

_MAX_DEPTH = 100
_KEY = late(
    r"""(?P<quote>["']?)(?P<key>\{\{[^{}\n]*+\}\}[\w.-]*+|[^\s"'#{}\[\]&*!|>%@`](?:[^\n"'#:{}]|:(?!\s|$))*+)(?P=quote)"""
    r"[ \t]*+:(?=[ \t]|$)[ \t]*+"
)
_PROPERTIES = late(r"(?:[&!][^\s]*+[ \t]*+)++")
_BLOCK = late(r"[|>][-+0-9]*+[ \t]*+(?:\#.*+)?$")
_TRAILING = late(r"(?:^|[ \t])\#")
_FLOW_TRAILING = late(r"(?<=[\]}])[ \t]+\#[^\]}\"']*+$")
_QUOTED = late(r""""[^"\\]*+(?:\\.?[^"\\]*+)*+"|'[^']*+(?:''[^']*+)*+'""")
_MAYBE_ID = late(r"[-0-9/:@.]")


def read_lines(text: str, notification: Notification) -> Document:
    """Reads YAML line by line; `notification` says why."""
    reader = _Lines(text)
    reader.run()
    return Document("yaml", tuple(reader.values), tuple(reader.comments), (notification,), tuple(reader.embedded))


class _Level:
    """One indentation with the key, or the list position, that is open there."""

    __slots__ = ("indent", "key")

    def __init__(self, indent: int, key: str | int) -> None:
        self.indent = indent
        self.key = key


class _Lines:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.levels: list[_Level] = []
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.embedded: list[Embedded] = []
        self.block: tuple[int, list[tuple[int, str]]] | None = None
        """Indentation of the owner of the open block scalar, and its lines as (offset, text)."""
        self.read = 0
        """Offset up to which a comment of the template goes."""

    def run(self) -> None:
        starts = self.positions.starts
        for start, stop in zip(starts, [*starts[1:], len(self.text)], strict=True):
            line = self.text[start:stop].rstrip("\r\n")
            if start >= self.read and not self._continues_block(start, line):
                self._line(start, line)
        self._close_block()

    def _continues_block(self, start: int, line: str) -> bool:
        if self.block is None:
            return False
        owner, lines = self.block
        if line.strip() and len(line) - len(line.lstrip(" ")) <= owner:
            self._close_block()
            return False
        lines.append((start, line))
        return True

    def _close_block(self) -> None:
        if self.block is None:
            return
        lines = self.block[1]
        self.block = None
        while lines and not lines[-1][1].strip():
            lines.pop()
        if not lines:
            return
        indent = min(len(line) - len(line.lstrip(" ")) for _, line in lines if line.strip())
        value = "\n".join(line[indent:] for _, line in lines)
        span = self.positions.span(lines[0][0], lines[-1][0] + len(lines[-1][1]))
        path = self._path()
        self.values.append(Value(value, span, path, None, Kind.ENTRY, False, True))
        origins = tuple(Origin(self.positions.line(start), min(indent, len(line)) + 1) for start, line in lines)
        self.embedded.append(Embedded(language_of(path, value) or "", value, origins, path))

    def _path(self) -> Path:
        return tuple(level.key for level in self.levels[:_MAX_DEPTH])

    def _line(self, start: int, line: str) -> None:
        body = line.lstrip(" \t")
        indent = len(line) - len(body)
        if not body or body in ("---", "..."):
            self.levels = [] if body else self.levels
            return
        if body.startswith("#"):
            self.comments.append(comment(self.text, self.positions, start + indent, start + len(line)))
            return
        if body.startswith("{") and self._template(start + indent, body):
            return
        while self.levels and self.levels[-1].indent > indent:
            self.levels.pop()
        indent, body = self._items(indent, body)
        self._entry(start + len(line) - len(body), indent, body)

    def _template(self, offset: int, body: str) -> bool:
        """Reads a comment or a statement of the template; False for lines of the YAML."""
        found = template_comment(self.text, offset)
        if found is not None:
            end, opening, closing = found
            self.comments.append(comment(self.text, self.positions, offset, end, opening, closing))
            self.read = end
            return True
        if not is_control(body):
            return False
        for said in strings(body):
            span = self.positions.span(offset + said.start, offset + said.end)
            self.values.append(Value(body[said.start : said.end], span, said.path, None, said.kind, quoted=True))
        return True

    def _items(self, indent: int, body: str) -> tuple[int, str]:
        """Opens a list position for each leading `- `."""
        while body == "-" or body.startswith("- "):
            self._pop_to(indent, keep_item=True)
            last = self.levels[-1] if self.levels else None
            if last and last.indent == indent and isinstance(last.key, int):
                last.key += 1
            else:
                self.levels.append(_Level(indent, 0))
            rest = body[1:].lstrip(" ")
            # Later keys of the same item stand where its first key stands, deeper than its dash.
            indent, body = indent + len(body) - len(rest), rest
        return indent, body

    def _pop_to(self, indent: int, keep_item: bool) -> None:
        """Closes what is as deep; a list may stand at the indentation of its own key."""
        while self.levels and self.levels[-1].indent >= indent:
            level = self.levels[-1]
            if keep_item and level.indent == indent and (isinstance(level.key, int) or level is self.levels[-1]):
                return
            self.levels.pop()

    def _entry(self, offset: int, indent: int, body: str) -> None:
        match = _KEY.match(body)
        if match is None:
            self._value(offset, body, None)
            return
        while self.levels and self.levels[-1].indent >= indent:
            self.levels.pop()
        key = match["key"].rstrip()
        self.levels.append(_Level(indent, key))
        key_at = (offset + match.start("key"), offset + match.start("key") + len(key))
        if _MAYBE_ID.search(key):
            self.values.append(Value(key, self.positions.span(*key_at), self._path(), None, Kind.KEY))
        rest = body[match.end() :]
        if rest:
            self._value(offset + match.end(), rest, key_at)

    def _value(self, offset: int, body: str, key_at: tuple[int, int] | None) -> None:
        properties = _PROPERTIES.match(body)
        if properties and not body.startswith("!="):
            offset, body = offset + properties.end(), body[properties.end() :]
        if _BLOCK.match(body):
            self.block = (self.levels[-1].indent if self.levels else -1), []
            return
        quoted = _QUOTED.match(body)
        flow = body[:1] in ("[", "{") and not body.startswith("{{")
        trailing = (_FLOW_TRAILING if flow else _TRAILING).search(body, quoted.end() if quoted else 0)
        if trailing:
            at = body.index("#", trailing.start())
            self.comments.append(comment(self.text, self.positions, offset + at, offset + len(body)))
            body = body[: trailing.start()]
        body = body.rstrip()
        if flow:
            scanned = scan(self.text, self.positions, bare_items=True, start=offset, end=offset + len(body), path=self._path())
            self.values += scanned.values
        elif body:
            self._scalar(offset, body, key_at)

    def _scalar(self, offset: int, body: str, key_at: tuple[int, int] | None) -> None:
        quoted = len(body) > 1 and body[0] in "\"'" and body[-1] == body[0]
        raw = body[1:-1] if quoted else body
        start = offset + (1 if quoted else 0)
        text = raw if not quoted else unescape(raw) if body[0] == '"' else raw.replace("''", "'")
        key_span = self.positions.span(*key_at) if key_at else None
        span = self.positions.span(start, start + len(raw))
        self.values.append(Value(text, span, self._path(), key_span, Kind.ENTRY, text == raw, quoted))
