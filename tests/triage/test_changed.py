"""Changed lines and the findings that stand on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_examples import finding

from modelaudit.domain.finding import Finding
from modelaudit.triage.changed import Lines, changed_lines, is_brought, touched


class Table:
    """A comparison written down."""

    def __init__(self, known: bool = True, **lines: tuple[int, int]) -> None:
        self._known = known
        self._lines = {name.replace("_", "/") + ".py": (pair,) for name, pair in lines.items()}

    def lines(self, path: str) -> Lines:
        return self._lines.get(path, ())

    def was_there(self, finding: Finding) -> bool:
        return self._known and finding.rule != ""


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a b c", "a b c", ()),
        ("a b c", "a x c", ((2, 2),)),
        ("a b c", "a b x y c", ((3, 4),)),
        ("", "a b", ((1, 2),)),
        ("a b c", "a c", ((1, 2),)),
        ("a b c", "b c", ((1, 1),)),
        ("a b", "", ((1, 1),)),
    ],
    ids=["same", "changed", "added", "all new", "taken away", "first taken away", "emptied"],
)
def test_changed_lines(before: str, after: str, lines: Lines) -> None:
    assert changed_lines(before.split(), after.split()) == lines


_TEXT = st.lists(st.sampled_from("abc"), max_size=12)


@given(_TEXT, _TEXT)
def test_the_other_lines_are_the_same_in_the_same_order(before: list[str], after: list[str]) -> None:
    marked = {line for first, last in changed_lines(before, after) for line in range(first, last + 1)}
    kept = iter(before)
    assert all(text in kept for number, text in enumerate(after, 1) if number not in marked)


@given(_TEXT, _TEXT)
def test_nothing_is_marked_only_when_nothing_changed(before: list[str], after: list[str]) -> None:
    assert (not changed_lines(before, after)) == (before == after)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (Table(app_settings=(12, 12)), True),
        (Table(app_settings=(1, 11)), False),
        (Table(app_settings=(13, 20)), False),
        (Table(app_call=(40, 44)), True),
        (Table(app_way=(7, 7)), True),
        (Table(app_other=(1, 99)), False),
        (Table(), False),
    ],
    ids=["the literal", "above it", "below it", "a site", "a step", "elsewhere", "nothing"],
)
def test_touched(changed: Table, expected: bool) -> None:
    one = finding(line=12, sites=[("app/call.py", 42)], steps=[("app/way.py", 7)])
    assert touched(one, changed) is expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (Table(app_settings=(12, 12)), True),
        (Table(known=False), True),
        (Table(), False),
    ],
    ids=["on a changed line", "new without a changed line", "as before"],
)
def test_is_brought(changed: Table, expected: bool) -> None:
    assert is_brought(finding(line=12), changed) is expected
