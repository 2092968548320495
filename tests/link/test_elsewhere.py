"""What stands near a call and is written in another file: found, read although it holds no ID, and told with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from modelaudit.domain import traces
from modelaudit.domain.usage import Linked


class Joined(Protocol):
    """What `conftest` gives."""

    @property
    def linked(self) -> Linked: ...


JoinTree = Callable[[Mapping[str, str]], Joined]

TONE = "You are warm and playful, and never in a hurry."
PLAIN = "Answer every question in one very short word."
PROMPTS = f"# Prompts.\n\nTONE = {TONE!r}\nPLAIN = {PLAIN!r}\n"
CALL = """import anthropic
{}
client = anthropic.Anthropic()
answer = client.messages.create(model="claude-opus-4-8", system={}, messages=m)
{}
"""
TONED = {("system-prompt", f"{len(TONE)} app/prompts.py:3", 4), ("persona", f"{len(TONE)} app/prompts.py:3", 4)}
PLAINLY = ("system-prompt", f"{len(PLAIN)} app/prompts.py:4", 4)
FILES = {"app/__init__.py": "", "app/prompts.py": PROMPTS}


def near(join_tree: JoinTree, files: Mapping[str, str], *kinds: str) -> set[tuple[str, str, int]]:
    """(kind, text, line) of what stands near the calls."""
    sites = {usage.site.site for usage in join_tree(files).linked.usages if usage.site is not None}
    assert sites
    return {(trace.kind, trace.text, trace.span.line) for site in sites for trace in site.traces if trace.kind in kinds}


@pytest.mark.parametrize(
    ("imports", "prompt", "expected"),
    [
        ("from app.prompts import TONE", "TONE", TONED),
        ("from app.prompts import TONE as HOW", "HOW", TONED),
        ("from .prompts import TONE", "TONE", TONED),
        ("from app import prompts", "prompts.TONE", TONED),
        ("from . import prompts", "[{'type': 'text', 'text': prompts.TONE}]", TONED),
        ("import app.prompts", "app.prompts.TONE", TONED),
        ("import app.prompts as p", "p.TONE", TONED),
        ("from app.prompts import PLAIN", "PLAIN", {PLAINLY}),
        (
            "from app.prompts import PLAIN",
            "'Be brief. ' + PLAIN",
            {("system-prompt", "10", 4), PLAINLY},
        ),
        ("from app.prompts import OTHER", "OTHER", {("system-prompt", "", 4)}),
        ("from somewhere import TONE", "TONE", {("system-prompt", "", 4)}),
    ],
)
def test_the_prompt_of_another_file(join_tree: JoinTree, imports: str, prompt: str, expected: set[tuple[str, str, int]]) -> None:
    files = {**FILES, "app/calls.py": CALL.format(imports, prompt, "")}
    assert near(join_tree, files, traces.SYSTEM_PROMPT, traces.PERSONA, traces.NAMED_PROMPT) == expected


def test_a_package_hands_a_prompt_on(join_tree: JoinTree) -> None:
    files = {**FILES, "app/__init__.py": "from app.prompts import TONE\n", "calls.py": CALL.format("from app import TONE", "TONE", "")}
    assert near(join_tree, files, traces.SYSTEM_PROMPT, traces.PERSONA) == TONED


def test_names_that_hand_each_other_on_end(join_tree: JoinTree) -> None:
    files = {"a.py": "from b import P\n", "b.py": "from a import P\n", "calls.py": CALL.format("from a import P", "P", "")}
    assert near(join_tree, files, traces.SYSTEM_PROMPT, traces.NAMED_PROMPT) == {("system-prompt", "", 4)}


@pytest.mark.parametrize(
    ("imports", "after", "expected"),
    [
        ("from app import work", "work.route(answer.content[0].text)", {("consumer", "work.route app/work.py:4", 5)}),
        ("from app.work import route", "route(answer.content[0].text)", {("consumer", "route app/work.py:4", 5)}),
        ("from app.work import missing", "missing(answer.content[0].text)", set()),
        ("from numpy import array", "array(answer.content[0].text)", set()),
    ],
)
def test_who_is_given_the_answer(join_tree: JoinTree, imports: str, after: str, expected: set[tuple[str, str, int]]) -> None:
    work = "import joblib\n\n\ndef route(text):\n    return joblib.load('m').predict([text])\n"
    files = {"app/__init__.py": "", "app/work.py": work, "app/calls.py": CALL.format(imports, "'x'", after)}
    assert near(join_tree, files, traces.CONSUMER) == expected
