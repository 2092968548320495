"""The format `github`: workflow commands that GitHub Actions turns into annotations.

A step shows ten annotations of each kind, so the worst ten become annotations and the others plain lines of the log; a last line says so.
The format `markdown` makes the step summary: `--markdown-output "$GITHUB_STEP_SUMMARY"` in the same run.
"""

from __future__ import annotations

from typing import TextIO

from modelaudit.domain.facts import Notification
from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.report import Report
from modelaudit.report.escape import command_data, command_property, plain
from modelaudit.report.footer import write_totals
from modelaudit.report.layout import Page
from modelaudit.report.style import Style
from modelaudit.report.words import count, location, placed, points, worst_first

NAME = "github"
MOST_ANNOTATIONS = 10
_KIND = {Risk.CRITICAL: "error", Risk.HIGH: "error", Risk.MEDIUM: "warning", Risk.LOW: "notice", Risk.INFO: "notice"}
_NOTIFICATION_KIND = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write annotations, worst first, then what did not become one, then the counts."""
    used: dict[str, int] = {}
    others: list[Finding] = []
    for finding in worst_first(report.findings):
        if finding.suppression is not None:
            continue
        kind = _KIND[finding.risk]
        used[kind] = used.get(kind, 0) + 1
        if used[kind] <= MOST_ANNOTATIONS:
            out.write(_annotation(finding, kind) + "\n")
        else:
            others.append(finding)
    for item in report.notifications:
        if item.level != "note":
            out.write(_notice(item) + "\n")
    for finding in others:
        out.write(plain(f"{location(finding)}: {finding.risk.value} {finding.rule} {finding.message}") + "\n")
    if others:
        out.write(f"A step shows {MOST_ANNOTATIONS} annotations of a kind: {count(len(others), 'finding')} only in this log.\n")
    write_totals(Page(out, style), report)


def _annotation(finding: Finding, kind: str) -> str:
    span = finding.usage.literal.span
    properties = {
        "file": finding.usage.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "title": f"{finding.risk.value}: {finding.rule}",
    }
    if span.line == span.end_line:  # GitHub takes columns only of one line
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    words = ",".join(f"{name}={command_property(value)}" for name, value in properties.items())
    return f"::{kind} {words}::{'%0A'.join(command_data(line) for line in _lines(finding))}"


def _lines(finding: Finding) -> list[str]:
    lines = [finding.message]
    sites = placed(finding)
    for site in sites[:3]:
        if site.placed is not None:
            labels = ", ".join(label for _, _, label in points(site))
            where = site.placed
            lines.append(f"{site.risk.value} at {where.path}:{where.site.span.line} {where.site.callee}: {labels}")
    if len(sites) > 3:
        lines.append(f"and {count(len(sites) - 3, 'more call site')}")
    return lines


def _notice(item: Notification) -> str:
    place = f" file={command_property(item.path)}" if item.path else ""
    line = f",line={item.line}" if item.path and item.line else ""
    hint = f" ({item.hint})" if item.hint else ""
    return f"::{_NOTIFICATION_KIND[item.level]}{place}{line}::{command_data(item.message + hint)}"
