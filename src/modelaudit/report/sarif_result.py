"""One finding as a SARIF result: the literal is its location, the call sites are related locations, the ways between them code flows."""

from __future__ import annotations

from collections.abc import Sequence

from modelaudit.domain.finding import Finding, Risk, SiteRisk
from modelaudit.domain.location import Span
from modelaudit.report.advice import passing_by
from modelaudit.report.escape import plain
from modelaudit.report.record_facts import Json, Record
from modelaudit.report.uri import encode_path
from modelaudit.report.words import count, placed, points

ROOT = "%SRCROOT%"
TAXONOMY = "modelaudit-status"
MOST_SITES = 100
"""Of the locations and thread flows of one result GitHub shows a hundred."""
LEVEL = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
    "error": "error",
    "warning": "warning",
    "note": "note",
}
_RANK = {Risk.CRITICAL: 100, Risk.HIGH: 80, Risk.MEDIUM: 50, Risk.LOW: 20, Risk.INFO: 5}


def result(finding: Finding, rule_index: int) -> Record:
    """The result of a finding."""
    sites = placed(finding)
    shown = sites[:MOST_SITES]
    literal = finding.usage.literal
    entry: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": LEVEL[finding.risk.value],
        "rank": _RANK[finding.risk],
        "message": {"text": _message(finding, sites)},
        "locations": [_location(finding.usage.path, literal.span, literal.context)],
        "partialFingerprints": {"modelauditFingerprint/v1": finding.fingerprint},
        "taxa": [{"id": finding.verdict.status.value, "toolComponent": {"name": TAXONOMY, "index": 0}}],
    }
    if shown:
        entry["relatedLocations"] = [_related(number, site) for number, site in enumerate(shown, 1)]
        entry["codeFlows"] = [_code_flow(finding, site) for site in shown]
    if finding.baseline_state is not None:
        entry["baselineState"] = finding.baseline_state
    fixes = _fixes(finding)
    if fixes:
        entry["fixes"] = fixes
    entry["properties"] = _properties(finding, len(sites))
    return entry


def artifact(path: str) -> Record:
    """A file relative to the scan root; one outside of it by its whole address."""
    if path.startswith("/"):
        return {"uri": "file://" + encode_path(path)}
    return {"uri": encode_path(path), "uriBaseId": ROOT}


def link_text(text: str) -> str:
    """`text` as words of a SARIF message, in which brackets would make a link."""
    return plain(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _message(finding: Finding, sites: Sequence[SiteRisk]) -> str:
    sentences = [link_text(finding.message.rstrip("."))]
    if sites and sites[0].placed is not None:
        worst = sites[0].placed
        others = f" and {count(len(sites) - 1, 'other call site')}" if len(sites) > 1 else ""
        labels = ", ".join(label for _, _, label in points(sites[0]))
        sentences.append(f"Reaches [{link_text(f'{worst.path}:{worst.site.span.line}')}](1){others}: {labels}")
    else:
        sentences.append("Not seen in use")
    return ". ".join(sentences) + "."


def _location(path: str, span: Span, holder: str = "") -> Record:
    entry: dict[str, Json] = {"physicalLocation": {"artifactLocation": artifact(path), "region": _region(span)}}
    if holder:
        entry["logicalLocations"] = [{"fullyQualifiedName": plain(holder)}]
    return entry


def _region(span: Span) -> Record:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}


def _related(number: int, site: SiteRisk) -> Record:
    if site.placed is None:
        return {}
    place = site.placed.site
    words = f"{site.risk.value}: {place.callee}" + (f" in {place.function}" if place.function else "")
    return {"id": number, **_location(site.placed.path, place.span), "message": {"text": link_text(words)}}


def _code_flow(finding: Finding, site: SiteRisk) -> Record:
    literal = finding.usage.literal
    start = f"{literal.text} ({literal.context})" if literal.context else literal.text
    steps: list[Json] = [_step(finding.usage.path, literal.span, start)]
    steps += [_step(step.path, step.span, step.what) for step in site.flow]
    if site.placed is not None:
        steps.append(_step(site.placed.path, site.placed.site.span, site.placed.site.callee))
    return {"threadFlows": [{"locations": steps}]}


def _step(path: str, span: Span, words: str) -> Record:
    return {"location": {**_location(path, span), "message": {"text": link_text(words)}}}


def _fixes(finding: Finding) -> list[Json]:
    """The drop-in, where the literal is the whole ID and nothing around it decides how it is spelled."""
    named = finding.verdict.replacement
    literal = finding.usage.literal
    if named is None or named.drop_in is None or finding.verdict.identity.matched != literal.text:
        return []
    if passing_by(finding) or any(item.effect == "error" for item in finding.breaking):  # applied, it would fail at this very call
        return []
    change: Record = {
        "artifactLocation": artifact(finding.usage.path),
        "replacements": [{"deletedRegion": _region(literal.span), "insertedContent": {"text": named.drop_in}}],
    }
    return [{"description": {"text": link_text(f"Replace {literal.text} by {named.drop_in}")}, "artifactChanges": [change]}]


def _properties(finding: Finding, sites: int) -> Record:
    judged = finding.verdict
    return {
        "risk": finding.risk.value,
        "model": judged.identity.model,
        "platform": judged.platform,
        "status": judged.status.value,
        "deadline": judged.deadline.isoformat() if judged.deadline else None,
        "daysLeft": judged.days_left,
        "sites": sites,
        "sources": [source.url for source in judged.sources],
    }
