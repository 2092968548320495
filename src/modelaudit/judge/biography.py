"""A model's life on every platform, as `explain` tells it: how it stands on a day, and everything that happened or will, in order."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.lifecycle import Event, EventKind, Life, Model, Precision, Restriction, Source
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.status import StatusFact, in_force, status

_WORDS = {
    EventKind.RELEASED: "released",
    EventKind.LEGACY: "legacy",
    EventKind.ANNOUNCED: "end announced",
    EventKind.DEPRECATED: "deprecated",
    EventKind.EXTENDED: "extended access begins, at a higher price",
    EventKind.SHUTDOWN: "shut down",
    EventKind.RETIRED: "retired",
}
_FLOORS = {
    Precision.EARLIEST: "earliest possible end",
    Precision.NOT_SOONER_THAN: "not retired before this day",
}


class Chapter(NamedTuple):
    """A model on one platform, on the day."""

    life: Life
    fact: StatusFact
    events: tuple[Event, ...]
    """The facts in force (or as they were known), in order; undated ones first."""


class Moment(NamedTuple):
    """Something that happens on a day, and where."""

    on: date | None
    """None for what is stated without a date."""
    what: str
    platforms: tuple[str, ...]
    """Empty for what holds everywhere."""
    scopes: tuple[str, ...]
    """Regions or versions that it is limited to."""
    note: str
    """What another source says instead, or that it was inferred."""
    sources: tuple[Source, ...]


class Biography(NamedTuple):
    """Everything that the feed knows of a model."""

    model: Model
    as_of: date
    chapters: tuple[Chapter, ...]
    """The publisher's own platform first, then by name."""
    restrictions: tuple[Restriction, ...]
    """Those that bind everyone or a profile that the project declares."""
    elsewhere: tuple[Restriction, ...]
    """Those that bind only projects which declare another profile; the timeline leaves them out."""
    timeline: tuple[Moment, ...]


def biography(
    model: Model,
    restrictions: tuple[Restriction, ...],
    as_of: date,
    *,
    profiles: tuple[str, ...] = (),
    platform: str | None = None,
    known_at: date | None = None,
) -> Biography:
    """The life of a model, on one platform or on all."""
    lives = [life for life in model.lives if platform in (None, life.platform)]
    chapters = tuple(
        _chapter(model, life, restrictions, as_of, profiles, known_at)
        for life in sorted(lives, key=lambda life: (life.platform != model.home, life.platform))
    )
    declared = {"default", *profiles}
    binding = tuple(act for act in restrictions if declared & set(act.profiles))
    elsewhere = tuple(act for act in restrictions if not declared & set(act.profiles))
    return Biography(model, as_of, chapters, binding, elsewhere, _timeline(model, chapters, binding))


def _chapter(
    model: Model, life: Life, acts: tuple[Restriction, ...], as_of: date, profiles: tuple[str, ...], known_at: date | None
) -> Chapter:
    fact = status(model, life.platform, as_of, restrictions=acts, profiles=profiles, known_at=known_at)
    events = sorted(in_force(life.events, known_at), key=lambda event: (event.on or date.min, event.kind.value, event.scopes))
    return Chapter(life, fact, tuple(events))


def _timeline(model: Model, chapters: tuple[Chapter, ...], acts: tuple[Restriction, ...]) -> tuple[Moment, ...]:
    """All moments in order; the same one on several platforms is told once."""
    told: dict[tuple[date | None, str, tuple[str, ...], str], list[tuple[str, tuple[Source, ...]]]] = {}
    for chapter in chapters:
        for on, what, scopes, note, sources in (*map(_event, chapter.events), *_outages(chapter.life)):
            told.setdefault((on, what, scopes, note), []).append((chapter.life.platform, sources))
    moments = [
        Moment(
            on,
            what,
            tuple(platform for platform, _ in places),
            scopes,
            note,
            tuple(dict.fromkeys(source for _, some in places for source in some)),
        )
        for (on, what, scopes, note), places in told.items()
    ]
    moments += (Moment(one.on, f"succeeded by {one.model}", (), (), "", ()) for one in model.succeeded_by)
    moments += (moment for act in acts for moment in _act(act, model.key))
    return tuple(sorted(moments, key=lambda moment: (moment.on or date.min, moment.what, moment.platforms, moment.scopes)))


_Told = tuple[date | None, str, tuple[str, ...], str, tuple[Source, ...]]


def _event(event: Event) -> _Told:
    floor = _FLOORS.get(event.precision) if event.kind in (EventKind.SHUTDOWN, EventKind.RETIRED) else None
    what = floor or _WORDS[event.kind]
    notes = [event.note or "", f"disputed: {event.disputed}" if event.disputed else "", "inferred" if event.inferred else ""]
    return event.on, what, event.scopes, "; ".join(note for note in notes if note), event.sources


def _outages(life: Life) -> list[_Told]:
    told: list[_Told] = []
    for gap in life.unavailable:
        note = "" if gap.confidence == "high" else "inferred or from third parties"
        told.append((gap.start, f"calls fail ({gap.cause})", (), note, gap.sources))
        if gap.end is not None:
            told.append((gap.end, "calls work again", (), note, gap.sources))
    return told


def _act(act: Restriction, model: str) -> list[Moment]:
    """A restriction begins, is relieved for some, and ends; the law is told apart from the outage."""
    moments = [Moment(act.effective, f"{act.id} in force: {act.title}", act.platforms, (), "", act.sources)]
    moments += (
        Moment(relief.on, f"{act.id} relieved for {relief.who}", act.platforms, (), "", relief.sources)
        for relief in act.relief
        if not relief.subjects or model in relief.subjects
    )
    if act.lifted is not None:
        moments.append(Moment(act.lifted, f"{act.id} lifted", act.platforms, (), "", act.sources))
    return moments
