"""`modelaudit baseline`: a team starts with what it has, and only new findings count."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

CODE = """\
import anthropic

MODEL = "claude-sonnet-4-5-20250929"


def ask(question: str) -> object:
    return anthropic.Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
"""
BEFORE, AFTER = "2026-11-21", "2026-12-01"
"""claude-sonnet-4-5-20250929 ends on the Anthropic API on 2026-11-30."""


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {"COLUMNS": "100"}, str(Path.cwd()), lambda: date(2026, 11, 21))
    return run(arguments, terminal), out.getvalue(), err.getvalue()


def states(*arguments: str) -> list[tuple[str, str]]:
    _, out, _ = command("scan", "--baseline", "modelaudit-baseline.json", "--format", "json", *arguments)
    return [(one["rule"], one["baseline_state"]) for one in json.loads(out)["findings"]]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a model that ends soon, and its baseline."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(CODE)
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    return tmp_path


def test_what_is_recorded_does_not_count(tree: Path) -> None:
    assert command("scan", "--as-of", BEFORE)[0] == 1
    code, out, _ = command("scan", "--as-of", BEFORE, "--baseline", "modelaudit-baseline.json", "--format", "json")
    assert code == 0
    assert "1 finding is in the baseline" in [note["message"] for note in json.loads(out)["notifications"]]


def test_reformatted_and_moved_code_is_not_new(tree: Path) -> None:
    (tree / "app.py").rename(tree / "service.py")
    text = CODE.replace("model=MODEL, max_tokens=9", "\n        max_tokens = 9,\n        model = MODEL")
    (tree / "service.py").write_text(f'"""A service."""\n\n\n{text}')
    assert states("--as-of", BEFORE) == []


def test_a_new_use_of_the_same_model_is_one_new_finding(tree: Path) -> None:
    (tree / "other.py").write_text(CODE)
    assert states("--as-of", BEFORE) == [("deprecated-model", "new")]


def test_a_model_that_retired_comes_back_and_fails_the_run(tree: Path) -> None:
    assert states("--as-of", AFTER) == [("retired-model", "updated")]
    assert command("scan", "--as-of", AFTER, "--baseline", "modelaudit-baseline.json")[0] == 1


def test_prune_drops_what_is_gone_and_adds_nothing(tree: Path) -> None:
    (tree / "app.py").write_text(CODE.replace("claude-sonnet-4-5-20250929", "claude-opus-4-1-20250805"))
    code, _, err = command("baseline", "prune", "--as-of", BEFORE)
    assert code == 0
    assert "1 finding dropped from" in err
    assert json.loads((tree / "modelaudit-baseline.json").read_text())["findings"] == []


def test_show_lists_it(tree: Path) -> None:
    code, out, _ = command("baseline", "show")
    assert code == 0
    assert out.startswith("app.py  deprecated-model  claude-sonnet-4-5-20250929  deprecated  ")


def test_the_configuration_names_it(tree: Path) -> None:
    (tree / "modelaudit-baseline.json").rename(tree / "known.json")
    (tree / "modelaudit.toml").write_text('baseline = "known.json"\n')
    assert command("scan", "--as-of", BEFORE)[0] == 0
    assert command("baseline", "show")[1].startswith("app.py")


def test_a_missing_one_is_an_error(tree: Path) -> None:
    code, out, err = command("scan", "--baseline", "none.json")
    assert (code, out) == (2, "")
    assert err == "error: none.json: no such baseline\nhelp: `modelaudit baseline write` makes one\n"


def test_it_is_the_same_on_another_day(tree: Path) -> None:
    before = (tree / "modelaudit-baseline.json").read_text()
    assert command("baseline", "write", "--as-of", "2026-11-25")[0] == 0
    assert (tree / "modelaudit-baseline.json").read_text() == before


def test_prune_of_a_part_keeps_what_was_not_looked_at(tree: Path) -> None:
    (tree / "lib").mkdir()
    (tree / "lib" / "a.py").write_text(CODE)
    (tree / "lib2.py").write_text(CODE)
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    for place in (tree / "app.py", tree / "lib" / "a.py"):
        place.write_text("")
    _, _, err = command("baseline", "prune", "lib", "--as-of", BEFORE)
    assert err == "1 finding dropped from modelaudit-baseline.json, 2 kept\n"
    kept = json.loads((tree / "modelaudit-baseline.json").read_text())["findings"]
    assert [one["path"] for one in kept] == ["app.py", "lib2.py"]


def test_a_hook_that_sees_one_file_knows_the_constant(tree: Path) -> None:
    (tree / "settings.py").write_text('FAST = "gpt-4-0613"\n')
    (tree / "use.py").write_text("import openai\nfrom settings import FAST\n\nopenai.OpenAI().chat.completions.create(model=FAST)\n")
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    assert states("--as-of", BEFORE, "settings.py") == []


def test_a_hook_that_sees_no_call_does_not_take_another_platform_for_a_change(tree: Path) -> None:
    """gpt-4o-2024-05-13 is deprecated on Azure; where no call is seen, it is judged by OpenAI's own dates and retired since 2026-10-23."""
    (tree / "settings.py").write_text('CHAT = "gpt-4o-2024-05-13"\n')
    (tree / "use.py").write_text("import openai\nfrom settings import CHAT\n\nopenai.AzureOpenAI().chat.completions.create(model=CHAT)\n")
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    entries = json.loads((tree / "modelaudit-baseline.json").read_text())["findings"]
    assert [(one["path"], one["platform"]) for one in entries] == [("app.py", "anthropic"), ("settings.py", "azure")]
    assert states("--as-of", BEFORE, "settings.py") == []
    (tree / "settings.py").write_text('CHAT = "gpt-4o-2024-05-13"\nNEXT = "gpt-4-0613"\n')
    assert states("--as-of", BEFORE, "settings.py") == [("retired-model", "new")]


