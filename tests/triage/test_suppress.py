"""Suppressions: what they silence, until when, and what is said of those that silence nothing."""

from __future__ import annotations

from datetime import date

import pytest
from triage_examples import comment, commented, finding, judged, line_span

from modelaudit.config.settings import DEFAULT, Ignore
from modelaudit.domain.facts import Suppression
from modelaudit.domain.finding import Finding, SuppressedBy
from modelaudit.domain.location import Location
from modelaudit.triage.triage import Triaged, triage

DAY = date(2026, 7, 15)
PATH = "app/settings.py"


def run(found: tuple[Finding, ...], *comments: Suppression, as_of: date = DAY, path: str = PATH) -> Triaged:
    return triage(found, commented(path, *comments), DEFAULT, as_of)


def suppressed(result: Triaged) -> list[bool]:
    return [one.suppression is not None for one in result.findings if one.rule == "retired-model"]


def complaints(result: Triaged) -> list[tuple[str, int]]:
    return [(one.rule, one.usage.literal.span.line) for one in result.findings if one.rule.endswith("-suppression")]


def test_a_comment_on_the_line_suppresses_and_says_who() -> None:
    result = run(judged(finding()), comment("retired-model", until="2027-01-15", reason="contract"))
    (one,) = result.findings
    assert one.suppression == SuppressedBy("comment", "contract", date(2027, 1, 15), PATH, 12)
    assert result.notifications == ()


@pytest.mark.parametrize(
    ("as_of", "holds"),
    [(date(2026, 7, 14), True), (date(2026, 7, 15), True), (date(2026, 7, 16), False)],
    ids=["the day before", "its last day", "the day after"],
)
def test_a_suppression_holds_through_its_last_day(as_of: date, holds: bool) -> None:
    result = run(judged(finding()), comment("retired-model", until="2026-07-15"), as_of=as_of)
    assert suppressed(result) == [holds]
    assert complaints(result) == ([] if holds else [("expired-suppression", 12)])


def test_an_expired_one_says_when_it_ended() -> None:
    result = run((), comment("retired-model", until="2026-07-14", reason="contract"))
    assert [one.message for one in result.findings] == ["the suppression of retired-model ended on 2026-07-14 (yesterday): contract"]


def test_another_rule_another_line_another_file_are_not_covered() -> None:
    found = judged(finding(), finding(line=13), finding(path="app/other.py"))
    assert suppressed(run(found, comment("legacy-model"))) == [False, False, False]
    assert suppressed(run(found, comment("retired-model"))) == [False, True, False]


def test_a_comment_for_the_file_covers_every_line() -> None:
    found = judged(finding(), finding(line=90), finding(path="app/other.py"))
    assert suppressed(run(found, comment("retired-model", line=1, whole_file=True))) == [False, True, True]


def test_a_comment_on_every_site_suppresses_one_on_some_does_not() -> None:
    found = judged(finding(sites=[("app/a.py", 3), ("app/a.py", 8)]))
    some = run(found, comment("retired-model", line=3), path="app/a.py")
    assert suppressed(some) == [False]
    assert complaints(some) == []
    both = run(found, comment("retired-model", line=3), comment("retired-model", line=8), path="app/a.py")
    assert suppressed(both) == [True]


def test_an_unused_suppression_is_a_finding_once_for_each_rule() -> None:
    result = run(judged(finding()), comment("retired-model", "legacy-model"))
    assert complaints(result) == [("unused-suppression", 12)]
    assert "legacy-model" in result.findings[-1].message


def test_the_suppression_of_a_rule_that_did_not_run_is_not_unused() -> None:
    assert complaints(run((), comment("floating-alias"))) == []


def test_an_unknown_rule_names_the_nearest() -> None:
    result = run((), comment("retried-model"))
    assert [one.message for one in result.findings] == [
        "there is no rule 'retried-model': nothing is suppressed; did you mean retired-model?"
    ]


