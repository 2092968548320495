"""No log and no metric when this model fails.

## What it does

Reports a model in production code for which no handler of any of its calls logs or counts the error.

## Why it matters

A withdrawn model is found out by users. A line in the log names the model on the first failed call.

## Example

    client.messages.create(model="claude-opus-4-8", max_tokens=1024, messages=messages)

## Options

Off unless selected: `--select resilience` or by name.

## Sources

None: the code itself.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.exposure import PROTECTED, unruled
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("unmonitored-model-errors", "No handler of the model logs or counts its errors.", "resilience", False)

_CALL = """import logging
import anthropic
client = anthropic.Anthropic()


def ask(text):
    try:
        return client.messages.create(model="claude-opus-4-8", messages=text)
    except Exception:
        {}raise
"""
VALID = (Example("2026-11-21", _CALL.format('logging.exception("claude-opus-4-8 failed")\n        ')),)
INVALID = (Example("2026-11-21", _CALL.format("")),)


def judge(case: Case, context: Context) -> Ruling | None:
    """In production, and silent."""
    if case.site is None or case.usage.fallback or case.model in context.logged or unruled(case, context).value <= PROTECTED:
        return None
    message = f"no handler logs or counts errors of {subject(case.verdict)}: an outage shows first at its users"
    return Ruling(message, NONE, (), level=Risk.LOW)
