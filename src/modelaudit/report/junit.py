"""The format `junit`: a test case a finding, for servers that show test results.

A finding that reaches the gate is a failure, one below it a passed case that says what it found, a suppressed one a skipped case. Without a
finding there is one passed case, because several servers take an empty suite for a broken run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.report import Report
from modelaudit.report.advice import sentence
from modelaudit.report.escape import markup
from modelaudit.report.style import Style
from modelaudit.report.words import count, location, placed, points, reasons

NAME = "junit"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write one test suite."""
    gate = Risk.INFO if report.gate is None else report.gate.fail_on
    failures = sum(_fails(finding, gate) for finding in report.findings)
    skipped = sum(finding.suppression is not None for finding in report.findings)
    cases = max(len(report.findings), 1)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<testsuites name="modelaudit" tests="{cases}" failures="{failures}" errors="0">\n')
    out.write(f'<testsuite name="modelaudit" tests="{cases}" failures="{failures}" errors="0" skipped="{skipped}" time="0">\n')
    out.write("<properties>\n")
    out.writelines(f'<property name="{name}" value="{markup(value)}"/>\n' for name, value in _properties(report))
    out.write("</properties>\n")
    if not report.findings:
        out.write('<testcase classname="modelaudit" name="no findings" time="0"/>\n')
    for finding in report.findings:
        _write_case(out, finding, gate)
    out.write("</testsuite>\n</testsuites>\n")


def _fails(finding: Finding, gate: Risk) -> bool:
    return finding.suppression is None and finding.risk.rank >= gate.rank


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    yield "as-of", report.as_of.isoformat()
    yield "rules", report.feed.digest
    yield "files", str(report.summary.files)
    yield "not-followed", str(report.summary.unresolved)
    yield "suppressed", str(report.summary.suppressed)


def _write_case(out: TextIO, finding: Finding, gate: Risk) -> None:
    # No line: servers tell a test that broke today from one that is broken since last week by its name.
    name = f"{finding.rule} {finding.usage.literal.text} {finding.fingerprint[:8]}".rstrip()
    out.write(f'<testcase classname="{markup(finding.usage.path)}" name="{markup(name)}" time="0">\n')
    text = "\n".join(markup(line) for line in _lines(finding))
    if finding.suppression is not None:
        out.write(f'<skipped message="{markup(finding.suppression.reason or "suppressed")}"/>\n')
    elif _fails(finding, gate):
        out.write(f'<failure type="{markup(finding.rule)}" message="{markup(finding.message)}">{text}</failure>\n')
    else:
        out.write(f"<system-out>{text}</system-out>\n")
    out.write("</testcase>\n")


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{location(finding)}: {finding.risk.value}: {finding.message}"
    sites = placed(finding)
    for site in sites:
        if site.placed is not None:
            where = site.placed
            yield f"{site.risk.value} at {where.path}:{where.site.span.line} {where.site.callee}"
    if sites:
        for point, value, label in points(sites[0]):
            sentences = [sentence(factor, sites[0]) for factor in reasons(sites[0], point, value)]
            yield f"{label}: {'; '.join(sentences)}" if sentences else label
    yield count(len(sites), "call site")
