"""Values of options, and the environment that stands in for them."""

from __future__ import annotations

from datetime import date

import pytest

from modelaudit.domain.errors import UsageError
from modelaudit.invocation import Invocation, Value, invocation, with_environment

PLAIN = Invocation("scan")


@pytest.mark.parametrize(
    ("name", "texts", "value"),
    [
        ("fail-on", ["low", "high"], "high"),
        ("as-of", ["2026-06-20"], date(2026, 6, 20)),
        ("jobs", ["3"], 3),
        ("select", ["a, b", "c,"], ("a", "b", "c")),
        ("exclude", ["a,b"], ("a,b",)),
        ("verbose", ["", ""], 2),
        ("strict", [""], True),
    ],
)
def test_values(name: str, texts: list[str], value: Value) -> None:
    assert invocation("scan", (), {name: texts}).get(name) == value


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("MODELAUDIT_FAIL_ON", "low", "fail-on", "low"),
        ("MODELAUDIT_AS_OF", "2026-06-20", "as-of", date(2026, 6, 20)),
        ("MODELAUDIT_SELECT", "a,b", "select", ("a", "b")),
        ("MODELAUDIT_NO_CACHE", "1", "no-cache", True),
        ("MODELAUDIT_NO_CACHE", "0", "no-cache", None),
        ("MODELAUDIT_NO_CACHE", "", "no-cache", None),
        ("MODELAUDIT_VERBOSE", "2", "verbose", 2),
        ("MODELAUDIT_VERBOSE", "true", "verbose", 1),
        ("MODELAUDIT_OUTPUT", "", "output", None),
        ("MODELAUDIT_SOMETHING_ELSE", "x", "fail-on", None),
    ],
)
def test_the_environment_sets_options(variable: str, text: str, name: str, value: Value | None) -> None:
    assert with_environment(PLAIN, {variable: text}).get(name) == value


def test_the_command_line_wins_over_the_environment() -> None:
    spoken = invocation("scan", (), {"fail-on": ["low"]})
    assert with_environment(spoken, {"MODELAUDIT_FAIL_ON": "critical"}) == spoken


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("MODELAUDIT_FAIL_ON", "hihg", "MODELAUDIT_FAIL_ON: unknown value 'hihg'"),
        ("MODELAUDIT_AS_OF", "yesterday", "MODELAUDIT_AS_OF: 'yesterday' is not a date"),
        ("MODELAUDIT_STRICT", "maybe", "MODELAUDIT_STRICT: 'maybe' is neither true nor false"),
    ],
)
def test_errors_name_the_variable(variable: str, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_environment(PLAIN, {variable: text})
    assert str(caught.value) == message
