"""`explain FINGERPRINT`: the cell of the table, why it is no other, every reason with its evidence, what each way out would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.risk import Table
from modelaudit.judge.why import why
from modelaudit.report.finding_block import row
from modelaudit.report.layout import Page, Piece, piece
from modelaudit.report.levels import MARK_ROLE, RISK_ROLE
from modelaudit.report.record_facts import Record
from modelaudit.report.style import Style
from modelaudit.report.told import Effort, Evidence, Levels, Reason, Site, Told
from modelaudit.report.words import DIFFICULTY, EXPOSURE, URGENCY, dated, duration

SCHEMA = "modelaudit-explanation/1"
_POINTS = (("urgency", "U", URGENCY), ("exposure", "E", EXPOSURE), ("difficulty", "D", DIFFICULTY))


class Explanation:
    """A finding, the table that its levels are looked up in, and the day."""

    def __init__(self, told: Told, table: Table, as_of: str, note: str = "") -> None:
        self.told = told
        self.table = table
        self.as_of = as_of
        self.note = note

    @property
    def levels(self) -> tuple[Levels, ...]:
        """The sites, worst first, or what stands for a literal that reaches none."""
        found: tuple[Levels, ...] = tuple(sorted(self.told.sites, key=lambda site: -site.risk.rank))
        return found or (() if self.told.unplaced is None else (self.told.unplaced,))

    def why(self, levels: Levels) -> tuple[str, ...]:
        """The cell, then what keeps the level from being lower or higher."""
        return why(levels, self.table) if levels.factors else ()


def record(one: Explanation) -> Record:
    """The explanation as plain data."""
    told = one.told
    return {
        "schema": SCHEMA,
        "fingerprint": told.fingerprint,
        "as_of": one.as_of,
        "rule": told.rule,
        "risk": told.risk.value,
        "message": told.message,
        "location": {"path": told.location.path, "line": told.location.line, "column": told.location.column},
        "sites": [_site_record(levels, one) for levels in one.levels],
        "options": [{"do": option.do, "risk_after": option.risk_after.value if option.risk_after else None} for option in told.options],
        "effort": _effort_record(told.effort),
        "start_by": None if told.start_by is None else told.start_by.isoformat(),
        "note": one.note or None,
    }


def render_json(one: Explanation, out: TextIO) -> None:
    """Write the explanation as JSON."""
    import json

    json.dump(record(one), out, indent=2, ensure_ascii=True)
    out.write("\n")


def render(one: Explanation, out: TextIO, style: Style) -> None:
    """Write the explanation for a person: the worst site in full, with -v all of them."""
    page = Page(out, style)
    told = one.told
    lead = (Piece(told.risk.value.upper(), RISK_ROLE[told.risk]), Piece(" "), piece(told.rule, "strong"), Piece("  "))
    page.text(piece(told.message, "strong"), lead=lead, indent=len(told.risk.value) + 1)
    place = f"{told.location.path}:{told.location.line}:{told.location.column}"
    page.text(piece(place), Piece(" "), piece(told.context, "dim"), lead=(Piece("  --> ", "gutter"),), indent=6)
    row(page, "fingerprint", (piece(f"{told.fingerprint}, as of {one.as_of}"),))
    if one.note:
        row(page, "note", (piece(one.note, "warn"),))
    for number, levels in enumerate(one.levels):
        page.line()
        _head(page, levels)
        if number == 0 or style.verbosity > 0:
            _levels(page, levels, one)
        else:
            for label, line in zip(("cell", ""), _brief(one.why(levels)), strict=False):
                row(page, label, (piece(line),))
    page.line()
    _ways_out(page, one)


def _head(page: Page, levels: Levels) -> None:
    if not isinstance(levels, Site):
        row(page, levels.risk.value, (piece("not seen in use", "strong"),), MARK_ROLE[levels.risk])
        return
    words = [piece(f"{levels.path}:{levels.line}:{levels.column}", "strong"), Piece(" "), piece(levels.callee)]
    if levels.function:
        words += [Piece(" "), piece(f"in {levels.function}", "dim")]
    if levels.confidence != "certain":
        words += [Piece(" "), piece(f"({levels.confidence})", "dim")]
    row(page, levels.risk.value, words, MARK_ROLE[levels.risk])


def _brief(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The cell, and why the site is shown at another level where it is."""
    return lines[:2] if lines[1:] and lines[1].startswith("shown as") else lines[:1]


