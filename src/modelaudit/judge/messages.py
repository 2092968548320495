"""The clauses that messages are made of: which model, which platform, which date, how many days, what instead, says who."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.finding import Verdict
from modelaudit.domain.lifecycle import Restriction, Source
from modelaudit.judge.wording import days, listed, platform_name, relative


def subject(verdict: Verdict) -> str:
    """`claude-3-haiku-20240307 on Amazon Bedrock`, with the base of a fine-tune."""
    identity = verdict.identity
    name = identity.model or identity.written
    if identity.fine_tuned:
        name = f"{identity.written} (fine-tuned {name})"
    return f"{name} on {platform_name(verdict.platform)}"


def ended(verdict: Verdict, as_of: date) -> str:
    """`was retired 2026-09-10, 72 days ago`."""
    if verdict.deadline is None:
        return "is gone, says its publisher"
    return f"was retired {verdict.deadline.isoformat()}, {relative(verdict.deadline, as_of)}"


def ends(verdict: Verdict, as_of: date) -> str:
    """`ends 2026-11-30, in 9 days`, or that there is no date."""
    if verdict.deadline is None:
        return "is deprecated, no end date announced"
    return f"ends {verdict.deadline.isoformat()}, {relative(verdict.deadline, as_of)}"


def withdrawn(verdict: Verdict, as_of: date) -> str:
    """How a restriction stands on the day, in its own tense: nothing is called in force after its end."""
    act = verdict.restriction
    since = verdict.since
    when = "" if since is None else f" since {since.isoformat()} ({days((as_of - since).days)})"
    if act is None:
        return f"is unavailable{when}{_until(verdict.available_again, as_of)}"
    if act.lifted is not None and act.lifted <= as_of:
        back = _until(verdict.available_again, as_of)
        return f"is still withdrawn: {act.title} was lifted on {act.lifted.isoformat()}, but calls fail{back}"
    if verdict.available_again is not None or act.makes_calls_fail:
        return f"is withdrawn for {_bound(act, as_of)}{when}: {act.title}, in force since {act.effective.isoformat()}; no end announced"
    return f"is restricted{when}: {act.title} binds {act.bound}"


def instead(verdict: Verdict) -> str:
    """`; use claude-opus-4-8`, or what is newer; empty when the feed names nothing."""
    named = verdict.replacement
    if named is not None and named.drop_in:
        return f"; use {named.drop_in}"
    if named is not None and named.options:
        return f"; use {listed(named.options)}"
    return "" if verdict.successor is None else f"; {verdict.successor} is newer"


def doubt(verdict: Verdict, as_of: date) -> str:
    """What the missing platform could change: `; platform not visible, on Amazon Bedrock it ended 2026-09-10`."""
    if not verdict.assumed:
        return ""
    if not verdict.worse_elsewhere:
        return "; platform not visible in the code"
    clock = verdict.worse_elsewhere[0]
    where = platform_name(clock.platform)
    if clock.deadline is None:
        return f"; platform not visible in the code, on {where} it is {clock.status.value}"
    verb = "ends" if clock.deadline > as_of else "ended"
    return f"; platform not visible in the code, on {where} it {verb} {clock.deadline.isoformat()}"


def authority(sources: tuple[Source, ...]) -> str:
    """` (platform.claude.com)`: the host of the first official source, else of the first, marked as third-party."""
    best = next((source for source in sources if source.official), sources[0] if sources else None)
    if best is None:
        return ""
    host = best.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
    return f" ({host})" if best.official else f" ({host}, third-party)"


def _bound(act: Restriction, as_of: date) -> str:
    """Who is hit by an act that makes calls fail: everyone, less those whom a relief freed by then."""
    freed = tuple(relief.who for relief in act.relief if relief.on <= as_of)
    return f"all customers except {listed(freed, 'and')}" if freed else "all customers"


def _until(day: date | None, as_of: date) -> str:
    return "" if day is None else f" until {day.isoformat()} ({relative(day, as_of)})"
