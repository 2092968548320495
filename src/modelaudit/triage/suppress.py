"""Matches findings with suppressions, from comments and from configuration, and says which of those are unused, expired or unknown.

A comment on the literal's statement suppresses its finding; comments on call sites do so together, when they cover every site. The last day
of a suppression is the last on which it holds. One that breaks the project's own terms (`require-reason`, `max-suppression-days`) holds
nothing, and the run says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.finding import Finding, SuppressedBy
from modelaudit.domain.location import Location, Span
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.fingerprint import fingerprint
from modelaudit.judge.paths import matches

WARNING_DAYS = 14
"""How long before its last day a suppression is announced to end."""


class Cover(NamedTuple):
    """One rule silenced by one suppression, whether written in a comment or in configuration."""

    kind: str
    """`comment` or `config`."""
    rule: str
    until: date | None
    reason: str | None
    place: Location
    first_line: int = 0
    """Lines that a comment covers; 0 for the whole file."""
    last_line: int = 0
    model: str | None = None
    path: str | None = None


class Rules(NamedTuple):
    """Rule ids: all that exist, and those that ran."""

    known: frozenset[str]
    ran: frozenset[str]


class Suppressed(NamedTuple):
    """Findings, marked, and what is to be said of the suppressions."""

    findings: tuple[Finding, ...]
    complaints: tuple[Finding, ...]
    notifications: tuple[Notification, ...]


def suppress(
    findings: Iterable[Finding], facts: Mapping[str, FileFacts], settings: Settings, as_of: date, rules: Rules, *, whole: bool
) -> Suppressed:
    """Mark what is suppressed. `whole` is false when only a part of the project was scanned: then configuration may be for the rest."""
    covers = (*_of_comments(facts), *_of_settings(settings))
    known = tuple(cover for cover in covers if cover.rule in rules.known)
    broken = {cover: note for cover in known if (note := _broken_terms(cover, settings, as_of)) is not None}
    expired = {cover for cover in known if cover.until is not None and cover.until < as_of}
    holding = tuple(cover for cover in known if cover not in broken and cover not in expired)
    used: set[Cover] = set()
    marked = tuple(_marked(finding, holding, used) for finding in findings)
    unused = [cover for cover in holding if cover not in used and cover.rule in rules.ran and (whole or cover.kind == "comment")]
    complaints = (
        *(_unknown(cover, rules) for cover in covers if cover.rule not in rules.known),
        *(_expired(cover, as_of) for cover in sorted(expired, key=_order)),
        *(_unused(cover) for cover in unused),
    )
    ending = tuple(_ending(cover, as_of) for cover in holding if _ends_soon(cover, as_of) and cover in used)
    return Suppressed(marked, tuple(fingerprint(complaints)), (*broken.values(), *ending))


def _of_comments(facts: Mapping[str, FileFacts]) -> Iterable[Cover]:
    for path in sorted(facts):
        for one in facts[path].suppressions:
            until = None if one.until is None else _day(one.until)
            for rule in one.rules:
                yield Cover("comment", rule, until, one.reason, Location(path, one.span), one.first_line, one.last_line)


def _of_settings(settings: Settings) -> Iterable[Cover]:
    nowhere = Location("configuration", Span(1, 1, 1, 1))
    for one in settings.ignores:
        yield Cover("config", one.rule, one.until, one.reason, one.origin or nowhere, model=one.model, path=one.path)


def _day(text: str) -> date:
    """The day written; one that no calendar has is taken for the last before it, as people mean it by `2027-02-31`."""
    year, month, day = (int(part) for part in text.split("-"))
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _marked(finding: Finding, covers: tuple[Cover, ...], used: set[Cover]) -> Finding:
    """The finding with its suppression, if it has one; every cover that touches it counts as used."""
    mine = [cover for cover in covers if cover.rule == finding.rule]
    if not mine:
        return finding
    direct = [cover for cover in mine if _covers_literal(cover, finding)]
    used.update(direct)
    sites = [
        [cover for cover in mine if cover.kind == "comment" and _covers_site(cover, finding, index)] for index in range(len(finding.sites))
    ]
    used.update(cover for some in sites for cover in some)
    chosen = direct or (sites[0] if sites and all(sites) else [])
    if not chosen:
        return finding
    cover = chosen[0]
    by = SuppressedBy(cover.kind, cover.reason, cover.until, cover.place.path, cover.place.span.line)
    return finding._replace(suppression=by)


def _covers_literal(cover: Cover, finding: Finding) -> bool:
    path, span = finding.usage.path, finding.usage.literal.span
    if cover.kind == "comment":
        return path == cover.place.path and _spans(cover, span)
    identity = finding.verdict.identity
    names = (identity.model or "", identity.written, identity.matched)
    return (cover.path is None or matches((cover.path,), path)) and (
        cover.model is None or any(fnmatchcase(name, cover.model) for name in names)
    )


def _covers_site(cover: Cover, finding: Finding, index: int) -> bool:
    placed = finding.sites[index].placed
    return placed is not None and placed.path == cover.place.path and _spans(cover, placed.site.span)


def _spans(cover: Cover, span: Span) -> bool:
    return cover.first_line == 0 or (span.line <= cover.last_line and span.end_line >= cover.first_line)


def _broken_terms(cover: Cover, settings: Settings, as_of: date) -> Notification | None:
    """What the project's terms for suppressions say against this one."""
    what, hint = "", ""
    if settings.require_reason and not (cover.reason or "").strip():
        what, hint = "has no reason", 'add reason="why"'
    elif settings.max_suppression_days is not None:
        latest = as_of + timedelta(days=settings.max_suppression_days)
        if cover.until is None or cover.until > latest:
            what = "has no end" if cover.until is None else f"ends on {cover.until}, later than {latest}"
            hint = f"set until={latest} or earlier (max-suppression-days = {settings.max_suppression_days})"
    if not what:
        return None
    message = f"the suppression of {cover.rule} {what}; it does not count"
    return Notification("warning", "refused-suppression", message, cover.place.path, cover.place.span.line, hint)


