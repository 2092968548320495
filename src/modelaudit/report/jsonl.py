"""The format `jsonl`: one JSON object a line, for streams: first a `summary`, then each `finding`, `unresolved` site and `notification`.

Every line says its `kind`; its other keys are those of the format `json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.report import record
from modelaudit.report.json import encoder
from modelaudit.report.record_facts import Record
from modelaudit.report.style import Style

NAME = "jsonl"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write `report` as JSON lines."""
    encode = encoder()
    out.writelines(encode(entry) + "\n" for entry in _entries(report))


def _entries(report: Report) -> Iterator[Record]:
    yield {"kind": "summary", **record.head(report)}
    for finding in report.findings:
        yield {"kind": "finding", **record.finding(finding)}
    for unresolved in report.unresolved:
        yield {"kind": "unresolved", **record.unresolved(unresolved)}
    for skipped in report.skipped:
        yield {"kind": "skipped", **record.skipped(skipped)}
    for notification in report.notifications:
        yield {"kind": "notification", **record.notification(notification)}
