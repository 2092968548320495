"""Values with holes, taken apart: the texts inside them, the names that they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modelaudit.domain.document import Value
from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text
from modelaudit.domain.location import Span
from modelaudit.extract.python.roles import Words
from modelaudit.extract.templates import has_hole

_LONGEST_ID = 300


def leaves(expr: Expr) -> Iterator[Text]:
    """The texts inside a value with holes."""
    match expr:
        case Text():
            yield expr
        case Env() if expr.default is not None:
            yield from leaves(expr.default)
        case Join():
            for part in expr.parts:
                yield from leaves(part)
        case Choice():
            for option in expr.options:
                yield from leaves(option)
        case _:
            return


def is_candidate(words: Words, text: str) -> bool:
    """Whether a text is an ID as a whole; long texts are not looked at."""
    return 1 < len(text) <= _LONGEST_ID and words.is_candidate(text)


def candidates(words: Words, values: Sequence[Value]) -> list[Value]:
    """The values that are IDs, or may hold one in a hole."""
    return [value for value in values if is_candidate(words, value.text) or has_hole(value.text)]


def refers(expr: Expr) -> bool:
    """Whether an expression can be followed: some name stands in it."""
    parts = expr.parts if isinstance(expr, Join) else expr.options if isinstance(expr, Choice) else (expr,)
    return any(isinstance(part, (Env, Name)) for part in parts)


def trimmed(leaf: Text) -> tuple[str, Span]:
    """A text without blanks and quotes around it; its span shrinks with it when it is one line."""
    said = leaf.text.strip(" \t\"'")
    if said == leaf.text or not said or length(leaf.span) != len(leaf.text):
        return said, leaf.span
    at = leaf.text.index(said)
    span = leaf.span
    return said, Span(span.line, span.column + at, span.line, span.column + at + len(said))


def length(span: Span) -> int:
    return span.end_column - span.column if span.line == span.end_line else -1
