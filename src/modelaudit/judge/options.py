"""What can be done about a finding, and the level afterwards."""

from __future__ import annotations

from modelaudit.domain.finding import Effort, Option, Risk, SiteRisk
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.effort import effort
from modelaudit.judge.exposure import DEGRADED
from modelaudit.judge.replacement import Target

_CHECKS = ("", ", adapt the call", ", validate the output", ", rebuild what depends on it")


def options(case: Case, ruling: Ruling, target: Target, worst: SiteRisk, work: Effort | None, context: Context) -> tuple[Option, ...]:
    """The ways out, the lasting one first. None for findings that ask for nothing."""
    if ruling.urgency == 0 or ruling.level is not None:
        return ()
    found: list[Option] = [_lasting(case, target, worst, work)]
    if case.site is None or worst.exposure < DEGRADED:
        return tuple(found)
    if case.site.operation != "embedding":
        after = context.risk.table.level(worst.urgency, 1, worst.difficulty, worst.late)
        if after.rank < worst.risk.rank:
            made = effort((Work("add_fallback", f"{case.path}:{case.span.line}"),), context.risk)
            found.append(Option("add a fallback to another model that also covers 404 and 403 errors", after, made))
    if worst.exposure == DEGRADED:
        found.append(Option("stay on the path without the model, accepted by an ignore with until and reason", worst.risk, None))
    if case.verdict.status is Status.RESTRICTED and case.verdict.restriction is not None and ruling.deadline is None:
        found.append(Option("hold a licence under which the provider serves you, and record it as a grant with its last day", None, None))
    return tuple(found)


def _lasting(case: Case, target: Target, worst: SiteRisk, work: Effort | None) -> Option:
    """`set SUMMARY_MODEL to claude-opus-4-8, validate the output`; another provider only when nothing else is left."""
    standing = target.standing
    if standing is None or standing.restriction is not None:
        return Option("move to another provider, or host an open-weight model", Risk.INFO, work)
    name = case.usage.literal.context.rpartition(".")[2]
    what = f"set {name} to {standing.spelling}" if name.isidentifier() and name.isupper() else f"move to {standing.spelling}"
    return Option(what + _CHECKS[worst.difficulty], Risk.INFO, work)
