"""A model that no longer answers.

## What it does

Reports a model ID whose model is retired, on the platform really called and on the day of judging. Only an exact shutdown date
that has come, or the provider's own statement, makes a model retired; a "not sooner than" date never does.

## Why it matters

Calls fail, usually with HTTP 404. The same model may still live on another platform: the dates of Amazon Bedrock, Vertex AI and
Azure differ from the publisher's by months, in both directions.

## Example

    client.messages.create(model="claude-3-haiku-20240307", max_tokens=256, messages=messages)

`claude-3-haiku-20240307` was retired on the Anthropic API on 2026-04-20. Use the replacement that the message names, and run what
checks the output.

## Options

`platforms` says where models are called when the code cannot show it. `names` says what your own deployment names stand for.

## Sources

The dated events of `rules/models`, each with the page it was read from.
"""

from __future__ import annotations

from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import authority, doubt, ended, instead, subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import DOWN, life_factors

RULE = Rule("retired-model", "The model no longer answers on that platform.", "lifecycle", True)

VALID = (
    Example("2026-04-19", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n'),
    Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-haiku-4-5-20251001")\n'),
)
INVALID = (
    Example("2026-04-20", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n'),
    Example("2026-11-21", 'import anthropic\nMODEL = "claude-3-haiku-20240307"\nanthropic.Anthropic().messages.create(model=MODEL)\n'),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """Retired, and nothing else answers in its place."""
    verdict = case.verdict
    if verdict.status is not Status.RETIRED or verdict.reroute is not None or case.is_implicit:
        return None
    as_of = context.as_of
    message = f"{subject(verdict)} {ended(verdict, as_of)}{instead(verdict, context)}{doubt(verdict, as_of)}{authority(verdict.sources)}"
    return Ruling(message, DOWN, life_factors(verdict, context))
