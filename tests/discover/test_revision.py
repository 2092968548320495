"""Files at a revision, from a repository that would like to run its own programs while we look."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from modelaudit.discover.revision import Revision
from modelaudit.domain.errors import UsageError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")


def run_git(folder: Path, *arguments: str) -> None:
    identity = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "t") | dict.fromkeys(
        ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "t@example.invalid"
    )
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=os.environ | identity)


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """`main` with one commit, and a branch with one more."""
    run_git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, a="one\n", old="first\nsecond\nthird\nfourth\n")
    run_git(tmp_path, "switch", "-q", "-c", "work")
    run_git(tmp_path, "mv", "old.py", "new.py")
    commit(tmp_path, a="two\n", b="b\n")
    return tmp_path


def test_files_as_they_were(repository: Path) -> None:
    revision = Revision(str(repository), "main")
    assert revision.read("a.py") == b"one\n"
    assert revision.read("b.py") is None


def test_a_renamed_file_is_read_under_its_former_name(repository: Path) -> None:
    assert Revision(str(repository), "main").read("new.py") == b"first\nsecond\nthird\nfourth\n"


def test_work_on_the_other_branch_does_not_count(repository: Path) -> None:
    run_git(repository, "switch", "-q", "main")
    commit(repository, a="three\n")
    run_git(repository, "switch", "-q", "work")
    assert Revision(str(repository), "main").read("a.py") == b"one\n"


@pytest.mark.parametrize("name", ["nothing", "--help", "-x", "main:a.py", ""])
def test_what_is_no_revision_is_a_usage_error(repository: Path, name: str) -> None:
    with pytest.raises(UsageError, match="git knows no such revision"):
        Revision(str(repository), name)


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not in a git repository"):
        Revision(str(tmp_path), "main")


def test_nothing_of_the_repository_is_run(repository: Path) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/caught\ncat\n")
    trap.chmod(0o755)
    (repository / ".gitattributes").write_text("*.py filter=evil diff=evil\n")
    for key in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.evil.command", "core.fsmonitor", "diff.external"):
        run_git(repository, "config", key, str(trap))
    (repository / "a.py").write_text("changed\n")
    revision = Revision(str(repository), "main")
    assert revision.read("a.py") == b"one\n"
    assert revision.renames == {"new.py": "old.py"}
    assert not (repository / "caught").exists()
