"""Findings as judging hands them over, reduced to what triage reads."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.expr import Unknown
from modelaudit.domain.facts import FileFacts, Literal, Role, Site, Suppression
from modelaudit.domain.finding import Finding, Risk, SiteRisk
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.location import Location, Span
from modelaudit.domain.usage import Confidence, PlacedSite, Step, Usage
from modelaudit.judge.fingerprint import fingerprint
from modelaudit.triage.housekeeping import UNUSED, complaint


def line_span(line: int, last: int | None = None) -> Span:
    """Some columns of a line."""
    return Span(line, 5, last or line, 20)


def finding(
    rule: str = "retired-model",
    path: str = "app/settings.py",
    line: int = 12,
    *,
    model: str = "claude-3-opus-20240229",
    context: str = "MODEL",
    status: Status = Status.RETIRED,
    risk: Risk = Risk.CRITICAL,
    sites: Iterable[tuple[str, int]] = (),
    steps: Iterable[tuple[str, int]] = (),
    function: str = "ask",
) -> Finding:
    """A finding at a line, with sites at (path, line)."""
    literal = Literal(model, line_span(line), Role.BINDING, context)
    flow = tuple(Step(where, line_span(at), "imported") for where, at in steps)
    risks = []
    for where, at in [*sites] or [("", 0)]:
        site = Site(line_span(at), "client.messages.create", "x", "model", Unknown("x"), "chat", "anthropic", True, function)
        placed = PlacedSite(where, site) if where else None
        usage = Usage(path, literal, Role.BINDING, model, placed, flow, False, Confidence.CERTAIN)
        risks.append(SiteRisk(placed, usage, risk, 4, 3, 0, False, Confidence.CERTAIN, flow, ()))
    blank = complaint(UNUSED, "", Location(path, literal.span), model)
    verdict = blank.verdict._replace(identity=blank.verdict.identity._replace(model=model), status=status, platform="anthropic")
    return blank._replace(
        rule=rule, risk=risk, verdict=verdict, usage=risks[0].usage, sites=tuple(risks), message=f"{model} is {status.value}"
    )


def judged(*findings: Finding) -> tuple[Finding, ...]:
    """The findings with their fingerprints."""
    return tuple(fingerprint(findings))


def commented(path: str, *suppressions: Suppression) -> dict[str, FileFacts]:
    """The facts of a tree with one file that has these comments."""
    return {path: FileFacts(path, "python", suppressions=suppressions)}


def comment(*rules: str, line: int = 12, until: str | None = None, reason: str | None = None, whole_file: bool = False) -> Suppression:
    """A comment that covers its line, or its file."""
    first = 0 if whole_file else line
    return Suppression(rules, until, reason, line_span(line), first, first)
