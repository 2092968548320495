"""What can be done about a finding, and the level afterwards."""

from __future__ import annotations

from modelaudit.domain.finding import Effort, Option, Risk, SiteRisk
from modelaudit.judge.case import Case, Context, Ruling, Work
from modelaudit.judge.effort import effort
from modelaudit.judge.replacement import Target


def options(case: Case, ruling: Ruling, target: Target, worst: SiteRisk, work: Effort | None, context: Context) -> tuple[Option, ...]:
    """The ways out, the lasting one first. None for findings that ask for nothing."""
    if ruling.urgency == 0 or ruling.level is not None:
        return ()
    found: list[Option] = []
    if target.standing is not None and target.standing.restriction is None:
        found.append(Option(_move(case, target, worst), Risk.INFO, work))
    if case.site is not None and worst.exposure > 1 and case.site.operation != "embedding" and worst.urgency > 0:
        after = context.risk.table.level(worst.urgency, 1, worst.difficulty, worst.late)
        if after is not worst.risk:
            made = effort([Work("add_fallback", f"{case.path}:{case.span.line}")], context.risk)
            found.append(Option("add a fallback to another model that also covers 404 and 403 errors", after, made))
    return tuple(found)


def _move(case: Case, target: Target, worst: SiteRisk) -> str:
    """`set SUMMARY_MODEL to claude-opus-4-8, validate the output`."""
    assert target.standing is not None
    name = case.usage.literal.context
    what = f"set {name} to {target.standing.spelling}" if name.isidentifier() and name.isupper() else f"move to {target.standing.spelling}"
    checks = ("", ", adapt the call", ", validate the output", ", rebuild what depends on it")
    return what + checks[worst.difficulty]
