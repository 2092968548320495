"""What was public of an act on a day, from the facts on the order of June 2026."""

from __future__ import annotations

from datetime import date

import pytest

from modelaudit.domain.lifecycle import Relief, Restriction
from modelaudit.judge.known import as_known, back_as_known, is_end_known

ACT = Restriction(
    id="suspension",
    title="Switched off for everyone",
    kind="suspension",
    subjects=("claude-fable-5", "claude-mythos-5"),
    jurisdiction="worldwide",
    bound="all customers",
    issuer="Anthropic",
    legal_basis="",
    applies_to=("api",),
    profiles=("default",),
    effective=date(2026, 6, 12),
    relief=(Relief(date(2026, 6, 26), ("claude-mythos-5",), "Annex A entities", ()),),
    lifted=date(2026, 7, 1),
    conditions=("report malicious activity",),
    sources=(),
    grade="B",
    disputed=None,
    makes_calls_fail=True,
)
ANNOUNCED = ACT._replace(end_known_from=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("act", "day", "known"),
    [
        (ACT, date(2026, 6, 30), False),
        (ACT, date(2026, 7, 1), True),
        (ANNOUNCED, date(2026, 6, 29), False),
        (ANNOUNCED, date(2026, 6, 30), True),
        (ACT._replace(end_known_from=date(2026, 8, 1)), date(2026, 7, 1), True),
        (ACT._replace(lifted=None), date(2027, 1, 1), False),
    ],
)
def test_an_end_is_known_from_the_day_it_was_made_public(act: Restriction, day: date, known: bool) -> None:
    assert is_end_known(act, day) is known
    seen = as_known(act, day)
    assert seen is not None
    assert (seen.lifted is not None) is known
    assert bool(seen.conditions) is known
    assert back_as_known(act.lifted, act, day) == (act.lifted if known else None)


@pytest.mark.parametrize(("day", "count"), [(date(2026, 6, 25), 0), (date(2026, 6, 26), 1)])
def test_a_relief_is_known_from_its_day(day: date, count: int) -> None:
    seen = as_known(ACT, day)
    assert seen is not None
    assert len(seen.relief) == count


def test_without_an_act_there_is_nothing_to_leave_out() -> None:
    assert as_known(None, date(2026, 6, 20)) is None
    assert back_as_known(date(2026, 7, 1), None, date(2026, 6, 20)) == date(2026, 7, 1)
