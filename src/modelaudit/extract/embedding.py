"""Pieces of one language inside a file of another: read with their own reader, and put back to where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Value
from modelaudit.domain.facts import Notification
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract import formats
from modelaudit.extract.keys import FileKeys
from modelaudit.extract.lexing.languages import language_of
from modelaudit.extract.lexing.positions import Positions

_MAX_DEPTH = 3
_MAX_PATH = 100


class Unfolded(NamedTuple):
    """A document with everything inside it at the surface."""

    values: tuple[Value, ...]
    comments: tuple[Comment, ...]
    notifications: tuple[Notification, ...]
    programs: tuple[Embedded, ...]
    """Pieces of Python."""


def unfold(document: Document, text: str, keys: FileKeys) -> Unfolded:
    """The document with its embedded pieces read, several levels deep. Paths inside a piece continue the path of the piece."""
    unfolding = _Unfolding(keys)
    unfolding.read(document, text, (), 0)
    return Unfolded(tuple(unfolding.values), tuple(unfolding.comments), document.notifications, tuple(unfolding.programs))


def place(span: Span, origins: tuple[Origin, ...]) -> Span:
    """A span of an embedded piece, in the file."""
    start = _point(span.line, span.column, origins)
    end = _point(span.end_line, span.end_column, origins)
    return Span(*start, *max(start, end))


def _point(line: int, column: int, origins: tuple[Origin, ...]) -> tuple[int, int]:
    if not origins:
        return line, column
    origin = origins[min(line, len(origins)) - 1]
    shift = sum(extra for offset, extra in origin.escapes if offset < column - 1)
    return origin.line, origin.column + column - 1 + shift


class _Unfolding:
    def __init__(self, keys: FileKeys) -> None:
        self.keys = keys
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.programs: list[Embedded] = []

    def read(self, document: Document, text: str, origins: tuple[Origin, ...], depth: int) -> None:
        pieces = [self._named(piece) for piece in document.embedded]
        taken = {(piece.path, piece.origins[0].line) for piece in pieces if piece.language and piece.path}
        folded = {(piece.path, piece.origins[0].line): piece for piece in pieces if not piece.language and piece.origins}
        for value in document.values:
            place = value.path, value.span.line
            if place in taken and value.kind is Kind.ENTRY:
                continue
            if place in folded and not value.plain:
                self.values += (_moved(line, origins) if origins else line for line in _lines(value, folded[place]))
                continue
            piece = self._piece(value, text) if depth < _MAX_DEPTH else None
            if piece is not None:
                pieces.append(piece)
            else:
                self.values.append(_moved(value, origins) if origins else value)
        for comment in document.comments:
            self.comments.append(_placed(comment, origins) if origins else comment)
        for piece in pieces:
            if piece.language and depth < _MAX_DEPTH:
                self._read_piece(piece, origins, depth)

    def _named(self, piece: Embedded) -> Embedded:
        language = (self.keys.embedded(piece.path) if piece.path else None) or piece.language
        return piece._replace(language=language)

    def _read_piece(self, piece: Embedded, origins: tuple[Origin, ...], depth: int) -> None:
        placed = tuple(_compose(origin, origins) for origin in piece.origins) if origins else piece.origins
        if piece.language == "python":
            self.programs.append(piece._replace(origins=placed))
        elif formats.is_known(piece.language):
            document = _below(formats.parse(formats.reader(piece.language), piece.text), piece)
            self.read(document, piece.text, placed, depth + 1)

    def _piece(self, value: Value, text: str) -> Embedded | None:
        """The piece that a quoted or plain one-line scalar is, when rules or its looks say so."""
        if len(value.text) < 4 or value.origin is not None:
            return None
        language = self.keys.embedded(value.path) if value.path else None
        if language is None and (value.quoted or " " in value.text):
            language = language_of(value.path, value.text)
        if language is None or (language == "shell" and not _is_command(value.text)):
            return None
        if value.plain and value.span.line == value.span.end_line:
            return Embedded(language, value.text, (Origin(value.span.line, value.span.column),), value.path)
        if value.span.line != value.span.end_line:
            return None
        from modelaudit.extract.lexing.escapes import unescape_lines

        start = Positions(text).offset(value.span.line, value.span.column)
        raw = text[start : start + value.span.end_column - value.span.column]
        said, origins = unescape_lines(raw, value.span.line, value.span.column)
        return Embedded(language, said, origins, value.path) if said == value.text else None


def _lines(value: Value, piece: Embedded) -> Iterator[Value]:
    """Text over several lines, each a value where it stands: between the lines of the file there are indentations."""
    for line, origin in zip(piece.text.split("\n"), piece.origins, strict=False):
        said = line.removesuffix(" \\").strip()
        if said:
            column = origin.column + len(line) - len(line.lstrip())
            span = Span(origin.line, column, origin.line, column + len(said))
            yield value._replace(text=said, span=span, plain=not origin.escapes)


def _moved(value: Value, origins: tuple[Origin, ...]) -> Value:
    """A value where it stands in the file. What its reader knew beyond the text has places of its own and is left behind."""
    key_span = place(value.key_span, origins) if value.key_span else None
    call = place(value.call, origins) if value.call else None
    return value._replace(span=place(value.span, origins), key_span=key_span, expr=None, call=call)


def _placed(comment: Comment, origins: tuple[Origin, ...]) -> Comment:
    return comment._replace(span=place(comment.span, origins), body=place(comment.body, origins) if comment.body else None)


def _is_command(text: str) -> bool:
    return " " in text and ("-" in text or "=" in text)


def _below(document: Document, piece: Embedded) -> Document:
    """The document of a piece with its paths continued from the piece's own."""
    if not piece.path:
        return document
    values = tuple(value._replace(path=(*piece.path, *value.path)[:_MAX_PATH]) for value in document.values)
    inner = tuple(part._replace(path=(*piece.path, *part.path)[:_MAX_PATH]) for part in document.embedded)
    return document._replace(values=values, embedded=inner)


def _compose(origin: Origin, outer: tuple[Origin, ...]) -> Origin:
    """The origin of a line of a piece inside a piece: what one escapes, the other may escape again."""
    line, column = _point(origin.line, origin.column, outer)
    shifts = outer[min(origin.line, len(outer)) - 1].escapes
    found = list(origin.escapes)
    for offset, extra in shifts:
        if offset >= origin.column - 1:
            found.append((_inner(offset - origin.column + 1, origin.escapes), extra))
    return Origin(line, column, tuple(sorted(found)))


def _inner(offset: int, escapes: tuple[tuple[int, int], ...]) -> int:
    """The character of a piece that an offset in the text around it belongs to."""
    for start, extra in escapes:
        if start >= offset:
            break
        offset = max(offset - extra, start)
    return offset
