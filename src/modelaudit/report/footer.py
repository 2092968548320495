"""The end of the report for a person: counts, what was not seen, why the exit code is what it is."""

from __future__ import annotations

from collections.abc import Iterator

from modelaudit.domain.facts import Notification
from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.report import Report
from modelaudit.judge.wording import listed
from modelaudit.report.layout import Page, Piece, piece
from modelaudit.report.levels import RISK_ROLE
from modelaudit.report.words import RISKS, count, is_brief, location, worst_first

_MANY = 20
_SHOWN_WORST = 5
_SHOWN_NOTIFICATIONS = 5
_LEVEL_ROLE = {"error": "high", "warning": "warn", "note": "dim"}


def write_footer(page: Page, report: Report) -> None:
    """Notifications, then counts; quiet, only the count of findings."""
    if page.style.verbosity >= 0:
        _notifications(page, report.notifications)
        write_gaps(page, report)
        if len(report.findings) > _MANY:
            _worst(page, report.findings)
    write_totals(page, report)
    if page.style.verbosity >= 0:
        _looked_at(page, report)
        _gate(page, report)


def _notifications(page: Page, notifications: tuple[Notification, ...]) -> None:
    wanted = [item for item in notifications if item.level != "note" or page.style.verbosity > 0]
    shown = wanted if page.style.verbosity > 0 else wanted[:_SHOWN_NOTIFICATIONS]
    for item in shown:
        place = f"{item.path}:{item.line}: " if item.path and item.line else f"{item.path}: " if item.path else ""
        hint = (Piece(" "), piece(f"({item.hint})", "dim")) if item.hint else ()
        lead = (piece(item.level, _LEVEL_ROLE.get(item.level, "warn")), Piece(" "))
        page.text(piece(place + item.message), *hint, lead=lead, indent=len(item.level) + 1)
    if len(shown) < len(wanted):
        page.line(Piece(f"+ {len(wanted) - len(shown):,} more warnings (-v lists them)", "dim"))
    if shown:
        page.line()


def write_gaps(page: Page, report: Report) -> None:
    """What could not be followed and what was not read, when everything is asked for."""
    if page.style.verbosity <= 0 or not (report.unresolved or report.skipped):
        return
    for item in report.unresolved:
        lead = (Piece("not followed ", "warn"),)
        where = piece(f"{item.path}:{item.site.span.line}", whole=True)
        page.text(where, Piece(" "), piece(item.site.callee), piece(f": {item.why}"), lead=lead, indent=13)
    for skipped in report.skipped:
        many = f" ({count(skipped.count, 'file')})" if skipped.count > 1 else ""
        page.text(piece(skipped.path, whole=True), piece(f": {skipped.why}{many}"), lead=(Piece("skipped      ", "dim"),), indent=13)
    page.line()


def _worst(page: Page, findings: tuple[Finding, ...]) -> None:
    page.line(Piece("Begin with", "strong"))
    for finding in worst_first(findings)[:_SHOWN_WORST]:
        level = finding.risk.value.ljust(8)
        model = finding.verdict.identity.model or finding.verdict.identity.written
        lead = (Piece("  "), Piece(level, RISK_ROLE[finding.risk]), Piece("  "))
        page.text(piece(location(finding), whole=True), Piece(" "), piece(model, "dim"), lead=lead, indent=12)
    page.line()


def write_totals(page: Page, report: Report) -> None:
    """One line: findings by level, and how many were suppressed."""
    summary = report.summary
    suppressed = (Piece("; "), Piece(f"{summary.suppressed:,} suppressed")) if summary.suppressed else ()
    if not summary.findings:
        page.text(Piece("No findings.", "good"), *suppressed[1:])
        return
    page.text(Piece(f"{count(summary.findings, 'finding')}: ", "strong"), *_by_risk(dict(summary.by_risk)), *suppressed)


def _by_risk(numbers: dict[str, int]) -> Iterator[Piece]:
    present = [risk for risk in RISKS if numbers.get(risk.value)]
    for number, risk in enumerate(present):
        yield Piece(f"{', ' if number else ''}")
        yield Piece(f"{numbers[risk.value]:,} {risk.value}", RISK_ROLE[risk])


def _looked_at(page: Page, report: Report) -> None:
    summary = report.summary
    seen = f"{count(summary.files, 'file')}, {count(summary.literals, 'model ID')}, {count(summary.sites, 'call site')}"
    pieces = [Piece(f"Looked at {seen}.")]
    if summary.unresolved:
        pieces += [Piece(" "), Piece(f"{count(summary.unresolved, 'call site')} could not be followed{_hint(page)}.", "warn")]
    if summary.skipped:
        total = sum(number for _, number in summary.skipped)
        reasons = listed(tuple(f"{number:,} {why}" for why, number in summary.skipped), "and")
        pieces += [Piece(" "), piece(f"Skipped {count(total, 'file')}: {reasons}.")]
    page.text(*pieces)
    feed = "" if report.feed.source == "bundled" else f" from {report.feed.source}"
    if page.style.verbosity == 0 and any(is_brief(finding) for finding in report.findings):
        page.text(Piece("What can wait is told in brief: -v tells all.", "dim"))
    page.text(piece(f"As of {report.as_of.isoformat()}, by the rules feed of {report.feed.generated.isoformat()}{feed}.", "dim"))


def _hint(page: Page) -> str:
    return " (-v lists them)" if page.style.verbosity <= 0 else ""


def _gate(page: Page, report: Report) -> None:
    gate = report.gate
    if gate is None:
        return
    numbers = dict(report.summary.by_risk)
    over = sum(numbers.get(risk.value, 0) for risk in Risk if risk.rank >= gate.fail_on.rank)
    if gate.exit_code == 1:
        page.text(Piece(f"Exit 1: {count(over, 'finding')} at {_level(gate.fail_on)} (--fail-on {gate.fail_on.value}).", "strong"))
    elif gate.exit_code == 0 and report.summary.findings:
        why = f"nothing at {_level(gate.fail_on)}" if not over else "findings do not fail this run"
        page.text(Piece(f"Exit 0: {why} (--fail-on {gate.fail_on.value}).", "dim"))


def _level(risk: Risk) -> str:
    return risk.value if risk is Risk.CRITICAL else f"{risk.value} or above"
