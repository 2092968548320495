"""The words that formats for people share: names of decision points, relative dates, counts, durations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from modelaudit.domain.finding import SUPPRESSION, Effort, Factor, Finding, Risk, SiteRisk
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.wording import relative

RISKS = (Risk.CRITICAL, Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.INFO)
"""Levels, worst first."""

URGENCY = ("none", "announced", "near", "imminent", "down")
EXPOSURE = ("harmless", "protected", "degraded", "unprotected")
DIFFICULTY = ("drop-in", "adapt", "revalidate", "rebuild")

_POINTS = (("urgency", "U", URGENCY), ("exposure", "E", EXPOSURE), ("difficulty", "D", DIFFICULTY))
_WORK_DAY = 8 * 60
_TOLD_IN_ROWS = ("use ", "platform not visible")
"""How the clauses of a message begin that are told elsewhere."""


def points(site: SiteRisk) -> tuple[tuple[str, int, str], ...]:
    """What the level of a site comes from: (name, value, label such as `U4 down`). Behind the three decision points stands what moves the
    level itself, such as `low at most` for a table of names."""
    values = (site.urgency, site.exposure, site.difficulty)
    decided = tuple((name, value, f"{letter}{value} {words[value]}") for (name, letter, words), value in zip(_POINTS, values, strict=True))
    moved = dict.fromkeys(factor.effect for factor in site.factors if _moves_level(factor))
    return (*decided, *((effect, 0, effect) for effect in moved))


def reasons(site: SiteRisk, point: str, value: int) -> tuple[Factor, ...]:
    """The factors of one of `points`, those that made its value first, in the order in which they were found."""
    factors = [factor for factor in site.factors if (factor.effect if _moves_level(factor) else factor.point) == point]
    letter = point[0].upper()
    deciding = [factor for factor in factors if decides(factor, letter, value)]
    # Of a production call the path says least; shared fate is why a fallback does not count, which is told; handlers belong to it.
    telling = [factor for factor in deciding if factor.id not in ("F10", "F14")] if value == len(EXPOSURE) - 1 else deciding
    handled = [factor for factor in factors if factor.id == "F13" and factor.value != "none" and factor not in deciding]
    first = list(dict.fromkeys((*telling, *handled, *deciding)))
    return (*first, *(factor for factor in factors if factor not in first))


def decides(factor: Factor, letter: str, value: int) -> bool:
    """True when the factor's effect (`U4`, `E>=2`, `E+1`) accounts for the value of its decision point."""
    effect = factor.effect.replace(" ", "")
    if not effect.startswith(letter):
        return False
    return effect[-1:] == str(value) or "+" in effect


def dated(day: date, as_of: date) -> str:
    """`2026-12-09, in 18 days`."""
    return f"{day.isoformat()}, {relative(day, as_of)}"


def standing(status: Status, deadline: date | None, as_of: date) -> str:
    """What a status with its date means, in a clause: `retired since 2026-10-23, 29 days ago`, `ends 2026-12-09, in 18 days`."""
    if deadline is None:
        return status.value
    if deadline > as_of:
        return f"{'' if status is Status.DEPRECATED else status.value + ', '}ends {dated(deadline, as_of)}"
    return f"{status.value} since {dated(deadline, as_of)}"


def count(number: int, noun: str) -> str:
    """`1 finding`, `2 findings`, `3 call sites`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def levels(risks: Iterable[Risk]) -> str:
    """`3 critical, 2 low`, worst first."""
    found = tuple(risks)
    return ", ".join(f"{found.count(risk):,} {risk.value}" for risk in RISKS if risk in found)


def duration(effort: Effort) -> str:
    """`M, 1-3 days`: the size and the expected range, in the unit a person would use."""
    low, high = effort.low, effort.high
    if high <= 90:
        span = _range(str(low), str(high), "minute")
    elif high <= _WORK_DAY:
        span = _range(_short(low / 60), _short(high / 60), "hour")
    else:
        span = _range(_short(low / _WORK_DAY), _short(high / _WORK_DAY), "day")
    return f"{effort.size}, {span}"


def placed(finding: Finding) -> tuple[SiteRisk, ...]:
    """The sites of a finding that stand somewhere, worst first, otherwise in the report's order."""
    return tuple(sorted((site for site in finding.sites if site.placed is not None), key=lambda site: -site.risk.rank))


def unplaced(finding: Finding) -> SiteRisk | None:
    """The level of a literal that reaches no known site."""
    return next((site for site in finding.sites if site.placed is None), None)


def idle(finding: Finding) -> str:
    """What is said of an ID that reaches no call; nothing of a suppression, which is no ID."""
    return "" if finding.usage.literal.context == SUPPRESSION else f"{finding.usage.role.value}: not seen in use"


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by level, suppressed ones last, otherwise in the report's order."""
    return tuple(sorted(findings, key=lambda finding: (finding.suppression is not None, -finding.risk.rank)))


def doubts(site: SiteRisk) -> tuple[str, ...]:
    """What to know before the level is believed: that the model is only tried when another fails, and how sure the finding is."""
    fallback = ("only as a fallback",) if site.usage.fallback else ()
    return (*fallback, site.confidence.value) if site.confidence.rank > 0 else fallback


def essence(finding: Finding) -> str:
    """The message without the clauses that have rows of their own where there is room for them: what instead, which platform, says who."""
    text = finding.message
    for source in finding.verdict.sources:
        host = source.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
        text = text.removesuffix(f" ({host})").removesuffix(f" ({host}, third-party)")
    first, *others = text.split("; ")
    return "; ".join((first, *(clause for clause in others if not clause.startswith(_TOLD_IN_ROWS) and not clause.endswith(" is newer"))))


def is_brief(finding: Finding) -> bool:
    """True for what can wait: levels of information, harmless places such as tests, and names that select nothing."""
    return finding.risk is Risk.INFO or (finding.risk is Risk.LOW and all(site.exposure == 0 or is_moved(site) for site in finding.sites))


def is_moved(site: SiteRisk) -> bool:
    """True when something other than the three decision points made the level."""
    return any(_moves_level(factor) for factor in site.factors)


def location(finding: Finding) -> str:
    """`path:line:column` of the literal."""
    span = finding.usage.literal.span
    return f"{finding.usage.path}:{span.line}:{span.column}"


def _range(low: str, high: str, unit: str) -> str:
    return f"{low} {unit}{'' if low == '1' else 's'}" if low == high else f"{low}-{high} {unit}s"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _moves_level(factor: Factor) -> bool:
    return factor.effect.endswith((" at most", " lower", " higher"))
