"""An ID that is spelled like a known family and is not in the feed.

## What it does

Reports, as information and only when selected, a model ID that looks like one of a known family but that the feed does not know,
with the nearest known ID.

## Why it matters

It is a typing error, a model newer than the feed, or a private name. The first fails on the first call.

## Example

    client.messages.create(model="claude-sonet-4-5", messages=messages)

## Options

Off unless selected: `--select unknown-model`. `names` says what your own deployment names stand for.

## Sources

The families in `rules/platforms.toml`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import ANNOUNCED

RULE = Rule("unknown-model", "The ID looks like one of a known family but is not in the feed.", "notice", False)

VALID = (Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5-2")\n'),)
INVALID = (Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-7")\n'),)


def judge(case: Case, context: Context) -> Ruling | None:
    """Information: the feed may simply be older than the model."""
    identity = case.verdict.identity
    if identity.model is not None or identity.opaque is not None or identity.family is None:
        return None
    factor = context.say.factor("F06.unknown", "urgency", "unknown", "U1", (), id=identity.written, family=identity.family)
    nearest = f"; the nearest known ID is {identity.nearest}" if identity.nearest else ""
    message = f"{identity.written} is spelled like the {identity.family} family but is not in the feed{nearest}"
    return Ruling(message, ANNOUNCED, (factor,), level=Risk.INFO)
