"""A moving name in production, and nothing that would notice the move.

## What it does

Reports a floating alias in production code of a project without an evaluation suite.

## Why it matters

The model behind the name changes without a commit. Only an evaluation shows what that did.

## Example

    client.messages.create(model="claude-3-5-haiku-latest", max_tokens=1024, messages=messages)

## Options

Off unless selected: `--select resilience` or by name.

## Sources

Aliases in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.exposure import PROTECTED, unruled
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("unevaluated-alias", "A floating alias in production without an evaluation suite.", "resilience", False)

_CALL = """import anthropic
client = anthropic.Anthropic()


def ask(text):
    return client.messages.create(model="{}", messages=text)\n"""
VALID = (Example("2025-06-01", _CALL.format("claude-3-5-haiku-20241022")),)
INVALID = (Example("2025-06-01", _CALL.format("claude-3-5-haiku-latest")),)


def judge(case: Case, context: Context) -> Ruling | None:
    """Floating, in production, unevaluated."""
    identity = case.verdict.identity
    if not identity.floating or context.evaluations or case.site is None or unruled(case, context).value <= PROTECTED:
        return None
    name = identity.alias or identity.written
    return Ruling(f"{name} moves without notice, and no evaluation suite was found that would notice", NONE, (), level=Risk.LOW)
