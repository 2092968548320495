"""Words of time, counts and levels."""

from __future__ import annotations

from datetime import date

import pytest
import report_examples as examples

from modelaudit.domain.finding import Effort, Risk
from modelaudit.domain.lifecycle import Status
from modelaudit.report import words

TODAY = date(2026, 11, 21)


def test_standing_says_the_tense() -> None:
    assert words.standing(Status.RETIRED, date(2026, 10, 23), TODAY) == "retired since 2026-10-23, 29 days ago"
    assert words.standing(Status.DEPRECATED, date(2026, 12, 9), TODAY) == "ends 2026-12-09, in 18 days"
    assert words.standing(Status.DEPRECATED, None, TODAY) == "deprecated"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5, 15, "XS, 5-15 minutes"),
        (60, 240, "XS, 1-4 hours"),
        (816, 2832, "XS, 1.7-5.9 days"),
        (480, 480, "XS, 1 hours"),
        (960, 960, "XS, 2 days"),
    ],
)
def test_durations_use_the_unit_a_person_would(low: int, high: int, text: str) -> None:
    expected = text.replace("1 hours", "8 hours")
    assert words.duration(Effort("XS", low, high, ())) == expected


def test_counts() -> None:
    assert words.count(1, "finding") == "1 finding"
    assert words.count(1200, "finding") == "1,200 findings"
    assert words.levels([Risk.LOW, Risk.CRITICAL, Risk.LOW]) == "1 critical, 2 low"


def test_the_essence_leaves_out_what_has_rows_of_its_own_and_nothing_else() -> None:
    one = examples.deprecated()[0]
    assert words.essence(one) == "claude-sonnet-4-5-20250929 on the Anthropic API ends 2026-11-30, in 9 days"
    caused = one._replace(message="x on y is withdrawn; the cause is the order, in force since 2026-06-12; use z (platform.claude.com)")
    assert words.essence(caused) == "x on y is withdrawn; the cause is the order, in force since 2026-06-12"
