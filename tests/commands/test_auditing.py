"""What the commands that audit have in common: rule names are checked, own files are no sources."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text('import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n')
    return tmp_path


def command(*arguments: str, environ: dict[str, str] | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return (
        run(arguments, Terminal(out, err, io.StringIO(), environ or {}, str(Path.cwd()), lambda: date(2026, 11, 21))),
        out.getvalue(),
        err.getvalue(),
    )


def test_an_unknown_rule_on_the_command_line(tree: Path) -> None:
    code, _, err = command("scan", "--ignore", "retired-modle")
    assert (code, err) == (2, "error: --ignore: unknown rule 'retired-modle'\nhelp: did you mean retired-model?\n")


def test_an_unknown_rule_in_the_environment(tree: Path) -> None:
    assert command("scan", environ={"MODELAUDIT_SELECT": "al"})[2].startswith("error: MODELAUDIT_SELECT: unknown rule 'al'\n")


@pytest.mark.parametrize("name", ["all", "resilience", "housekeeping", "retired-model", "unused-suppression"])
def test_rules_and_groups_are_known(name: str, tree: Path) -> None:
    assert command("scan", "--select", name)[0] in {0, 1}


def test_reports_of_this_run_are_no_sources(tree: Path) -> None:
    first = command("scan", "--json-output", "r [1].json", "-o", "r.txt", "--sarif-output", "out.sarif", "--show-suppressed")
    second = command("scan", "--json-output", "r [1].json", "--sarif-output", "out.sarif", "-o", "r.txt", "--show-suppressed")
    assert first == second
    listed = command("scan", "--json-output", "r [1].json", "--show-files")[1]
    assert listed.split("\n") == ["app.py", ""]


WORDS = {
    "rule": ('select = [\n  "legacy-model",\n  "retried-model",\n]\n', "3: select[1]: unknown rule 'retried-model'", "retired-model"),
    "rule under a path": (
        'per-file-ignores = { "t/**" = ["legacy"] }\n',
        "1: per-file-ignores.\"t/**\"[0]: unknown rule 'legacy'",
        "legacy-model",
    ),
    "profile": ('risk = "low"\nprofiles = ["eu-license"]\n', "2: profiles[0]: unknown profile 'eu-license'", "eu-licensee"),
    "publisher": (
        '[[policy]]\ndeny = ["gpt-4*"]\n\n[[policy]]\ndeny = ["publisher:deepsek"]\n',
        "5: policy[1].deny[0]: unknown publisher 'deepsek'",
        "deepseek",
    ),
    "platform of a policy": (
        'deny = [\n  "gpt-4*",\n  { platform = "azur" },\n]\n',
        "3: deny[1].platform: unknown platform 'azur'",
        "azure",
    ),
    "platform of a name": (
        '[names]\na = "gpt-4o"\nb = { model = "gpt-4o", platform = "azur" }\n',
        "3: names.b.platform: unknown platform 'azur'",
        "azure",
    ),
    "publisher of a platform": (
        'platforms = { anthropc = "bedrock" }\n',
        "1: platforms.anthropc: unknown publisher 'anthropc'",
        "anthropic",
    ),
    "restriction": (
        '[[grant]]\nholder = "x"\nrestrictions = ["us-ear-2026-6"]\n',
        "3: grant[0].restrictions[0]: unknown restriction 'us-ear-2026-6'",
        "us-ear-2026-06",
    ),
    "dialect": (
        '[[calls]]\nmatch = ["a.b"]\nmodel = { model = 0 }\ndialect = "litelm"\n',
        "4: calls[0].dialect: unknown dialect 'litelm'",
        "litellm",
    ),
    "operation": (
        '[[calls]]\nmatch = ["a.b"]\nmodel = { model = 0 }\noperation = "caht"\n',
        "4: calls[0].operation: unknown operation 'caht'",
        "chat",
    ),
}


@pytest.mark.parametrize(("text", "message", "near"), WORDS.values(), ids=WORDS)
def test_a_word_on_no_list_is_an_error_with_file_line_key_and_nearest_word(text: str, message: str, near: str, tree: Path) -> None:
    (tree / "modelaudit.toml").write_text(text)
    assert command("scan") == (2, "", f"error: modelaudit.toml:{message}\nhelp: did you mean {near}?\n")


def test_the_place_is_found_in_the_file_that_is_extended(tree: Path) -> None:
    (tree / "base.toml").write_text('risk = "low"\n\n[[policy]]\ndeny = ["publisher:deepsek"]\n')
    (tree / "modelaudit.toml").write_text('extend = "base.toml"\n[[policy]]\ndeny = ["publisher:openai"]\n')
    assert command("scan")[2].startswith("error: base.toml:4: policy[0].deny[0]: unknown publisher 'deepsek'\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('rules = ["bundled", "feeds/ours"]\n', "1: rules[1]: feeds/ours: no such rules feed"),
        ('risk = "low"\nbaseline = "known.json"\n', "2: baseline: known.json: no such baseline"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_the_key_that_names_it(text: str, message: str, tree: Path) -> None:
    (tree / "modelaudit.toml").write_text(text)
    code, _, err = command("scan")
    assert (code, err.splitlines()[0]) == (2, f"error: modelaudit.toml:{message}")


@pytest.mark.parametrize(
    ("text", "line"),
    [('deny = ["gpt-44*"]\n', 1), ('risk = "low"\nnames = { x = "gpt-4oo" }\n', 2), ('[names]\ny = "o1"\nx = "gpt-4oo"\n', 3)],
)
def test_a_model_that_no_feed_knows_is_a_warning_with_its_place(text: str, line: int, tree: Path) -> None:
    (tree / "modelaudit.toml").write_text(text)
    assert f"warning modelaudit.toml:{line}: " in command("scan")[1]


def test_a_warning_about_the_configuration_is_no_part_of_the_report(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.model-audit]\n")
    code, out, err = command("scan", "--format", "json")
    assert (code, err) == (
        1,
        "warning: pyproject.toml:1: [tool.model-audit] is no table of this program; did you mean [tool.modelaudit]?\n",
    )
    assert out.startswith("{")


def test_an_unknown_profile_on_the_command_line(tree: Path) -> None:
    assert command("scan", "--profile", "eu-license")[2].startswith("error: --profile: unknown profile 'eu-license'\n")
