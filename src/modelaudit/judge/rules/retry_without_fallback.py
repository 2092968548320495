"""Trying the same model again, and nothing else.

## What it does

Reports a production call that is repeated on errors (a retry decorator, a loop, `max_retries`) while no other model is tried and no handler
tells a withdrawn model from a busy one.

## Why it matters

A withdrawn model fails every time. Retrying adds minutes to an outage.

## Example

    @tenacity.retry(stop=tenacity.stop_after_attempt(5))
    def ask(text):
        return client.messages.create(model="claude-opus-4-8", max_tokens=1024, messages=text)

## Options

Off unless selected: `--select resilience` or by name.

## Sources

Error classes in `rules/risk.toml`.
"""

from __future__ import annotations

from modelaudit.domain import traces
from modelaudit.domain.facts import Site
from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.exposure import UNPROTECTED, unruled
from modelaudit.judge.handlers import handler_covers
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE

RULE = Rule("retry-without-fallback", "The same model is tried again, no other one.", "resilience", False)

_ARGUMENTS = frozenset(("max_retries", "num_retries", "retries", "retry_policy", "retry_options"))
_CALL = 'import litellm\nlitellm.completion(model="anthropic/claude-opus-4-8", messages=m{})\n'
VALID = (
    Example("2026-11-21", _CALL.format("")),
    Example("2026-11-21", _CALL.format(', num_retries=3, fallbacks=["anthropic/claude-sonnet-5-5"]')),
)
INVALID = (Example("2026-11-21", _CALL.format(", num_retries=3")),)


def judge(case: Case, context: Context) -> Ruling | None:
    """Repeated and unprotected."""
    site = case.site
    if site is None or case.usage.fallback or not _repeats(site):
        return None
    covered = any(handler.action != "retry" and handler_covers(handler, site, context.risk.errors) for handler in site.handlers)
    if covered or unruled(case, context).value < UNPROTECTED:
        return None
    message = f"{subject(case.verdict)} is tried again on errors and no other model is tried; a withdrawn model fails every time"
    return Ruling(message, NONE, (), level=Risk.LOW)


def _repeats(site: Site) -> bool:
    return (
        any(trace.kind == traces.RETRY for trace in site.traces)
        or any(handler.action == "retry" for handler in site.handlers)
        or any(argument.name.rpartition(".")[2] in _ARGUMENTS and argument.value != 0 for argument in site.arguments)
    )
