"""What linking yields: a literal, the site it reaches, and the way between them."""

from __future__ import annotations

from enum import Enum

from modelaudit.domain.facts import Literal, Role, Site
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple


class Confidence(Enum):
    """How sure a finding is: the weakest of identity, flow, receiver and platform."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for certain, 2 for possible."""
        return _RANK[self]


_RANK = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.POSSIBLE: 2}


class Step(NamedTuple):
    """One hop from the literal to the site: `constant SUMMARY_MODEL`, `imported from app.settings`, `default of parameter model`."""

    path: str
    span: Span
    what: str


class PlacedSite(NamedTuple):
    """A site and the file it stands in."""

    path: str
    site: Site


class Usage(NamedTuple):
    """A literal together with one site that it reaches, or with none."""

    path: str
    literal: Literal
    role: Role
    """The literal's role once linked: a catalog entry that reaches a site selects, so it becomes a binding."""
    value: str
    """The whole string that the site receives; differs from `literal.text` when it was composed."""
    site: PlacedSite | None
    flow: tuple[Step, ...]
    """From the literal to the site, the site's own call not included."""
    fallback: bool
    """True when the site only falls back to this model."""
    confidence: Confidence


class Unresolved(NamedTuple):
    """A site whose model could not be followed to any literal."""

    path: str
    site: Site
    why: str
    outside: bool = False
    """True when the way was followed to where the tree ends: a caller, a variable or a file that is not part of it gives the value."""


class Linked(NamedTuple):
    """All usages of a tree and what could not be followed, each sorted by path and position."""

    usages: tuple[Usage, ...]
    unresolved: tuple[Unresolved, ...]
