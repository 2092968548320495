"""What can be done about a finding, and the level afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from modelaudit.domain.finding import Effort, Option, Risk, SiteRisk
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.effort import effort, start_by
from modelaudit.judge.exposure import DEGRADED
from modelaudit.judge.replacement import Target
from modelaudit.judge.urgency import of_grant
from modelaudit.judge.wording import listed

_CHECKS = ("", ", adapt the call", ", validate the output", ", rebuild what depends on it")


def options(case: Case, ruling: Ruling, target: Target, worst: SiteRisk, work: Effort | None, context: Context) -> tuple[Option, ...]:
    """The ways out, the lasting one first. None for findings that ask for nothing."""
    if ruling.urgency == 0 or ruling.level is not None:
        return ()
    found: list[Option] = [_lasting(case, target, worst, work)]
    if case.site is None or worst.exposure < DEGRADED:
        return tuple(found)
    if case.site.operation != "embedding" and _has_model(target):
        after = context.risk.table.level(worst.urgency, 1, worst.difficulty, worst.late)
        if after.rank < worst.risk.rank:
            made = effort((Work("add_fallback", f"{case.path}:{case.span.line}"),), context.risk)
            found.append(Option("add a fallback to another model that also covers 404 and 403 errors", after, made))
    if worst.exposure == DEGRADED:
        found.append(Option("stay on the path without the model, accepted by an ignore with until and reason", worst.risk, None))
    if ruling.deadline is None:
        found += _licences(case, worst, work, context)
    return tuple(found)


def _licences(case: Case, worst: SiteRisk, work: Effort | None, context: Context) -> list[Option]:
    """What a licence buys: a short one, and one beyond everything that is near. None where the model is withdrawn for everyone."""
    acts = (case.verdict.restriction, *case.verdict.beside)
    if case.verdict.status is not Status.RESTRICTED or all(act is None or act.kind == "suspension" for act in acts):
        return []
    limits, table = context.risk.thresholds, context.risk.table
    found: list[Option] = []
    for until in (context.as_of + timedelta(days=limits.imminent), _year_end(context.as_of + timedelta(days=limits.near))):
        start = start_by(until, work)
        late = start is not None and context.as_of > start
        after = table.level(of_grant(until, context.as_of, limits), worst.exposure, worst.difficulty, late)
        found.append(Option(f"hold a licence until {until.isoformat()}, and record it as a grant", after, None))
    return found


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)


def _has_model(target: Target) -> bool:
    """False where only another provider is left: a fallback would be the same move."""
    return target.standing is not None and target.standing.restriction is None


def _lasting(case: Case, target: Target, worst: SiteRisk, work: Effort | None) -> Option:
    """`set SUMMARY_MODEL to claude-opus-4-8, validate the output`; another provider only when nothing else is left."""
    standing = target.standing
    if standing is None or not _has_model(target):
        return Option("move to another provider, or host an open-weight model", Risk.INFO, work)
    name = case.usage.literal.context.rpartition(".")[2]
    what = f"set {name} to {standing.spelling}" if name.isidentifier() and name.isupper() else f"move to {standing.spelling}"
    return Option(what + _allowed(worst) + _CHECKS[worst.difficulty], Risk.INFO, work)


def _allowed(worst: SiteRisk) -> str:
    """The policies that have to allow the replacement before it can answer."""
    places = [f"{one.path}:{one.line}" for factor in worst.factors if factor.id == "F30" for one in factor.evidence if one.path]
    return f", allow it at {listed(tuple(dict.fromkeys(places)), 'and')}" if places else ""
