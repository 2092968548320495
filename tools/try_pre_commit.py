"""Prove the hook with the real pre-commit program: `python tools/try_pre_commit.py [PRE_COMMIT]`, by hand, since it builds an environment.

A scratch repository uses this checkout as its hook repository. A commit with a retired model is refused, a file that the configuration
excludes is not looked at though pre-commit names it, and a commit without a retired model passes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
RETIRED = 'import anthropic\n\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307", max_tokens=9, messages=[])\n'
CLEAN = RETIRED.replace("claude-3-haiku-20240307", "claude-opus-5-5")
CONFIGURATION = '[tool.modelaudit]\nas-of = 2026-11-21\nextend-exclude = ["data"]\n'


def main() -> int:
    """Run the commits; 0 when each ended as it should."""
    program = sys.argv[1] if len(sys.argv) > 1 else shutil.which("pre-commit")
    if program is None:
        print("pre-commit is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        hooks, scratch = Path(place, "hooks"), Path(place, "scratch")
        _copy(hooks)
        return int(not all(_tries(program, hooks, scratch, Path(place, "home"))))


def _copy(target: Path) -> None:
    """The checkout as it is, as a repository that pre-commit can clone."""
    listed = _git(ROOT, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    _start(target)
    _git(target, "commit", "-q", "-m", "hooks")


def _tries(program: str, hooks: Path, scratch: Path, home: Path) -> list[bool]:
    scratch.mkdir()
    revision = _git(hooks, "rev-parse", "HEAD").strip()
    hook = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: modelaudit\n"
    (scratch / ".pre-commit-config.yaml").write_text(hook)
    (scratch / "pyproject.toml").write_text(CONFIGURATION)
    _start(scratch)
    environ = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    subprocess.run([program, "install"], cwd=scratch, env=environ, check=True, capture_output=True)
    return [
        _commit(scratch, environ, "a retired model is refused", {"app.py": RETIRED}, passes=False),
        _commit(scratch, environ, "an excluded file stays excluded", {"app.py": CLEAN, "data/old.py": RETIRED}, passes=True),
        _commit(scratch, environ, "a commit without one passes", {"other.py": CLEAN}, passes=True),
        _commit(scratch, environ, "and again it is refused", {"third.py": RETIRED}, passes=False),
        _try_repo(program, hooks, scratch, environ),
        *_only_changes(scratch, environ, hook),
    ]


def _only_changes(scratch: Path, environ: dict[str, str], hook: str) -> list[bool]:
    """With `--diff-base HEAD` the date turns no commit red that does not touch the call."""
    (scratch / ".pre-commit-config.yaml").write_text(f"{hook}        args: [--diff-base, HEAD]\n")
    _git(scratch, "add", "-A")
    _git(scratch, "commit", "-q", "--no-verify", "-m", "a retired model is in the history")
    return [
        _commit(scratch, environ, "a change elsewhere in its file passes", {"third.py": f"LIMIT = 1\n{RETIRED}"}, passes=True),
        _commit(scratch, environ, "a change of the call is refused", {"third.py": RETIRED.replace("=9", "=8")}, passes=False),
    ]


def _commit(scratch: Path, environ: dict[str, str], what: str, files: dict[str, str], *, passes: bool) -> bool:
    for name, text in files.items():
        (scratch / name).parent.mkdir(exist_ok=True)
        (scratch / name).write_text(text)
    _git(scratch, "add", "-A")
    done = subprocess.run(
        ["git", *_IDENTITY, "commit", "-m", what], cwd=scratch, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    return _told(what, done, as_expected=(done.returncode == 0) is passes and (passes or "retired-model" in done.stdout + done.stderr))


def _try_repo(program: str, hooks: Path, scratch: Path, environ: dict[str, str]) -> bool:
    command = [program, "try-repo", str(hooks), "modelaudit", "--all-files"]
    done = subprocess.run(command, cwd=scratch, env=environ, capture_output=True, encoding="utf-8", check=False)
    found = [line for line in done.stdout.splitlines() if "-->" in line]
    return _told(
        "try-repo finds the staged one only",
        done,
        as_expected=done.returncode == 1 and [line.split()[1] for line in found] == ["third.py:3:46"],
    )


def _told(what: str, done: subprocess.CompletedProcess[str], *, as_expected: bool) -> bool:
    print(f"{'ok    ' if as_expected else 'WRONG '} {what}")
    if not as_expected:
        print(done.stdout, done.stderr, f"exit code {done.returncode}", sep="\n")
    return as_expected


_IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")


def _start(folder: Path) -> None:
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *_IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
