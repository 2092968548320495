"""`restrictions/<act>.toml` as it is written: the decoding types. Only compiling, linting and the schema import this module."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from modelaudit.feed.models_source import OneOrMore, RawSource, Table

Scope = Literal["api", "weights", "device", "contract"]
Kind = Literal[
    "export_control",
    "government_ban",
    "procurement",
    "court_order",
    "provider_policy",
    "suspension",
    "access_gate",
    "data_condition",
    "licence",
    "regional_availability",
]


class RawRelief(Table):
    """A part that stops to bind some persons or models."""

    on: date
    who: str
    subjects: list[str] | None = None
    profiles: list[str] | None = None
    """Profiles that declare to be among these persons."""
    source: OneOrMore | None = None


class RawLifted(Table):
    """The end of the act: the first day on which it no longer binds."""

    on: date
    by: str | None = None
    conditions: list[str] | None = None
    source: OneOrMore | None = None
    known_from: date | None = None
    """When the end was made public; `on` itself when not said."""


class RawRestriction(Table):
    """One act."""

    id: str
    title: str
    kind: Kind
    subjects: list[str]
    """Model keys, globs of keys, `publisher:NAME`; `!` before one takes models out again."""
    jurisdiction: str
    bound: str
    effective: date
    profiles: list[str]
    """`default` binds every project; others when the project declares them."""
    grade: Literal["A", "B", "C"]
    """A official text read, B official through named third parties, C third-party only."""
    source: OneOrMore
    issuer: str = ""
    legal_basis: str = ""
    applies_to: list[Scope] | None = None
    """`api` when not said."""
    platforms: list[str] | None = None
    exempt: list[str] | None = None
    """Profiles that declare not to be bound from the start."""
    cause: str | None = None
    """Id of the act that brought this one about."""
    when: Literal["legacy", "deprecated"] | None = None
    """Binds a model only once this has happened to it on the platform."""
    relief: list[RawRelief] = msgspec.field(default_factory=list)
    lifted: RawLifted | None = None
    disputed: str | None = None
    makes_calls_fail: bool = False
    note: str | None = None
    announced: date | None = None
    """When it was made public, if that was before `effective`."""


class RawActs(Table):
    """The whole file."""

    schema: Literal["1"]
    restriction: list[RawRestriction]
    source: dict[str, RawSource] = msgspec.field(default_factory=dict)
