"""`--diff-base`: what a change brings, on its lines and elsewhere; what was there before stays out, whatever moved."""

from __future__ import annotations

import io
import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.discover.export import export
from modelaudit.terminal import Terminal

CLIENT = """\
import anthropic

client = anthropic.Anthropic()


def ask(text, model="claude-3-haiku-20240307"):
    return client.messages.create(model=model, max_tokens=9, messages=[])


def careful(text):
    try:
        return client.messages.create(model="claude-3-opus-20240229", max_tokens=9, messages=[])
    except anthropic.APIStatusError:
        print("down")
        print("really")
        print("try another")
        return client.messages.create(model="claude-opus-5-5", max_tokens=9, messages=[])
"""
FALLBACK = '        print("try another")\n        return client.messages.create(model="claude-opus-5-5", max_tokens=9, messages=[])\n'


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch `work` without a change; two models in it retired long before the day judged."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "client.py").write_text(CLIENT)
    (tmp_path / "app" / "main.py").write_text('from app.client import ask\n\nprint(ask("x"))\n')
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "x")
    git(tmp_path, "switch", "-q", "-c", "work")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*arguments: str) -> list[tuple[str, int, str]]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {}, str(Path.cwd()), lambda: date(2026, 11, 21))
    code = run(["scan", "--format", "json", "--diff-base", "main", *arguments], terminal)
    assert code in {0, 1}, err.getvalue()
    return [(one["location"]["path"], one["location"]["line"], one["risk"]) for one in json.loads(out.getvalue())["findings"]]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_without_a_change_nothing_is_new(tree: Path) -> None:
    assert found() == []


def test_what_moved_or_was_reformatted_elsewhere_is_not_new(tree: Path) -> None:
    edit(tree / "app" / "client.py", "import anthropic\n", '"""Calls."""\n\nimport os\n\nimport anthropic\n')
    assert found() == []


def test_a_function_without_a_name_that_moved_is_not_new(tree: Path) -> None:
    (tree / "app" / "short.py").write_text(
        "from app.client import client\n\nask = lambda text, model='claude-3-opus-20240229': client.messages.create(model=model)\n"
    )
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "y")
    git(tree, "branch", "-f", "main")
    edit(tree / "app" / "short.py", "import client\n", "import client\n\nLIMIT = 3\n")
    assert found() == []


def test_a_fallback_that_was_taken_away_makes_the_call_worse(tree: Path) -> None:
    edit(tree / "app" / "client.py", FALLBACK, "        raise\n")
    assert found() == [("app/client.py", 12, "critical")]
    assert found("app/client.py") == [("app/client.py", 12, "critical")]


def test_an_old_literal_that_reaches_a_call_by_a_new_way(tree: Path) -> None:
    (tree / "app" / "use.py").write_text(
        "from app.client import client\nfrom app.settings import M\n\n\ndef go():\n    client.messages.create(model=M)\n"
    )
    (tree / "app" / "settings.py").write_text('M = "claude-opus-5-5"\n')
    (tree / "other.py").write_text('OLD = "claude-3-haiku-20240307"\n')
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "y")
    git(tree, "branch", "-f", "main")
    (tree / "app" / "settings.py").write_text("from other import OLD\nM = OLD\n")
    assert found() == [("other.py", 1, "critical")]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("paths", [(), ("app/talk.py",)], ids=["whole tree", "only the file"])
def test_a_renamed_file_brings_nothing(committed: bool, paths: tuple[str, ...], tree: Path) -> None:
    git(tree, "mv", "app/client.py", "app/talk.py")
    if committed:
        git(tree, "commit", "-q", "-a", "-m", "y")
    assert found(*paths) == []
    edit(tree / "app" / "main.py", "app.client", "app.talk")
    assert found(*paths) == []


def test_a_new_file_and_a_new_use_are_new(tree: Path) -> None:
    (tree / "app" / "more.py").write_text(CLIENT[: CLIENT.index("def careful")])
    edit(tree / "app" / "client.py", FALLBACK, FALLBACK + '\n\nLAST = client.messages.create(model="claude-3-opus-20240229")\n')
    assert found() == [("app/client.py", 20, "critical"), ("app/more.py", 6, "critical")]


def test_from_a_folder_of_the_repository(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "app" / "modelaudit.toml").write_text('fail-on = "low"\n')
    edit(tree / "app" / "client.py", FALLBACK, "        raise\n")
    monkeypatch.chdir(tree / "app")
    assert found() == [("client.py", 12, "critical")]


def test_an_export_leaves_its_folder_in_no_case(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Trees with such names cannot be made by adding files, but their objects can be made by hand."""
    blob = git(tree, "rev-parse", "main:app/main.py")
    inner = subprocess.run(
        ["git", "mktree"], cwd=tree, input=f"100644 blob {blob}\tx.py\n", check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()
    names = "".join(f"040000 tree {inner}\t{name}\n" for name in (".GIT", "..", "good"))
    bad = subprocess.run(["git", "mktree"], cwd=tree, input=names, check=True, capture_output=True, encoding="utf-8").stdout.strip()
    commit = git(tree, "commit-tree", bad, "-m", "x")
    target = tmp_path_factory.mktemp("export") / "tree"
    target.mkdir()
    export(os.path.realpath(tree), commit, str(target), limit=10_000)
    assert [path.relative_to(target.parent).as_posix() for path in target.parent.rglob("*") if path.is_file()] == ["tree/good/x.py"]
    assert (target / "good" / "x.py").read_text().startswith("from app.client")


def test_files_are_exported_as_they_were_without_the_filters_of_the_repository(tree: Path, tmp_path: Path) -> None:
    (tree / ".gitattributes").write_text("*.py filter=evil diff=evil\n")
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv"):
        git(tree, "config", key, f"touch {tree}/ran; cat")
    target = tree / "out"
    target.mkdir()
    export(os.path.realpath(tree), git(tree, "rev-parse", "main"), str(target), limit=len(CLIENT))
    assert (target / "app" / "client.py").read_text() == CLIENT
    assert not (tree / "ran").exists()
    export(os.path.realpath(tree), git(tree, "rev-parse", "main"), str(tmp_path / "none"), limit=len(CLIENT) - 1)
    assert not (tmp_path / "none" / "app" / "client.py").exists()
