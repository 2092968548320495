"""`explain MODEL` for people: how it stands on every platform, its timeline, what to use instead, the acts that bind it, the sources."""

from __future__ import annotations

from datetime import date
from typing import TextIO

from modelaudit.domain.lifecycle import Replacement, Restriction, Source, Status
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.biography import Biography, Chapter, Moment
from modelaudit.report.escape import url
from modelaudit.report.layout import Page, Piece, display_width, piece
from modelaudit.report.style import Style

STATUS_ROLES = {
    Status.RESTRICTED: "critical",
    Status.RETIRED: "high",
    Status.DEPRECATED: "medium",
    Status.LEGACY: "low",
    Status.ACTIVE: "good",
}
"""The role in which a status is painted."""
_SHOWN_PLATFORMS = 4
_SHOWN_SOURCES = 3


class Citations:
    """Numbers for sources, one for each address."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self._numbers: dict[str, int] = {}

    def number(self, source: Source) -> int:
        """The number of a source, a new one where it was not cited before."""
        self.sources.setdefault(source.url, source)
        return self._numbers.setdefault(source.url, len(self._numbers) + 1)


class _Row(NamedTuple):
    platform: str
    status: str
    role: str
    since: str
    ends: str
    ids: str


def render(told: Biography, out: TextIO, style: Style) -> None:
    """Write the life of a model."""
    page = Page(out, style)
    cited = Citations()
    line = f", line {told.model.line}" if told.model.line else ""
    page.line(piece(told.model.key, "strong"), piece(f"  {told.model.publisher}{line}, as of {told.as_of}", "dim"))
    _standing(page, told)
    _timeline(page, told, cited)
    _replacements(page, told)
    _acts(page, told)
    _notes(page, told)
    _sources(page, cited)


def _standing(page: Page, told: Biography) -> None:
    """One line a platform, in columns."""
    head = _Row("platform", "status", "", "since", "ends", "IDs")
    rows = [head, *(_row(chapter, told.as_of) for chapter in told.chapters)]
    widths = [max(display_width(row[index]) for row in rows) for index in (0, 1, 3, 4)]
    page.line()
    for row in rows:
        role = "dim" if row is head else row.role
        lead = [piece("  " + row.platform.ljust(widths[0])), Piece("  "), piece(row.status.ljust(widths[1]), role)]
        lead += [piece(f"  {row.since.ljust(widths[2])}  {row.ends.ljust(widths[3])}  ", "dim" if row is head else "")]
        page.text(piece(row.ids, "dim"), lead=lead, indent=sum(widths) + 10)


def _row(chapter: Chapter, as_of: date) -> _Row:
    fact = chapter.fact
    ids = ", ".join((*chapter.life.ids, *(f"{one.id} (moves)" if one.floating else one.id for one in chapter.life.aliases)))
    return _Row(chapter.life.platform, fact.status.value, STATUS_ROLES.get(fact.status, ""), _day(fact.since), ends(chapter, as_of), ids)


def ends(chapter: Chapter, as_of: date) -> str:
    """The end, the promise that there is none before a day, or when calls work again."""
    fact = chapter.fact
    if fact.status is Status.RESTRICTED:
        return f"until {fact.available_again}" if fact.available_again else "no end known"
    if fact.deadline is not None:
        return f"{fact.deadline} ({(fact.deadline - as_of).days:+,} days)" if fact.deadline > as_of else str(fact.deadline)
    return f"not before {fact.safe_until}" if fact.safe_until else "-"


def _timeline(page: Page, told: Biography, cited: Citations) -> None:
    _heading(page, "Timeline")
    everywhere = len(told.chapters)
    is_past = True
    for moment in told.timeline:
        if is_past and moment.on is not None and moment.on > told.as_of:
            page.line(piece(f"  {told.as_of}  - as of -", "dim"))
            is_past = False
        marks = " ".join(f"[{cited.number(source)}]" for source in moment.sources[:_SHOWN_SOURCES])
        words = [piece(moment.what), piece(_where(moment, everywhere), "dim"), piece(marks, "dim")]
        if moment.note:
            words.insert(2, piece(f"({moment.note})", "dim"))
        pieces = [part for word in words if word.text for part in (Piece(" "), word)][1:]
        page.text(*pieces, lead=(piece(f"  {_day(moment.on).ljust(10)}  "),), indent=14)


def _where(moment: Moment, everywhere: int) -> str:
    """On which platforms, and where on them."""
    places = list(moment.platforms)
    if len(places) == everywhere > 1:
        places = ["all platforms"]
    elif len(places) > _SHOWN_PLATFORMS:
        places = [*places[:_SHOWN_PLATFORMS], f"{len(places) - _SHOWN_PLATFORMS} more"]
    text = ", ".join(places)
    scopes = f" in {', '.join(moment.scopes)}" if moment.scopes else ""
    return f"on {text}{scopes}" if text else scopes.strip()


def _replacements(page: Page, told: Biography) -> None:
    """What each platform recommends, told once where they agree."""
    named: dict[str, list[str]] = {}
    for chapter in told.chapters:
        if chapter.fact.replacement is not None:
            named.setdefault(_instead(chapter.fact.replacement), []).append(chapter.life.platform)
    if named:
        _heading(page, "Instead")
    for words, platforms in named.items():
        where = "everywhere" if len(platforms) == len(told.chapters) > 1 else ", ".join(platforms)
        page.text(piece(words), Piece(" "), piece(f"({where})", "dim"), lead=(Piece("  "),), indent=2)


def _instead(named: Replacement) -> str:
    parts = [named.drop_in] if named.drop_in else []
    parts += [f"or {option}" if parts else option for option in named.options if option != named.drop_in]
    text = ", ".join(parts)
    if named.parameters:
        text += f" with {', '.join(named.parameters)}"
    if named.inferred:
        text += "; inferred, the provider names none"
    return f"{text}; {named.note}" if named.note else text


def _acts(page: Page, told: Biography) -> None:
    """Acts that bind the project in full, those that would under another profile in a line each."""
    if told.restrictions:
        _heading(page, "Restrictions")
    for act in told.restrictions:
        page.text(piece(f"{act.id}: {act.title}", "strong"), lead=(Piece("  "),), indent=2)
        page.text(piece(f"{_interval(act)}; {act.jurisdiction}; binds {act.bound}"), lead=(Piece("    "),), indent=4)
        if act.disputed:
            page.text(piece(f"disputed: {act.disputed}", "dim"), lead=(Piece("    "),), indent=4)
    if told.elsewhere:
        _heading(page, "Only for projects that declare a profile")
    for act in told.elsewhere:
        words = (piece(act.title), Piece(" "), piece(f"({_interval(act)}; profile {' or '.join(act.profiles)})", "dim"))
        page.text(*words, lead=(Piece("  "),), indent=4)


def _interval(act: Restriction) -> str:
    return f"{act.effective} to {act.lifted}" if act.lifted else f"since {act.effective}"


def _notes(page: Page, told: Biography) -> None:
    notes = [(chapter.life.platform, chapter.life.note) for chapter in told.chapters if chapter.life.note]
    if notes:
        _heading(page, "Notes")
    for platform, note in notes:
        page.text(piece(f"{platform}: {note}"), lead=(Piece("  "),), indent=2)


def _sources(page: Page, cited: Citations) -> None:
    if cited.sources:
        _heading(page, "Sources")
    for source in cited.sources.values():
        mark = f"[{cited.number(source)}]".rjust(6)
        read = f", read {source.retrieved}" if source.retrieved else ""
        kind = piece(f"({'official' if source.official else 'not official'}{read})", "dim")
        address = (Piece(mark, "dim"), Piece(" "), piece(source.url, link=url(source.url)))
        if sum(display_width(part.text) for part in (*address, kind)) < page.width:
            page.line(*address, Piece(" "), kind)
        else:
            page.line(*address)
            page.line(Piece(" " * 7), kind)


def _heading(page: Page, text: str) -> None:
    page.line()
    page.line(piece(text, "strong"))


def _day(value: date | None) -> str:
    return "-" if value is None else value.isoformat()
