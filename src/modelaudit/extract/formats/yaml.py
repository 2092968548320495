"""YAML, read by libyaml's events: no node tree is built and no alias is expanded, so that memory stays flat whatever the file holds.

Templates (Helm, Jinja), files over 4 MB, and Pythons without libyaml go to the line scanner, which knows keys, indentation and block
scalars only.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Path, Value
from modelaudit.domain.facts import Notification
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.lexing import plainyaml
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.languages import language_of
from modelaudit.extract.lexing.positions import Positions

if TYPE_CHECKING:
    from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

NAME = "yaml"
PATTERNS = ("*.yaml", "*.yml")

MAX_EVENTS_SIZE = 4 * 1024 * 1024
_MAX_DEPTH = 100
_MAX_BRACKETS = 1000
_BRACKET = late(r"[\[\]{}]")
_MAX_ALIASED = 2000
"""Values that aliases may repeat in one file."""
_PROPERTIES = late(r"(?:[&!]\S*+(?:\s++|\#[^\n]*+)*+)++")
_COMMENT = late(r"(?:(?<=\s)|\A)\#[^\n]*+")
_MAYBE_ID = late(r"[-0-9/:@.]")
_FUNCTION_TAGS = {"!Ref": "Ref"} | {f"!{name}": f"Fn::{name}" for name in ("Sub", "Join", "If", "Select", "FindInMap", "GetAtt", "Split")}


def parse(text: str) -> Document:
    """Reads all documents of a YAML stream; several documents give paths that begin at their own root."""
    body = "\ufeff" if text.startswith("\ufeff") else ""
    shift = len(body)
    if len(text) > MAX_EVENTS_SIZE:
        return _lines(text, Notification("note", "large-file", "YAML over 4 MB is read line by line"))
    if _is_deep(text):
        return _lines(text, Notification("note", "deep-nesting", "YAML with very deep brackets is read line by line"))
    try:
        return _Reader(text, shift).run()
    except _yaml_errors() as error:
        return _lines(text, _trouble(error))


def _lines(text: str, why: Notification) -> Document:
    from modelaudit.extract.lexing.yamllines import read_lines

    return read_lines(text, why)


def _is_deep(text: str) -> bool:
    """Whether more brackets may be open at once than people write: libyaml's time grows with their square."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] in "[{" else max(depth - 1, 0)
        if depth > _MAX_BRACKETS:
            return True
    return False


def _yaml_errors() -> tuple[type[Exception], ...]:
    """What reading events can raise. UnicodeEncodeError: lone surrogates, which libyaml cannot take."""
    from yaml import YAMLError

    return (YAMLError, UnicodeError, ImportError, ValueError, _TemplateError)


def _trouble(error: Exception) -> Notification:
    if isinstance(error, ImportError):
        return Notification("note", "no-libyaml", "PyYAML without libyaml; YAML is read line by line")
    line = getattr(getattr(error, "problem_mark", None), "line", None)
    return Notification(
        "note", "malformed-yaml", "not sound YAML (a template?); read line by line", line=None if line is None else line + 1
    )


class _TemplateError(Exception):
    """`model: {{ name }}` is sound YAML (a mapping whose key is a mapping), but nobody means that."""


class _Frame:
    """An open mapping or sequence."""

    __slots__ = ("index", "is_mapping", "key", "key_span", "named", "path")

    def __init__(self, is_mapping: bool, path: Path) -> None:
        self.is_mapping = is_mapping
        self.path = path
        self.index = 0
        self.key = ""
        self.key_span: Span | None = None
        self.named = False


class _Node(NamedTuple):
    """What `plainyaml` says of a node, as PyYAML says it."""

    value: str = ""
    style: str = ""
    tag: str | None = None
    anchor: str | None = None


