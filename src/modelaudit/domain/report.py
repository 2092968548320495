"""The finished report: everything a format needs, nothing left to decide."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.facts import Notification
from modelaudit.domain.finding import Finding, Risk, Verdict
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Unresolved, Usage


class FeedInfo(NamedTuple):
    """Which rules feed judged."""

    digest: str
    generated: date
    models: int
    source: str
    """`bundled`, or the path given."""


class Skipped(NamedTuple):
    """A file (or group of files) that was not read, and why."""

    path: str
    why: str
    count: int = 1  # type: ignore[assignment] # hides tuple.count, which nobody asks of a record
    """Files that it stands for: `*.png` and `vendor/` may stand for many. A folder that was not entered counts as one."""


class Summary(NamedTuple):
    """Counts. The mappings are sorted tuples of pairs so that the record stays frozen."""

    files: int
    """Files looked at."""
    skipped: tuple[tuple[str, int], ...]
    """Reason and count."""
    literals: int
    sites: int
    unresolved: int
    findings: int
    suppressed: int
    by_risk: tuple[tuple[str, int], ...]
    by_rule: tuple[tuple[str, int], ...]
    by_model: tuple[tuple[str, int], ...]


class Use(NamedTuple):
    """A literal with its verdict, whatever the gate says; the inventory is made of these."""

    usage: Usage
    verdict: Verdict | None


class Gate(NamedTuple):
    """What the run's exit code rests on; formats only repeat it."""

    fail_on: Risk
    exit_code: int


class Report(NamedTuple):
    """Findings sorted by path, position and rule; what was passed over; what was not followed."""

    version: str
    feed: FeedInfo
    as_of: date
    root: str
    summary: Summary
    findings: tuple[Finding, ...]
    uses: tuple[Use, ...]
    unresolved: tuple[Unresolved, ...]
    skipped: tuple[Skipped, ...]
    notifications: tuple[Notification, ...]
    lines: tuple[tuple[tuple[str, int], str], ...]
    """Source lines that formats quote, by (path, line): the only text of the tree that a report carries."""
    gate: Gate | None = None
    """None where there is no gate: the inventory, the Python API."""
