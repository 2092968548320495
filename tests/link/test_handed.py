"""What programs that read a config file hand to a function of the tree, which the file names: providers of promptfoo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

PROVIDER = """
import anthropic

client = anthropic.Anthropic()


def call_api(prompt, options, context):
    config = options.get("config", {})
    return client.messages.create(model=config.get("model", "claude-opus-4-8"), max_tokens=9, messages=[])
"""
"""The call is on line 8."""
CONFIG = """
prompts: [a.txt]
providers:
  - id: file://providers/minutes.py
    config:
      model: claude-3-haiku-20240307
"""
"""The model is on line 5."""
DEFAULT = "evals/providers/minutes.py:8 > evals/providers/minutes.py:8"
JOINED = "evals/promptfooconfig.yaml:5 > evals/providers/minutes.py:8"


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]


def test_the_configuration_of_a_provider_reaches_its_call(join_tree: JoinTree) -> None:
    joined = join_tree({"evals/promptfooconfig.yaml": CONFIG, "evals/providers/minutes.py": PROVIDER})
    assert joined.ways() == {DEFAULT, JOINED}
    assert joined.steps("evals/promptfooconfig.yaml:5", "evals/providers/minutes.py:8") == [
        "evals/promptfooconfig.yaml:5 config key providers[0].config.model",
        "evals/promptfooconfig.yaml:5 handed to call_api() as options",
        "evals/providers/minutes.py:7 variable config",
    ]


def test_a_provider_without_an_id_is_read(join_tree: JoinTree) -> None:
    provider = PROVIDER.replace('config.get("model", "claude-opus-4-8")', 'config["model"]')
    assert join_tree({"evals/promptfooconfig.yaml": CONFIG, "evals/providers/minutes.py": provider}).ways() == {JOINED}


@pytest.mark.parametrize("name", ["python:providers/minutes.py", "file://./providers/minutes.py", "python:providers/minutes.py:call_api"])
def test_other_ways_to_name_the_file(join_tree: JoinTree, name: str) -> None:
    config = CONFIG.replace("file://providers/minutes.py", name)
    assert JOINED in join_tree({"evals/promptfooconfig.yaml": config, "evals/providers/minutes.py": PROVIDER}).ways()


def test_the_function_that_the_file_names(join_tree: JoinTree) -> None:
    config = CONFIG.replace("minutes.py", "minutes.py:ask")
    assert JOINED not in join_tree({"evals/promptfooconfig.yaml": config, "evals/providers/minutes.py": PROVIDER}).ways()
    named = PROVIDER.replace("call_api", "ask")
    assert JOINED in join_tree({"evals/promptfooconfig.yaml": config, "evals/providers/minutes.py": named}).ways()


def test_two_providers_of_one_file(join_tree: JoinTree) -> None:
    config = CONFIG + "  - id: file://providers/minutes.py\n    config: {model: claude-3-opus-20240229, effort: low}\n"
    ways = join_tree({"evals/promptfooconfig.yaml": config, "evals/providers/minutes.py": PROVIDER}).ways()
    assert ways == {DEFAULT, JOINED, "evals/promptfooconfig.yaml:7 > evals/providers/minutes.py:8"}


@pytest.mark.parametrize("path", ["evals/other/minutes.py", "providers/minutes.py", "evals/providers/notes.py"])
def test_a_function_of_another_file_is_handed_nothing(join_tree: JoinTree, path: str) -> None:
    ways = join_tree({"evals/promptfooconfig.yaml": CONFIG, path: PROVIDER}).ways()
    assert ways == {f"{path}:8 > {path}:8", "evals/promptfooconfig.yaml:5 > evals/promptfooconfig.yaml:5"}
