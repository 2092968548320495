"""The format `sarif`: SARIF 2.1.0, as code hosts and editors read it.

Suppressed findings are left out, because GitHub ignores `suppressions` and would show them as open; their number is in the run's
properties. GitHub shows the 5,000 most severe results of a run and refuses more than 25,000, so the worst 5,000 are kept and a notification
says how many were cut. Paths are relative to the scan root, columns count code points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from modelaudit.domain.facts import Notification
from modelaudit.domain.finding import Finding
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.report import Report
from modelaudit.report import record
from modelaudit.report.escape import url, well_formed
from modelaudit.report.json import encoder
from modelaudit.report.record_facts import Json, Record
from modelaudit.report.rule_page import rule_page
from modelaudit.report.sarif_result import LEVEL, ROOT, TAXONOMY, artifact, link_text, result
from modelaudit.report.style import Style
from modelaudit.report.words import count

NAME = "sarif"
DISTRIBUTION = "model-id-audit"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 5000
_MOST_UNRESOLVED = 100
_STATUS_WORDS = {
    Status.UNRELEASED: "The model is not out yet on that platform.",
    Status.ACTIVE: "The model is offered and nothing else is announced.",
    Status.LEGACY: "A newer model of the same line supersedes it; no end is announced.",
    Status.DEPRECATED: "The end is announced, or the model is closed to new use.",
    Status.RETIRED: "The model is gone from that platform; calls fail.",
    Status.RESTRICTED: "An act or an outage makes calls fail, or forbids them.",
    Status.UNKNOWN: "Nothing is known of the model on that platform.",
}


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write `report` as a SARIF log with one run; each result stands on a line of its own."""
    findings = [finding for finding in report.findings if finding.suppression is None]
    kept = _worst(findings)
    rules = sorted({finding.rule for finding in kept})
    encode = encoder()
    out.write(f'{{\n"$schema": {encode(SCHEMA)},\n"version": "2.1.0",\n"runs": [\n{{')
    out.writelines(f"\n{encode(key)}: {encode(value)}," for key, value in _run(report, rules, len(findings) - len(kept)).items())
    out.write('\n"results": [')
    out.writelines(f"{',' if number else ''}\n{encode(result(finding, rules.index(finding.rule)))}" for number, finding in enumerate(kept))
    out.write("\n]\n}\n]\n}\n")


def _worst(findings: Sequence[Finding]) -> Sequence[Finding]:
    if len(findings) <= MOST_RESULTS:
        return findings
    order = sorted(range(len(findings)), key=lambda number: (-findings[number].risk.rank, number))
    return [findings[number] for number in sorted(order[:MOST_RESULTS])]


def _run(report: Report, rules: Sequence[str], cut: int) -> Record:
    notifications = (*report.notifications, *_gaps(report, cut))
    return {
        "tool": {"driver": _driver(report, rules, sorted({item.code for item in notifications}))},
        "taxonomies": [_taxonomy()],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that was scanned, usually the root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "modelaudit/", "description": {"text": f"Model IDs, judged as of {report.as_of.isoformat()}."}},
        "invocations": [_invocation(report, notifications)],
        "properties": {
            "asOf": report.as_of.isoformat(),
            "rules": record.feed(report.feed),
            "summary": record.summary(report),
        },
    }


def _driver(report: Report, rules: Sequence[str], codes: Sequence[str]) -> Record:
    home = _home()
    return {
        "name": "modelaudit",
        **({"informationUri": home} if home else {}),
        "version": report.version,
        "semanticVersion": report.version,
        "shortDescription": {
            "text": "Finds hard-coded LLM model IDs, follows them to the calls that use them and says which calls break, and when."
        },
        "rules": [_rule(rule) for rule in rules],
        "notifications": [_notice(code) for code in codes],
        "supportedTaxonomies": [{"name": TAXONOMY, "index": 0}],
    }


def _home() -> str | None:
    """The address of the project, where its metadata names one (`[project.urls]`)."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        entries = metadata(DISTRIBUTION).get_all("Project-URL") or ()
    except PackageNotFoundError:
        return None
    addresses = dict(str(entry).split(", ", 1) for entry in entries if ", " in str(entry))
    return url(addresses.get("Homepage", ""))


def _rule(rule: str) -> Record:
    page = rule_page(rule)
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in rule.split("-")),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "properties": {"tags": ["llm", "model-lifecycle"]},
    }


def _notice(code: str) -> Record:
    words = {"text": code.replace("-", " ").capitalize() + "."}
    return {"id": code, "shortDescription": words, "fullDescription": words, "help": words}


def _taxonomy() -> Record:
    return {
        "name": TAXONOMY,
        "shortDescription": {"text": "What a model is on one platform on one day."},
        "taxa": [{"id": status.value, "shortDescription": {"text": words}} for status, words in _STATUS_WORDS.items()],
    }


def _invocation(report: Report, notifications: Sequence[Notification]) -> Record:
    entry: dict[str, Json] = {
        "executionSuccessful": report.gate is None or report.gate.exit_code in {0, 1},
        "toolExecutionNotifications": [_notification(item) for item in notifications],
    }
    if report.gate is not None:
        entry["exitCode"] = report.gate.exit_code
    return entry


def _notification(item: Notification) -> Record:
    words = item.message if item.hint is None else f"{item.message} ({item.hint})"
    entry: dict[str, Json] = {
        "descriptor": {"id": item.code},
        "level": LEVEL[item.level],
        "message": {"text": link_text(well_formed(words))},
    }
    if item.path is not None:
        region: Record = {"region": {"startLine": item.line}} if item.line else {}
        entry["locations"] = [{"physicalLocation": {"artifactLocation": artifact(item.path), **region}}]
    return entry


def _gaps(report: Report, cut: int) -> tuple[Notification, ...]:
    """What this log does not show: sites that could not be followed, and results over the limit."""
    shown = [
        Notification(
            "note", "not-followed", f"The model of {item.site.callee} could not be followed: {item.why}", item.path, item.site.span.line
        )
        for item in report.unresolved[:_MOST_UNRESOLVED]
    ]
    rest = len(report.unresolved) - len(shown)
    if rest > 0:
        shown.append(Notification("note", "not-followed", f"{count(rest, 'more call site')} could not be followed."))
    if cut:
        words = f"{count(cut, 'finding')} of the lowest levels left out: code hosts show the {MOST_RESULTS:,} most severe results of a run."
        shown.append(Notification("warning", "results-cut", words))
    return tuple(shown)
