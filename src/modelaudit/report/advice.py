"""What a person is told below the call sites: what to put there, what breaks, how long it takes, which law, says who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from modelaudit.domain.finding import Factor, Finding, SiteRisk
from modelaudit.domain.lifecycle import Restriction, Source, Status
from modelaudit.domain.report import Report
from modelaudit.judge.wording import listed, platform_name, relative
from modelaudit.report.escape import url
from modelaudit.report.layout import Page, Piece, display_width, piece
from modelaudit.report.quote import Quotes
from modelaudit.report.words import dated, decides, duration, standing

Row: TypeAlias = tuple[str, tuple[Piece, ...]]

LABEL = 16
"""Width of the column of labels; the longest is `E3 unprotected`."""
TEXT = 2 + LABEL
"""Column in which the words of a row begin."""
_KIND = {"export_control": "law", "government_ban": "law", "procurement": "law", "court_order": "law", "licence": "licence"}
"""Label of an act; what a provider decides is a policy."""


def rows(page: Page, finding: Finding, report: Report, quotes: Quotes) -> Iterator[Row]:
    """Every row that applies, in the order in which a reader needs them."""
    yield from instead(finding)
    yield from _breaking(finding, quotes, page)
    yield from told(finding, report.as_of)
    yield from _sources(page, finding)


def told(finding: Finding, as_of: date) -> Iterator[Row]:
    """The rows that need no page to be laid out on."""
    yield from _options(finding)
    yield from _effort(finding, as_of)
    yield from _platform(finding, as_of)
    yield from _restriction(finding, as_of)
    yield from _grant(finding, as_of)
    yield from _suppression(finding, as_of)


def instead(finding: Finding) -> Iterator[Row]:
    """The replacement, and a newer model where it is another one. One that has to go itself is only said to be named."""
    named = finding.verdict.replacement
    passing = passing_by(finding)
    label = "named" if passing else "use instead"
    shown: set[str] = set()
    if named is not None and (named.drop_in or named.options):
        pieces: list[Piece] = []
        if named.drop_in:
            marks = (*(("drop-in",) if _fits(finding) else ()), *(("inferred",) if named.inferred else ()))
            pieces += [piece(named.drop_in, "good"), Piece(f" ({', '.join(marks)})" if marks else "", "dim")]
        others = tuple(option for option in named.options if option != named.drop_in)
        for number, option in enumerate(others):
            pieces += [Piece(" or " if pieces and number in {0, len(others) - 1} else ", " if pieces else ""), piece(option, "good")]
        if named.parameters:
            pieces.append(piece(f" with {listed(named.parameters, 'and')}"))
        if named.inferred and not named.drop_in:
            pieces.append(Piece(" (inferred)", "dim"))
        if named.note:
            pieces.append(piece(f"; {named.note}"))
        shown.update((named.drop_in or "", *named.options))
        yield label, tuple(pieces)
    elif named is not None and named.note:
        yield label, (piece(named.note),)
    if passing:
        yield "", (piece(passing),)
    successor = finding.verdict.successor
    if successor and successor not in shown:
        yield "newest", (piece(successor, "good"),)


def _fits(finding: Finding) -> bool:
    """Whether the new ID alone does it, at every call that is seen."""
    return all(site.difficulty == 0 for site in finding.sites)


def passing_by(finding: Finding) -> str:
    """That the replacement which is named is itself on its way out, or withheld, and what counts instead; empty when it is not."""
    factors = (factor for site in finding.sites for factor in site.factors)
    return next((factor.sentence for factor in factors if factor.id == "F29" and _is_passing(factor)), "")


def _is_passing(factor: Factor) -> bool:
    return " -> " in factor.value or factor.value == "restricted"


def sentence(factor: Factor, site: SiteRisk) -> str:
    """The factor's sentence with its evidence in brackets, shortened to `:line` inside the site's own file."""
    own = site.placed.path if site.placed else site.usage.path
    places = [f":{item.line}" if item.path == own else f"{item.path}:{item.line}" for item in factor.evidence if item.path and item.line]
    # What is said of a whole file needs no line: `app/settings.py counts as production code`.
    told = [item.path for item in factor.evidence if item.path and factor.sentence.startswith(f"{item.path} ")]
    missing = [] if told else [place for place in dict.fromkeys(places) if place not in factor.sentence]
    return f"{factor.sentence} ({', '.join(missing)})" if missing else factor.sentence


def deciding(site: SiteRisk, point: str, value: int) -> int:
    """How many factors made the value of a decision point."""
    return sum(factor.point == point and decides(factor, point[0].upper(), value) for factor in site.factors)


def interval(start: date, end: date | None, as_of: date) -> str:
    """A stretch of time in the tense of the day, so that nothing is called in force after its end."""
    if start > as_of:
        return f"from {dated(start, as_of)}" + (f", to {end.isoformat()}" if end else "")
    if end is None:
        return f"since {start.isoformat()}, no end announced"
    verb = "ended" if end <= as_of else "ends"
    return f"from {start.isoformat()} to {end.isoformat()} ({verb} {relative(end, as_of)})"


def source_words(source: Source) -> str:
    """`official, read 2026-08-22`."""
    kind = "official" if source.official else "third-party"
    return f"{kind}, read {source.retrieved.isoformat()}" if source.retrieved else f"{kind}, undated"


def _breaking(finding: Finding, quotes: Quotes, page: Page) -> Iterator[Row]:
    if page.style.verbosity > 0:
        for number, item in enumerate(finding.breaking):
            place = quotes.place(page, item.path, item.line)
            yield (
                (_broken(finding) if number == 0 else ""),
                (piece(item.parameter, "strong"), Piece(" at "), place, piece(f" {item.effect}: {item.reason}")),
            )
    elif finding.breaking:
        pieces: list[Piece] = []
        for item in finding.breaking:
            place = quotes.place(page, item.path, item.line, width=page.width // 2)
            pieces += [
                Piece(", ") if pieces else Piece(""),
                piece(item.parameter, "strong"),
                Piece(" "),
                piece(f"({item.effect}) at "),
                place,
            ]
        yield _broken(finding), tuple(pieces)


def _broken(finding: Finding) -> str:
    """What is refused breaks, what is answered otherwise changes."""
    return "will break" if any(item.effect == "error" for item in finding.breaking) else "will change"


def _options(finding: Finding) -> Iterator[Row]:
    for number, option in enumerate(finding.options, 1):
        words = f"{number}. {option.do}" if len(finding.options) > 1 else option.do
        after = f" -> {option.risk_after.value}" if option.risk_after else ""
        yield ("do" if number == 1 else ""), (piece(words), Piece(after, "strong"))


def _effort(finding: Finding, as_of: date) -> Iterator[Row]:
    pieces: list[Piece] = []
    if finding.effort:
        pieces.append(Piece(duration(finding.effort)))
    if finding.start_by:
        late = finding.start_by < as_of
        pieces.append(Piece(f"{', ' if pieces else ''}start by {dated(finding.start_by, as_of)}", "warn" if late else ""))
        if late:
            pieces.append(Piece(": late", "warn"))
    if pieces:
        yield "effort", tuple(pieces)


def _platform(finding: Finding, as_of: date) -> Iterator[Row]:
    verdict = finding.verdict
    if not verdict.assumed:
        return
    words = f"not visible in the code: judged by the dates of {platform_name(verdict.platform)}"
    if verdict.worse_elsewhere:
        clocks = tuple(
            f"on {platform_name(item.platform)} {standing(item.status, item.deadline, as_of)}" for item in verdict.worse_elsewhere
        )
        worse = listed(clocks, "and")
        yield "platform", (piece(f"{words};"), Piece(" "), piece(worse, "warn"), Piece("; `platforms` in the configuration settles it"))
    else:
        yield "platform", (piece(words),)


def _restriction(finding: Finding, as_of: date) -> Iterator[Row]:
    """The law and the outage apart: they are different intervals, and often different people's acts."""
    verdict = finding.verdict
    act, behind = verdict.restriction, verdict.behind
    if act is None:
        return
    yield from _act(behind or act, verdict.identity.model, as_of)
    if verdict.status is not Status.RESTRICTED or verdict.since is None:
        return
    fail = f"fail {interval(verdict.since, verdict.available_again, as_of)}"
    if behind is not None:
        yield "calls", (piece(f"{fail}; {act.title} ({act.jurisdiction}); {act.id}"),)
        yield from _relief(act, verdict.identity.model, as_of)
    elif act.makes_calls_fail and (verdict.since, verdict.available_again) != (act.effective, act.lifted):
        yield "calls", (piece(fail),)


