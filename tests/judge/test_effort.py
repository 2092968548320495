"""Effort sums, sizes and start-by, against the numbers of the risk model's scenarios."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.feed import risk
from modelaudit.judge.case import Work
from modelaudit.judge.effort import effort, start_by, working_days_before

RISK = risk.decode(risk.build(str(Path(__file__).parents[2] / "rules")))

SUMMARISER = ("edit_binding", "tokenizer", "reval_noeval", "downstream", "downstream", "response_path", "handler")
OPEN_WEIGHT = ("edit_binding", "edit_call", "edit_call", "host_model", "provider_switch", "reval_noeval")
PERSONA = ("edit_binding", "tone_review", "reval_noeval", "edit_iam", "response_path", "handler")
FINE_TUNE = ("edit_binding", "retrain", "reval_noeval", "tone_review")
TERRAFORM = ("edit_binding", "edit_iam", "edit_iac", "reval_eval")
FALLBACK = ("add_fallback",)


def pieces(names: tuple[str, ...]) -> list[Work]:
    return [Work(name, f"{name} {number}") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "size", "low", "high", "unit"),
    [
        (SUMMARISER, "L", 1.7, 5.9, 480),
        (OPEN_WEIGHT, "XL", 6.1, 18.2, 480),
        (PERSONA, "L", 2.3, 7.0, 480),
        (FINE_TUNE, "XL", 5.0, 16.0, 480),
        (TERRAFORM, "S", 2.8, 7.2, 60),
        (FALLBACK, "S", 1.0, 4.0, 60),
    ],
)
def test_the_sums_of_the_scenarios(names: tuple[str, ...], size: str, low: float, high: float, unit: int) -> None:
    made = effort(pieces(names), RISK)
    assert made is not None
    assert (made.size, round(made.low / unit, 1), round(made.high / unit, 1)) == (size, low, high)


def test_equal_work_is_done_once() -> None:
    made = effort([Work("edit_binding", "a.py:1"), Work("edit_binding", "a.py:1"), Work("edit_call", "b.py:2")], RISK)
    assert made is not None
    assert [(item.name, item.count) for item in made.items] == [("edit_binding", 1), ("edit_call", 1)]
    assert (made.low, made.high) == (15, 45)
    assert effort([], RISK) is None


def test_a_licence_until_new_year_means_starting_on_10_november() -> None:
    assert start_by(date(2026, 12, 31), effort(pieces(OPEN_WEIGHT), RISK)) == date(2026, 11, 10)


def test_a_shutdown_on_30_november_means_starting_on_26_november() -> None:
    work = effort(pieces(("edit_binding", "edit_call", "reval_eval")), RISK)
    assert start_by(date(2026, 11, 30), work) == date(2026, 11, 26), "two working days before a Monday are a Thursday"


def test_no_deadline_no_start() -> None:
    assert start_by(None, effort(pieces(FALLBACK), RISK)) is None
    assert start_by(date(2026, 12, 31), None) is None


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_working_days_before_counts_working_days(day: date, number: int) -> None:
    found = working_days_before(day, number)
    between = sum((found + timedelta(days=step)).weekday() < 5 for step in range((day - found).days))
    if day.weekday() < 5:
        assert between == number
    assert number - 1 <= between <= number + 1
    assert number == 0 or found < day


@given(
    st.lists(st.sampled_from([prior.name for prior in RISK.efforts]), max_size=12), st.sampled_from([prior.name for prior in RISK.efforts])
)
def test_more_work_never_takes_less_time(names: list[str], more: str) -> None:
    before = effort(pieces(tuple(names)), RISK)
    after = effort([*pieces(tuple(names)), Work(more, "one more")], RISK)
    assert after is not None
    if before is not None:
        assert after.high >= before.high
        before_start, after_start = start_by(date(2026, 12, 31), before), start_by(date(2026, 12, 31), after)
        assert before_start is not None
        assert after_start is not None
        assert after_start <= before_start
