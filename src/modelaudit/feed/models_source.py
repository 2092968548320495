"""`models/<publisher>.toml` as it is written: the decoding types. Only compiling, linting and the schema import this module."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
Name = Annotated[str, msgspec.Meta(pattern=r"^\S+$", min_length=1)]
Names = Annotated[list[Name], msgspec.Meta(min_length=1)]
OneOrMore = Name | Names


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """Base of the tables: an unknown key is an error."""


class RawSource(Table):
    """Where facts were read."""

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://\S+$")]
    official: Annotated[bool, msgspec.Meta(description="true when the provider or the authority itself speaks")]
    retrieved: date | None = None
    title: str = ""


class RawEvent(Table):
    """One dated fact. `floor` is a promise that a model does not end before a day; only `shutdown` and `retired` end it."""

    kind: Literal["released", "legacy", "announced", "deprecated", "extended_access", "floor", "shutdown", "retired"]
    on: date | None = None
    precision: Annotated[
        Literal["exact", "not_sooner_than", "earliest"] | None, msgspec.Meta(description="of a floor: not_sooner_than, or earliest")
    ] = None
    regions: Names | None = None
    versions: Names | None = None
    source: OneOrMore | None = None
    known_from: Annotated[date | None, msgspec.Meta(description="first day on which the fact was public or was read")] = None
    superseded_on: Annotated[date | None, msgspec.Meta(description="day from which another fact replaces this one")] = None
    disputed: Annotated[Text | None, msgspec.Meta(description="what another source says instead")] = None
    inferred: bool = False
    note: Text | None = None


class RawAlias(Table):
    """An ID that stands for the model, for a time."""

    id: Name
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    floating: bool = False


class RawUnavailable(Table):
    """Calls fail from `from` up to, not including, `to`."""

    start: date = msgspec.field(name="from")
    cause: Annotated[Name, msgspec.Meta(description="id of the restriction, or a name for the incident")]
    end: date | None = msgspec.field(default=None, name="to")
    source: OneOrMore | None = None
    confidence: Literal["high", "low"] = "high"


class RawReplacement(Table):
    """What to use instead. Only `drop_in` may be written by a fixer."""

    drop_in: Name | None = None
    options: Names | None = None
    parameters: Names | None = msgspec.field(default=None, name="with")
    note: Text | None = None
    known_from: date | None = None
    inferred: bool = False
    source: OneOrMore | None = None


class RawOnShutdown(Table):
    """What calls do after the end."""

    action: Literal["error", "reroute", "auto_upgrade", "unknown"]
    to: Name | None = None
    billing: Text | None = None
    on: date | None = None


class RawLife(Table):
    """The model on one platform."""

    platform: Name
    ids: Names
    profiles: Names | None = None
    versions: dict[str, Name] | None = None
    aliases: list[RawAlias] = []
    source: OneOrMore | None = None
    agree: Annotated[Names | None, msgspec.Meta(description="other sources that give the same end")] = None
    events: list[RawEvent] = []
    unavailable: list[RawUnavailable] = []
    replacement: RawReplacement | None = None
    on_shutdown: RawOnShutdown | None = None
    note: Text | None = None


class RawSuccessor(Table):
    """A newer model of the line."""

    id: Name
    on: date | None = None


class RawModel(Table):
    """One identity."""

    key: Name
    life: Annotated[list[RawLife], msgspec.Meta(min_length=1)]
    line: str = ""
    succeeded_by: list[RawSuccessor] = []


class RawPublisher(Table):
    """The whole file."""

    schema: Literal["1"]
    publisher: Name
    model: list[RawModel]
    home: Annotated[Name | None, msgspec.Meta(description="the platform whose clock is the publisher's own")] = None
    source: dict[str, RawSource] = {}
