"""The life of a model as dated, sourced events. Status is never stored; it is computed for a day (`judge.status`)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from modelaudit.domain.record import NamedTuple


class Status(Enum):
    """What a model is on one platform (and in one region) on one day."""

    UNRELEASED = "unreleased"
    ACTIVE = "active"
    LEGACY = "legacy"
    DEPRECATED = "deprecated"
    RETIRED = "retired"
    RESTRICTED = "restricted"
    UNKNOWN = "unknown"


class Precision(Enum):
    """How firm a date is. Only `exact` ends a model; the other two say "safe until"."""

    EXACT = "exact"
    EARLIEST = "earliest"
    NOT_SOONER_THAN = "not_sooner_than"


class EventKind(Enum):
    """What happened, or will, on a date."""

    RELEASED = "released"
    LEGACY = "legacy"
    ANNOUNCED = "announced"
    """The end was made public."""
    DEPRECATED = "deprecated"
    """Closed to new use, or declared deprecated."""
    EXTENDED = "extended_access"
    """Bedrock's dearer period before the end."""
    SHUTDOWN = "shutdown"
    RETIRED = "retired"
    """The provider states that it is gone; holds even where no shutdown date is known (`on` may be None)."""


class Source(NamedTuple):
    """Where a fact was read."""

    key: str
    url: str
    official: bool
    retrieved: date | None
    title: str = ""


class Event(NamedTuple):
    """One dated fact about a model on a platform."""

    kind: EventKind
    on: date | None
    """None when stated without a date."""
    precision: Precision
    scopes: tuple[str, ...]
    """Regions (Bedrock) or model versions (Azure) that it holds for; empty for all."""
    sources: tuple[Source, ...]
    known_from: date | None
    """First day on which the fact was public or was read; None when not recorded."""
    superseded_on: date | None
    """Day from which another fact replaces it; None for facts in force."""
    disputed: str | None
    """What another source says instead."""
    inferred: bool
    note: str | None


class Unavailable(NamedTuple):
    """A half-open interval `[start, end)` in which calls fail; `end` None while it lasts."""

    start: date
    end: date | None
    cause: str
    """Id of the restriction or incident."""
    sources: tuple[Source, ...]
    confidence: str
    """`high` (the platform says so) or `low` (inferred or third party)."""


class Replacement(NamedTuple):
    """What to use instead. `drop_in` is the only ID that a fixer may write."""

    drop_in: str | None
    options: tuple[str, ...]
    parameters: tuple[str, ...]
    """Arguments that belong to the swap, such as `reasoning.mode=pro`."""
    note: str | None
    known_from: date | None
    inferred: bool
    sources: tuple[Source, ...]
    before: Replacement | None = None
    """What was recommended until `known_from`."""


class OnShutdown(NamedTuple):
    """What calls do after the end: `error`, `reroute`, `auto_upgrade` or `unknown`."""

    action: str
    to: str | None
    billing: str | None
    on: date | None
    """Day from which calls are re-routed, when it differs from the shutdown."""


class Alias(NamedTuple):
    """An ID that stands for another, for a time."""

    id: str
    start: date | None
    end: date | None
    floating: bool
    """True for names that move silently (`-latest`)."""


class Life(NamedTuple):
    """One model on one platform."""

    model: str
    platform: str
    ids: tuple[str, ...]
    """As the platform spells them, first the usual one."""
    aliases: tuple[Alias, ...]
    events: tuple[Event, ...]
    unavailable: tuple[Unavailable, ...]
    replacement: Replacement | None
    on_shutdown: OnShutdown | None
    note: str | None
    profiles: tuple[str, ...] = ()
    """Bedrock's geographies with a cross-region profile: `us`, `eu`, `global`."""
    versions: tuple[tuple[str, str], ...] = ()
    """(version, model) pairs of an Azure name that stands for several versions; their dated facts are among `events`, scoped by version."""


class Successor(NamedTuple):
    """A newer model of the same line, and the day from which it makes this one legacy."""

    model: str
    on: date | None


class Model(NamedTuple):
    """An identity that several IDs name, with its life on every platform."""

    key: str
    publisher: str
    line: str
    succeeded_by: tuple[Successor, ...]
    lives: tuple[Life, ...]
    home: str | None = None
    """The publisher's own platform; None when it has none in the feed."""

    def life(self, platform: str) -> Life | None:
        """The model's life on a platform, None when the feed knows of none."""
        return next((life for life in self.lives if life.platform == platform), None)


class Relief(NamedTuple):
    """Part of a restriction that stops to bind some persons or models from a day on."""

    on: date
    subjects: tuple[str, ...]
    who: str
    sources: tuple[Source, ...]
    profiles: tuple[str, ...] = ()
    """Profiles that declare to be among `who`."""


class Restriction(NamedTuple):
    """A dated act: export control, ban, procurement bar, provider policy, licence."""

    id: str
    title: str
    kind: str
    subjects: tuple[str, ...]
    """Model keys after expansion of publisher and family subjects."""
    jurisdiction: str
    bound: str
    issuer: str
    legal_basis: str
    applies_to: tuple[str, ...]
    profiles: tuple[str, ...]
    """`default` binds every project; others only when declared."""
    effective: date
    relief: tuple[Relief, ...]
    lifted: date | None
    conditions: tuple[str, ...]
    sources: tuple[Source, ...]
    grade: str
    """Evidence: A official text read, B official by named third parties, C third-party only."""
    disputed: str | None
    makes_calls_fail: bool
    """True when calls fail for the bound persons while it is in force."""
    platforms: tuple[str, ...] = ()
    """Platforms that it reaches; empty for all."""
    exempt: tuple[str, ...] = ()
    """Profiles that declare not to be bound from the start: verified organisations, holders of a licence."""
    cause: str | None = None
    """Id of the act that brought this one about."""
    when: EventKind | None = None
    """The act binds only once this has happened to the model on the platform: `deprecated` for what is closed to new customers."""
    note: str | None = None
    announced: date | None = None
    """When it was made public, if that was before `effective`: from then on it is a date to prepare for."""
    end_known_from: date | None = None
    """When the end was made public, if that was before `lifted`: until then nobody knew an end."""
