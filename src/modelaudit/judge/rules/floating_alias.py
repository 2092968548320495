"""A name that moves to another model without notice.

## What it does

Reports, as information and only when selected, a model ID such as `claude-3-5-haiku-latest` that stands for one model today and
for another tomorrow.

## Why it matters

The code does not change, the model does: a change of behaviour has no commit. Pinned IDs stop on a day that is announced;
floating ones drift.

## Example

    client.messages.create(model="claude-3-5-haiku-latest", messages=messages)

## Options

Off unless selected: `--select floating-alias`.

## Sources

Aliases in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE
from modelaudit.judge.wording import platform_name

RULE = Rule("floating-alias", "The name moves to another model without notice.", "notice", False)

VALID = (Example("2025-06-01", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-5-haiku-20241022")\n'),)
INVALID = (Example("2025-06-01", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-5-haiku-latest")\n'),)


def judge(case: Case, context: Context) -> Ruling | None:
    """Information: nothing is wrong today."""
    identity = case.verdict.identity
    if not identity.floating:
        return None
    name = identity.alias or identity.written
    factor = context.say.factor("F04.floating", "urgency", "floating", "U0", (), id=name, model=case.model)
    message = f"{name} moves without notice; on {platform_name(case.verdict.platform)} it is {case.model} today"
    return Ruling(message, NONE, (factor,), level=Risk.INFO)
