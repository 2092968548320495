"""The timeline of the page: a strip of days with a dot for each end date, and below it the call sites that fall on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Report
from modelaudit.judge.wording import relative
from modelaudit.report.elements import Html, element, joined
from modelaudit.report.words import count, placed, worst_first

_WIDTH, _HEIGHT, _MARGIN = 1000, 110, 40
_AXIS = 70
_EDGE = 50
"""Half the width of a day's name: nearer to an edge it would be cut."""
_SHOWN_PLACES = 12


class _Spot(NamedTuple):
    """A place that falls on a day."""

    risk: Risk
    where: str
    unused: bool
    number: int
    """Of the finding that says the worst."""


def timeline(report: Report) -> Html:
    """The section; nothing where no finding has a date."""
    numbers = {id(finding): number for number, finding in enumerate(worst_first(report.findings), 1)}
    days: dict[date, list[Finding]] = {}
    for finding in report.findings:
        if finding.verdict.deadline is not None and finding.suppression is None:
            days.setdefault(finding.verdict.deadline, []).append(finding)
    if not days:
        return joined()
    ordered = sorted(days.items())
    rows = list(_rows(ordered, report.as_of, numbers))
    head = element("thead", element("tr", *(element("th", words, scope="col") for words in ("Day", "Models", "Call sites"))))
    return element(
        "section",
        element("h2", "When calls stop"),
        _strip(ordered, report.as_of),
        element("table", head, element("tbody", *rows)),
        aria_label="Timeline",
    )


def _strip(days: Sequence[tuple[date, list[Finding]]], as_of: date) -> Html:
    first, last = min(days[0][0], as_of), max(days[-1][0], as_of)
    span = max((last - first).days, 1)

    def across(day: date) -> str:
        return f"{_MARGIN + (_WIDTH - 2 * _MARGIN) * (day - first).days / span:.1f}"

    parts = [element("line", x1="0", x2=str(_WIDTH), y1=str(_AXIS), y2=str(_AXIS))]
    parts += [_tick(across(day), words) for day, words in _ticks(first, last)]
    now = across(as_of)
    line = element("line", x1=now, x2=now, y1="18", y2=str(_AXIS + 8))
    inside = f"{min(max(float(now), _EDGE), _WIDTH - _EDGE):.1f}"
    parts.append(element("g", line, element("text", as_of.isoformat(), x=inside, y="14", text_anchor="middle"), class_="now"))
    for day, findings in days:
        sites = len(_spots(findings, {id(finding): 0 for finding in findings}))
        radius = min(6 + 2 * sites**0.5, 24)
        dot = element("circle", cx=across(day), cy=str(_AXIS), r=f"{radius:.1f}")
        title = element("title", f"{day.isoformat()}, {relative(day, as_of)}: {count(sites, 'place')}")
        parts.append(element("a", title, dot, href=f"#day-{day.isoformat()}", class_=_worst(findings).value))
    label = f"End dates from {first.isoformat()} to {last.isoformat()}; the table below lists them."
    return element("svg", *parts, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", class_="strip", role="group", aria_label=label)


def _tick(across: str, words: str) -> Html:
    line = element("line", x1=across, x2=across, y1=str(_AXIS - 5), y2=str(_AXIS + 5))
    return joined(line, element("text", words, x=across, y=str(_HEIGHT - 8), text_anchor="middle"))


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """First days of months, thinned out so that their names do not touch."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    months = [month for month in months if first <= month <= last]
    every = next((step for step in (1, 2, 3, 6, 12) if len(months) / step <= 12), 24)
    for month in months:
        if (month.month - 1) % min(every, 12) == 0:
            yield month, month.strftime("%Y-%m")


def _rows(days: Sequence[tuple[date, list[Finding]]], as_of: date, numbers: dict[int, int]) -> Iterator[Html]:
    today_shown = False
    for day, findings in days:
        if day > as_of and not today_shown:
            today_shown = True
            yield element("tr", element("td", f"{as_of.isoformat()}, the day of judging", colspan="3"), class_="today")
        when = joined(element("strong", day.isoformat()), element("br"), element("span", relative(day, as_of), class_="soft"))
        models = sorted({finding.verdict.identity.model or finding.verdict.identity.written for finding in findings})
        places = list(_places(worst_first(findings), numbers))
        shown: list[Html] = places[:_SHOWN_PLACES]
        if len(places) > _SHOWN_PLACES:
            rest = element("ul", *places[_SHOWN_PLACES:])
            shown.append(element("li", element("details", element("summary", f"{len(places) - _SHOWN_PLACES:,} more"), rest)))
        cells = (element("td", when), element("td", *_lines(models)), element("td", element("ul", *shown)))
        yield element("tr", *cells, id=f"day-{day.isoformat()}", class_=_worst(findings).value)


def _lines(words: Sequence[str]) -> Iterator[Html]:
    for number, word in enumerate(words):
        yield joined(element("br") if number else None, element("code", word))


def _places(findings: Sequence[Finding], numbers: dict[int, int]) -> Iterator[Html]:
    for risk, where, unused, number in _spots(findings, numbers):
        link = element("a", where, href=f"#finding-{number}", class_="place")
        yield element(
            "li", element("span", risk.value, class_="level"), " ", link, " not seen in use" if unused else None, class_=risk.value
        )


def _spots(findings: Sequence[Finding], numbers: dict[int, int]) -> list[_Spot]:
    """Each place once, with the worst that is said of it: several IDs may reach the same call."""
    worst: dict[tuple[str, int], _Spot] = {}
    for finding in findings:
        found = [(site.risk, site.placed.path, site.placed.site.span.line) for site in placed(finding) if site.placed is not None]
        alone = [(finding.risk, finding.usage.path, finding.usage.literal.span.line)]
        for risk, path, line in found or alone:
            spot = _Spot(risk, f"{path}:{line}", not found, numbers[id(finding)])
            known = worst.setdefault((path, line), spot)
            if (risk.rank, known.unused) > (known.risk.rank, spot.unused):
                worst[path, line] = spot
    return sorted(worst.values(), key=lambda spot: -spot.risk.rank)


def _worst(findings: Sequence[Finding]) -> Risk:
    return max((finding.risk for finding in findings), key=lambda risk: risk.rank)
