"""The format `gitlab`: a Code Quality report, shown in merge requests. Suppressed findings are left out; GitLab knows no such state."""

from __future__ import annotations

from typing import TextIO

from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.report import Report
from modelaudit.report.escape import plain, well_formed
from modelaudit.report.json import encoder
from modelaudit.report.record_facts import Record
from modelaudit.report.style import Style

NAME = "gitlab"
_SEVERITY = {Risk.CRITICAL: "blocker", Risk.HIGH: "critical", Risk.MEDIUM: "major", Risk.LOW: "minor", Risk.INFO: "info"}


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write a JSON array with one entry a line."""
    encode = encoder()
    seen: dict[str, int] = {}
    out.write("[")
    separator = ""
    for finding in report.findings:
        if finding.suppression is None:
            # Of entries with one fingerprint GitLab shows the first only; equal findings in one file are told apart by their order.
            number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
            fingerprint = finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}"
            out.write(f"{separator}\n{encode(_entry(finding, fingerprint))}")
            separator = ","
    out.write("\n]\n" if separator else "]\n")


def _entry(finding: Finding, fingerprint: str) -> Record:
    span = finding.usage.literal.span
    return {
        "description": plain(f"{finding.risk.value}: {finding.message}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.risk],
        "location": {"path": well_formed(finding.usage.path), "lines": {"begin": span.line, "end": span.end_line}},
    }
