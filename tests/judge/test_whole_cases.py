"""Faults seen in whole reports, each held by the smallest tree that showed it."""

from __future__ import annotations

from collections.abc import Callable

from modelaudit.judge import Judged

Pipeline = Callable[..., Judged]

COUNTED = """\
import anthropic

client = anthropic.Anthropic()
MODEL = "claude-fable-5"


def ask(text):
    return client.messages.create(model=MODEL, max_tokens=9, messages=[{"role": "user", "content": text}])


def count(text):
    return client.messages.count_tokens(model=MODEL, messages=[{"role": "user", "content": text}])
"""
COMPOSE = "services:\n  web:\n    environment:\n      ASK_MODEL: claude-fable-5\n"
READ = """\
import os

import anthropic


def ask(text):
    return anthropic.Anthropic().messages.create(model=os.environ["ASK_MODEL"], max_tokens=9, messages=[])
"""


def test_a_count_of_tokens_gives_no_answer_to_validate(pipeline: Pipeline) -> None:
    (found,) = pipeline({"app.py": COUNTED}, "2026-06-20").findings
    assert len(found.sites) == 2
    assert found.effort is not None
    assert [item.count for item in found.effort.items if item.name == "reval_noeval"] == [1]


def test_a_page_is_cited_once_and_as_it_was_last_read(pipeline: Pipeline) -> None:
    (found,) = pipeline({"app.py": COUNTED}, "2026-06-20").findings
    addresses = [source.url for source in found.verdict.sources]
    assert len(addresses) == len(set(addresses))
    notes = next(source for source in found.verdict.sources if source.url.endswith("release-notes/overview"))
    assert notes.retrieved is not None


def test_advice_names_the_variable_wherever_it_is_set(pipeline: Pipeline) -> None:
    (found,) = pipeline({"compose.yaml": COMPOSE, "app.py": READ}, "2026-06-20").findings
    assert found.usage.path == "compose.yaml"
    assert found.options[0].do.startswith("set ASK_MODEL to ")
