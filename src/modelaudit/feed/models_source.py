"""`models/<publisher>.toml` as it is written: the decoding types. Only compiling, linting and the schema import this module."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

# NOTE: no `msgspec.Meta` here: destroying it makes the interpreter crash at exit now and then (msgspec issue 717). `lint` checks instead.

OneOrMore = str | list[str]


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """Base of the tables: an unknown key is an error."""


class RawSource(Table):
    """Where facts were read."""

    url: str
    official: bool
    """True when the provider or the authority itself speaks."""
    retrieved: date | None = None
    title: str = ""


class RawEvent(Table):
    """One dated fact. `floor` is a promise that a model does not end before a day; only `shutdown` and `retired` end it."""

    kind: Literal["released", "legacy", "announced", "deprecated", "extended_access", "floor", "shutdown", "retired"]
    on: date | None = None
    precision: Literal["exact", "not_sooner_than", "earliest"] | None = None
    """Of a floor: `not_sooner_than`, or `earliest`."""
    regions: list[str] | None = None
    versions: list[str] | None = None
    source: OneOrMore | None = None
    known_from: date | None = None
    """First day on which the fact was public or was read."""
    superseded_on: date | None = None
    """Day from which another fact replaces this one."""
    disputed: str | None = None
    """What another source says instead."""
    inferred: bool = False
    note: str | None = None


class RawAlias(Table):
    """An ID that stands for the model, for a time."""

    id: str
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    floating: bool = False


class RawUnavailable(Table):
    """Calls fail from `from` up to, not including, `to`."""

    start: date = msgspec.field(name="from")
    cause: str
    """Id of the restriction, or a name for the incident."""
    end: date | None = msgspec.field(default=None, name="to")
    source: OneOrMore | None = None
    confidence: Literal["high", "low"] = "high"


class RawReplacement(Table):
    """What to use instead. Only `drop_in` may be written by a fixer."""

    drop_in: str | None = None
    options: list[str] | None = None
    parameters: list[str] | None = msgspec.field(default=None, name="with")
    note: str | None = None
    known_from: date | None = None
    inferred: bool = False
    source: OneOrMore | None = None
    before: RawReplacement | None = None
    """What was recommended until `known_from`."""


class RawOnShutdown(Table):
    """What calls do after the end."""

    action: Literal["error", "reroute", "auto_upgrade", "unknown"]
    to: str | None = None
    billing: str | None = None
    on: date | None = None


class RawLife(Table):
    """The model on one platform."""

    platform: str
    ids: list[str]
    profiles: list[str] | None = None
    versions: dict[str, str] | None = None
    """Of an Azure name without a version: which model each version is."""
    aliases: list[RawAlias] = []
    source: OneOrMore | None = None
    agree: list[str] | None = None
    """Other sources that give the same end."""
    events: list[RawEvent] = []
    unavailable: list[RawUnavailable] = []
    replacement: RawReplacement | None = None
    on_shutdown: RawOnShutdown | None = None
    note: str | None = None


class RawSuccessor(Table):
    """A newer model of the line."""

    id: str
    on: date | None = None


class RawModel(Table):
    """One identity."""

    key: str
    life: list[RawLife]
    line: str = ""
    succeeded_by: list[RawSuccessor] = []


class RawPublisher(Table):
    """The whole file."""

    schema: Literal["1"]
    publisher: str
    model: list[RawModel]
    home: str | None = None
    """The platform whose clock is the publisher's own."""
    source: dict[str, RawSource] = {}
