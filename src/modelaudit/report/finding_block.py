"""One finding for a person: what, where, when; the way to the call sites and why they have their level; what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modelaudit.domain.finding import Finding, Risk, SiteRisk
from modelaudit.domain.report import Report
from modelaudit.report import advice
from modelaudit.report.advice import LABEL, TEXT
from modelaudit.report.layout import Page, Piece, display_width, piece
from modelaudit.report.levels import MARK_ROLE, RISK_ROLE
from modelaudit.report.quote import Quotes
from modelaudit.report.words import count, doubts, essence, idle, levels, placed, points, reasons, unplaced

_SHOWN_REASONS = {"difficulty": 4}
"""Reasons of a decision point that are shown, else two: each of those that make a move difficult is work of its own."""
_SHOWN_SITES = 3
_SHOWN_STEPS = 6


def write_finding(page: Page, finding: Finding, report: Report, quotes: Quotes) -> None:
    """The whole block."""
    _title(page, finding)
    span = finding.usage.literal.span
    page.line(Piece("  --> ", "gutter"), quotes.place(page, finding.usage.path, span.line, span.column, width=page.width - 6))
    label = _reach(finding)
    if not quotes.snippet(page, finding.usage.path, span, "dim" if finding.suppression else MARK_ROLE[finding.risk], label):
        row(page, "", (piece(label),))
    page.line()
    _sites(page, finding, quotes)
    page.line()
    for name, pieces in advice.rows(page, finding, report, quotes):
        row(page, name, pieces)
    if page.style.verbosity > 0 and finding.fingerprint:
        row(page, "fingerprint", (Piece(finding.fingerprint, whole=True), Piece(" (see modelaudit explain)", "dim")))


def write_brief(page: Page, finding: Finding, quotes: Quotes) -> None:
    """A few lines: the message, the place, why it can wait, what to use instead."""
    _title(page, finding)
    span = finding.usage.literal.span
    where = quotes.place(page, finding.usage.path, span.line, span.column, width=page.width - 6)
    reach = _reach(finding)
    page.text(where, *((Piece(" "), piece(f"({reach})", "dim")) if reach else ()), lead=(Piece("  --> ", "gutter"),), indent=6)
    if page.style.verbosity >= 0:
        if finding.risk is not Risk.INFO:
            _harmless(page, finding.sites[0])
        for name, pieces in advice.instead(finding):
            row(page, name, pieces)


def row(page: Page, name: str, pieces: Sequence[Piece], role: str = "dim") -> None:
    """A label and its words, wrapped beside it."""
    if not any(part.text for part in pieces):
        page.line(Piece("  "), piece(name, role))
        return
    page.text(*pieces, lead=(Piece("  "), piece(name, role), Piece(" " * max(LABEL - display_width(name), 1))), indent=TEXT)


def _harmless(page: Page, site: SiteRisk) -> None:
    """Why it can wait: the place is harmless, or the name selects nothing."""
    for name, value, label in points(site)[3:] or points(site)[1:2]:
        for factor in reasons(site, name, value)[:1]:
            row(page, label, (piece(advice.sentence(factor, site)),))


def _title(page: Page, finding: Finding) -> None:
    role = "dim" if finding.suppression else RISK_ROLE[finding.risk]
    level = finding.risk.value.upper()
    marks = (Piece(" suppressed", "dim"),) if finding.suppression else ()
    if finding.baseline_state in {"new", "updated"}:
        marks = (*marks, Piece(f" {finding.baseline_state}", "strong"))
    lead = (Piece(level, role), Piece(" "), piece(finding.rule, "strong"), *marks, Piece("  "))
    page.text(piece(essence(finding), "strong"), lead=lead, indent=len(level) + 1)


def _reach(finding: Finding) -> str:
    sites = placed(finding)
    if not sites:
        return idle(finding)
    if len(sites) == 1:
        return "used here" if not sites[0].flow or _is_own(finding, sites[0]) else "reaches 1 call site"
    return f"reaches {count(len(sites), 'call site')}: {levels(site.risk for site in sites)}"


def _is_own(finding: Finding, site: SiteRisk) -> bool:
    """Whether the setting that holds the ID is itself the site."""
    literal = finding.usage.literal
    return site.placed is not None and (site.placed.path, site.placed.site.span) == (finding.usage.path, literal.span)


def _sites(page: Page, finding: Finding, quotes: Quotes) -> None:
    sites = placed(finding)
    alone = unplaced(finding)
    if not sites and alone is not None:
        _reasons(page, alone)
    everything = page.style.verbosity > 0
    for number, site in enumerate(sites):
        if number == 0 or everything:
            if number:
                page.line()
            _site(page, site, quotes)
            _flow(page, site, quotes)
            _reasons(page, site)
    if not everything:
        _others(page, sites[1:], quotes)


def _site(page: Page, site: SiteRisk, quotes: Quotes) -> None:
    if site.placed is None:
        return
    where = site.placed.site
    place = quotes.place(page, site.placed.path, where.span.line, where.span.column, width=page.width - TEXT)
    words = [piece(where.callee)]
    if where.function:
        words += [Piece(" "), piece(f"in {where.function}", "dim", whole=True)]
    doubtful = doubts(site)
    if doubtful:
        words += [Piece(" "), Piece(f"({', '.join(doubtful)})", "dim", whole=True)]
    row(page, site.risk.value, (place._replace(role="strong"), Piece(" "), *words), MARK_ROLE[site.risk])


def _flow(page: Page, site: SiteRisk, quotes: Quotes) -> None:
    steps = list(site.flow)
    left_out = 0
    if page.style.verbosity <= 0 and len(steps) > _SHOWN_STEPS:
        left_out = len(steps) - _SHOWN_STEPS + 1
    places = [quotes.place(page, step.path, step.span.line, width=(page.width - TEXT) // 2) for step in steps]
    column = max((display_width(place.text) for place in places), default=0)
    for number, (step, place) in enumerate(zip(steps, places, strict=True)):
        if left_out and 2 <= number < 2 + left_out:
            if number == 2:
                row(page, "", (Piece(f"... {count(left_out, 'more step')} (-v)", "dim"),))
            continue
        pad = Piece(" " * (column - display_width(place.text)) + " ", whole=True)
        lead = (Piece("  "), Piece("via".ljust(LABEL) if number == 0 else " " * LABEL, "dim"), place, pad)
        page.text(piece(step.what), lead=lead, indent=TEXT + column + 1)


def _reasons(page: Page, site: SiteRisk) -> None:
    everything = page.style.verbosity > 0
    for name, value, label in points(site):
        factors = reasons(site, name, value)
        lines = [advice.sentence(factor, site) for factor in (factors if everything else factors[: _SHOWN_REASONS.get(name, 2)])]
        if not everything:
            lines = lines[: max(advice.deciding(site, name, value), 1)]
        for number, line in enumerate(lines or [""]):
            row(page, label if number == 0 else "", (piece(line),), "")
    if everything:
        for factor in site.factors:
            if factor.point not in {"urgency", "exposure", "difficulty"}:
                row(page, factor.point, (piece(advice.sentence(factor, site)),))


def _others(page: Page, sites: Sequence[SiteRisk], quotes: Quotes) -> None:
    if not sites:
        return
    if len(sites) <= _SHOWN_SITES:
        for site in sites:
            _site(page, site, quotes)
        return
    row(page, "", tuple(_tally(sites)))


def _tally(sites: Sequence[SiteRisk]) -> Iterator[Piece]:
    yield Piece(f"+ {count(len(sites), 'more call site')}: ")
    for number, level in enumerate(level for level in Risk if any(site.risk is level for site in sites)):
        if number:
            yield Piece(", ")
        yield Piece(f"{sum(site.risk is level for site in sites)} {level.value}", MARK_ROLE[level])
    yield Piece(" (-v lists them)", "dim")
