"""Two lanes, one truth: whatever the fast lane accepts, typer reads the same way, and both refuse the same values in the same words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.cli import app
from modelaudit.cli.parse import parse
from modelaudit.domain.errors import UsageError
from modelaudit.domain.option import Kind, Option
from modelaudit.invocation import Invocation
from modelaudit.options import options_of

Answer = Invocation | int | str | None


def fast(arguments: Sequence[str]) -> Answer:
    try:
        return parse(arguments)
    except UsageError as error:
        return f"{error} / {error.hint}"


def full(arguments: Sequence[str]) -> Answer:
    try:
        return app.read(arguments)
    except UsageError as error:
        return f"{error} / {error.hint}"


PLAIN = (
    ["scan"],
    ["scan", "src", "tests/a.py"],
    ["scan", "--as-of", "2026-06-20", "src"],
    ["scan", "--as-of=2026-06-20", "src"],
    ["scan", "src", "--format", "json", "-o", "report.json"],
    ["scan", "--select", "retired-model,legacy-model", "--select", "denied-model"],
    ["scan", "--exclude", "a/{b,c}", "--exclude=d"],
    ["scan", "-v", "-v", "-q"],
    ["scan", "--exit-zero", "--exit-zero"],
    ["scan", "--fail-on", "low", "--fail-on", "medium"],
    ["scan", "--", "--help", "-v"],
    ["scan", "-"],
    ["scan", "--files-from", "-"],
    ["scan", "--jobs", "4", "-j", "2"],
    ["scan", ""],
    ["scan", "--config", "fail-on=low", "--config", "other.toml"],
)
REFUSED = (
    ["scan", "--fail-on", "hihg"],
    ["scan", "--as-of", "2026-02-30"],
    ["scan", "--as-of", "20260620"],
    ["scan", "--jobs", "many"],
    ["scan", "--format", "yaml"],
)
UNUSUAL: tuple[list[str], ...] = (
    [],
    ["--help"],
    ["--version"],
    ["scan", "--help"],
    ["scan", "-h"],
    ["scan", "-vv"],
    ["scan", "--unknown"],
    ["scan", "--exit-zero=yes"],
    ["scan", "--output"],
    ["scan", "--output="],
    ["scan", "--output", "--strict"],
    ["scan", "-oreport.json"],
    ["src"],
)


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_plain_command_lines_are_read_alike(arguments: list[str]) -> None:
    answer = fast(arguments)
    assert isinstance(answer, Invocation)
    assert answer == full(arguments)


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_bad_values_are_refused_in_the_same_words(arguments: list[str]) -> None:
    answer = fast(arguments)
    assert isinstance(answer, str)
    assert answer == full(arguments)


@pytest.mark.parametrize("arguments", UNUSUAL, ids=" ".join)
def test_the_unusual_is_left_to_typer(arguments: list[str]) -> None:
    assert fast(arguments) is None


_OPTIONS = options_of("scan")
_WORDS = st.sampled_from(["src", "a b", "-", "x=y", "high", "json", "2026-06-20", "3", "", "é", "--", "-x", "--fail-on", "-v"])


def _value(option: Option) -> st.SearchStrategy[str]:
    good = {
        Kind.CHOICE: st.sampled_from(option.choices or ("auto",)),
        Kind.DATE: st.dates().map(str),
        Kind.NUMBER: st.integers(0, 99).map(str),
    }
    return st.one_of(good.get(option.kind, st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)), _WORDS)


@st.composite
def _given_option(draw: st.DrawFn) -> list[str]:
    option = draw(st.sampled_from(_OPTIONS))
    spelling = draw(st.sampled_from([option.flag, option.short or option.flag]))
    if option.is_switch:
        return [spelling]
    value = draw(_value(option))
    return [f"{spelling}={value}"] if draw(st.booleans()) and spelling == option.flag else [spelling, value]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_given_option(), _WORDS.map(lambda word: [word])), max_size=6))
def test_any_accepted_command_line_is_read_alike(parts: list[list[str]]) -> None:
    arguments = ["scan", *(word for part in parts for word in part)]
    answer = fast(arguments)
    if answer is not None:
        assert answer == full(arguments)
