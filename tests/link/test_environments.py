"""Which files set a variable for the code that reads it, in a tree of several projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

APP = """
import os
from anthropic import Anthropic
Anthropic().messages.create(model=os.environ["SUMMARY_MODEL"], max_tokens=9, messages=[])
"""
"""The call is on line 3."""
SET = "SUMMARY_MODEL=claude-3-haiku-20240307\n"
PACKAGES = "anthropic==0.60.0\n"


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]


@pytest.mark.parametrize("name", [".env", ".env.example", "prod.env"])
def test_the_variables_of_one_project_are_not_those_of_another(join_tree: JoinTree, name: str) -> None:
    joined = join_tree({"a/requirements.txt": PACKAGES, f"a/conf/{name}": SET, "b/requirements.txt": PACKAGES, "b/app.py": APP})
    assert joined.ways() == {f"a/conf/{name}:1 > a/conf/{name}:1"}


@pytest.mark.parametrize(
    ("lists", "env", "app"),
    [
        ("requirements.txt", ".env", "app.py"),
        ("a/requirements.txt", "a/.env", "a/src/app.py"),
        ("a/requirements.txt", ".env", "a/app.py"),
        ("api/requirements.txt", "docker/.env.example", "api/app.py"),
        ("a/requirements.txt", "a/deploy/prod.env", "a/app.py"),
    ],
)
def test_those_of_the_same_project_and_of_folders_that_are_none_are(join_tree: JoinTree, lists: str, env: str, app: str) -> None:
    assert join_tree({lists: PACKAGES, env: SET, app: APP}).ways() == {f"{env}:1 > {app}:3"}


def test_what_deploys_a_program_may_lie_anywhere(join_tree: JoinTree) -> None:
    deployment = "services:\n  web:\n    environment:\n      SUMMARY_MODEL: claude-3-haiku-20240307\n"
    joined = join_tree({"ops/requirements.txt": PACKAGES, "ops/compose.yaml": deployment, "b/app.py": APP})
    assert joined.ways() == {"ops/compose.yaml:4 > b/app.py:3"}


SETTING = "Resources:\n  Bot:\n    Properties:\n      Environment:\n        Variables:\n          SUMMARY_MODEL: claude-3-haiku-20240307\n"


@pytest.mark.parametrize("lists", ["a/requirements.txt", "a/src/requirements.txt"])
def test_what_is_set_for_the_code_near_it_is_not_for_that_of_another_project(join_tree: JoinTree, lists: str) -> None:
    own = {lists: PACKAGES, "a/template.yaml": SETTING, "a/src/app.py": APP}
    assert join_tree({**own, "b/requirements.txt": PACKAGES, "b/app.py": APP}).ways() == {"a/template.yaml:6 > a/src/app.py:3"}


@pytest.mark.parametrize(
    "files",
    [
        {"a/requirements.txt": PACKAGES, "a/template.yaml": SETTING},
        {"a/template.yaml": SETTING, "requirements.txt": PACKAGES},
    ],
)
def test_what_is_set_where_no_code_reads_it_is_for_all(join_tree: JoinTree, files: dict[str, str]) -> None:
    joined = join_tree({**files, "b/requirements.txt": PACKAGES, "b/app.py": APP})
    assert joined.ways() == {"a/template.yaml:6 > b/app.py:3"}


def test_what_a_folder_sets_is_for_the_code_of_the_same_project_too(join_tree: JoinTree) -> None:
    joined = join_tree({"requirements.txt": PACKAGES, "api/template.yaml": SETTING, "api/app.py": APP, "worker/app.py": APP})
    assert joined.ways() == {"api/template.yaml:6 > api/app.py:3", "api/template.yaml:6 > worker/app.py:3"}
