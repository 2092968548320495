"""Texts that are put together, changed and taken apart. Where their pieces are written goes with them."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from modelaudit.domain.expr import NOTHING, Apply, Entry, Expr, Join, Table, Text
from modelaudit.link import lookup
from modelaudit.link.values import HOLE, MOST_COMPOSED, Frame, Piece, Steps, TableValue, TextValue, UnknownValue, Value

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

_CHANGING = ("replace", "removeprefix", "removesuffix")
"""Without constant arguments these may change the text, which is taken as it is and not for sure."""
_SPLITTING = ("split", "rsplit", "partition", "rpartition")


def joined(evaluator: Evaluator, expr: Join, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """A text that is put together, once for each way its parts can go together."""
    options: list[list[TextValue]] = []
    for part in expr.parts:
        values = evaluator.evaluate(part, path, frame, depth + 1)
        texts = [value for value in values if isinstance(value, TextValue)]
        options.append(texts[:MOST_COMPOSED] or [TextValue(HOLE, (), (), False)])
    _without_routes(evaluator, expr.parts, options)
    if all(len(part) == 1 and part[0].text == HOLE for part in options):
        return [UnknownValue("a composed text of which no part is known")]
    return [_joined(parts) for parts in islice(product(*options), MOST_COMPOSED)]


def _without_routes(evaluator: Evaluator, parts: tuple[Expr, ...], options: list[list[TextValue]]) -> None:
    """`f"{provider}/{model}"` with several providers: which of them goes with the model is not said, so none is put before it."""
    for index, part in enumerate(parts[1:]):
        several = len(options[index]) > 1 and isinstance(part, Text) and part.text.startswith("/")
        if several and not any(_is_literal(evaluator, value) for value in options[index]):
            options[index] = [TextValue(HOLE, (), (), False)]


def _is_literal(evaluator: Evaluator, value: TextValue) -> bool:
    return any(evaluator.program.written[piece.path].at(piece.text.span) is not None for piece in value.pieces)


def applied(evaluator: Evaluator, expr: Apply, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """What a method of a text, or the keys of a table, give."""
    values = evaluator.evaluate(expr.base, path, frame, depth + 1)
    if expr.method in _CHANGING and not expr.arguments:
        return [value._replace(sure=False) if isinstance(value, TextValue) else value for value in values]
    if expr.method == "keys":
        return [key for value in values for key in lookup.keys(evaluator, value, depth)]
    if expr.method in _SPLITTING:
        return [part for value in values for part in (_split(expr, value) if isinstance(value, TextValue) else [value])]
    return [value._replace(text=_apply_text(expr, value.text)) if isinstance(value, TextValue) else value for value in values]


def _joined(parts: tuple[TextValue, ...]) -> TextValue:
    text = ""
    pieces: list[Piece] = []
    steps: Steps = ()
    for part in parts:
        pieces.extend(Piece(piece.path, piece.text, piece.start + len(text)) for piece in part.pieces)
        text += part.text
        if len(part.steps) > len(steps):
            steps = part.steps
    return TextValue(text, tuple(pieces), steps, all(part.sure for part in parts))


def _split(expr: Apply, value: TextValue) -> list[Value]:
    """The parts of a text as a list; each stands where it is written. Of a text from several files, one list for each file."""
    separator = expr.arguments[0] if expr.arguments else None
    most = int(expr.arguments[1]) if len(expr.arguments) > 1 and expr.arguments[1].lstrip("-").isdigit() else -1
    if not value.pieces or separator == "":
        return [UnknownValue("part of a text that is split")]
    match expr.method:
        case "split":
            parts = value.text.split(separator, most)
        case "rsplit":
            parts = value.text.rsplit(separator, most)
        case "partition":
            parts = list(value.text.partition(separator or " "))
        case _:
            parts = list(value.text.rpartition(separator or " "))
    written: list[tuple[str, Piece]] = []
    end = 0
    for part in parts:
        start = max(value.text.find(part, end), 0)
        end = start + len(part)
        written.append((part, _piece_at(value, start, end)))
    return [
        TableValue(
            path, Table(tuple(_entry(index, part, piece, path) for index, (part, piece) in enumerate(written)), False), None, value.steps
        )
        for path in dict.fromkeys(piece.path for _, piece in written)
    ]


def _piece_at(value: TextValue, start: int, end: int) -> Piece:
    """The piece that most of a part comes from; the longest where that cannot be told."""
    shared = {piece: min(end, piece.start + len(piece.text.text)) - max(start, piece.start) for piece in value.pieces}
    best = max(value.pieces, key=lambda piece: shared[piece])
    return best if shared[best] > 0 else max(value.pieces, key=lambda piece: len(piece.text.text))


def _entry(index: int, part: str, piece: Piece, path: str) -> Entry:
    return Entry(index, Text(part, piece.text.span) if piece.path == path else NOTHING)


def _apply_text(expr: Apply, text: str) -> str:
    match expr.method, expr.arguments:
        case (("lower" | "casefold"), _):
            return text.lower()
        case "upper", _:
            return text.upper()
        case "title", _:
            return text.title()
        case "strip", arguments:
            return text.strip(*arguments[:1])
        case "lstrip", arguments:
            return text.lstrip(*arguments[:1])
        case "rstrip", arguments:
            return text.rstrip(*arguments[:1])
        case "replace", (old, new, *_):
            return text.replace(old, new)
        case "removeprefix", (prefix, *_):
            return text.removeprefix(prefix)
        case "removesuffix", (suffix, *_):
            return text.removesuffix(suffix)
    return text
