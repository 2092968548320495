"""A fallback that goes down together with what it stands in for.

## What it does

Reports a call whose fallback is the same model, ends within 90 days or on the same day, is gone already, or is under the same restriction.

## Why it matters

Such a fallback is tried exactly when it cannot help.

## Example

    litellm.completion(model="anthropic/claude-fable-5", fallbacks=["bedrock/anthropic.claude-fable-5"], messages=messages)

The same model on another platform was withdrawn in the same evening.

## Options

Off unless selected: `--select resilience` or by name.

## Sources

`rules/models` and `rules/restrictions`, for both models.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.exposure import PROTECTED, unruled
from modelaudit.judge.fallback import trials
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("shared-fate-fallback", "The fallback goes down together with the model.", "resilience", False)

_CALL = 'import litellm\nlitellm.completion(model="anthropic/claude-opus-4-8", fallbacks=["{}"], messages=m)\n'
VALID = (Example("2026-11-21", _CALL.format("openai/gpt-5.6-sol")),)
INVALID = (
    Example("2026-11-21", _CALL.format("bedrock/anthropic.claude-opus-4-8")),
    Example("2026-11-21", _CALL.format("anthropic/claude-sonnet-4-5-20250929")),
    Example("2026-11-21", _CALL.format("anthropic/claude-3-haiku-20240307")),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """A fallback that fails the first test."""
    if case.site is None or case.usage.fallback:
        return None
    failed = next((trial for trial in trials(case, case.site, context) if trial.failed == 1), None)
    if failed is None or unruled(case, context).value <= PROTECTED:
        return None
    why = failed.why.partition(" (test")[0]
    return Ruling(
        f"{subject(case.verdict)} falls back to {failed.target.model}, which does not outlive it: {why}",
        NONE,
        (),
        level=Risk.MEDIUM,
        work=(Work("add_fallback", case.binding),),
    )
