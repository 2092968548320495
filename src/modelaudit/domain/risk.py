"""The risk model as data: the decision table, its thresholds, the path classes, the effort priors and the sentences (`rules/risk.toml`)."""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.domain.record import NamedTuple

LETTERS: dict[str, Risk] = {
    "C": Risk.CRITICAL,
    "H": Risk.HIGH,
    "M": Risk.MEDIUM,
    "L": Risk.LOW,
    "I": Risk.INFO,
}
"""How a level is written in the table."""

_BY_RANK = tuple(sorted(LETTERS.values(), key=lambda level: level.rank))


class Table(NamedTuple):
    """The decision table: 80 levels, ordered by urgency U0..U4, exposure E0..E3, difficulty D0..D3."""

    cells: tuple[Risk, ...]

    def level(self, urgency: int, exposure: int, difficulty: int, late: bool = False) -> Risk:
        """The level of a cell; late work (U1 to U3) rises one step, but never above what the same site has once the model is down."""
        level = self.cells[urgency * 16 + exposure * 4 + difficulty]
        if not late or urgency not in (1, 2, 3):
            return level
        down = self.cells[4 * 16 + exposure * 4 + difficulty]
        return _BY_RANK[max(level.rank, min(level.rank + 1, down.rank))]


def lower(level: Risk) -> Risk:
    """One step down; info stays info."""
    return _BY_RANK[max(level.rank - 1, 0)]


class Thresholds(NamedTuple):
    """Days."""

    imminent: int
    """U3 up to so many days before the end."""
    near: int
    """U2 up to so many."""
    quiet_floor: int
    """A floor date further away than this is no urgency at all."""
    protected: int
    """A fallback must live at least so long to count."""


class PathClass(NamedTuple):
    """A kind of code, told by its path, and the exposure that it has without a fallback."""

    name: str
    exposure: int
    globs: tuple[str, ...]


class EffortPrior(NamedTuple):
    """What one piece of work takes, in minutes."""

    name: str
    low: int
    high: int
    per: str
    what: str


class ErrorClasses(NamedTuple):
    """The exceptions of one SDK, without their module, by what they mean for a withdrawn model."""

    package: str
    gone: tuple[str, ...]
    denied: tuple[str, ...]
    bad_request: tuple[str, ...]
    transient: tuple[str, ...]
    broad: tuple[str, ...]
    codes: tuple[str, ...]


class FallbackPattern(NamedTuple):
    """A way to build a fallback, and whether it helps when a model is withdrawn."""

    id: str
    shapes: tuple[str, ...]
    """Globs over the keys of call shapes that build it."""
    counts: str
    """`yes`, `no`, `partial`, `degraded` or `unknown`."""
    why: str


class RiskModel(NamedTuple):
    """Everything in `rules/risk.toml`."""

    table: Table
    thresholds: Thresholds
    paths: tuple[PathClass, ...]
    efforts: tuple[EffortPrior, ...]
    sizes: tuple[tuple[str, int], ...]
    """Name and highest number of minutes, ascending."""
    errors: tuple[ErrorClasses, ...]
    fallbacks: tuple[FallbackPattern, ...]
    sentences: tuple[tuple[str, str], ...]
    """(`F01.ends`, template) pairs, sorted."""
