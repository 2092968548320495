"""`modelaudit rules` on the shipped feed and on copies of it with mistakes."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

RULES = Path(__file__).parents[2] / "rules"


def rules(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {"COLUMNS": "100"}, str(RULES.parent), lambda: date(2026, 11, 21))
    return run(["rules", *arguments], terminal), out.getvalue(), err.getvalue()


def models(*arguments: str) -> set[tuple[str, str]]:
    code, out, _ = rules("list", "--isolated", "--format", "json", *arguments)
    assert code == 0
    return {(one["model"], one["platform"]) for one in json.loads(out)["models"]}


def test_what_ends_soon() -> None:
    """facts/lifecycle.csv: two Anthropic models end within ninety days of 2026-11-21 on platforms that say so exactly."""
    found = models("--publisher", "anthropic", "--within", "90d")
    assert ("claude-sonnet-4-5-20250929", "anthropic") in found
    assert ("claude-sonnet-4-5-20250929", "bedrock") not in found
    assert models("--publisher", "anthropic", "--within", "5d") == set()


def test_filters_narrow() -> None:
    everything = models("--publisher", "openai")
    retired = models("--publisher", "openai", "--status", "retired")
    azure = models("--publisher", "openai", "--status", "retired", "--platform", "azure")
    assert azure < retired < everything
    assert ("gpt-4-0613", "azure") in azure
    assert ("gpt-4-0613", "openai") in retired
    assert ("gpt-4-0613", "openai") not in models("--publisher", "openai", "--status", "retired", "--as-of", "2026-05-01")


def test_the_restricted_of_june() -> None:
    assert ("claude-fable-5", "anthropic") in models("--status", "restricted", "--as-of", "2026-06-20")
    assert ("claude-fable-5", "anthropic") not in models("--status", "restricted", "--as-of", "2026-07-15")


def test_for_people_it_ends_with_counts() -> None:
    code, out, _ = rules("list", "--isolated", "--publisher", "anthropic", "--within", "90")
    assert code == 0
    assert out.splitlines()[-1].endswith("as of 2026-11-21")
    assert all(len(line) <= 100 for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list", "--status", "retried"), "error: --status: unknown status 'retried'\nhelp: did you mean retired?\n"),
        (("list", "--within", "soon"), "error: --within: 'soon' is not a number of days\nhelp: write it as 90d\n"),
        (("lst",), "error: unknown command 'rules lst'\nhelp: did you mean list?\n"),
        ((), "error: missing command\nhelp: `modelaudit rules --help` lists the commands\n"),
        (("schema", "model"), "error: no schema is called 'model'\nhelp: did you mean models?\n"),
        (("diff", "bundled"), "error: rules diff takes OLD NEW, got 1\nhelp: `modelaudit rules diff --help` lists the options\n"),
        (("lint", "nowhere"), "error: nowhere: no such folder\n"),
    ],
)
def test_mistakes(arguments: tuple[str, ...], message: str) -> None:
    code, out, err = rules(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)


def test_status_counts_what_the_feed_holds() -> None:
    code, out, _ = rules("status", "--isolated", "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert data["source"] == "bundled"
    assert data["age_days"] == (date(2026, 11, 21) - date.fromisoformat(data["generated"])).days
    assert data["lives"] >= data["models"] > 500


def test_lint_passes_the_shipped_rules() -> None:
    assert rules("lint", str(RULES)) == (0, "", "no mistakes\n")


def test_lint_names_file_and_line(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "models" / "openai.toml").write_text('schema = "1"\npublsher = "openai"\n')
    code, out, _ = rules("lint", str(tmp_path / "rules"))
    assert code == 1
    assert f"{tmp_path}/rules/models/openai.toml:2:" in out


def test_schemas_are_printed_by_name() -> None:
    names = rules("schema")[1].split()
    assert {"models", "restrictions", "calls"} <= set(names)
    for name in names:
        assert json.loads(rules("schema", name)[1])["$schema"].startswith("https://json-schema.org/")


def test_diff_says_what_changed(tmp_path: Path) -> None:
    assert rules("diff", str(RULES), str(RULES)) == (0, "", "0 changes\n")
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "restrictions").rename(tmp_path / "gone")
    (tmp_path / "rules" / "restrictions").mkdir()
    place = tmp_path / "gone" / min(path.name for path in (tmp_path / "gone").iterdir())
    shutil.copy(place, tmp_path / "rules" / "restrictions")
    code, out, err = rules("diff", str(RULES), str(tmp_path / "rules"), "--cache-dir", str(tmp_path / "cache"))
    assert code == 0
    assert len(out.splitlines()) == int(err.split()[0]) > 0


@pytest.mark.parametrize(
    ("option", "name", "hint"), [("publisher", "antropic", "anthropic"), ("platform", "bedrok", "bedrock"), ("status", "retird", "retired")]
)
def test_a_misspelled_filter_is_no_empty_list(option: str, name: str, hint: str) -> None:
    assert rules("list", f"--{option}", name) == (2, "", f"error: --{option}: unknown {option} '{name}'\nhelp: did you mean {hint}?\n")
