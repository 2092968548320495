"""A report as plain data with the keys of DESIGN 10, for every format that machines read. Keys keep their order; fields are only added."""

from __future__ import annotations

from modelaudit.domain.facts import Notification
from modelaudit.domain.finding import (
    Clock,
    Effort,
    EffortItem,
    Evidence,
    Factor,
    Finding,
    Option,
    SiteRisk,
    SuppressedBy,
    Verdict,
)
from modelaudit.domain.location import Span
from modelaudit.domain.report import FeedInfo, Report, Skipped
from modelaudit.domain.usage import Step, Unresolved
from modelaudit.report.escape import well_formed
from modelaudit.report.record_facts import Record, day, grant, replacement, restriction, sources
from modelaudit.report.words import RISKS

SCHEMA = "modelaudit-report/1"


def head(report: Report) -> Record:
    """Everything before the findings."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "modelaudit", "version": report.version},
        "rules": feed(report.feed),
        "as_of": report.as_of.isoformat(),
        "summary": summary(report),
    }


def feed(info: FeedInfo) -> Record:
    """The rules feed that judged."""
    return {"digest": info.digest, "generated": info.generated.isoformat(), "models": info.models, "source": info.source}


def summary(report: Report) -> Record:
    """The counts."""
    counts = report.summary
    by_risk = dict(counts.by_risk)
    return {
        "files": counts.files,
        "skipped": sum(number for _, number in counts.skipped),
        "skipped_by_reason": dict(counts.skipped),
        "literals": counts.literals,
        "sites": counts.sites,
        "unresolved": counts.unresolved,
        "findings": counts.findings,
        "suppressed": counts.suppressed,
        "by_risk": {risk.value: by_risk.get(risk.value, 0) for risk in RISKS},
        "by_rule": dict(counts.by_rule),
        "by_model": {well_formed(model): number for model, number in counts.by_model},
    }


def finding(one: Finding) -> Record:
    """A finding with all its sites."""
    judged = one.verdict
    return {
        "rule": one.rule,
        "risk": one.risk.value,
        "message": well_formed(one.message),
        "model": model(judged),
        "status": judged.status.value,
        "since": day(judged.since),
        "deadline": day(judged.deadline),
        "days_left": judged.days_left,
        "precision": judged.precision.value if judged.precision else None,
        "safe_until": day(judged.safe_until),
        "reroute": judged.reroute,
        "successor": judged.successor,
        "worse_elsewhere": [_clock(clock) for clock in judged.worse_elsewhere],
        "role": one.usage.role.value,
        "context": well_formed(one.usage.literal.context),
        "location": location(one.usage.path, one.usage.literal.span),
        "sites": [site(risk) for risk in one.sites if risk.placed is not None],
        "unplaced": next((_levels(risk) for risk in one.sites if risk.placed is None), None),
        "effort": _effort(one.effort),
        "start_by": day(one.start_by),
        "options": [_option(option) for option in one.options],
        "replacement": replacement(one),
        "restriction": restriction(judged.restriction, judged.available_again, judged.behind),
        "grant": grant(judged.grant),
        "sources": sources(judged.sources),
        "disputed": judged.disputed,
        "fingerprint": one.fingerprint,
        "suppression": _suppression(one.suppression),
        "baseline_state": one.baseline_state,
    }


def model(judged: Verdict) -> Record:
    """What the literal names, and on which platform it was judged."""
    named = judged.identity
    return {
        "id": named.model,
        "written": well_formed(named.written),
        "publisher": named.publisher,
        "platform": judged.platform,
        "platform_evidence": well_formed(named.evidence),
        "platform_assumed": judged.assumed,
        "region": named.region,
        "version": named.version,
        "fine_tuned": named.fine_tuned,
        "alias": named.alias,
        "opaque": named.opaque,
        "nearest": named.nearest,
    }


def location(path: str, span: Span) -> Record:
    """A span in a file."""
    return {
        "path": well_formed(path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def site(risk: SiteRisk) -> Record:
    """A call site with its level, the way to it and the reasons; of a site that stands somewhere."""
    placed = risk.placed
    if placed is None:
        return _levels(risk)
    return {
        **location(placed.path, placed.site.span),
        "callee": well_formed(placed.site.callee),
        "argument": placed.site.argument,
        "operation": placed.site.operation,
        "function": well_formed(placed.site.function),
        "fallback": risk.usage.fallback,
        **_levels(risk),
    }


def unresolved(one: Unresolved) -> Record:
    """A site that was not followed."""
    return {
        "path": well_formed(one.path),
        "line": one.site.span.line,
        "column": one.site.span.column,
        "callee": well_formed(one.site.callee),
        "why": well_formed(one.why),
    }


def skipped(one: Skipped) -> Record:
    """What was not read, and how many files it stands for."""
    return {"path": well_formed(one.path), "why": one.why, "count": one.count}


def notification(one: Notification) -> Record:
    """Something the run could not do."""
    return {
        "level": one.level,
        "code": one.code,
        "message": well_formed(one.message),
        "path": None if one.path is None else well_formed(one.path),
        "line": one.line,
        "hint": one.hint,
    }


def _levels(risk: SiteRisk) -> Record:
    return {
        "risk": risk.risk.value,
        "urgency": risk.urgency,
        "exposure": risk.exposure,
        "difficulty": risk.difficulty,
        "late": risk.late,
        "confidence": risk.confidence.value,
        "flow": [_step(step) for step in risk.flow],
        "factors": [_factor(factor) for factor in risk.factors],
    }


def _step(step: Step) -> Record:
    return {"path": well_formed(step.path), "line": step.span.line, "column": step.span.column, "what": well_formed(step.what)}


def _factor(factor: Factor) -> Record:
    return {
        "id": factor.id,
        "point": factor.point,
        "value": well_formed(factor.value),
        "effect": factor.effect,
        "sentence": well_formed(factor.sentence),
        "evidence": [_evidence(item) for item in factor.evidence],
    }


def _evidence(item: Evidence) -> Record:
    if item.path is None:
        return {"feed": item.feed}
    return {"path": well_formed(item.path), "line": item.line}


def _clock(clock: Clock) -> Record:
    return {"platform": clock.platform, "status": clock.status.value, "deadline": day(clock.deadline)}


def _effort(effort: Effort | None) -> Record | None:
    if effort is None:
        return None
    return {"class": effort.size, "minutes": [effort.low, effort.high], "items": [_item(item) for item in effort.items]}


def _item(item: EffortItem) -> Record:
    return {"name": item.name, "count": item.count, "minutes": [item.low, item.high]}


def _option(option: Option) -> Record:
    return {
        "do": well_formed(option.do),
        "risk_after": option.risk_after.value if option.risk_after else None,
        "effort": _effort(option.effort),
    }


def _suppression(by: SuppressedBy | None) -> Record | None:
    if by is None:
        return None
    reason = None if by.reason is None else well_formed(by.reason)
    return {"kind": by.kind, "reason": reason, "until": day(by.until), "path": well_formed(by.path), "line": by.line}
