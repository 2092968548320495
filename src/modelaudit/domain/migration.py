"""What breaks at a call when its model is replaced (`rules/migrations`): rows with what makes them visible, prices and limits."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from modelaudit.domain.lifecycle import Source
from modelaudit.domain.record import NamedTuple

Value: TypeAlias = str | int | float | bool


class Condition(NamedTuple):
    """Something seen at a call; every part that is set must hold."""

    argument: tuple[str, ...] = ()
    """One of these arguments is there: globs over names, a dotted name also by its end (`temperature` for `config.temperature`)."""
    value: tuple[Value, ...] = ()
    """Its literal value is one of these; an argument that is not literal does not count."""
    not_value: tuple[Value, ...] = ()
    """Its literal value is none of these; an argument that is not literal counts, for it may be another."""
    absent: tuple[str, ...] = ()
    """None of these arguments is there, and the call shows all its arguments."""
    trace: str = ""
    """A trace of this kind is there."""
    text: tuple[str, ...] = ()
    """Its text matches one of these globs."""
    callee: tuple[str, ...] = ()
    """The callee as written matches one of these globs."""
    operation: tuple[str, ...] = ()
    fine_tuned: bool | None = None
    package: str = ""
    """A requirement of the project names this package …"""
    since: str = ""
    """… in this release or a later one."""


class Row(NamedTuple):
    """One change between two sets of models."""

    id: str
    origin: tuple[str, ...]
    """Globs over model keys; `!` takes some away."""
    target: tuple[str, ...]
    feature: str
    effect: str
    """`error`, `ignored`, `behaviour`, `cost` or `reindex`."""
    place: str
    """`argument`, `response`, `endpoint`, `id` or `store`."""
    why: str
    check: bool
    """True when the code does not show it: named for a person to check, no effect on a level."""
    today: bool
    """True when a model in `target` refuses it already now, whatever the call came from."""
    since: date | None
    """The day from which it holds."""
    difficulty: int | None
    """The difficulty that it asks for at least, when it is not the one that follows from effect and place."""
    operations: tuple[str, ...]
    shapes: tuple[str, ...]
    platforms: tuple[str, ...]
    not_platforms: tuple[str, ...]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    sources: tuple[Source, ...]
    confidence: str
    """`official`, `measured` or `inferred`."""


class Price(NamedTuple):
    """What a model costs and takes: dollars per million tokens, tokens."""

    models: tuple[str, ...]
    input: float
    output: float
    context: int | None
    max_output: int | None
    note: str
    source: Source


class Migrations(NamedTuple):
    """All rows and prices of a feed."""

    rows: tuple[Row, ...]
    prices: tuple[Price, ...]


class MigrationExample(NamedTuple):
    """A snippet for which a row must speak, or must not."""

    row: str
    code: str
    target: str
    """The model moved to."""
    speaks: bool
    at: str
    """A text on the line at which it speaks, each argument on a line of its own; empty for the call."""
    requires: str
    """What the project requires: `anthropic==1.2.0`."""
