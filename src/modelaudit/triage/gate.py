"""Does the report pass? The exit code, from the findings that count and from what the run could not do."""

from __future__ import annotations

from modelaudit.config.settings import Settings
from modelaudit.domain.errors import ExitCode
from modelaudit.domain.report import Report

STALE = "stale-feed"
NOTHING = "nothing-to-scan"
UNREAD = frozenset({"unreadable-file", "unreadable-folder"})
_INCOMPLETE = frozenset({STALE, NOTHING, *UNREAD})
"""Warnings that mean the run did not see everything; so does every notification of level error."""


def exit_code(report: Report, settings: Settings) -> ExitCode:
    """What the run ends with; a format never changes it."""
    if any(finding.suppression is None and finding.risk.rank >= settings.fail_on.rank for finding in report.findings):
        return ExitCode.FINDINGS
    if settings.strict and is_incomplete(report):
        return ExitCode.INCOMPLETE
    return ExitCode.CLEAN


def is_incomplete(report: Report) -> bool:
    """True when something could not be read, nothing was there to scan, or the feed is stale."""
    return any(note.level == "error" or note.code in _INCOMPLETE for note in report.notifications)
