"""The inventory as a table for a terminal: a row a model, those that call for something first; with `-v` the call sites below each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TextIO

from modelaudit.domain.lifecycle import Status
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Report
from modelaudit.judge.wording import relative
from modelaudit.report.escape import plain
from modelaudit.report.footer import write_gaps
from modelaudit.report.inventory.entries import STATUSES, Clock, Entry, Listed, entries, models
from modelaudit.report.layout import Page, Piece, clip_left, clip_right, display_width, piece
from modelaudit.report.quote import Quotes
from modelaudit.report.style import Style
from modelaudit.report.words import count

NAME = "table"
_HEAD = ("MODEL", "STATUS", "NEXT DATE", "PLATFORM", "IDS", "SITES")
_ROLE = {
    Status.RESTRICTED: "high",
    Status.RETIRED: "high",
    Status.DEPRECATED: "medium",
    Status.LEGACY: "low",
    Status.UNKNOWN: "info",
    Status.UNRELEASED: "info",
    Status.ACTIVE: "good",
}
_GAP = "  "


class _Row(NamedTuple):
    cells: tuple[str, str, str, str, str, str]
    role: str
    listed: Listed


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the table and the counts."""
    page = Page(out, style)
    found = entries(report)
    ordered = sorted(models(found), key=lambda one: (STATUSES.index(one.status), one.next_date(report.as_of) or date.max, one.name))
    rows = [_row(listed, report.as_of) for listed in ordered]
    if rows:
        _write(page, rows, Quotes(report))
        page.line()
    write_gaps(page, report)
    seen = f"{count(len(rows), 'model')}, {count(len(_places(found)), 'model ID')} in {count(report.summary.files, 'file')}, "
    seen += f"{count(len(_sites(found)), 'call site')}."
    missing = f" {count(len(report.unresolved), 'call site')} could not be followed." if report.unresolved else ""
    page.text(piece(seen if rows else f"No model IDs in {count(report.summary.files, 'file')}."), piece(missing, "warn"))
    if any("?" in row.cells[3] for row in rows):
        page.text(Piece("A platform with ? is not visible in the code: the dates of the publisher are used.", "dim"))
    page.text(piece(f"As of {report.as_of.isoformat()}, by the rules feed of {report.feed.generated.isoformat()}.", "dim"))


def _places(found: Sequence[Entry]) -> set[tuple[str, Span]]:
    return {(entry.usage.path, entry.usage.literal.span) for entry in found}


def _sites(found: Sequence[Entry]) -> set[tuple[str, Span]]:
    return {(usage.site.path, usage.site.site.span) for entry in found for usage in entry.sites if usage.site is not None}


def _row(listed: Listed, as_of: date) -> _Row:
    day = listed.next_date(as_of)
    platforms = ", ".join(_platform(clock) for clock in listed.clocks if clock.platform) or "-"
    status = "opaque" if listed.opaque else listed.status.value
    when = f"{day.isoformat()}, {relative(day, as_of)}" if day else "-"
    cells = (plain(listed.name), status, when, plain(platforms), f"{listed.literals:,}", f"{listed.sites:,}")
    return _Row(cells, _ROLE[listed.status], listed)


def _platform(clock: Clock) -> str:
    return f"{clock.platform}?" if clock.verdict is not None and clock.verdict.assumed else f"{clock.platform}"


def _write(page: Page, rows: Sequence[_Row], quotes: Quotes) -> None:
    widths = [max(display_width(cells[column]) for cells in (_HEAD, *(row.cells for row in rows))) for column in range(len(_HEAD))]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - page.width
    for column, least in ((2, len("2026-11-21")), (3, 12), (0, 12)):  # first the days left give way, then platforms, then names
        spare = max(min(over, widths[column] - least), 0)
        if column == 2 and spare:
            spare = widths[column] - least
            rows = [row._replace(cells=(*row.cells[:2], row.cells[2].split(",")[0], *row.cells[3:])) for row in rows]
        widths[column] -= spare
        over -= spare
    page.line(*_cells(_HEAD, widths, "dim", "dim"))
    for row in rows:
        page.line(*_cells(row.cells, widths, row.role, ""))
        if page.style.verbosity > 0:
            _list_places(page, row.listed, quotes)


def _cells(cells: Sequence[str], widths: Sequence[int], status: str, other: str) -> list[Piece]:
    pieces: list[Piece] = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        # The end of a long name, an ARN say, tells it apart; of a list of platforms the beginning does.
        text = clip_left(cell, width) if column == 0 else clip_right(cell, width)
        pad = " " * (width - display_width(text))
        padded = pad + text if column >= 4 else text + pad
        pieces += [Piece(_GAP if column else ""), Piece(padded, status if column == 1 else other)]
    return pieces


def _list_places(page: Page, listed: Listed, quotes: Quotes) -> None:
    for entry in listed.entries:
        span = entry.usage.literal.span
        written = quotes.place(page, entry.usage.path, span.line, span.column)
        words = f"{entry.usage.role.value} {entry.usage.literal.context}".strip()
        page.text(written, Piece(" "), piece(words, "dim"), lead=(Piece("    "),), indent=6)
        for usage in entry.sites:
            if usage.site is not None:
                where = usage.site.site
                place = quotes.place(page, usage.site.path, where.span.line, where.span.column)
                page.text(place, Piece(" "), piece(where.callee), lead=(Piece("      -> "),), indent=9)
