"""Values with holes, taken apart: the texts inside them, the names that they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modelaudit.domain.document import Value
from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.templates import has_hole
from modelaudit.extract.vocabulary import Words

_LONGEST_ID = 300
_RESOURCE = late(r"(?:foundation-model|inference-profile)/")


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


def named(words: Words, leaf: Text, *, permission: bool = False) -> tuple[str, Span]:
    """The text, or what stands behind its last slash when only that is an ID: `…::foundation-model/ID` behind a region, `/ID`.

    A permission speaks of buckets and tables as well.
    """
    said, span = trimmed(leaf)
    if is_candidate(words, said) or "/" not in said or (permission and not _RESOURCE.search(said)):
        return said, span
    at = said.rindex("/") + 1
    if not is_candidate(words, said[at:]):
        return said, span
    return said[at:], span if length(span) != len(said) else span._replace(column=span.column + at)


def length(span: Span) -> int:
    return span.end_column - span.column if span.line == span.end_line else -1
