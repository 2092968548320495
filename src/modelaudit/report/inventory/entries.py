"""The uses of a report gathered by literal and by model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from modelaudit.domain.facts import Role
from modelaudit.domain.finding import Verdict
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Report, Use
from modelaudit.domain.usage import Usage

STATUSES = (Status.RESTRICTED, Status.RETIRED, Status.DEPRECATED, Status.LEGACY, Status.UNKNOWN, Status.UNRELEASED, Status.ACTIVE)
"""Statuses, those that call for something first."""

_SELECTING = frozenset({Role.ARGUMENT, Role.BINDING})


class Entry(NamedTuple):
    """A literal as judged on one platform, with the sites that it reaches there."""

    usage: Usage
    """The first of its usages."""
    verdict: Verdict | None
    sites: tuple[Usage, ...]
    """Usages with a site."""

    @property
    def is_in_use(self) -> bool:
        """True when it selects a model: it reaches a site, or is a value that could."""
        return bool(self.sites) or self.usage.role in _SELECTING


class Clock(NamedTuple):
    """A model on one platform."""

    platform: str | None
    status: Status
    deadline: date | None
    verdict: Verdict | None


class Listed(NamedTuple):
    """A model with everything that names it; what no model is known for is listed by its text."""

    name: str
    model: str | None
    publisher: str | None
    opaque: str | None
    entries: tuple[Entry, ...]
    clocks: tuple[Clock, ...]
    """Platforms on which it is called, those that call for something first."""

    @property
    def literals(self) -> int:
        """Number of places where it is written."""
        return len({(entry.usage.path, entry.usage.literal.span) for entry in self.entries})

    @property
    def status(self) -> Status:
        """The status that calls for most."""
        return self.clocks[0].status

    @property
    def sites(self) -> int:
        """Number of different call sites."""
        return len({(site.site.path, site.site.site.span) for entry in self.entries for site in entry.sites if site.site is not None})

    def next_date(self, as_of: date) -> date | None:
        """The first known day after `as_of` on which something changes."""
        days = [clock.deadline for clock in self.clocks]
        days += [clock.verdict.available_again for clock in self.clocks if clock.verdict is not None]
        return min((day for day in days if day is not None and day > as_of), default=None)


def entries(report: Report) -> tuple[Entry, ...]:
    """One entry for each literal and platform, in the report's order."""
    grouped: dict[tuple[object, ...], list[Use]] = {}
    for use in report.uses:
        platform = use.verdict.platform if use.verdict else None
        grouped.setdefault((use.usage.path, use.usage.literal.span, platform, use.usage.value), []).append(use)
    return tuple(_entry(uses) for uses in grouped.values())


def models(found: Iterable[Entry]) -> tuple[Listed, ...]:
    """The models that the entries name, by name."""
    grouped: dict[tuple[str, str], list[Entry]] = {}
    for entry in found:
        named = entry.verdict.identity if entry.verdict else None
        key = (named.model or named.written, named.publisher or "") if named else (entry.usage.value, "")
        grouped.setdefault(key, []).append(entry)
    return tuple(_listed(name, group) for (name, _), group in sorted(grouped.items()))


def _entry(uses: list[Use]) -> Entry:
    first = uses[0]
    return Entry(first.usage, first.verdict, tuple(use.usage for use in uses if use.usage.site is not None))


def _listed(name: str, group: list[Entry]) -> Listed:
    named = next((entry.verdict.identity for entry in group if entry.verdict is not None), None)
    clocks: dict[str, Clock] = {}
    for entry in group:
        clock = _clock(entry.verdict)
        known = clocks.get(clock.platform or "")
        if known is None or _urgency(clock) < _urgency(known):
            clocks[clock.platform or ""] = clock
    ordered = sorted(clocks.values(), key=lambda clock: (_urgency(clock), clock.platform or ""))
    if named is None:
        return Listed(name, None, None, None, tuple(group), tuple(ordered))
    return Listed(name, named.model, named.publisher, named.opaque, tuple(group), tuple(ordered))


def _clock(verdict: Verdict | None) -> Clock:
    if verdict is None:
        return Clock(None, Status.UNKNOWN, None, None)
    return Clock(verdict.platform, verdict.status, verdict.deadline, verdict)


def _urgency(clock: Clock) -> tuple[int, date]:
    return STATUSES.index(clock.status), clock.deadline or date.max
