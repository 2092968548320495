"""A model that is superseded, without an end date.

## What it does

Reports, as information, a model ID whose model its publisher calls legacy, or that has a successor of the same line. A "not
sooner than" date is shown as "safe until"; it never counts as an end.

## Why it matters

A superseded model is the next to be deprecated. Moving when the code is open anyway costs least.

## Example

    client.messages.create(model="claude-fable-5", max_tokens=1024, messages=messages)

On 2026-11-21 `claude-fable-5` is legacy and safe until 2027-06-09 on the Anthropic API.

## Options

None.

## Sources

`legacy` events and `succeeded_by` in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Verdict
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import authority, doubt, instead, subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import life_factors, of_life

RULE = Rule("legacy-model", "The model is superseded; no end is announced.", "lifecycle", True)

VALID = (Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5-2")\n'),)
INVALID = (Example("2026-11-21", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5")\n'),)


def judge(case: Case, context: Context) -> Ruling | None:
    """Legacy, and no restriction that a licence merely lifts."""
    verdict = case.verdict
    if verdict.status is not Status.LEGACY or case.is_implicit:
        return None
    tail = f"{instead(verdict, context)}{doubt(verdict, context.as_of)}{authority(verdict.sources)}"
    message = f"{subject(verdict)} is legacy{_safe(verdict, context)}{tail}"
    return Ruling(message, of_life(verdict, context), life_factors(verdict, context))


def _safe(verdict: Verdict, context: Context) -> str:
    if verdict.safe_until is None:
        return ", no end announced"
    if verdict.safe_until <= context.as_of:
        return f", the promise until {verdict.safe_until.isoformat()} has passed, no end announced"
    return f", safe until {verdict.safe_until.isoformat()}"
