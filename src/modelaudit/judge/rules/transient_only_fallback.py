"""A fallback that fires on overload only.

## What it does

Reports a call whose fallback does not fire when a model is gone (404) or denied (403), only on rate limits, timeouts, long prompts or
refusals.

## Why it matters

A withdrawn model answers 404 or 403. The fallback is there, and is not used.

## Example

    try:
        answer = ask("claude-opus-4-8")
    except anthropic.RateLimitError:
        answer = ask("claude-sonnet-5-5")

Catch `anthropic.APIStatusError`, or `NotFoundError` and `PermissionDeniedError` as well.

## Options

Off unless selected: `--select resilience` or by name.

## Sources

Error classes and fallback patterns in `rules/risk.toml`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.exposure import PROTECTED, unruled
from modelaudit.judge.fallback import trials
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("transient-only-fallback", "The fallback does not fire when a model is withdrawn.", "resilience", False)

_CALL = """import anthropic
client = anthropic.Anthropic()


def ask(text):
    try:
        return client.messages.create(model="claude-opus-4-8", messages=text)
    except {}:
        return client.messages.create(model="claude-sonnet-5-5", messages=text)
"""
VALID = (
    Example("2026-11-21", _CALL.format("anthropic.APIStatusError")),
    Example("2026-11-21", _CALL.format("(anthropic.NotFoundError, anthropic.PermissionDeniedError)")),
)
INVALID = (
    Example("2026-11-21", _CALL.format("anthropic.RateLimitError")),
    Example("2026-11-21", _CALL.format("anthropic.NotFoundError")),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """A fallback that fails the second test."""
    if case.site is None or case.usage.fallback:
        return None
    failed = next((trial for trial in trials(case, case.site, context) if trial.failed == 2), None)
    if failed is None or unruled(case, context).value <= PROTECTED:
        return None
    why = failed.why.partition(" (test")[0]
    message = f"{subject(case.verdict)} falls back to {failed.target.model} too narrowly: {why}"
    return Ruling(message, NONE, (), level=Risk.MEDIUM, work=(Work("add_fallback", case.binding),))
