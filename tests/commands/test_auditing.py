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


def test_an_unknown_rule_in_the_configuration(tree: Path) -> None:
    (tree / "modelaudit.toml").write_text('risk = "low"\nper-file-ignores = { "tests/**" = ["legacy"] }\n')
    code, _, err = command("scan")
    assert (code, err) == (2, "error: modelaudit.toml:2: unknown rule 'legacy'\nhelp: did you mean legacy-model?\n")


@pytest.mark.parametrize("name", ["all", "resilience", "housekeeping", "retired-model", "unused-suppression"])
def test_rules_and_groups_are_known(name: str, tree: Path) -> None:
    assert command("scan", "--select", name)[0] in {0, 1}


def test_reports_of_this_run_are_no_sources(tree: Path) -> None:
    first = command("scan", "--json-output", "r [1].json", "-o", "r.txt", "--sarif-output", "out.sarif", "--show-suppressed")
    second = command("scan", "--json-output", "r [1].json", "--sarif-output", "out.sarif", "-o", "r.txt", "--show-suppressed")
    assert first == second
    listed = command("scan", "--json-output", "r [1].json", "--show-files")[1]
    assert listed.split("\n") == ["app.py", ""]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('risk = "low"\nprofiles = ["eu-license"]\n', "modelaudit.toml:2: unknown profile 'eu-license'\nhelp: did you mean eu-licensee?"),
        (
            '[[policy]]\ndeny = ["gpt-4*"]\n\n[[policy]]\ndeny = ["publisher:deepsek"]\n',
            "modelaudit.toml:4: unknown publisher 'deepsek'\nhelp: did you mean deepseek?",
        ),
    ],
)
def test_a_word_that_the_feed_does_not_know_is_an_error_with_its_place(text: str, message: str, tree: Path) -> None:
    (tree / "modelaudit.toml").write_text(text)
    assert command("scan") == (2, "", f"error: {message}\n")


def test_an_unknown_profile_on_the_command_line(tree: Path) -> None:
    assert command("scan", "--profile", "eu-license")[2].startswith("error: --profile: unknown profile 'eu-license'\n")
