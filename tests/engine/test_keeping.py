"""Facts of earlier runs: the same report with and without them, whatever happened to the cache or to the files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CALL = "from openai import OpenAI\nfrom settings import MODEL\nOpenAI().chat.completions.create(model=MODEL, messages=[])\n"
OTHERS = 45
"""More than the files from which the cache is used."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "settings.py").write_text('MODEL = "gpt-4-0314"\n')
    (folder / "calls.py").write_text(CALL)
    (folder / "app.yaml").write_text("model: claude-2.1\n")
    for number in range(OTHERS):
        (folder / f"other{number}.py").write_text(f"x = {number}\n")
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def scan(tree: Path, cache: Path | None, *options: str) -> str:
    place = ("--no-cache",) if cache is None else ("--cache-dir", str(cache))
    command = [sys.executable, "-m", "modelaudit", "scan", "--format", "json", "--exit-zero", "--as-of", "2026-11-21", *place, *options]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tree.parent / "user")}
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True, env=environment).stdout


def kept(cache: Path) -> Path:
    (found,) = cache.glob("*.facts")
    return found


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_is_the_same_without_a_cache_with_an_empty_one_and_with_a_full_one(tree: Path, tmp_path: Path, jobs: str) -> None:
    plain = scan(tree, None)
    assert '"gpt-4-0314"' in plain
    assert scan(tree, tmp_path / "cache", "--jobs", jobs) == plain
    assert scan(tree, tmp_path / "cache", "--jobs", jobs) == plain


def test_a_changed_a_new_and_a_removed_file_are_seen(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    scan(tree, cache)
    (tree / "settings.py").write_text('MODEL = "gpt-4-0613"\n')
    (tree / "app.yaml").unlink()
    (tree / "other3.py").write_text('MODEL = "claude-2.0"\n')
    assert scan(tree, cache) == scan(tree, None)
    assert "claude-2.0" in scan(tree, cache)


@pytest.mark.parametrize("damage", [b"", b"modelaudit facts 1\n", b"rubbish" * 1000])
def test_a_damaged_cache_is_ignored_and_written_again(tree: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    plain = scan(tree, cache)
    whole = kept(cache).read_bytes()
    kept(cache).write_bytes(damage)
    assert scan(tree, cache) == plain
    assert kept(cache).read_bytes()[:27] == whole[:27]  # its mark and how many entries it has


def test_a_changed_byte_anywhere_changes_nothing(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    plain = scan(tree, cache)
    whole = kept(cache).read_bytes()
    for at in range(20, len(whole), len(whole) // 6):
        kept(cache).write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert scan(tree, cache) == plain


def test_runs_at_the_same_time_do_not_disturb_one_another(tree: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "modelaudit", "scan", "--format", "json", "--exit-zero", "--as-of", "2026-11-21"]
    command += ["--cache-dir", str(tmp_path / "cache")]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "user")}
    runs = [subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(3)]
    assert {run.communicate()[0] for run in runs} == {scan(tree, None)}
    assert [run.returncode for run in runs] == [0, 0, 0]


def test_a_few_files_use_no_cache(tree: Path, tmp_path: Path) -> None:
    scan(tree, tmp_path / "cache", "settings.py", "calls.py")
    assert not (tmp_path / "cache").exists()


def test_the_project_cannot_say_where_the_cache_is(tree: Path, tmp_path: Path) -> None:
    (tree / "modelaudit.toml").write_text('cache-dir = "inside"\n')
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "user")}
    command = [sys.executable, "-m", "modelaudit", "scan", "--exit-zero"]
    subprocess.run(command, cwd=tree, capture_output=True, check=True, env=environment)
    assert not (tree / "inside").exists()
    kept(tmp_path / "user" / "modelaudit" / "facts")


def test_a_cache_can_be_looked_at_and_removed(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    scan(tree, cache)

    def told(what: str) -> str:
        command = [sys.executable, "-m", "modelaudit", "cache", what, "--cache-dir", str(cache)]
        return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True).stdout

    assert told("info").startswith("facts of 1 tree, ")
    assert told("clean").startswith("facts of 1 tree, ")
    assert told("info") == f"facts of 0 trees, 0.0 MB, in {cache}\n"
