"""The baseline: what is known, what is new, what moved on; and a file that reviews well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_examples import finding, judged

from modelaudit.domain.errors import ConfigError
from modelaudit.domain.finding import Finding
from modelaudit.domain.lifecycle import Status
from modelaudit.triage.baseline import SCHEMA, Entry, compare, entry, read, write


def known(*findings: Finding) -> tuple[Entry, ...]:
    return tuple(entry(one) for one in judged(*findings))


def states(baseline: tuple[Entry, ...], *findings: Finding, whole: bool = True) -> list[str | None]:
    return [one.baseline_state for one in compare(judged(*findings), baseline, whole=whole).findings]


def test_the_same_finding_on_another_line_is_unchanged() -> None:
    assert states(known(finding(line=12)), finding(line=99)) == ["unchanged"]


def test_another_model_another_name_and_another_call_are_new() -> None:
    own = [("app/settings.py", 12)]
    base = known(finding(sites=own))
    assert states(base, finding(sites=own, model="gpt-4-0613")) == ["new"]
    assert states(base, finding(sites=own, context="OTHER")) == ["new"]
    assert states(base, finding(sites=own, function="tell")) == ["new"]


def test_a_constant_is_the_same_whoever_calls_with_it() -> None:
    base = known(finding(sites=[("app/a.py", 3), ("app/b.py", 3)]))
    assert states(base, finding(sites=[("app/b.py", 3), ("app/c.py", 9)])) == ["unchanged"], "a.py was renamed to c.py"
    assert states(base, finding(sites=[("app/a.py", 7), ("app/b.py", 3)], function="tell")) == ["unchanged"]
    assert states(base, finding(), whole=False) == ["unchanged"], "a hook reads the file of the constant alone"


def test_a_function_without_a_name_is_the_same_wherever_it_stands() -> None:
    own = [("app/settings.py", 12)]
    base = known(finding(sites=own, function="S.go.<lambda:12:15>"))
    assert states(base, finding(sites=own, function="S.go.<lambda:48:9>")) == ["unchanged"]


def test_a_further_call_with_a_known_constant_is_told() -> None:
    base = known(finding(sites=[("app/a.py", 3)]))
    result = compare(judged(finding(sites=[("app/0.py", 3), ("app/a.py", 3)])), base)
    assert [one.baseline_state for one in result.findings] == ["updated"]
    assert [(one.usage.path, then) for one, then in result.grown] == [("app/settings.py", 1)]


def test_one_call_that_is_reached_by_two_ways_is_one_use() -> None:
    base = known(finding(sites=[("app/a.py", 3)]))
    assert states(base, finding(sites=[("app/a.py", 3), ("app/a.py", 3)])) == ["unchanged"]


def test_an_entry_that_does_not_count_calls_is_known_whatever_is_reached() -> None:
    base = tuple(one._replace(sites=None) for one in known(finding(sites=[("app/a.py", 3)])))
    assert states(base, finding(sites=[("app/a.py", 3), ("app/b.py", 3)])) == ["unchanged"]


def test_equal_findings_are_counted() -> None:
    base = known(finding(line=1), finding(line=2))
    assert states(base, finding(line=1), finding(line=2), finding(line=3)) == ["unchanged", "unchanged", "new"]
    assert len(compare(judged(finding(line=1)), base).gone) == 1


def test_a_model_that_retired_is_updated_though_another_rule_finds_it() -> None:
    base = known(finding("deprecated-model", status=Status.DEPRECATED))
    assert states(base, finding("retired-model", status=Status.RETIRED)) == ["updated"]


def test_a_status_that_moved_on_under_the_same_rule_is_updated() -> None:
    base = known(finding("denied-model", status=Status.ACTIVE))
    assert states(base, finding("denied-model", status=Status.DEPRECATED)) == ["updated"]


def test_a_status_that_got_better_is_unchanged() -> None:
    base = known(finding("restricted-model", status=Status.RESTRICTED))
    assert states(base, finding("legacy-model", status=Status.LEGACY)) == ["unchanged"]


def test_a_rule_outside_the_lifecycle_is_not_taken_for_another() -> None:
    base = known(finding("deprecated-model", status=Status.DEPRECATED))
    assert states(base, finding("denied-model", status=Status.DEPRECATED)) == ["new"]


def test_a_renamed_file_and_moved_code_are_unchanged() -> None:
    base = known(finding(path="app/old.py"), finding(path="app/stays.py"))
    assert states(base, finding(path="app/new.py"), finding(path="app/stays.py")) == ["unchanged", "unchanged"]


def test_a_renamed_file_whose_model_retired_is_updated() -> None:
    base = known(finding("deprecated-model", path="app/old.py", status=Status.DEPRECATED))
    assert states(base, finding("retired-model", path="app/new.py", status=Status.RETIRED)) == ["updated"]


def test_one_of_two_equal_findings_that_moved_is_known() -> None:
    base = known(finding(path="app/a.py", line=1), finding(path="app/a.py", line=2))
    assert states(base, finding(path="app/a.py"), finding(path="app/b.py")) == ["unchanged", "unchanged"]


def test_a_copy_is_new() -> None:
    base = known(finding(path="app/a.py"))
    assert states(base, finding(path="app/a.py"), finding(path="app/b.py")) == ["unchanged", "new"]


def test_in_a_part_of_the_project_nothing_counts_as_moved() -> None:
    assert states(known(finding(path="app/a.py")), finding(path="app/b.py"), whole=False) == ["new"]


def test_the_file_is_sorted_with_one_entry_a_line(tmp_path: Path) -> None:
    entries = known(finding(path="b.py"), finding(path="a.py"), finding(path="a.py", model="é"))
    text = write(reversed(entries))
    assert text == write(entries)
    data = json.loads(text)
    assert data["schema"] == SCHEMA
    assert [one["path"] for one in data["findings"]] == ["a.py", "a.py", "b.py"]
    assert sum('"fingerprint"' in line for line in text.splitlines()) == 3
    place = tmp_path / "base.json"
    place.write_text(text, encoding="utf-8")
    assert sorted(read(str(place), "base.json")) == sorted(entries)


def test_an_entry_may_leave_out_how_many_calls_there_were(tmp_path: Path) -> None:
    (one,) = known(finding())
    place = tmp_path / "base.json"
    place.write_text(write((one._replace(sites=None),)), encoding="utf-8")
    assert "sites" not in place.read_text(encoding="utf-8")
    assert read(str(place), "base.json") == (one._replace(sites=None),)


def test_an_empty_baseline_can_be_read_back(tmp_path: Path) -> None:
    place = tmp_path / "base.json"
    place.write_text(write(()))
    assert read(str(place), "base.json") == ()


ENTRY = '{"fingerprint": "a", "rule": "r", "path": "p", "model": "m", "status": "s"}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "base.json:1: not valid JSON"),
        ("[]", "base.json: not a baseline of this version; expected the schema modelaudit-baseline/1"),
        ('{"schema": "modelaudit-baseline/2", "findings": []}', "base.json: not a baseline of this version"),
        (f'{{"schema": "{SCHEMA}"}}', "base.json: not a baseline of this version"),
        (f'{{"schema": "{SCHEMA}", "findings": [3]}}', "base.json: findings[0]: expected an object"),
        (f'{{"schema": "{SCHEMA}", "findings": [{{"fingerprint": "a"}}]}}', "base.json: findings[0].rule: expected a string"),
        (f'{{"schema": "{SCHEMA}", "findings": [{ENTRY[:-1]}, "sites": true}}]}}', "base.json: findings[0].sites: expected a whole number"),
    ],
)
def test_a_broken_baseline_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    place = tmp_path / "base.json"
    place.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read(str(place), "base.json")
    assert str(caught.value).startswith(message)


def test_a_missing_baseline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such baseline"):
        read(str(tmp_path / "none.json"), "none.json")


_SOME = st.builds(
    finding,
    rule=st.sampled_from(["retired-model", "deprecated-model", "denied-model"]),
    path=st.sampled_from(["a.py", "b.py"]),
    line=st.integers(1, 50),
    context=st.sampled_from(["A", "B"]),
)


@given(st.lists(_SOME, max_size=8))
def test_what_was_written_is_known(found: list[Finding]) -> None:
    result = compare(judged(*found), known(*found))
    assert {one.baseline_state for one in result.findings} <= {"unchanged"}
    assert result.gone == ()


@given(st.lists(_SOME, max_size=6), st.lists(_SOME, max_size=6))
def test_every_entry_is_used_at_most_once(before: list[Finding], now: list[Finding]) -> None:
    result = compare(judged(*now), known(*before))
    not_new = sum(one.baseline_state != "new" for one in result.findings)
    assert not_new + len(result.gone) == len(before)
