"""A model that a government, its provider or its licence withholds on that day.

## What it does

Reports a model ID whose model is unavailable, or under a restriction that makes calls fail for everyone or that binds a profile
which the project declares. The law and the outage are different intervals: after a restriction is lifted calls may still fail,
and the message says both. Nothing is called restricted after its end. A licence of the project (`grant`) lifts a restriction
until its last day, which then counts as the deadline.

## Why it matters

On 2026-06-12 two models disappeared for everyone in one evening and came back after eighteen days. Calls fail with 404 or 403,
and a handler for rate limits does not notice.

## Example

    client.messages.create(model="claude-fable-5", max_tokens=1024, messages=messages)

On 2026-06-20 this call fails for every customer, on every platform.

## Options

`profiles` declares whom further restrictions bind (`eu-licensee`, `us-defence-contractor`). `grant` records a licence.

## Sources

The dated acts of `rules/restrictions`, each with its evidence grade.
"""

from __future__ import annotations

from modelaudit.domain.finding import Factor, GrantUse, Verdict
from modelaudit.domain.lifecycle import Restriction, Status
from modelaudit.judge.case import Case, Context, Ruling, record
from modelaudit.judge.messages import authority, bound, doubt, instead, subject, withdrawn
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import DOWN, by_date, of_grant, platform_factors
from modelaudit.judge.wording import days, platform_name

RULE = Rule("restricted-model", "The model is withheld by a law, its provider or its licence on that day.", "lifecycle", True)

VALID = (
    Example("2026-06-10", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5")\n'),
    Example("2026-07-15", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5")\n'),
)
INVALID = (
    Example("2026-06-20", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5")\n'),
    Example("2026-06-30", 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-fable-5")\n'),
)


def judge(case: Case, context: Context) -> Ruling | None:
    """In force without a licence, or with one that ends."""
    verdict = case.verdict
    if case.is_implicit:
        return None
    if verdict.grant is not None:
        return _licensed(verdict, verdict.grant, context)
    if verdict.status is not Status.RESTRICTED:
        return None if verdict.upcoming is None else _announced(verdict, verdict.upcoming, context)
    as_of = context.as_of
    message = (
        f"{subject(verdict)} {withdrawn(verdict, as_of)}{instead(verdict, context)}{doubt(verdict, as_of)}{authority(verdict.sources)}"
    )
    others = tuple(_beside(act, context) for act in verdict.beside)
    return Ruling(message, DOWN, (_factor(verdict, context), *others, *platform_factors(verdict, context)))


def _licensed(verdict: Verdict, grant: GrantUse, context: Context) -> Ruling | None:
    """A licence that ends is a deadline; one without an end leaves nothing to say."""
    if grant.until is None:
        return None
    urgency = of_grant(grant.until, context.as_of, context.risk.thresholds)
    left = days((grant.until - context.as_of).days)
    words = {"date": grant.until.isoformat(), "days": left}
    factor = context.say.factor("F41.grant", "urgency", grant.until.isoformat(), f"U{urgency}", (), **words)
    acts = ", ".join(grant.restrictions)
    licence = f"the project's licence ends {grant.until.isoformat()}, {left} left"
    message = f"{subject(verdict)} is restricted ({acts}); {licence}{instead(verdict, context)}"
    return Ruling(message, urgency, (factor, *platform_factors(verdict, context)), grant.until)


def _announced(verdict: Verdict, act: Restriction, context: Context) -> Ruling:
    """An act that is public and begins later: a date like any other."""
    urgency = by_date(act.effective, context.as_of, context.risk.thresholds)
    left = days((act.effective - context.as_of).days)
    words = {"restriction": act.id, "date": act.effective.isoformat(), "days": left, "who": act.bound}
    factor = context.say.factor("F02.begins", "urgency", act.id, f"U{urgency}", record(f"restrictions: {act.id}"), **words)
    when = f"from {act.effective.isoformat()}, {left} left"
    message = f"{subject(verdict)} will be restricted {when}: {act.title}; this binds {act.bound}{instead(verdict, context)}"
    return Ruling(message, urgency, (factor, *platform_factors(verdict, context)), act.effective)


def _beside(act: Restriction, context: Context) -> Factor:
    """Another act that withholds the model as well: when the first one ends, calls still fail."""
    words = {"restriction": act.id, "date": act.effective.isoformat(), "who": act.bound}
    return context.say.factor("F02.binding", "urgency", act.id, "U4", record(f"restrictions: {act.id}"), **words)


def _factor(verdict: Verdict, context: Context) -> Factor:
    """F02 in the words that fit the day."""
    act, cause, since, back = verdict.restriction, verdict.behind, verdict.since, verdict.available_again
    words = {
        "restriction": "an outage" if act is None else act.id,
        "platform": platform_name(verdict.platform),
        "date": "an unknown day" if since is None else since.isoformat(),
        "back": "an unknown day" if back is None else back.isoformat(),
        "who": bound(verdict, context.as_of),
        "cause": "" if cause is None else cause.id,
    }
    if act is None:
        return context.say.factor("F02.outage", "urgency", "unavailable", "U4", (), **words)
    evidence = record(f"restrictions: {act.id}")
    if cause is not None and cause.lifted is not None and cause.lifted <= context.as_of:
        words |= {"restriction": cause.id, "lifted": cause.lifted.isoformat()}
        return context.say.factor("F02.lifted-unavailable", "urgency", act.id, "U4", evidence, **words)
    sentence = "F02.binding" if act.kind != "suspension" else "F02.unavailable" if cause is None else "F02.caused"
    return context.say.factor(sentence, "urgency", act.id, "U4", evidence, **words)
