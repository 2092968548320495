"""Command lines that run a script of the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

SCRIPT = """
import argparse
from openai import OpenAI
parser = argparse.ArgumentParser()
parser.add_argument("--judge-model", required=True)
args = parser.parse_args()
OpenAI().chat.completions.create(model=args.judge_model, messages=[])
"""
"""The call is on line 6."""


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", "python evals/judge.py --judge-model gpt-4-0613\n"),
        ("run.sh", "cd evals\nuv run python ./judge.py --input a.json --judge-model=gpt-4-0613\n"),
        (".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n    - run: python evals/judge.py --judge-model gpt-4-0613\n"),
        ("package.json", '{"scripts": {"judge": "python evals/judge.py --judge-model gpt-4-0613"}}\n'),
    ],
)
def test_the_option_of_a_command_reaches_the_call_of_the_script(name: str, text: str, join_tree: JoinTree) -> None:
    joined = join_tree({"evals/judge.py": SCRIPT, name: text})
    line = 1 + text[: text.index("gpt-4")].count("\n")
    assert joined.ways() == {f"{name}:{line} > evals/judge.py:6"}, "and the command is no call of its own"
    assert joined.steps(f"{name}:{line}", "evals/judge.py:6")[0].endswith("given on the command line as --judge-model")


@pytest.mark.parametrize(
    "text",
    [
        "python evals/prejudge.py --judge-model gpt-4-0613\n",
        "judge --judge-model gpt-4-0613\n",
        "python evals/judge.py --model gpt-4-0613\n",
    ],
)
def test_another_script_or_another_option_is_none(text: str, join_tree: JoinTree) -> None:
    joined = join_tree({"evals/judge.py": SCRIPT, "run.sh": text})
    assert joined.ways() == {"run.sh:1 > run.sh:1"}
