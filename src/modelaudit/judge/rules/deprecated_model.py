"""A model whose end is announced.

## What it does

Reports a model ID whose model still answers but will stop: on a known day, or on a day that is still to be announced. Up to 30
days before the end it is imminent, up to 90 days near.

## Why it matters

A swap of the ID is often not enough: the replacement may refuse arguments that this very call passes, and outputs that other code
depends on have to be validated again. The finding says by when to start.

## Example

    client.messages.create(model="claude-sonnet-4-5-20250929", temperature=0.2, messages=messages)

On 2026-11-21 this model had 9 days left on the Anthropic API, and 138 on Amazon Bedrock.

## Options

`platforms` says where models are called when the code cannot show it. The windows of 30 and 90 days are in `rules/risk.toml`.

## Sources

The dated events of `rules/models`, each with the page it was read from.
"""

from __future__ import annotations

from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import authority, doubt, ends, instead, subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import life_factors, of_life

RULE = Rule("deprecated-model", "The end of the model is announced on that platform.", "lifecycle", True)

VALID = (
    Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-haiku-5-5")\n'),
    Example("2026-11-30", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-sonnet-4-5-20250929")\n'),
)
INVALID = (
    Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-sonnet-4-5-20250929")\n'),
    Example("2026-11-21", 'from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o-mini")\n'),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """Deprecated, and calls will fail at the end."""
    verdict = case.verdict
    if verdict.status is not Status.DEPRECATED or verdict.reroute is not None or case.is_implicit:
        return None
    as_of = context.as_of
    message = f"{subject(verdict)} {ends(verdict, as_of)}{instead(verdict, context)}{doubt(verdict, as_of)}{authority(verdict.sources)}"
    return Ruling(message, of_life(verdict, context), life_factors(verdict, context), verdict.deadline)
