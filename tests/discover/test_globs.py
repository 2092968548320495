"""Exclusion globs mean what git means; pathspec and git itself are the judges."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from modelaudit.discover.globs import Globs


def names_file(pattern: str, path: str) -> bool:
    """As a walk asks: first every folder on the way, then the file."""
    globs = Globs((pattern,))
    *folders, name = path.split("/")
    above = ""
    for folder in folders:
        above = f"{above}/{folder}" if above else folder
        if globs.has_folder(above, folder):
            return True
    return globs.has_file(path, name)


@pytest.mark.parametrize(
    ("pattern", "path", "wanted"),
    [
        ("node_modules/", "a/node_modules/b/c.js", True),
        ("node_modules/", "a/node_modules", False),
        ("node_modules", "a/node_modules", True),
        ("*.min.js", "static/app.min.js", True),
        ("*.min.js", "static/app.js", False),
        ("/build", "build/a.py", True),
        ("/build", "src/build/a.py", False),
        ("docs/api", "docs/api/a.md", True),
        ("docs/api", "x/docs/api/a.md", False),
        ("**/docs/api", "x/docs/api/a.md", True),
        ("tests/**", "tests/a/b.py", True),
        ("tests/**", "x/tests/a.py", False),
        ("**/tests/**", "x/tests/a.py", True),
        ("a/**/b.py", "a/b.py", True),
        ("a/**/b.py", "a/x/y/b.py", True),
        ("test_?.py", "x/test_1.py", True),
        ("test_?.py", "x/test_10.py", False),
        ("[!a-c]*.py", "d.py", True),
        ("[!a-c]*.py", "a.py", False),
        ("*_pb2.py", "gen/x_pb2.py", True),
        ("gen*", "src/gen1/deep/a.py", True),
        ("a*c*e.py", "abcde.py", True),
        ("a*c*e.py", "abcd/e.py", False),
        ("", "a.py", False),
        ("/", "a.py", False),
    ],
)
def test_globs(pattern: str, path: str, wanted: bool) -> None:
    assert names_file(pattern, path) is wanted
    assert GitIgnoreSpec.from_lines([pattern]).match_file(path) is wanted


PARTS = st.text(alphabet="ab.*?", min_size=1, max_size=5) | st.sampled_from(["**", "*", "[ab]", "[!a]*", "a[b-c]", "*.py", "*a", "a*b*"])
PATTERNS = st.builds(
    lambda lead, parts, tail: lead + "/".join(parts) + tail,
    st.sampled_from(["", "/"]),
    st.lists(PARTS, min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
)
PATHS = st.lists(st.text(alphabet="abc.", min_size=1, max_size=4).filter(lambda part: part.strip(".")), min_size=1, max_size=4).map(
    "/".join
)


@settings(max_examples=1000)
@given(PATTERNS.filter(lambda pattern: not pattern.endswith("**/")), PATHS)
@example("a/**/b/**", "a/x/b/c")
@example("**/**/a", "b/a")
def test_globs_agree_with_pathspec(pattern: str, path: str) -> None:
    """Except that `a/**/` means folders to git and anything to pathspec."""
    assert names_file(pattern, path) == GitIgnoreSpec.from_lines([pattern]).match_file(path)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@settings(max_examples=200, deadline=None)
@given(pattern=PATTERNS, path=PATHS)
@example(pattern="?/**/", path="a/a")
def test_globs_agree_with_git(repository: Path, pattern: str, path: str) -> None:
    (repository / ".git" / "info" / "exclude").write_text(pattern + "\n")
    done = subprocess.run(["git", "-C", str(repository), "check-ignore", "-q", "--no-index", "--", path], check=False)
    assert names_file(pattern, path) is (done.returncode == 0)


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/a/" * 30 + "b", "x/" + "*a*/**/" * 30 + "b", "?*" * 60 + "b"])
def test_a_hostile_glob_takes_no_exponential_time(pattern: str) -> None:
    path = "x/" + "/".join(["a" * 100] * 40)
    began = time.perf_counter()
    names_file(pattern, path)
    assert time.perf_counter() - began < 2.0
