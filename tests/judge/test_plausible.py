"""One factory for many providers: an ID is told at the clients that can answer to it, and wherever it is written at a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pytest

from modelaudit.judge.judge import Judged


class Pipeline(Protocol):
    """See conftest."""

    def __call__(self, files: Mapping[str, str], day: str) -> Judged: ...


FACTORY = """
import boto3
import cohere
from anthropic import Anthropic
from openai import OpenAI

def ask(provider, text, model="{model}"):
    if provider == "anthropic":
        return Anthropic().messages.create(model=model, max_tokens=9, messages=[text])
    if provider == "cohere":
        return cohere.ClientV2().chat(model=model, messages=[text])
    if provider == "bedrock":
        return boto3.client("bedrock-runtime").converse(modelId=model, messages=[text])
    return OpenAI(base_url=provider).chat.completions.create(model=model, messages=[text])
"""


@pytest.mark.parametrize(
    ("model", "callees"),
    [
        # spelled as Bedrock alone spells it
        ("anthropic.claude-3-5-sonnet-20240620-v1:0", {"boto3.client().converse"}),
        # Anthropic's own spelling; whoever speaks OpenAI's interface may serve it as well
        ("claude-3-opus-20240229", {"Anthropic().messages.create", "OpenAI().chat.completions.create", "boto3.client().converse"}),
        ("gpt-4-0613", {"OpenAI().chat.completions.create"}),
        ("command-r-plus-04-2024", {"cohere.ClientV2().chat", "boto3.client().converse", "OpenAI().chat.completions.create"}),
    ],
)
def test_a_followed_id_is_told_where_it_can_be_answered(pipeline: Pipeline, model: str, callees: set[str]) -> None:
    judged = pipeline({"factory.py": FACTORY.replace("{model}", model)}, "2026-11-21")
    assert {use.usage.site.site.callee for use in judged.uses if use.usage.site is not None} == callees


def test_what_is_written_at_the_wrong_client_is_told_there(pipeline: Pipeline) -> None:
    code = 'import cohere\n\ncohere.ClientV2().chat(model="gpt-4-0613", messages=[])\n'
    judged = pipeline({"wrong.py": code}, "2026-11-21")
    assert [use.usage.site.site.callee for use in judged.uses if use.usage.site is not None] == ["cohere.ClientV2().chat"]


def test_an_id_that_fits_nowhere_keeps_all_its_sites(pipeline: Pipeline) -> None:
    code = FACTORY.replace("    return OpenAI(base_url=provider).chat.completions.create(model=model, messages=[text])\n", "")
    judged = pipeline({"factory.py": code.replace("{model}", "gpt-4-0613")}, "2026-11-21")
    assert len({use.usage.site.site.callee for use in judged.uses if use.usage.site is not None}) == 3
