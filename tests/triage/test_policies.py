"""A policy that ends is told before, and afterwards until somebody takes it out."""

from __future__ import annotations

from datetime import date

import pytest
from triage_examples import line_span

from modelaudit.config.settings import DEFAULT, Matcher, Policy
from modelaudit.domain.location import Location
from modelaudit.triage.triage import triage

POLICY = Policy(deny=(Matcher("gpt-*"),), reason="ADR 7", until=date(2026, 12, 31), origin=Location("pyproject.toml", line_span(9)))


def told(day: date, *policies: Policy) -> list[str]:
    return [note.message for note in triage((), {}, DEFAULT._replace(policies=policies), day).notifications]


@pytest.mark.parametrize(
    ("day", "messages"),
    [
        (date(2026, 12, 16), []),
        (date(2026, 12, 17), ["the policy ends on 2026-12-31 (in 14 days): ADR 7"]),
        (date(2026, 12, 31), ["the policy ends on 2026-12-31 (today): ADR 7"]),
        (date(2027, 1, 1), ["the policy ended on 2026-12-31 (1 day ago): ADR 7"]),
    ],
    ids=["long before", "fourteen days before", "its last day", "the day after"],
)
def test_an_end_is_told(day: date, messages: list[str]) -> None:
    assert told(day, POLICY) == messages


def test_it_names_the_place() -> None:
    (note,) = triage((), {}, DEFAULT._replace(policies=(POLICY,)), date(2027, 1, 1)).notifications
    assert (note.level, note.code, note.path, note.line) == ("warning", "ending-policy", "pyproject.toml", 9)


def test_a_policy_without_an_end_says_nothing() -> None:
    assert told(date(2027, 1, 1), POLICY._replace(until=None)) == []
