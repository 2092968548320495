"""A model that the project's own policy does not allow.

## What it does

Reports a model ID that a `deny` entry of the configuration matches, or that no `allow` entry matches where `allow` is set. A
policy may hold for some paths only, and until a day; from fourteen days before that day on, and after it, every run warns.

## Why it matters

What may be used is a decision: cost, data protection, contracts, quality. A written policy that nothing checks is soon forgotten.

## Example

With `deny = [{ publisher = "deepseek" }]` in the configuration, this is reported:

    client.chat.completions.create(model="deepseek-chat", messages=messages)

## Options

`deny`, `allow`, and `policy` for some paths or for a time.

## Sources

The project's configuration.
"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase

from modelaudit.config.settings import Matcher, Policy
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import subject
from modelaudit.judge.paths import matches
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import DOWN
from modelaudit.judge.wording import listed

RULE = Rule("denied-model", "The project's policy does not allow the model.", "policy", True)

_CALL = 'from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-5.6-sol")\n'
VALID = (Example("2026-11-21", _CALL), Example("2026-11-21", _CALL, config='allow = ["gpt-5.6-*"]'))
INVALID = (Example("2026-11-21", _CALL, config='deny = ["gpt-5.6-*"]'), Example("2026-11-21", _CALL, config='allow = ["claude-*"]'))


def judge(case: Case, context: Context) -> Ruling | None:
    """The first policy that forbids it."""
    if case.verdict.identity.model is None and case.verdict.identity.family is None:
        return None
    return next((found for policy in context.settings.policies if (found := _by(policy, case, context)) is not None), None)


def _by(policy: Policy, case: Case, context: Context) -> Ruling | None:
    if _is_over(policy, context.as_of) or (policy.paths and not matches(policy.paths, case.usage.path)):
        return None
    denied = next((matcher for matcher in policy.deny if _matches(matcher, case)), None)
    if denied is not None:
        sentence, words = "F02.denied", {"model": case.model, "pattern": _spelled(denied)}
        what = f"is denied by the project's policy ({words['pattern']})"
    elif policy.allow and not any(_matches(matcher, case) for matcher in policy.allow):
        sentence, words = "F02.not-allowed", {"model": case.model, "allowed": listed(tuple(map(_spelled, policy.allow)))}
        what = f"is not among the models that the project allows ({words['allowed']})"
    else:
        return None
    reason = f": {policy.reason}" if policy.reason else ""
    factor = context.say.factor(sentence, "urgency", "denied", "U4", (), **words)
    return Ruling(f"{subject(case.verdict)} {what}{reason}", DOWN, (factor,))


def _is_over(policy: Policy, as_of: date) -> bool:
    return policy.until is not None and as_of > policy.until


def _matches(matcher: Matcher, case: Case) -> bool:
    """Every field that is set holds."""
    verdict = case.verdict
    identity = verdict.identity
    names = (case.model, identity.written, identity.matched)
    checks = (
        matcher.model is None or any(fnmatchcase(name, matcher.model) for name in names),
        matcher.family is None or any(fnmatchcase(name, matcher.family) for name in (case.model, case.line)),
        matcher.publisher in (None, identity.publisher),
        matcher.platform in (None, verdict.platform),
        matcher.status in (None, verdict.status.value),
        matcher.fine_tuned in (None, identity.fine_tuned),
    )
    return all(checks)


def _spelled(matcher: Matcher) -> str:
    """The matcher as a person would say it."""
    fine_tuned = None if matcher.fine_tuned is None else "fine-tuned" if matcher.fine_tuned else "not fine-tuned"
    named = zip(matcher._fields[1:-1], matcher[1:-1], strict=True)
    parts = (f"{name} {value}" for name, value in named if value is not None)
    return ", ".join(filter(None, (matcher.model, *parts, fine_tuned)))
