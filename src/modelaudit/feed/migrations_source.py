"""`migrations/<publisher>.toml` as it is written. Only compiling and testing the feed imports this module."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from modelaudit.domain import traces
from modelaudit.domain.errors import FeedError
from modelaudit.feed import reading
from modelaudit.feed.risk_source import Source

Value: TypeAlias = bool | int | float | str
_KINDS = frozenset(value for name, value in vars(traces).items() if name.isupper() and isinstance(value, str))


class RawSource(Source):
    title: str
    url: str
    official: bool
    retrieved: date | None = None


class RawCondition(Source, rename=None):
    argument: tuple[str, ...] = ()
    value: tuple[Value, ...] = ()
    not_value: tuple[Value, ...] = ()
    absent: tuple[str, ...] = ()
    trace: str = ""
    text: tuple[str, ...] = ()
    callee: tuple[str, ...] = ()
    operation: tuple[str, ...] = ()
    fine_tuned: bool | None = None
    package: str = ""
    since: str = ""


class RawExample(Source, rename=None):
    """A snippet of Python in one line, statements divided by `; `."""

    to: str
    code: str
    at: str = ""
    requires: str = ""


class RawRow(Source, rename=None):
    id: str
    origin: list[str] = msgspec.field(name="from")
    target: list[str] = msgspec.field(name="to")
    feature: str
    effect: Literal["error", "ignored", "behaviour", "cost", "reindex"]
    why: str
    source: list[str]
    confidence: Literal["official", "measured", "inferred"]
    place: Literal["argument", "response", "endpoint", "id", "store"] = "argument"
    check: bool = False
    today: bool = False
    since: date | None = None
    difficulty: Literal[0, 1, 2, 3] | None = None
    operations: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    not_platforms: tuple[str, ...] = ()
    when: tuple[RawCondition, ...] = ()
    unless: tuple[RawCondition, ...] = ()
    example: RawExample | None = None
    counterexample: RawExample | None = None


class RawPrice(Source, rename=None):
    models: list[str]
    input: float
    output: float
    source: str
    context: int | None = None
    max_output: int | None = None
    note: str = ""


class RawMigrations(Source, rename=None):
    """One file."""

    schema: Literal["1"]
    source: dict[str, RawSource] = msgspec.field(default_factory=dict)
    set: dict[str, list[str]] = msgspec.field(default_factory=dict)
    row: tuple[RawRow, ...] = ()
    price: tuple[RawPrice, ...] = ()


def files(folder: str) -> tuple[tuple[str, RawMigrations], ...]:
    """Every file of `migrations/`, checked, with its name."""
    found = tuple((path, reading.read(path, RawMigrations)) for path in reading.toml_files(os.path.join(folder, "migrations")))
    seen: set[str] = set()
    for path, raw in found:
        for row in raw.row:
            if row.id in seen:
                raise FeedError(f"{path}: row {row.id!r} is there twice")
            seen.add(row.id)
            _check(row, raw, path)
        for price in raw.price:
            if price.source not in raw.source:
                raise FeedError(f"{path}: price of {price.models[0]}: source {price.source!r} is not defined")
    return found


def expand(globs: Iterable[str], sets: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Globs with every `@name` replaced by the set of that name."""
    return tuple(glob for one in globs for glob in (sets[one[1:]] if one.startswith("@") else (one,)))


def _check(row: RawRow, raw: RawMigrations, path: str) -> None:
    for name in (*row.origin, *row.target):
        if name.startswith("@") and name[1:] not in raw.set:
            raise FeedError(f"{path}: row {row.id}: set {name!r} is not defined", hint=f"sets: {', '.join(raw.set)}")
    for key in row.source:
        if key not in raw.source:
            raise FeedError(f"{path}: row {row.id}: source {key!r} is not defined", hint=f"sources: {', '.join(raw.source)}")
    for condition in (*row.when, *row.unless):
        if condition.trace and condition.trace not in _KINDS:
            raise FeedError(
                f"{path}: row {row.id}: {condition.trace!r} is no kind of trace",
                hint=reading.did_you_mean(condition.trace, tuple(sorted(_KINDS))),
            )
        if bool(condition.value or condition.not_value) and not condition.argument:
            raise FeedError(f"{path}: row {row.id}: a value needs an argument")
