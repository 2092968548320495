"""The format `concise`: one line a finding, `path:line:column: level rule message`, for grep and for editors; with -v its fingerprint.

A finding whose call sites stand elsewhere names the worst of them at the end of the line. No line is wrapped.
"""

from __future__ import annotations

from typing import TextIO

from modelaudit.domain.finding import Finding
from modelaudit.domain.report import Report
from modelaudit.report.escape import plain
from modelaudit.report.footer import write_totals
from modelaudit.report.layout import Page, Piece, piece
from modelaudit.report.levels import RISK_ROLE
from modelaudit.report.quote import Quotes
from modelaudit.report.style import Style
from modelaudit.report.words import idle, location, placed

NAME = "concise"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write a line for each finding, in the report's order, and a line of counts."""
    page = Page(out, style)
    quotes = Quotes(report)
    for finding in report.findings:
        place = Piece(plain(location(finding)), "strong", quotes.link(finding.usage.path) if style.links else None)
        level = Piece(finding.risk.value, "dim" if finding.suppression else RISK_ROLE[finding.risk])
        page.line(
            place, Piece(": "), level, piece(f" {finding.rule} "), piece(finding.message), piece(_after(finding, style.verbosity), "dim")
        )
    if style.verbosity >= 0:
        write_totals(page, report)


def _after(finding: Finding, verbosity: int) -> str:
    words = []
    sites = placed(finding)
    if sites and sites[0].placed is not None:
        worst = sites[0].placed
        start = worst.site.span
        if (worst.path, start.line) != (finding.usage.path, finding.usage.literal.span.line):
            words.append(f"at {worst.path}:{start.line}:{start.column}")
        if len(sites) > 1:
            words.append(f"+ {len(sites) - 1} more")
    elif idle(finding):
        words.append("not seen in use")
    if finding.suppression:
        words.append("suppressed")
    if verbosity > 0 and finding.fingerprint:
        words.append(finding.fingerprint)
    return f" [{', '.join(words)}]" if words else ""
