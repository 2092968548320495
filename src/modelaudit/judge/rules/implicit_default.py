"""A call that names no model, and whose library fills in one that is going or gone.

## What it does

Reports a call without a model argument when the library's default, in the release whose default is known, is retired, deprecated
or restricted. When it is selected by name or with the group `resilience`, it also
reports defaults that are not going yet, as low.

## Why it matters

No model ID stands in the code, so no search finds it. A newer release of the library may have another default: then the upgrade
changes the model silently.

## Example

    llm = ChatOpenAI()

In the release whose default is known this means `gpt-3.5-turbo`, retired on 2026-10-23.

## Options

Give the model a name at the call.

## Sources

`default_model` and `default_in` in `rules/calls`, the dates in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Factor, Risk, Verdict
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import authority, doubt, ended, ends, instead, subject, withdrawn
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import DOWN, NONE, life_factors, of_life, platform_factors

RULE = Rule("implicit-default", "The library's default model is retired, deprecated or restricted.", "lifecycle", True, ("resilience",))

VALID = (
    Example("2026-11-21", 'from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model="gpt-3.5-turbo")\n'),
    Example(
        "2026-11-21",
        "from haystack.components.generators.chat import OpenAIChatGenerator\nllm = OpenAIChatGenerator(model='gpt-5.6-sol')\n",
    ),
)
INVALID = (
    Example("2026-11-21", "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI()\n"),
    Example("2026-11-21", "from llama_index.llms.anthropic import Anthropic\nllm = Anthropic()\n"),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """The same verdicts as for a written ID, in one rule."""
    verdict, as_of = case.verdict, context.as_of
    if not case.is_implicit or case.site is None or verdict.grant is not None:
        return None
    words = {"library": case.site.shape, "model": case.model}
    chosen = context.say.factor("F42.implicit", "context", case.model, "none", (), **words)
    tail = f"{instead(verdict, context)}{doubt(verdict, as_of)}{authority(verdict.sources)}"
    head = f"{case.site.callee} names no model; the library's default {subject(verdict)}"
    if verdict.status is Status.RESTRICTED:
        return Ruling(f"{head} {withdrawn(verdict, as_of)}{tail}", DOWN, (chosen, *platform_factors(verdict, context)))
    if verdict.status is Status.RETIRED:
        return Ruling(f"{head} {ended(verdict, as_of)}{tail}", DOWN, (chosen, *life_factors(verdict, context)))
    if verdict.status is not Status.DEPRECATED:
        return _healthy(head, chosen, verdict, context)
    factors = (chosen, *life_factors(verdict, context))
    return Ruling(f"{head} {ends(verdict, as_of)}{tail}", of_life(verdict, context), factors, verdict.deadline)


def _healthy(head: str, chosen: Factor, verdict: Verdict, context: Context) -> Ruling | None:
    """A default that is not going yet still changes with the library."""
    if not context.healthy_defaults or verdict.identity.model is None:
        return None
    message = f"{head} is {verdict.status.value}, and another release may have another default"
    return Ruling(message, NONE, (chosen,), level=Risk.LOW)
