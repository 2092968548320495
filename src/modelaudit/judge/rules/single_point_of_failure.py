"""One model, once withdrawn without notice, and nothing beside it.

## What it does

Reports a production call whose model, or whose model's line, has been withdrawn without notice before, and that tries no other model.

## Why it matters

On 2026-06-12 two models disappeared for everyone in one evening. Teams with an adequate fallback noticed it in their logs; the others
were down for eighteen days.

## Example

    client.messages.create(model="claude-fable-5", max_tokens=1024, messages=messages)

Add a fallback to a model of another fate that also fires on 404 and 403 errors.

## Options

Off unless selected: `--select resilience` or by name.

## Sources

Intervals of unavailability in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.exposure import NO_REQUEST, UNPROTECTED, unruled
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("single-point-of-failure", "Only one model, of a line that was withdrawn without notice before.", "resilience", False)

_CALL = """import anthropic
client = anthropic.Anthropic()


def ask(text):
    return client.messages.create(model="{}", messages=text)\n"""
VALID = (
    Example("2026-11-21", _CALL.format("claude-haiku-5-5")),
    Example("2026-06-20", _CALL.format("claude-fable-5")),
    Example("2026-11-21", _CALL.format("claude-fable-5"), path="tests/test_service.py"),
)
INVALID = (Example("2026-11-21", _CALL.format("claude-fable-5")),)


def judge(case: Case, context: Context) -> Ruling | None:
    """A line with a history, in production, unprotected."""
    verdict = case.verdict
    if (
        case.site is None
        or case.site.operation in NO_REQUEST
        or case.usage.fallback
        or verdict.status in (Status.RESTRICTED, Status.RETIRED)
        or not case.line
    ):
        return None
    gaps = context.standings.withdrawals(verdict.identity.publisher or "", case.line)
    if not gaps or unruled(case, context).value < UNPROTECTED:
        return None
    gap = next((one for one in gaps if one.model == case.model), gaps[0])
    until = "now" if gap.end is None else gap.end.isoformat()
    history = f"{gap.model} was withdrawn without notice from {gap.start.isoformat()} to {until}"
    return Ruling(
        f"{subject(verdict)} is a single point of failure: {history}, and no other model is tried",
        NONE,
        (),
        level=Risk.MEDIUM,
        work=(Work("add_fallback", case.binding),),
    )