def _levels(page: Page, levels: Levels, one: Explanation) -> None:
    for number, step in enumerate(levels.flow):
        row(page, "" if number else "via", (piece(f"{step.path}:{step.line} {step.what}"),))
    for number, line in enumerate(one.why(levels)):
        label, colon, rest = line.partition(": ")
        known = number and colon and label in {"not lower", "not higher"}
        row(page, "cell" if number == 0 else label if known else "", (piece(rest if known else line),), "strong" if number == 0 else "dim")
    for (point, letter, words), value in zip(_POINTS, (levels.urgency, levels.exposure, levels.difficulty), strict=True):
        _reasons(page, f"{letter}{value} {words[value]}", [reason for reason in levels.factors if reason.point == point])
    named = {point for point, _, _ in _POINTS}
    for point in dict.fromkeys(reason.point for reason in levels.factors if reason.point not in named):
        _reasons(page, point, [reason for reason in levels.factors if reason.point == point])


def _reasons(page: Page, label: str, reasons: list[Reason]) -> None:
    for number, reason in enumerate(reasons):
        effect = "" if reason.effect in {"none", "check"} else f" [{reason.effect}]"
        words = (piece(f"{reason.id} ", "dim"), piece(reason.sentence), piece(_rests_on(reason), "dim"), piece(effect))
        row(page, "" if number else label, words, "" if number == 0 else "dim")


def _rests_on(reason: Reason) -> str:
    places = tuple(dict.fromkeys(found for item in reason.evidence if (found := _evidence(item)) not in reason.sentence))
    return f" ({'; '.join(places)})" if places else ""


def _evidence(item: Evidence) -> str:
    if item.path is not None:
        return item.path if item.line is None else f"{item.path}:{item.line}"
    return f"feed: {item.feed}"


def _ways_out(page: Page, one: Explanation) -> None:
    told = one.told
    for number, option in enumerate(told.options, 1):
        after = f" -> {option.risk_after.value}" if option.risk_after else ""
        effort = "" if option.effort is None else f" ({_took(option.effort)})"
        row(page, "do" if number == 1 else "", (piece(f"{number}. {option.do}"), Piece(after, "strong"), piece(effort, "dim")))
    if told.effort is not None:
        row(page, "effort", (piece(f"{_took(told.effort)}: {', '.join(_items(told.effort))}"),))
    if told.start_by is not None:
        from datetime import date

        row(page, "start by", (piece(dated(told.start_by, date.fromisoformat(one.as_of))),))


def _took(effort: Effort) -> str:
    from modelaudit.domain.finding import Effort as Estimate

    return duration(Estimate(effort.size, *effort.minutes, ()))


def _items(effort: Effort) -> Iterator[str]:
    for item in effort.items:
        times = f"{item.count} x " if item.count > 1 else ""
        yield f"{times}{item.name.replace('_', ' ')} {item.minutes[0]}-{item.minutes[1]} min"


def _site_record(levels: Levels, one: Explanation) -> Record:
    where: Record = {}
    if isinstance(levels, Site):
        where = {"path": levels.path, "line": levels.line, "column": levels.column, "callee": levels.callee, "function": levels.function}
    lines = one.why(levels)
    return {
        **where,
        "risk": levels.risk.value,
        "urgency": levels.urgency,
        "exposure": levels.exposure,
        "difficulty": levels.difficulty,
        "late": levels.late,
        "cell": lines[0] if lines else None,
        "why": list(lines[1:]),
        "factors": [
            {
                "id": reason.id,
                "point": reason.point,
                "effect": reason.effect,
                "sentence": reason.sentence,
                "evidence": [_evidence(item) for item in reason.evidence],
            }
            for reason in levels.factors
        ],
    }


def _effort_record(effort: Effort | None) -> Record | None:
    if effort is None:
        return None
    items: list[Record] = [{"name": item.name, "count": item.count, "minutes": list(item.minutes)} for item in effort.items]
    return {"class": effort.size, "minutes": list(effort.minutes), "items": items}
