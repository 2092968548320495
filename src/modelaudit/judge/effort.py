"""Effort of a finding from the pieces of work that its sites ask for, and the day by which to start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from modelaudit.domain.finding import Effort, EffortItem
from modelaudit.domain.risk import EffortPrior, RiskModel
from modelaudit.judge.case import Work

DAY = 8 * 60
"""Minutes of a working day."""


def effort(work: Iterable[Work], risk: RiskModel) -> Effort | None:
    """The sum over different pieces of work: equal ones are done once. None when there is nothing to do."""
    counts: dict[str, int] = {}
    for piece in sorted(set(work)):
        counts[piece.item] = counts.get(piece.item, 0) + 1
    items = tuple(_item(prior, counts[prior.name]) for prior in risk.efforts if prior.name in counts)
    return _sum(items, risk) if items else None


def start_by(deadline: date | None, work: Effort | None) -> date | None:
    """The last working day on which to start: twice the higher estimate before the deadline, as estimates are wrong."""
    if deadline is None or work is None:
        return None
    return working_days_before(deadline, -(-2 * work.high // DAY))


def working_days_before(day: date, number: int) -> date:
    """The day that lies so many working days earlier (Monday to Friday; holidays are not known)."""
    weeks, rest = divmod(number, 5)
    found = day - timedelta(weeks=weeks)
    while rest:
        found -= timedelta(days=1)
        rest -= found.weekday() < 5
    return found


def _item(prior: EffortPrior, number: int) -> EffortItem:
    return EffortItem(prior.name, number, prior.low * number, prior.high * number)


def _sum(items: tuple[EffortItem, ...], risk: RiskModel) -> Effort:
    low, high = sum(item.low for item in items), sum(item.high for item in items)
    return Effort(next((name for name, limit in risk.sizes if high <= limit), "XL"), low, high, items)
