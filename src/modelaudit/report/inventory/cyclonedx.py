"""The inventory as a CycloneDX 1.6 bill of materials: a machine-learning model a component, its call sites as evidence.

Only what is in use is listed: tables of many models, comparisons and prose select nothing. The document has no serial number and the day of
judging for a timestamp, so that the same tree gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.report.escape import plain, url
from modelaudit.report.inventory.entries import Entry, Listed, entries, models
from modelaudit.report.json import write_document
from modelaudit.report.record_facts import Json, Record
from modelaudit.report.style import Style

NAME = "cyclonedx"
_PROJECT = "scanned-project"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the bill of materials as JSON."""
    used = models(entry for entry in entries(report) if entry.is_in_use)
    head: Record = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": _metadata(report),
    }
    dependencies: list[Json] = [{"ref": _PROJECT, "dependsOn": [_reference(listed) for listed in used]}]
    dependencies += [{"ref": _reference(listed)} for listed in used]
    write_document(out, head, (("components", (_component(listed, report) for listed in used), 3), ("dependencies", dependencies, 1)))


def _metadata(report: Report) -> Record:
    return {
        "timestamp": f"{report.as_of.isoformat()}T00:00:00Z",
        "lifecycles": [{"phase": "pre-build"}],
        "tools": {"components": [{"type": "application", "name": "modelaudit", "version": report.version}]},
        "component": {"type": "application", "bom-ref": _PROJECT, "name": "scanned project"},
        "properties": [
            {"name": "modelaudit:as-of", "value": report.as_of.isoformat()},
            {"name": "modelaudit:rules", "value": report.feed.digest},
            {"name": "modelaudit:not-followed", "value": str(len(report.unresolved))},
        ],
    }


def _reference(listed: Listed) -> str:
    return f"model:{listed.publisher or 'unknown'}/{plain(listed.name)}"


def _component(listed: Listed, report: Report) -> Record:
    component: dict[str, Json] = {"type": "machine-learning-model", "bom-ref": _reference(listed)}
    if listed.publisher is not None:
        component["publisher"] = listed.publisher
    component["name"] = plain(listed.name)
    addresses = _addresses(listed)
    if addresses:
        component["externalReferences"] = [{"type": "documentation", "url": address} for address in addresses]
    component["properties"] = [{"name": f"modelaudit:{name}", "value": value} for name, value in _properties(listed, report)]
    component["evidence"] = {"occurrences": [place for entry in listed.entries for place in _occurrences(entry)]}
    return component


def _addresses(listed: Listed) -> tuple[str, ...]:
    found = (url(source.url) for clock in listed.clocks if clock.verdict for source in clock.verdict.sources)
    return tuple(dict.fromkeys(address for address in found if address is not None))


def _properties(listed: Listed, report: Report) -> Iterator[tuple[str, str]]:
    yield "status", listed.status.value
    day = listed.next_date(report.as_of)
    if day is not None:
        yield "next-date", day.isoformat()
    if listed.opaque is not None:
        yield "opaque", listed.opaque
    for clock in listed.clocks:
        if clock.platform is not None:
            yield f"platform:{clock.platform}", clock.status.value
            if clock.deadline is not None:
                yield f"deadline:{clock.platform}", clock.deadline.isoformat()


def _occurrences(entry: Entry) -> Iterator[Record]:
    literal = entry.usage.literal
    yield {
        "location": plain(entry.usage.path),
        "line": literal.span.line,
        "symbol": plain(literal.context),
        "additionalContext": plain(f"{entry.usage.role.value}: {literal.text}"),
    }
    for usage in entry.sites:
        if usage.site is not None:
            place = usage.site
            yield {
                "location": plain(place.path),
                "line": place.site.span.line,
                "symbol": plain(place.site.callee),
                "additionalContext": f"call site: {place.site.operation}",
            }
