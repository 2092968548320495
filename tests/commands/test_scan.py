"""`modelaudit scan` from the command line to the exit code, on small trees."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

CODE = """\
import anthropic

MODEL = "claude-3-haiku-20240307"


def ask(question: str) -> object:
    return anthropic.Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
"""


class Answer:
    """What a run gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one call of a model that retired on 2026-04-20."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(CODE)
    return tmp_path


def scan(*arguments: str, environ: dict[str, str] | None = None, source: str = "", folder: Path | None = None) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    place = str(folder or Path.cwd())
    terminal = Terminal(out, err, io.StringIO(source), {"COLUMNS": "100", **(environ or {})}, place, lambda: date(2026, 11, 21))
    return Answer(run(["scan", *arguments], terminal), out.getvalue(), err.getvalue())


def rules(answer: Answer) -> list[str]:
    return [one["rule"] for one in json.loads(answer.out)["findings"]]


def test_a_retired_model_fails_the_run(tree: Path) -> None:
    answer = scan()
    assert answer.code == 1
    assert "retired-model" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--as-of", "2026-01-15"), 0),
        (("--exit-zero",), 0),
        (("--ignore", "retired-model"), 0),
        (("--select", "legacy-model"), 0),
        (("--fail-on", "critical"), 1),
        (("--format", "json"), 1),
        (("--format", "sarif"), 1),
        (("--fail-on", "low", "--ignore", "retired-model"), 0),
    ],
)
def test_exit_codes(tree: Path, arguments: tuple[str, ...], code: int) -> None:
    assert scan(*arguments).code == code


def test_what_is_not_there_is_a_usage_error(tree: Path) -> None:
    answer = scan("nowhere")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: nowhere")


def test_nothing_to_scan_is_a_warning_and_incomplete_when_strict(tree: Path) -> None:
    (tree / "empty").mkdir()
    assert scan("empty").code == 0
    assert scan("empty", "--strict").code == 3


def test_several_reports_in_one_run(tree: Path) -> None:
    answer = scan("--json-output", "r.json", "--sarif-output", "r.sarif", "-o", "r.txt")
    assert (answer.code, answer.out) == (1, "")
    assert json.loads((tree / "r.json").read_text())["schema"] == "modelaudit-report/1"
    assert json.loads((tree / "r.sarif").read_text())["version"] == "2.1.0"
    assert "retired-model" in (tree / "r.txt").read_text()
    assert sorted(path.name for path in tree.iterdir()) == ["app.py", "r.json", "r.sarif", "r.txt"]


def test_a_report_that_cannot_be_written_is_said(tree: Path) -> None:
    answer = scan("-o", "no/such/folder/r.txt")
    assert answer.code == 2
    assert "no/such/folder/r.txt: cannot be written" in answer.err


def test_the_environment_and_the_configuration_decide(tree: Path) -> None:
    assert scan(environ={"MODELAUDIT_EXIT_ZERO": "1"}).code == 0
    (tree / "modelaudit.toml").write_text("as-of = 2026-01-15\n")
    assert scan().code == 0
    assert scan("--isolated").code == 1
    assert scan(environ={"MODELAUDIT_AS_OF": "2026-11-21"}).code == 1


