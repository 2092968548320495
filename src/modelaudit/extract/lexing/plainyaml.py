"""YAML as nearly all short configuration is written: mappings and lists by indentation, keys and values on one line.

Its events are those of libyaml, without loading it, which takes longer than reading fifty such files. Anything else (anchors, tags, flow
collections, block scalars, values over several lines, what is not sound) is left to libyaml: then there are no events at all.
"""

from __future__ import annotations

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

LARGEST = 100_000
"""Characters of a text up to which loading libyaml is worth avoiding."""
MAPPING, LIST, END, SCALAR = "mapping", "list", "end", "scalar"

_KEY = late(r"([A-Za-z_][A-Za-z0-9_./-]*):(?= |\Z)")
_QUOTED = late(r"""(?:"([^"\\]*)"|'([^']*)')(?: +\#.*| *)""")
_PLAIN = late(r"(?:[A-Za-z0-9_/.$~<=+(;^\\]|-(?=[^ ])).*")
_LONGEST_KEY, _DEEPEST = 1000, 50


class Event(NamedTuple):
    """The beginning of a collection, its end, or a scalar with its place."""

    kind: str
    value: str = ""
    start: int = 0
    end: int = 0
    style: str = ""
    """The quote of a quoted scalar."""


def events(text: str) -> list[Event] | None:
    """The events of a text, None when it holds more than is read here."""
    if len(text) > LARGEST or not text.replace("\n", "").isprintable():
        return None
    reader = _Reader()
    offset = 0
    for line in text.split("\n"):
        if not reader.line(line, offset):
            return None
        offset += len(line) + 1
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self._found: list[Event] = []
        self._open: list[tuple[str, int]] = []
        """The open collections, each with the column of its keys or dashes."""
        self._awaiting: int | None = None
        """Where a key or a dash ends whose value is still to come."""
        self._has_begun = False

    def line(self, line: str, offset: int) -> bool:
        """One line; False when it is none of those read here."""
        body = line.lstrip(" ")
        column = len(line) - len(body)
        if not body or body[0] == "#":
            return True
        is_first, self._has_begun = not self._has_begun, True
        if column == 0 and body.startswith(("---", "...", "%")):
            return is_first and body.rstrip(" ") == "---"
        return self._node(body, column, offset + column)

    def finish(self) -> list[Event] | None:
        """All events; None for a document of which nothing but its mark was there."""
        if self._has_begun and not self._open:
            return None
        self._nothing()
        self._found += (Event(END) for _ in self._open)
        return self._found

    def _node(self, body: str, column: int, offset: int) -> bool:
        if _is_dash(body):
            return self._enter(LIST, column) and self._rest(body[1:], column + 1, offset + 1, is_item=True)
        key = _KEY.match(body)
        if key is None or key.end() > _LONGEST_KEY or not self._enter(MAPPING, column):
            return False
        self._found.append(Event(SCALAR, key[1], offset, offset + key.end(1)))
        return self._rest(body[key.end() :], column + key.end(), offset + key.end(), is_item=False)

    def _rest(self, text: str, column: int, offset: int, *, is_item: bool) -> bool:
        """What stands behind a key or a dash on its line."""
        self._awaiting = offset
        body = text.lstrip(" ")
        skipped = len(text) - len(body)
        if not body or body[0] == "#":
            return True
        if is_item and (_is_dash(body) or _KEY.match(body) is not None):
            return self._node(body, column + skipped, offset + skipped)
        return self._scalar(body, offset + skipped)

    def _enter(self, kind: str, column: int) -> bool:
        """Come to the collection of that column, opening or closing what has to be; False where no such collection can be."""
        if len(self._open) > _DEEPEST:
            return False
        if self._awaiting is not None:
            above, indent = self._open[-1]
            if column > indent or (column == indent and kind == LIST and above == MAPPING):
                self._awaiting = None
                self._begin(kind, column)
                return True
            self._nothing()
        elif not self._open:
            self._begin(kind, column)
            return True
        while self._open and (self._open[-1][1] > column or (self._open[-1] == (LIST, column) and kind == MAPPING)):
            self._open.pop()
            self._found.append(Event(END))
        return bool(self._open) and self._open[-1] == (kind, column)

    def _begin(self, kind: str, column: int) -> None:
        self._open.append((kind, column))
        self._found.append(Event(kind))

    def _nothing(self) -> None:
        """The value that was awaited is not there."""
        if self._awaiting is not None:
            self._found.append(Event(SCALAR, "", self._awaiting, self._awaiting))
            self._awaiting = None

    def _scalar(self, body: str, start: int) -> bool:
        self._awaiting = None
        quoted = _QUOTED.fullmatch(body)
        if quoted is not None:
            value, style = (quoted[1], '"') if quoted[1] is not None else (quoted[2], "'")
            self._found.append(Event(SCALAR, value, start, start + len(value) + 2, style))
            return True
        value = body.partition(" #")[0].rstrip(" ")
        if _PLAIN.fullmatch(value) is None or ": " in value or value.endswith(":"):
            return False
        self._found.append(Event(SCALAR, value, start, start + len(value)))
        return True


def _is_dash(body: str) -> bool:
    """Whether an item of a list begins here."""
    return body[0] == "-" and body[1:2] in ("", " ")