def _unknown(cover: Cover, rules: Rules) -> Finding:
    from modelaudit.domain.spelling import did_you_mean
    from modelaudit.triage.housekeeping import UNKNOWN, complaint

    near = did_you_mean(cover.rule, rules.known)
    advice = f"; {near}" if near else ""
    return complaint(UNKNOWN, f"there is no rule {cover.rule!r}: nothing is suppressed{advice}", cover.place, cover.rule)


def _expired(cover: Cover, as_of: date) -> Finding:
    from modelaudit.triage.housekeeping import EXPIRED, complaint

    assert cover.until is not None
    days = (as_of - cover.until).days
    ago = "yesterday" if days == 1 else f"{days} days ago"
    message = f"the suppression of {cover.rule} ended on {cover.until} ({ago}){_because(cover)}"
    return complaint(EXPIRED, message, cover.place, cover.rule, since=cover.until + timedelta(days=1))


def _unused(cover: Cover) -> Finding:
    from modelaudit.triage.housekeeping import UNUSED, complaint

    return complaint(UNUSED, f"nothing here needs the suppression of {cover.rule}", cover.place, cover.rule)


def _ends_soon(cover: Cover, as_of: date) -> bool:
    return cover.until is not None and (cover.until - as_of).days <= WARNING_DAYS


def _ending(cover: Cover, as_of: date) -> Notification:
    assert cover.until is not None
    days = (cover.until - as_of).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    message = f"the suppression of {cover.rule} ends {when}, on {cover.until}{_because(cover)}"
    return Notification("warning", "ending-suppression", message, cover.place.path, cover.place.span.line)


def _because(cover: Cover) -> str:
    return f": {cover.reason}" if cover.reason else ""


def _order(cover: Cover) -> tuple[str, int, str]:
    return cover.place.path, cover.place.span.line, cover.rule