def _act(act: Restriction, model: str | None, as_of: date) -> Iterator[Row]:
    over = act.lifted is not None and act.lifted <= as_of
    force, binds = ("no longer in force,", "bound") if over else ("in force", "binds")
    when = interval(act.effective, act.lifted, as_of)
    yield _KIND.get(act.kind, "policy"), (piece(f"{act.title}: {force} {when}; {binds} {act.bound} ({act.jurisdiction}); {act.id}"),)
    yield from _relief(act, model, as_of)
    if act.disputed:
        yield "", (piece(f"disputed: {act.disputed}", "warn"),)


def _relief(act: Restriction, model: str | None, as_of: date) -> Iterator[Row]:
    for item in act.relief:
        if item.on <= as_of and model in item.subjects:
            yield "", (piece(f"since {item.on.isoformat()} it no longer binds {item.who}"),)


def _grant(finding: Finding, as_of: date) -> Iterator[Row]:
    grant = finding.verdict.grant
    if grant is not None:
        until = f"until {dated(grant.until, as_of)}" if grant.until else "without an end"
        yield "grant", (piece(f"lifts {listed(grant.restrictions, 'and')} {until}"),)


def _sources(page: Page, finding: Finding) -> Iterator[Row]:
    sources = finding.verdict.sources
    shown = sources if page.style.verbosity > 0 else sources[:1]
    for number, source in enumerate(shown):
        address = piece(source.url, link=url(source.url), whole=True)
        more = f", {len(sources) - 1} more with -v" if len(shown) < len(sources) else ""
        words = Piece(f"({source_words(source)}{more})", "dim", whole=True)
        # An address is never torn; one too long for the column of text goes below, as far to the left as it must.
        order = (address, words) if display_width(address.text) <= page.width - TEXT else (words, address)
        yield ("source" if number == 0 else ""), (order[0], Piece(" "), order[1])
    if finding.verdict.disputed:
        yield "disputed", (piece(finding.verdict.disputed, "warn"),)


def _suppression(finding: Finding, as_of: date) -> Iterator[Row]:
    by = finding.suppression
    if by is None:
        return
    until = f" until {dated(by.until, as_of)}" if by.until else ""
    reason = f": {by.reason}" if by.reason else ""
    yield "suppressed", (piece(f"by {by.kind} at {by.path}:{by.line}{until}{reason}"),)
