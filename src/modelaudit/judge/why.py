"""Why a level is what it is, and not one higher or lower: the cell of the table, its neighbours, and the factors that decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from modelaudit.domain.finding import Risk
from modelaudit.domain.risk import Table

_POINTS = (
    ("urgency", "U", ("none", "announced", "near", "imminent", "down")),
    ("exposure", "E", ("harmless", "protected", "degraded", "unprotected")),
    ("difficulty", "D", ("drop-in", "adapt", "revalidate", "rebuild")),
)


class Reason(Protocol):
    """What is asked of a factor, whether it was judged now or read from a report."""

    @property
    def point(self) -> str:
        """The decision point that it speaks of."""

    @property
    def effect(self) -> str:
        """What it does to the point."""

    @property
    def sentence(self) -> str:
        """Why."""


class Leveled(Protocol):
    """What is asked of a site."""

    @property
    def urgency(self) -> int:
        """0 to 4."""

    @property
    def exposure(self) -> int:
        """0 to 3."""

    @property
    def difficulty(self) -> int:
        """0 to 3."""

    @property
    def late(self) -> bool:
        """True when the work should have begun."""

    @property
    def risk(self) -> Risk:
        """The level shown."""

    @property
    def factors(self) -> Sequence[Reason]:
        """All reasons."""


def why(site: Leveled, table: Table) -> tuple[str, ...]:
    """The cell, then for each point what would lower and what would raise the level, in sentences."""
    values = (site.urgency, site.exposure, site.difficulty)
    level = table.level(*values, site.late)
    cell = " ".join(f"{letter}{value} {words[value]}" for (_, letter, words), value in zip(_POINTS, values, strict=True))
    late = f", late (in time it would be {table.level(*values).value})" if site.late and level is not table.level(*values) else ""
    lines = [f"{cell}{late}: {level.value}"]
    if site.risk is not level:
        lines.append(f"shown as {site.risk.value}: {_tone(site)}")
    for index in range(len(_POINTS)):
        lines += (_lower(site, values, index, table), _higher(values, index, site.late, table))
    return tuple(line for line in lines if line)


def deciding(site: Leveled, point: str, letter: str, value: int) -> tuple[Reason, ...]:
    """The factors that made the value of a point."""
    found = (factor for factor in site.factors if factor.point == point and factor.effect.startswith(letter))
    return tuple(factor for factor in found if factor.effect.endswith(str(value)) or "+" in factor.effect)


def _lower(site: Leveled, values: tuple[int, int, int], index: int, table: Table) -> str:
    """What keeps the level from being lower at one point."""
    point, letter, words = _POINTS[index]
    level = table.level(*values, site.late)
    reasons = "; ".join(factor.sentence for factor in deciding(site, point, letter, values[index]))
    because = f", because {reasons}" if reasons else ""
    for value in range(values[index] - 1, -1, -1):
        other = table.level(*_with(values, index, value), site.late)
        if other.rank < level.rank:
            return f"not lower: {point} is {words[values[index]]}{because}; at {letter}{value} {words[value]} it would be {other.value}"
    return "" if level is Risk.INFO else f"{point} does not decide: {level.value} at any lower {letter}"


def _higher(values: tuple[int, int, int], index: int, late: bool, table: Table) -> str:
    """What keeps the level from being higher at one point."""
    point, letter, words = _POINTS[index]
    level = table.level(*values, late)
    for value in range(values[index] + 1, len(words)):
        other = table.level(*_with(values, index, value), late)
        if other.rank > level.rank:
            return f"not higher: {point} is only {words[values[index]]}; at {letter}{value} {words[value]} it would be {other.value}"
    return ""


def _with(values: tuple[int, int, int], index: int, value: int) -> tuple[int, int, int]:
    changed = [*values]
    changed[index] = value
    return changed[0], changed[1], changed[2]


def _tone(site: Leveled) -> str:
    """Why a site is quieter than its cell."""
    toned = next((factor.sentence for factor in site.factors if factor.effect in ("one step lower", "low at most")), None)
    return toned or "the rule has a level of its own"