@pytest.mark.parametrize(("until", "days"), [("2026-07-29", 14), ("2026-07-15", 0), ("2026-07-16", 1)])
def test_a_warning_before_the_end(until: str, days: int) -> None:
    (note,) = run(judged(finding()), comment("retired-model", until=until)).notifications
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    assert (note.level, note.code, note.path, note.line) == ("warning", "ending-suppression", PATH, 12)
    assert note.message == f"the suppression of retired-model ends {when}, on {until}"


def test_no_warning_long_before_the_end() -> None:
    assert run(judged(finding()), comment("retired-model", until="2026-07-30")).notifications == ()


def test_an_impossible_day_is_the_last_of_its_month() -> None:
    assert suppressed(run(judged(finding()), comment("retired-model", until="2027-02-31"), as_of=date(2027, 2, 28))) == [True]
    assert suppressed(run(judged(finding()), comment("retired-model", until="2027-02-31"), as_of=date(2027, 3, 1))) == [False]


def test_terms_of_the_project() -> None:
    settings = DEFAULT._replace(require_reason=True, max_suppression_days=30)
    cases = (
        (comment("retired-model", until="2026-08-01"), "the suppression of retired-model has no reason; it does not count"),
        (comment("retired-model", reason="x"), "the suppression of retired-model has no end; it does not count"),
        (
            comment("retired-model", reason="x", until="2026-08-15"),
            "the suppression of retired-model ends on 2026-08-15, later than 2026-08-14; it does not count",
        ),
    )
    for one, message in cases:
        result = triage(judged(finding()), commented(PATH, one), settings, DAY)
        assert suppressed(result) == [False]
        assert [note.message for note in result.notifications] == [message]
        assert complaints(result) == []
    kept = triage(judged(finding()), commented(PATH, comment("retired-model", reason="x", until="2026-08-14")), settings, DAY)
    assert suppressed(kept) == [True]


def test_configuration_suppresses_by_rule_model_and_path() -> None:
    origin = Location("pyproject.toml", line_span(30))
    found = judged(finding(), finding(path="tests/a.py"), finding(model="gpt-4-0613"))
    settings = DEFAULT._replace(ignores=(Ignore("retired-model", "claude-3-*", "app/**", None, "contract", origin),))
    result = triage(found, {}, settings, DAY)
    assert [(one.usage.path, one.usage.value, one.suppression is not None) for one in result.findings] == [
        ("app/settings.py", "claude-3-opus-20240229", True),
        ("app/settings.py", "gpt-4-0613", False),
        ("tests/a.py", "claude-3-opus-20240229", False),
    ]
    assert result.findings[0].suppression == SuppressedBy("config", "contract", None, "pyproject.toml", 30)


def test_configuration_is_unused_only_when_everything_was_scanned() -> None:
    settings = DEFAULT._replace(ignores=(Ignore("retired-model"),))
    assert complaints(triage((), {}, settings, DAY, whole=True)) == [("unused-suppression", 1)]
    assert complaints(triage((), {}, settings, DAY, whole=False)) == []


def test_no_suppressions() -> None:
    result = triage(judged(finding()), commented(PATH, comment("retired-model", "nonsense")), DEFAULT._replace(suppressions=False), DAY)
    assert (suppressed(result), complaints(result)) == ([False], [])


def test_complaints_can_be_switched_off() -> None:
    facts = commented(PATH, comment("legacy-model"))
    assert complaints(triage((), facts, DEFAULT._replace(ignore=("unused-suppression",)), DAY)) == []
    assert complaints(triage((), facts, DEFAULT._replace(select=("retired-model",)), DAY)) == []


def test_rules_are_off_for_some_paths() -> None:
    settings = DEFAULT._replace(per_file_ignores=(("tests/**", ("retired-model",)),))
    found = judged(finding(path="tests/a.py"), finding())
    assert [one.usage.path for one in triage(found, {}, settings, DAY).findings] == ["app/settings.py"]
