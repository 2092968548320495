"""Globs, against the regular expressions that they replace."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.extract.globs import Glob


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("**/*.y*ml", "a.yaml"),
        ("**/*.y*ml", "x/y/a.yml"),
        ("**/.claude/agents/**/*.md", ".claude/agents/review.md"),
        ("**/.claude/agents/**/*.md", "pkg/.claude/agents/a/b/review.md"),
        ("**/.github/workflows/*.y*ml", ".github/workflows/ci.yml"),
        ("**/__snapshots__/**", "web/__snapshots__/a/b.snap"),
        ("**/OAI_CONFIG_LIST*", "OAI_CONFIG_LIST"),
        ("**/docker-compose*.y*ml", "docker-compose.prod.yaml"),
    ],
)
def test_matches(glob: str, path: str) -> None:
    assert Glob(glob).matches(path.split("/"))


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("**/*.yml", "a.yaml"),
        ("*.yml", "x/a.yml"),
        ("**/.github/workflows/*.yml", ".github/workflows/nested/ci.yml"),
        ("**/__snapshots__/**", "__snapshots__"),
        ("**/a*a", "a"),
    ],
)
def test_does_not_match(glob: str, path: str) -> None:
    assert not Glob(glob).matches(path.split("/"))


NAME = st.text("ab.*", min_size=1, max_size=4).filter(lambda name: name != "**")
GLOBS = st.lists(st.just("**") | NAME, min_size=1, max_size=4).map("/".join)
PATHS = st.lists(st.text("ab.", min_size=1, max_size=4), min_size=1, max_size=4)


@given(GLOBS, PATHS)
def test_a_glob_is_its_regular_expression(glob: str, path: list[str]) -> None:
    text = "/".join(path) + "/"
    pieces = glob.split("/")
    made = ""
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        made += ("(?:[^/]+/)+" if last else "(?:[^/]+/)*") if piece == "**" else re.escape(piece).replace(r"\*", "[^/]*") + "/"
    assert Glob(glob).matches(path) == (re.fullmatch(made, text) is not None)
