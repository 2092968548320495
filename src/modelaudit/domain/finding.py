"""What judging yields: verdicts, risk per site with its factors, findings."""

from __future__ import annotations

from datetime import date
from enum import Enum

from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Precision, Replacement, Restriction, Source, Status
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Confidence, PlacedSite, Step, Usage

SUPPRESSION = "suppression"
"""The context of what stands in place of an ID where a finding is about a suppression."""


class Risk(Enum):
    """How bad a site is; answers "what do I do on Monday"."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 4 for critical."""
        return _RISK_RANK[self]


_RISK_RANK = {Risk.INFO: 0, Risk.LOW: 1, Risk.MEDIUM: 2, Risk.HIGH: 3, Risk.CRITICAL: 4}


class Clock(NamedTuple):
    """The status of the same model on another platform."""

    platform: str
    status: Status
    deadline: date | None


class GrantUse(NamedTuple):
    """A licence of the project that lifts the restrictions in force, until a day."""

    restrictions: tuple[str, ...]
    until: date | None
    """Last day on which it holds; None for a licence without an end."""


class Verdict(NamedTuple):
    """What the feed says of one identity on one day, on the platform really called."""

    identity: Identity
    status: Status
    platform: str | None
    """The clock it was judged by."""
    assumed: bool
    """True when the platform is not visible and the publisher's clock was used."""
    since: date | None
    """Since when the status holds."""
    deadline: date | None
    """When calls stop (shutdown), or stopped; for a restriction the day it began."""
    days_left: int | None
    precision: Precision | None
    safe_until: date | None
    """A floor: not retired before this day."""
    reroute: str | None
    """What answers after the deadline instead of an error."""
    replacement: Replacement | None
    successor: str | None
    restriction: Restriction | None
    """The act in force (or the one that caused the unavailability); None otherwise."""
    available_again: date | None
    """End of the unavailability, when known."""
    worse_elsewhere: tuple[Clock, ...]
    """Platforms on which the same model is worse off, when the platform was assumed."""
    sources: tuple[Source, ...]
    disputed: str | None
    grant: GrantUse | None = None
    """Set when a licence lifts a restriction; `restriction` is the act, `status` what the model is apart from it."""
    behind: Restriction | None = None
    """The act that brought `restriction` about; it may be lifted while calls still fail."""
    upcoming: Restriction | None = None
    """An act that is announced and will bind the project from its `effective` day on."""
    beside: tuple[Restriction, ...] = ()
    """Other acts in force that would restrict it without `restriction`; `behind` is not among them."""


class Evidence(NamedTuple):
    """What a factor rests on: a place in the tree, or a record of the feed."""

    path: str | None
    line: int | None
    feed: str | None


class Factor(NamedTuple):
    """One reason behind a level (RISK.md 5)."""

    id: str
    point: str
    """`urgency`, `exposure`, `difficulty`, `effort` or `context`."""
    value: str
    effect: str
    """`U4`, `E>=2`, `D>=1`, `none`, `unknown`…"""
    sentence: str
    evidence: tuple[Evidence, ...]


class SiteRisk(NamedTuple):
    """One site of a finding with its level."""

    placed: PlacedSite | None
    """None for a literal that reaches no known site."""
    usage: Usage
    risk: Risk
    urgency: int
    exposure: int
    difficulty: int
    late: bool
    confidence: Confidence
    flow: tuple[Step, ...]
    factors: tuple[Factor, ...]


class EffortItem(NamedTuple):
    """One piece of work and its minutes."""

    name: str
    count: int  # type: ignore[assignment] # hides tuple.count, which nobody asks of a record
    low: int
    high: int


class Effort(NamedTuple):
    """Expected work for a finding; the binding is counted once."""

    size: str
    """XS, S, M, L or XL."""
    low: int
    high: int
    """Minutes."""
    items: tuple[EffortItem, ...]


class Option(NamedTuple):
    """Something to do, and the level afterwards."""

    do: str
    risk_after: Risk | None
    effort: Effort | None


class Breaking(NamedTuple):
    """A parameter at a site that the replacement treats differently."""

    parameter: str
    effect: str
    reason: str
    source: str
    path: str
    line: int


class Finding(NamedTuple):
    """One literal x one rule (x one platform), with all its sites."""

    rule: str
    risk: Risk
    message: str
    verdict: Verdict
    usage: Usage
    """The usage that stands for the literal (its worst site)."""
    sites: tuple[SiteRisk, ...]
    effort: Effort | None
    start_by: date | None
    options: tuple[Option, ...]
    breaking: tuple[Breaking, ...]
    fingerprint: str
    suppression: SuppressedBy | None = None
    baseline_state: str | None = None
    """`new`, `unchanged` or `updated`; None without a baseline."""


class SuppressedBy(NamedTuple):
    """Why a finding does not count against the gate."""

    kind: str
    """`comment` or `config`."""
    reason: str | None
    until: date | None
    path: str
    line: int