def test_colours_only_when_wanted(tree: Path) -> None:
    assert "\x1b[" not in scan().out
    assert "\x1b[" in scan("--color", "always").out
    assert "\x1b[" in scan(environ={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in scan(environ={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_paths_from_a_list(tree: Path) -> None:
    (tree / "other.py").write_text(CODE)
    assert rules(scan("--format", "json", "--files-from", "-", source="other.py\0")) == ["retired-model"]
    assert len(rules(scan("--format", "json", "app.py", "--files-from", "-", source="other.py\n"))) == 2
    empty = scan("--files-from", "-", source="")
    assert (empty.code, empty.out) == (0, "")
    assert "lists no path" in empty.err


def test_a_comment_suppresses_until_its_day(tree: Path) -> None:
    line = 'MODEL = "claude-3-haiku-20240307"  # modelaudit: ignore[retired-model] until=2026-11-21 reason="contract"'
    (tree / "app.py").write_text(CODE.replace('MODEL = "claude-3-haiku-20240307"', line))
    held = scan()
    assert held.code == 0
    assert "1 suppressed" in held.out
    assert "retired-model" in scan("--show-suppressed").out
    assert scan("--no-suppressions").code == 1
    after = scan("--as-of", "2026-11-22", "--format", "json")
    assert after.code == 1
    assert sorted(rules(after)) == ["expired-suppression", "retired-model"]


def test_a_suppression_in_configuration_is_unused_only_when_all_was_scanned(tree: Path) -> None:
    (tree / "part").mkdir()
    (tree / "part" / "x.py").write_text("X = 1\n")
    (tree / "modelaudit.toml").write_text('[[ignore]]\nrule = "retired-model"\npath = "app.py"\n')
    assert rules(scan("--format", "json")) == []
    assert rules(scan("part", "--format", "json")) == []
    assert rules(scan("part/x.py", "--format", "json")) == []
    (tree / "app.py").unlink()
    assert rules(scan("--format", "json")) == ["unused-suppression"]


def test_prose_about_suppressions_does_nothing(tree: Path) -> None:
    (tree / "app.py").write_text('"""Write modelaudit: ignore[retired-model] behind it."""\n' + CODE)
    assert scan().code == 1


def test_what_fails_the_run_is_shown(tree: Path) -> None:
    (tree / "app.py").write_text(CODE.replace("MODEL = ", "MODEL = OLD = "))
    answer = scan("--risk", "critical", "--fail-on", "low")
    assert "warning: findings are shown from low up" in answer.err


def test_only_changed_lines(tree: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
        subprocess.run(["git", *identity, *arguments], cwd=tree, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    assert scan("--diff-base", "main").code == 0
    (tree / "app.py").write_text(CODE.replace("max_tokens=9", "max_tokens=8"))
    assert scan("--diff-base", "main").code == 1
    (tree / "app.py").write_text(CODE + "\n\nOTHER = 1\n")
    assert scan("--diff-base", "main").code == 0
    assert scan("--diff-base", "nothing").code == 2


@pytest.mark.parametrize(("seed", "jobs"), [("0", "1"), ("1", "2"), ("2", "4")])
def test_the_same_bytes_every_time(tree: Path, seed: str, jobs: str) -> None:
    for number in range(6):
        (tree / f"m{number}.py").write_text(CODE)
    expected = scan("--format", "json").out
    command = [sys.executable, "-m", "modelaudit", "scan", "--format", "json", "--as-of", "2026-11-21", "--jobs", jobs]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}, check=False)
    assert done.stdout == expected


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def on_screen(*arguments: str) -> str:
    err = Screen()
    terminal = Terminal(Screen(), err, io.StringIO(), {"TERM": "dumb"}, str(Path.cwd()), lambda: date(2026, 11, 21))
    run(["scan", "--no-progress", *arguments], terminal)
    return err.getvalue()


def test_a_person_is_told_once_how_to_begin(tree: Path) -> None:
    assert "`modelaudit baseline write` records what is known today" in on_screen()
    assert on_screen("--quiet") == ""
    assert on_screen("--fail-on", "critical", "--ignore", "retired-model") == ""
    assert scan().err == ""
    (tree / "modelaudit.toml").write_text("")
    assert on_screen() == ""


SUPPRESSED = CODE.replace(
    '"claude-3-haiku-20240307"', '"claude-3-haiku-20240307"  # modelaudit: ignore[retired-model] until=2026-11-25 reason="x"'
)


@pytest.mark.parametrize("name", ["concise", "gitlab", "junit"])
def test_every_run_warns_before_a_suppression_ends(name: str, tree: Path) -> None:
    (tree / "app.py").write_text(SUPPRESSED)
    answer = scan("--format", name)
    assert (answer.code, answer.err) == (0, "warning: app.py:3: the suppression of retired-model ends in 4 days, on 2026-11-25: x\n")
    assert scan("--format", name, "--quiet").err == ""


@pytest.mark.parametrize("name", ["full", "json", "jsonl", "sarif", "github", "html"])
def test_a_format_that_has_a_place_for_warnings_holds_them(name: str, tree: Path) -> None:
    (tree / "app.py").write_text(SUPPRESSED)
    answer = scan("--format", name)
    assert "ends in 4 days, on 2026-11-25" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize("name", ["full", "concise", "json", "jsonl", "sarif", "github", "junit", "markdown", "html"])
def test_what_was_suppressed_is_counted(name: str, tree: Path) -> None:
    (tree / "app.py").write_text(SUPPRESSED)
    assert re.search(r'\b1 suppressed|"suppressed": 1\b|name="suppressed" value="1"|<b>1</b>suppressed', scan("--format", name).out)


def test_a_finding_about_a_suppression_is_no_model_and_in_no_use(tree: Path) -> None:
    (tree / "app.py").write_text('MODEL = "claude-opus-5-5"  # modelaudit: ignore[retired-model]\n')
    report = json.loads(scan("--format", "json").out)["summary"]
    assert (report["by_rule"], report["by_model"]) == ({"unused-suppression": 1}, {})
    for name in ("full", "concise", "markdown", "html"):
        answer = scan("--format", name).out
        assert "unused-suppression" in answer
        assert "not seen in use" not in answer


@pytest.mark.parametrize(
    ("deny", "words"),
    [
        ('"fine-tuned"', "(fine-tuned)"),
        ('{ publisher = "openai", fine-tuned = true }', "(publisher openai, fine-tuned)"),
        ('{ model = "ft:*", platform = "openai" }', "(ft:*, platform openai)"),
    ],
)
def test_a_denied_model_is_told_which_rule_of_the_project_denies_it(deny: str, words: str, tree: Path) -> None:
    call = 'import openai\nopenai.OpenAI().chat.completions.create(model="ft:gpt-4.1-2025-04-14:acme::abc")\n'
    (tree / "app.py").write_text(call)
    (tree / "modelaudit.toml").write_text(f"deny = [{deny}]\n")
    (found,) = (one for one in json.loads(scan("--format", "json").out)["findings"] if one["rule"] == "denied-model")
    assert found["message"].endswith(f"is denied by the project's policy {words}")


WAIVED = "the contract of 2026 covers it"


@pytest.mark.parametrize("where", ["comment", "configuration"])
def test_a_waiver_holds_the_day_before_and_fails_the_day_after(where: str, tree: Path) -> None:
    if where == "comment":
        words = f'  # modelaudit: ignore[retired-model] until=2026-12-31 reason="{WAIVED}"'
        (tree / "app.py").write_text(CODE.replace('"claude-3-haiku-20240307"', f'"claude-3-haiku-20240307"{words}'))
    else:
        table = f'[[tool.modelaudit.ignore]]\nrule = "retired-model"\npath = "app.py"\nuntil = 2026-12-31\nreason = "{WAIVED}"\n'
        (tree / "pyproject.toml").write_text(table)

    def on(day: str) -> tuple[int, list[tuple[str, bool]]]:
        program = [sys.executable, "-m", "modelaudit", "scan", "--as-of", day, "--show-suppressed", "--format", "json"]
        done = subprocess.run(program, cwd=tree, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, sorted((one["rule"], one["suppression"] is not None) for one in json.loads(done.stdout)["findings"])

    assert on("2026-12-30") == (0, [("retired-model", True)])
    assert on("2026-12-31") == (0, [("retired-model", True)])
    assert on("2027-01-01") == (1, [("expired-suppression", False), ("retired-model", False)])
