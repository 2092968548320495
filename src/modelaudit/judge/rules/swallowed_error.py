"""An outage that looks like an empty answer.

## What it does

Reports a production call whose error, a withdrawn model included, is caught and turned into nothing: logged, passed over, or answered with
an empty value.

## Why it matters

The outage is not seen where it happens. What reads the answer goes on with an empty one.

## Example

    try:
        return client.messages.create(model="claude-opus-4-8", max_tokens=1024, messages=text)
    except Exception:
        return None

## Options

Off unless selected: `--select resilience` or by name.

## Sources

Error classes in `rules/risk.toml`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.exposure import PROTECTED, unruled
from modelaudit.judge.handlers import caught, handler_covers
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE
from modelaudit.judge.wording import place

RULE = Rule("swallowed-error", "An error of the model becomes an empty answer.", "resilience", False)

_CALL = """import anthropic
client = anthropic.Anthropic()


def ask(text):
    try:
        return client.messages.create(model="claude-opus-4-8", messages=text)
    except {}:
        {}
"""
VALID = (
    Example("2026-11-21", _CALL.format("Exception", "raise")),
    Example("2026-11-21", _CALL.format("anthropic.RateLimitError", "return None")),
)
INVALID = (
    Example("2026-11-21", _CALL.format("Exception", "return None")),
    Example("2026-11-21", _CALL.format("anthropic.APIError", "pass")),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """A handler that covers a withdrawal and does nothing."""
    site = case.site
    if site is None:
        return None
    handler = next((one for one in site.handlers if one.action == "swallow" and handler_covers(one, site, context.risk.errors)), None)
    if handler is None or unruled(case, context).value <= PROTECTED:
        return None
    where = f"{caught(handler)} at {place(case.path, handler.span)}"
    return Ruling(f"an outage of {subject(case.verdict)} becomes an empty answer: {where} swallows the error", NONE, (), level=Risk.MEDIUM)
