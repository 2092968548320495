"""The clauses that messages are made of: which model, which platform, which date, how many days, what instead, says who."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.finding import Verdict
from modelaudit.domain.lifecycle import Source
from modelaudit.judge.case import Context
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
    act, since = verdict.restriction, verdict.since
    when = "" if since is None else f" since {since.isoformat()} ({days((as_of - since).days)})"
    if act is None:
        return f"is unavailable{when}"
    if act.kind != "suspension":
        return f"is restricted since {act.effective.isoformat()}: {act.title}; this binds {act.bound}"
    head = f"is withdrawn for {bound(verdict, as_of)}{when}"
    back = verdict.available_again
    until = None if back is None else f" until {back.isoformat()} ({relative(back, as_of)})"
    end = until or ", no end announced"
    cause = verdict.behind
    if cause is None:
        return f"{head}{end}: {act.title}"
    if cause.lifted is None or as_of < cause.lifted:
        return f"{head}{end}; the cause is the {cause.title}, in force since {cause.effective.isoformat()}"
    return f"{head}: the {cause.title} was lifted on {cause.lifted.isoformat()}, but calls still fail{until or ''}"


def bound(verdict: Verdict, as_of: date) -> str:
    """Whom the act binds, less those whom a relief has freed by then for this model."""
    act = verdict.restriction
    if act is None:
        return "all customers"
    freed = tuple(relief.who for relief in act.relief if relief.on <= as_of and verdict.identity.model in relief.subjects)
    return f"{act.bound} except {listed(freed, 'and')}" if freed else act.bound


def instead(verdict: Verdict, context: Context) -> str:
    """`; use claude-opus-4-8`, or what is newer; empty when the feed names nothing. What is withheld itself is not recommended."""
    target = context.targets.of(verdict)
    end, first = target.standing, target.first
    if end is None or target.how == "unnamed":
        return ""
    if end.restriction is not None:
        return f"; {end.spelling}, named as replacement, is withheld as well"
    if first is not None:
        return f"; use {end.spelling} ({first.spelling}, named first, is {first.status.value} itself)"
    if target.how == "options" and target.named is not None:
        return f"; use {listed(target.named.options)}"
    return f"; use {end.spelling}" if target.how == "drop-in" else f"; {end.spelling} is newer"


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
