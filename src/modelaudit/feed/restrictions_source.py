"""`restrictions/<act>.toml` as it is written: the decoding types. Only compiling, linting and the schema import this module."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from modelaudit.feed.models_source import Name, Names, OneOrMore, RawSource, Table, Text

Subject = Annotated[str, msgspec.Meta(pattern=r"^!?\S+$", description="a model key, a glob of keys, or publisher:NAME; ! takes out")]
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
    who: Text
    subjects: Annotated[list[Subject], msgspec.Meta(min_length=1)] | None = None
    profiles: Annotated[Names | None, msgspec.Meta(description="profiles that declare to be among these persons")] = None
    source: OneOrMore | None = None


class RawLifted(Table):
    """The end of the act: the first day on which it no longer binds."""

    on: date
    by: Text | None = None
    conditions: list[Text] | None = None
    source: OneOrMore | None = None


class RawRestriction(Table):
    """One act."""

    id: Name
    title: Text
    kind: Kind
    subjects: Annotated[list[Subject], msgspec.Meta(min_length=1)]
    jurisdiction: Text
    bound: Text
    effective: date
    profiles: Annotated[Names, msgspec.Meta(description="`default` binds every project; others when the project declares them")]
    grade: Annotated[Literal["A", "B", "C"], msgspec.Meta(description="A official text read, B through third parties, C third-party")]
    source: OneOrMore
    issuer: str = ""
    legal_basis: str = ""
    applies_to: Annotated[list[Scope] | None, msgspec.Meta(description="api when not said")] = None
    platforms: Names | None = None
    exempt: Annotated[Names | None, msgspec.Meta(description="profiles that declare not to be bound from the start")] = None
    cause: Annotated[Name | None, msgspec.Meta(description="id of the act that brought this one about")] = None
    when: Annotated[Literal["legacy", "deprecated"] | None, msgspec.Meta(description="binds once this happened on the platform")] = None
    relief: list[RawRelief] = msgspec.field(default_factory=list)
    lifted: RawLifted | None = None
    disputed: Text | None = None
    makes_calls_fail: bool = False
    note: Text | None = None


class RawActs(Table):
    """The whole file."""

    schema: Literal["1"]
    restriction: Annotated[list[RawRestriction], msgspec.Meta(min_length=1)]
    source: dict[str, RawSource] = msgspec.field(default_factory=dict)
