"""`--stdin-filename`: an editor's text, as if it stood at its path."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

CODE = 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "modelaudit.toml").write_text('extend-exclude = ["data"]\nper-file-ignores = { "tests/**" = ["retired-model"] }\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scan(*arguments: str, text: bytes = CODE.encode()) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    source = io.TextIOWrapper(io.BytesIO(text))
    code = run(["scan", *arguments], Terminal(out, err, source, {}, str(Path.cwd()), lambda: date(2026, 11, 21)))
    return code, out.getvalue(), err.getvalue()


def test_the_text_is_judged_at_its_path_though_the_file_says_something_else(tree: Path) -> None:
    (tree / "app" / "x.py").write_text("X = 1\n")
    code, out, _ = scan("--stdin-filename", "app/x.py", "--format", "json")
    (found,) = json.loads(out)["findings"]
    assert (code, found["location"]["path"], found["location"]["line"]) == (1, "app/x.py", 2)
    assert (tree / "app" / "x.py").read_text() == "X = 1\n"


def test_the_configuration_of_the_path_holds(tree: Path) -> None:
    assert scan("--stdin-filename", "tests/test_new.py")[0] == 0
    assert scan("--stdin-filename", "data/new.py")[0] == 1
    assert scan("--stdin-filename", "data/new.py", "--force-exclude")[0] == 0


def test_bytes_are_read_as_a_file_would_be(tree: Path) -> None:
    assert scan("--stdin-filename", "a.py", text=b"# coding: latin-1\nNAME = '\xe9'\n" + CODE.encode())[0] == 1
    assert scan("--stdin-filename", "a.py", text=CODE.encode("utf-16"))[0] == 1


def test_a_baseline_and_suppressions_count(tree: Path) -> None:
    (tree / "app" / "x.py").write_text(CODE)
    out = io.StringIO()
    run(["baseline", "write"], Terminal(out, io.StringIO(), io.StringIO(), {}, str(tree), lambda: date(2026, 11, 21)))
    assert scan("--stdin-filename", "app/x.py", "--baseline", "modelaudit-baseline.json")[0] == 0
    assert scan("--stdin-filename", "app/x.py", text=CODE.encode()[:-1] + b"  # modelaudit: ignore[retired-model]\n")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.py", "--stdin-filename", "b.py"), "takes the place of all paths"),
        (("--stdin-filename", "b.py", "--diff-base", "main"), "cannot be compared with --diff-base"),
        (("--stdin-filename", "b.py", "--add-ignore", "x"), "has none"),
    ],
)
def test_what_makes_no_sense_together(arguments: tuple[str, ...], message: str, tree: Path) -> None:
    code, _, err = scan(*arguments)
    assert code == 2
    assert message in err
