"""Models inside structured arguments: `model_list[].litellm_params.model`, request bodies, fallback lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from modelaudit.domain.expr import ANY_ELEMENT, ANY_ENTRY, NOTHING, SPREAD, Attribute, Choice, Expr, Item, Name, Result, Table, Text
from modelaudit.domain.location import Span
from modelaudit.domain.shapes import CallShape

DEEPEST = 5
"""Nesting of literal bodies that is searched for model keys."""

_DOCUMENTATION = frozenset(("example", "examples"))
"""Keys of an API's documentation: what stands below is not sent."""

_PASSABLE = (Name, Attribute, Item, Choice, Result)
"""Terms that may stand for a structure written elsewhere."""


def nested(name: str, path: str, value: Expr) -> list[tuple[str, Expr]]:
    """(place, value) at a key path such as `[].params.model` inside what an argument holds; a structure that is written elsewhere is asked
    for the same path when linking."""
    found = [(name, value)]
    for part in parts_of(path):
        found = [inner for place, present in found for inner in _step(place, present, part)]
    return found


def parts_of(path: str) -> list[str]:
    """The steps of a key path: `[]`, `{}` and keys."""
    return [part for part in path.replace("[]", ".[].").replace("{}", ".{}.").split(".") if part]


def _step(place: str, present: Expr, part: str) -> Iterator[tuple[str, Expr]]:
    inside = f"{place}{part}" if part in ("[]", "{}") else f"{place}.{part}"
    if isinstance(present, Table):
        for entry in present.entries:
            if entry.key == SPREAD:
                if isinstance(entry.value, _PASSABLE):
                    yield from _asked(inside, entry.value, part)
            elif part in ("[]", "{}") or entry.key == part:
                yield inside, entry.value
    elif isinstance(present, Result) and any(key == part for key, _ in present.arguments):
        yield from ((inside, inner) for key, inner in present.arguments if key == part)
    elif isinstance(present, _PASSABLE):
        yield from _asked(inside, present, part)


def _asked(place: str, present: Expr, part: str) -> Iterator[tuple[str, Expr]]:
    span = span_of(present)
    if part == "[]":
        yield place, Item(present, ANY_ELEMENT, None, span)
    elif part == "{}":
        yield place, Item(present, ANY_ENTRY, None, span)
    else:
        yield place, Item(present, Text(part, span), None, span)


def span_of(value: Expr) -> Span:
    """Where a term stands; tables and choices have no place of their own."""
    span = getattr(value, "span", None)
    return span if isinstance(span, Span) else Span(0, 0, 0, 0)


def bodies(value: Table, keys: Collection[str], place: str, depth: int = 0) -> Iterator[tuple[str, Expr]]:
    """(place, value) of every model key in a literal structure."""
    if depth > DEEPEST:
        return
    for entry in value.entries:
        if entry.key in keys:
            yield f"{place}.{entry.key}", entry.value
        elif isinstance(entry.value, Table) and entry.key != SPREAD and entry.key not in _DOCUMENTATION:
            inner = f"{place}[]" if isinstance(entry.key, int) else f"{place}.{entry.key}"
            yield from bodies(entry.value, keys, inner, depth + 1)


def fallbacks(shape: CallShape, arguments: tuple[tuple[str | int, Expr], ...], chosen: Collection[str | int]) -> tuple[Expr, ...]:
    """What the call falls back to: the arguments that `fallback-args` names, without those already `chosen` as its model."""
    found: list[Expr] = []
    given = dict(arguments)
    positions = dict(shape.model)
    named = {name for name, _ in shape.model} | set(shape.risk_args) | set(shape.fallback_when)
    for wanted in shape.fallback_args:
        if wanted.startswith("**"):
            found += [value for key, value in arguments if isinstance(key, str) and key not in named and key != SPREAD]
        elif wanted.startswith("*"):
            first = 1 + max(positions.values(), default=-1)
            found += [value for key, value in arguments if isinstance(key, int) and key >= first]
        else:
            name, rest = _head(wanted)
            key: str | int = name if name in given else positions.get(name, -1)
            if key in given and key not in chosen:
                found += [value for _, value in nested(name, rest, given[key])]
    return tuple(value for value in found if value != NOTHING)


def first_and_rest(value: Expr) -> tuple[Expr, tuple[Expr, ...]]:
    """A list of models in the order in which they are tried: the first, and the others as its fallbacks."""
    if isinstance(value, Table) and not value.mapping and value.entries and value.entries[0].key == 0:
        return value.entries[0].value, tuple(entry.value for entry in value.entries[1:])
    if isinstance(value, Text):
        return value, ()
    return Item(value, Text("0", span_of(value)), None, span_of(value)), (value,)


def head_of(path: str) -> tuple[str, str]:
    """The argument that a key path begins with, and the rest."""
    return _head(path)


def _head(path: str) -> tuple[str, str]:
    for index, character in enumerate(path):
        if character in ".[{":
            return path[:index], path[index:].removeprefix(".")
    return path, ""
