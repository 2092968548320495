"""The format `full`: what a person reads in a terminal, laid out like a compiler's messages.

The worst findings come first. What can wait is told in a few lines unless everything is asked for; quiet, every finding is.
"""

from __future__ import annotations

from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.report.footer import write_footer
from modelaudit.report.layout import Page
from modelaudit.report.style import Style

NAME = "full"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write `report` for a person."""
    page = Page(out, style)
    if report.findings:
        _findings(page, report, style)
    write_footer(page, report)


def _findings(page: Page, report: Report, style: Style) -> None:
    from modelaudit.report.finding_block import write_brief, write_finding
    from modelaudit.report.quote import Quotes
    from modelaudit.report.words import is_brief, worst_first

    quotes = Quotes(report)
    for finding in worst_first(report.findings):
        if style.verbosity < 0 or (style.verbosity == 0 and is_brief(finding)):
            write_brief(page, finding, quotes)
        else:
            write_finding(page, finding, report, quotes)
        if style.verbosity >= 0:
            page.line()