class _Reader:
    def __init__(self, text: str, shift: int) -> None:
        self.text = text
        self.shift = shift
        self.positions = Positions(text)
        self.stack: list[_Frame] = []
        self.values: list[Value] = []
        self.embedded: list[Embedded] = []
        self.scalars: list[tuple[int, int]] = []
        """Offsets of all scalars, in which a `#` is no comment."""
        self.anchors: dict[str, tuple[int, Path]] = {}
        """First value and path of each anchored node."""
        self.aliased = 0

    def run(self) -> Document:
        body = self.text[self.shift :]
        simple = plainyaml.events(body)
        if simple is None:
            self._parse(body)
        else:
            for one in simple:
                self._simple(one)
        return Document(NAME, tuple(self.values), self._comments(), (), tuple(self.embedded))

    def _simple(self, event: plainyaml.Event) -> None:
        if event.kind == plainyaml.SCALAR:
            self._scalar(_Node(event.value, event.style), event.start + self.shift, event.end + self.shift)
        elif event.kind == plainyaml.END:
            self._close()
        else:
            self._open(_Node(), event.kind == plainyaml.MAPPING)

    def _parse(self, text: str) -> None:
        from yaml import CLoader, events, parse

        for event in parse(text, Loader=CLoader):
            if isinstance(event, events.ScalarEvent):
                self._scalar(event, *self._offsets(event))
            elif isinstance(event, events.AliasEvent):
                self._alias(event)
            elif isinstance(event, events.MappingStartEvent):
                start = (event.start_mark.index if event.start_mark else 0) + self.shift
                if start and self.text.startswith("{{", start - 1):
                    raise _TemplateError
                self._open(event, True)
            elif isinstance(event, events.SequenceStartEvent):
                self._open(event, False)
            elif isinstance(event, (events.MappingEndEvent, events.SequenceEndEvent)):
                self._close()
            elif isinstance(event, events.DocumentStartEvent):
                self.anchors.clear()

    def _close(self) -> None:
        self.stack.pop()
        self._advance("?", None)

    def _open(self, event: _Node | MappingStartEvent | SequenceStartEvent, is_mapping: bool) -> None:
        path = self._slot(event.tag)
        if event.anchor:
            self.anchors[event.anchor] = len(self.values), path
        self.stack.append(_Frame(is_mapping, path))

    def _slot(self, tag: str | None) -> Path:
        """The path of the node that comes next; a CloudFormation tag counts as a key, as in the JSON form of its template."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if len(frame.path) >= _MAX_DEPTH:
            return frame.path
        path = (*frame.path, frame.key if frame.is_mapping else frame.index)
        function = _FUNCTION_TAGS.get(tag or "")
        return (*path, function) if function else path

    def _offsets(self, event: ScalarEvent | AliasEvent) -> tuple[int, int]:
        start, end = event.start_mark, event.end_mark
        return (start.index if start else 0) + self.shift, (end.index if end else 0) + self.shift

    def _is_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].is_mapping and not self.stack[-1].named

    def _advance(self, key: str, span: Span | None) -> None:
        """Notes that a node of the open collection is complete: a key, a value or an item."""
        if not self.stack:
            return
        frame = self.stack[-1]
        if not frame.is_mapping:
            frame.index += 1
        elif frame.named:
            frame.named = False
        else:
            frame.key, frame.key_span, frame.named = key, span, True

    def _scalar(self, event: _Node | ScalarEvent, start: int, end: int) -> None:
        if self.text[start : start + 1] in ("&", "!") and (event.anchor or event.tag):
            match = _PROPERTIES.match(self.text, start, end)
            start = match.end() if match else start
        self.scalars.append((start, end))
        style = event.style or ""
        if style in ("|", ">"):
            self._block(event, start, end, style)
            return
        if style in ("'", '"'):
            start, end = start + 1, end - 1
        span = self.positions.span(start, end)
        if self._is_key():
            self._advance(event.value, span)
            if _MAYBE_ID.search(event.value):
                same = self.text[start:end] == event.value
                self.values.append(Value(event.value, span, self._slot(None), None, Kind.KEY, same, bool(style)))
            return
        self._add(event, span, self.text[start:end] == event.value, bool(style))

    def _add(self, event: _Node | ScalarEvent, span: Span, plain: bool, quoted: bool) -> Path:
        path = self._slot(event.tag)
        if event.anchor:
            self.anchors[event.anchor] = len(self.values), path
        key_span = self.stack[-1].key_span if self.stack else None
        if event.value or quoted:
            self.values.append(Value(event.value, span, path, key_span, Kind.ENTRY, plain, quoted))
        self._advance("?", None)
        return path

    def _block(self, event: _Node | ScalarEvent, start: int, end: int, style: str) -> None:
        """A block scalar: the content begins on the line after its header."""
        first = self.text.find("\n", start, end) + 1 or end
        span = self.positions.span(first, end)
        if self._is_key():
            self._advance(event.value, span)
            return
        path = self._add(event, span, self.text[first:end] == event.value, True)
        language = language_of(path, event.value) or ""
        if style == "|":
            self.embedded.append(Embedded(language, event.value, self._origins(event.value, first), path))
        else:
            self.embedded.append(self._folded(language, first, end, path))

    def _folded(self, language: str, first: int, end: int, path: Path) -> Embedded:
        """Lines that fold into one. A backslash at the end of each keeps a command together and every character in its place."""
        lines = [line.rstrip("\r") for line in self.text[first:end].rstrip().split("\n")]
        line = self.positions.line(first)
        origins = (Origin(line + number, len(text) - len(text.lstrip(" ")) + 1) for number, text in enumerate(lines))
        joint = " \\\n" if language in ("", "shell") else "\n"
        return Embedded(language, joint.join(text.strip(" ") for text in lines), tuple(origins), path)

    def _origins(self, value: str, first: int) -> tuple[Origin, ...]:
        """Lines of a literal block scalar stand one by one in the file, each after the block's indentation."""
        line = self.positions.line(first)
        starts = self.positions.starts
        origins = []
        for number, content in enumerate(value.split("\n")):
            if line + number > len(starts):
                break
            start = starts[line + number - 1]
            stop = starts[line + number] if line + number < len(starts) else len(self.text)
            raw = self.text[start:stop].rstrip("\r\n")
            origins.append(Origin(line + number, max(len(raw) - len(content), 0) + 1))
        return tuple(origins)

    def _alias(self, event: AliasEvent) -> None:
        """Repeats the values of the anchored node at this place; aliases inside it are not followed again, which bounds the work."""
        if self._is_key():
            self._advance("?", None)
            return
        span = self.positions.span(*self._offsets(event))
        first, anchored = self.anchors.get(event.anchor or "", (len(self.values), ()))
        path = self._slot(None)
        if path and path[-1] == "<<":
            path = path[:-1]
        last = len(self.values)
        for value in self.values[first:last]:
            if value.path[: len(anchored)] != anchored or self.aliased >= _MAX_ALIASED:
                break
            if value.origin is None:
                self.aliased += 1
                self.values.append(value._replace(path=(*path, *value.path[len(anchored) :])[:_MAX_DEPTH], origin=span))
        self._advance("?", None)

    def _comments(self) -> tuple[Comment, ...]:
        found: list[Comment] = []
        if "#" not in self.text:
            return ()
        starts = [start for start, _ in self.scalars]
        at = 0
        while (match := _COMMENT.search(self.text, at)) is not None:
            number = bisect_right(starts, match.start()) - 1
            start, end = self.scalars[number] if number >= 0 else (0, 0)
            if start <= match.start() < end and not self._in_header(start, match.start()):
                at = end
                continue
            found.append(comment(self.text, self.positions, *match.span()))
            at = match.end()
        return tuple(found)

    def _in_header(self, start: int, offset: int) -> bool:
        """True for a comment on the header line of a block scalar (`run: |  # why`)."""
        return self.text[start : start + 1] in ("|", ">") and "\n" not in self.text[start:offset]