USE = "import app\n\n\ndef {name}() -> object:\n    return app.anthropic.Anthropic().messages.create(model=app.MODEL, max_tokens=9)\n"


@pytest.mark.parametrize("path", ["aaa.py", "zzz.py"], ids=["before the others", "behind the others"])
def test_a_further_call_with_the_constant_comes_back_and_says_why(path: str, tree: Path) -> None:
    (tree / path).write_text(USE.format(name="tell"))
    assert states("--as-of", BEFORE) == [("deprecated-model", "updated")]
    code, out, _ = command("scan", "--as-of", BEFORE, "--baseline", "modelaudit-baseline.json")
    assert code == 1
    assert "warning app.py:3: claude-sonnet-4-5-20250929 reaches 2 calls, 1 when the baseline was written" in out
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    (tree / path).rename(tree / "mmm.py")
    assert states("--as-of", BEFORE) == [], "the caller's file was renamed"


def test_the_life_of_a_baseline_with_the_installed_program(tree: Path) -> None:
    """Written; code reformatted, moved and renamed: nothing; a new use of the same model: one; the day moves on: `updated` and 1."""

    def scan(day: str) -> tuple[int, list[tuple[str, str, str]]]:
        program = [sys.executable, "-m", "modelaudit", "scan", "--as-of", day, "--baseline", "modelaudit-baseline.json", "--format", "json"]
        done = subprocess.run(program, cwd=tree, capture_output=True, encoding="utf-8", check=False)
        found = json.loads(done.stdout)["findings"]
        return done.returncode, [(one["location"]["path"], one["rule"], one["baseline_state"]) for one in found]

    (tree / "jobs").mkdir()
    (tree / "jobs" / "nightly.py").write_text(
        'import anthropic\n\nask = lambda text: anthropic.Anthropic().messages.create(model="claude-sonnet-4-5-20250929", max_tokens=9)\n'
    )
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    assert scan(BEFORE) == (0, [])
    (tree / "jobs").rename(tree / "tasks")
    (tree / "tasks" / "nightly.py").write_text(
        "import anthropic\n\nLIMIT = 9\n\nask = (\n    lambda text: anthropic.Anthropic().messages.create(\n"
        "        max_tokens=LIMIT,\n        model='claude-sonnet-4-5-20250929',\n    )\n)\n"
    )
    (tree / "app.py").write_text(f'"""Reformatted."""\n\n{CODE.replace("model=MODEL", "model = ( MODEL )")}')
    assert scan(BEFORE) == (0, [])
    with (tree / "app.py").open("a") as stream:
        stream.write('\n\ndef tell() -> object:\n    return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5-20250929")\n')
    assert scan(BEFORE) == (1, [("app.py", "deprecated-model", "new")])
    assert command("baseline", "write", "--as-of", BEFORE)[0] == 0
    assert scan("2026-11-29") == (0, [])
    known = [("app.py", "retired-model", "updated")] * 2 + [("tasks/nightly.py", "retired-model", "updated")]
    assert scan(AFTER) == (1, known)
