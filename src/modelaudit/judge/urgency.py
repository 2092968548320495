"""Urgency of a verdict: how soon calls stop, from U0 (nothing announced) to U4 (down)."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.finding import Evidence, Factor, Verdict
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.risk import Thresholds
from modelaudit.judge.case import Context, record
from modelaudit.judge.wording import days, platform_name

NONE, ANNOUNCED, NEAR, IMMINENT, DOWN = range(5)


def by_date(day: date | None, as_of: date, limits: Thresholds) -> int:
    """U4 once the day has come, U3 and U2 inside the windows, else U1; U1 for an end without a date."""
    if day is None:
        return ANNOUNCED
    left = (day - as_of).days
    if left <= 0:
        return DOWN
    if left <= limits.imminent:
        return IMMINENT
    return NEAR if left <= limits.near else ANNOUNCED


def of_grant(until: date | None, as_of: date, limits: Thresholds) -> int:
    """The same for the last day of a licence, on which it still holds."""
    return NONE if until is None else min(by_date(until, as_of, limits), IMMINENT)


def of_life(verdict: Verdict, context: Context) -> int:
    """Urgency from the life of the model alone, restrictions apart."""
    if verdict.status is Status.RETIRED:
        return DOWN
    if verdict.status is Status.DEPRECATED:
        return max(ANNOUNCED, by_date(verdict.deadline, context.as_of, context.risk.thresholds))
    if verdict.status is Status.UNKNOWN:
        return ANNOUNCED
    if verdict.safe_until is not None:
        left = (verdict.safe_until - context.as_of).days
        return NONE if left > context.risk.thresholds.quiet_floor else ANNOUNCED
    return NONE


def life_factors(verdict: Verdict, context: Context) -> tuple[Factor, ...]:
    """F01, and F05 when the platform is assumed: why the urgency is what it is."""
    return (_life_factor(verdict, context), *platform_factors(verdict, context))


def platform_factors(verdict: Verdict, context: Context) -> tuple[Factor, ...]:
    """F05: which clock was used, and which other ones are worse."""
    if not verdict.assumed:
        return ()
    words = {"platform": platform_name(verdict.platform)}
    if not verdict.worse_elsewhere:
        return (context.say.factor("F05.assumed", "urgency", verdict.platform or "unknown", "none", (), **words),)
    factors: list[Factor] = []
    for clock in verdict.worse_elsewhere:
        words["other"] = platform_name(clock.platform)
        if clock.deadline is not None and clock.deadline > context.as_of:
            words["date"] = clock.deadline.isoformat()
            factors.append(context.say.factor("F05.worse-date", "urgency", clock.platform, "unknown", (), **words))
        else:
            words["status"] = clock.status.value
            factors.append(context.say.factor("F05.worse", "urgency", clock.platform, "unknown", (), **words))
    return tuple(factors)


def _life_factor(verdict: Verdict, context: Context) -> Factor:
    value = of_life(verdict, context)
    words = {
        "model": verdict.identity.model or verdict.identity.written,
        "platform": platform_name(verdict.platform),
        "publisher": verdict.identity.publisher or "the publisher",
    }
    sentence, shown = _life_sentence(verdict, value, context)
    if shown is not None:
        words["date"] = shown.isoformat()
        words["days"] = days((shown - context.as_of).days)
    return context.say.factor(sentence, "urgency", verdict.status.value, f"U{value}", _feed_record(verdict), **words)


def _life_sentence(verdict: Verdict, value: int, context: Context) -> tuple[str, date | None]:
    """The sentence of F01 that fits, and the date that it names."""
    deadline = verdict.deadline
    match verdict.status:
        case Status.RETIRED:
            return ("F01.stated", None) if deadline is None else ("F01.ended", deadline)
        case Status.DEPRECATED if deadline is not None and deadline > context.as_of:
            return "F01.ends", deadline
        case Status.DEPRECATED:
            return "F01.undated", None
        case Status.UNKNOWN:
            return "F01.unknown", None
        case _:
            pass
    if verdict.safe_until is not None and verdict.safe_until <= context.as_of:
        return "F01.floor-passed", verdict.safe_until
    if verdict.safe_until is not None:
        return ("F01.floor" if value == NONE else "F01.floor-near"), verdict.safe_until
    if verdict.status is Status.LEGACY:
        return "F01.legacy", None
    return ("F01.unreleased" if verdict.status is Status.UNRELEASED else "F01.active"), None


def _feed_record(verdict: Verdict) -> tuple[Evidence, ...]:
    return record(f"models/{verdict.identity.publisher}: {verdict.identity.model}, {verdict.platform}")
