"""`modelaudit explain` on the shipped feed: the answers of facts/schema_notes.md, spellings, mistakes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal


def explain(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {"COLUMNS": "100"}, ".", lambda: date(2026, 11, 21))
    code = run(["explain", "--isolated", *arguments], terminal)
    return code, out.getvalue(), err.getvalue()


def platforms(*arguments: str) -> Mapping[str, Mapping[str, object]]:
    code, out, _ = explain("--format", "json", *arguments)
    assert code == 0
    return {one["platform"]: one for one in json.loads(out)["platforms"]}


@pytest.mark.parametrize(
    ("day", "anthropic", "bedrock"),
    [
        ("2026-06-08", "unreleased", "unreleased"),
        ("2026-06-10", "active", "active"),
        ("2026-06-20", "restricted", "restricted"),
        ("2026-06-30", "restricted", "restricted"),
        ("2026-07-15", "active", "active"),
        ("2026-09-24", "legacy", "active"),
        ("2026-11-21", "legacy", "active"),
    ],
)
def test_the_seven_answers(day: str, anthropic: str, bedrock: str) -> None:
    told = platforms("claude-fable-5", "--as-of", day)
    assert (told["anthropic"]["status"], told["bedrock"]["status"]) == (anthropic, bedrock)


def test_the_keys_of_the_contract() -> None:
    _, out, _ = explain("claude-fable-5", "--format", "json")
    data = json.loads(out)
    assert (data["model"], data["publisher"], data["as_of"]) == ("claude-fable-5", "anthropic", "2026-11-21")
    keys = ["platform", "ids", "status", "since", "deadline", "precision", "safe_until", "events", "unavailable", "replacement", "sources"]
    assert all(key in one for one in data["platforms"] for key in keys)
    assert "us-ear-2026-06" in {act["id"] for act in data["restrictions"]}


@pytest.mark.parametrize(
    "spelling",
    ["anthropic.claude-fable-5", "us.anthropic.claude-fable-5", "anthropic/claude-fable-5", "bedrock/anthropic.claude-fable-5"],
)
def test_any_spelling_names_the_model(spelling: str) -> None:
    _, out, _ = explain(spelling, "--format", "json")
    assert json.loads(out)["model"] == "claude-fable-5"


def test_the_platform_of_the_spelling_comes_first() -> None:
    assert next(iter(platforms("us.anthropic.claude-fable-5"))) == "bedrock"


def test_one_platform() -> None:
    assert list(platforms("gpt-4-0613", "--platform", "azure")) == ["azure"]


def test_the_timeline_reads_in_order_around_the_day() -> None:
    _, out, _ = explain("claude-fable-5", "--as-of", "2026-06-20")
    days = [line[2:12] for line in out.partition("Timeline")[2].partition("\n\n")[0].splitlines() if line[2:6].isdigit()]
    assert days == sorted(days)
    assert "  2026-06-20  - as of -" in out
    before, _, after = out.partition("- as of -")
    assert "us-ear-2026-06 in force" in before
    assert "us-ear-2026-06 lifted" in after
    assert "calls work again" in after


def test_an_act_of_a_profile_joins_the_timeline_when_declared() -> None:
    act = "anthropic-supply-chain-risk-2026 in force"
    assert act not in explain("claude-fable-5")[1]
    assert act in explain("claude-fable-5", "--profile", "us-defence-contractor")[1]


def test_a_rule_shows_its_page() -> None:
    code, out, _ = explain("retired-model")
    assert (code, out.splitlines()[0]) == (0, "retired-model")
    assert "## What it does" in out


def test_an_unknown_name_gives_the_nearest_and_is_a_usage_error() -> None:
    code, out, err = explain("claude-fabel-5")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "error: no model and no rule is called 'claude-fabel-5'"
    assert "claude-fable-5" in err.splitlines()[1]


def test_an_opaque_name_says_what_it_is() -> None:
    code, _, err = explain("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456")
    assert code == 2
    assert "does not tell the model" in err


def test_an_unknown_platform_lists_the_known_ones() -> None:
    code, _, err = explain("gpt-4-0613", "--platform", "vertex")
    assert code == 2
    assert "help: it knows of azure, openai" in err


@pytest.mark.parametrize("arguments", [(), ("a", "b")])
def test_one_thing_at_a_time(arguments: tuple[str, ...]) -> None:
    code, _, err = explain(*arguments)
    assert code == 2
    assert err.startswith("error: ")
    assert len(err.splitlines()[0]) > len("error: ")
