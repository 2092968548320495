"""The inventory as JSON, schema `modelaudit-inventory/1`: every literal of every role and status, then the models that they name."""

from __future__ import annotations

from datetime import date
from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.domain.usage import Usage
from modelaudit.report import record
from modelaudit.report.escape import well_formed
from modelaudit.report.inventory.entries import Clock, Entry, Listed, entries, models
from modelaudit.report.json import write_document
from modelaudit.report.record_facts import Record, day, sources
from modelaudit.report.style import Style

NAME = "json"
SCHEMA = "modelaudit-inventory/1"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the inventory as one JSON document."""
    head: Record = {
        "schema": SCHEMA,
        "tool": {"name": "modelaudit", "version": report.version},
        "rules": record.feed(report.feed),
        "as_of": report.as_of.isoformat(),
    }
    found = entries(report)
    write_document(
        out,
        head,
        (
            ("literals", map(_literal, found), 1),
            ("models", (_model(listed, report.as_of) for listed in models(found)), 1),
            ("unresolved", map(record.unresolved, report.unresolved), 1),
            ("notifications", map(record.notification, report.notifications), 1),
        ),
    )


def _literal(entry: Entry) -> Record:
    verdict = entry.verdict
    named = verdict.identity if verdict else None
    return {
        "model": named.model if named else None,
        "written": well_formed(entry.usage.literal.text),
        "publisher": named.publisher if named else None,
        "platform": verdict.platform if verdict else None,
        "platform_assumed": verdict.assumed if verdict else True,
        "opaque": named.opaque if named else None,
        "status": verdict.status.value if verdict else "unknown",
        "deadline": day(verdict.deadline) if verdict else None,
        "role": entry.usage.role.value,
        "context": well_formed(entry.usage.literal.context),
        "location": record.location(entry.usage.path, entry.usage.literal.span),
        "sites": [_site(usage) for usage in entry.sites],
    }


def _site(usage: Usage) -> Record:
    placed = usage.site
    if placed is None:
        return {}
    return {
        **record.location(placed.path, placed.site.span),
        "callee": well_formed(placed.site.callee),
        "operation": placed.site.operation,
        "fallback": usage.fallback,
        "confidence": usage.confidence.value,
    }


def _model(listed: Listed, as_of: date) -> Record:
    return {
        "id": listed.model,
        "name": well_formed(listed.name),
        "publisher": listed.publisher,
        "opaque": listed.opaque,
        "platforms": [clock.platform for clock in listed.clocks if clock.platform],
        "status": listed.status.value,
        "next_date": day(listed.next_date(as_of)),
        "literals": listed.literals,
        "sites": listed.sites,
        "by_platform": [_clock(clock) for clock in listed.clocks],
    }


def _clock(clock: Clock) -> Record:
    return {
        "platform": clock.platform,
        "status": clock.status.value,
        "deadline": day(clock.deadline),
        "sources": sources(clock.verdict.sources) if clock.verdict else [],
    }
