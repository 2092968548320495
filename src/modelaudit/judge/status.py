"""What a model is on one platform on one day (DESIGN 5). Facts are dated; a status is computed and never stored.

First match wins:

1. inside an interval of unavailability, or under a restriction in force that binds the project: restricted;
2. an exact shutdown has come, or the provider states that the model is gone: retired;
3. declared deprecated, or an exact shutdown is known and was announced by then: deprecated;
4. stated legacy, or succeeded on the publisher's own platform: legacy;
5. released: active; released later: unreleased; nothing known: unknown.

A floor ("not sooner than", "earliest") never ends or deprecates a model; it only says until when it is safe. An announcement without a date
is taken to be as old as the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from modelaudit.domain.lifecycle import Event, EventKind, Life, Model, Precision, Replacement, Restriction, Source, Status, Unavailable
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.binding import binds, is_free
from modelaudit.judge.scope import narrowed


class StatusFact(NamedTuple):
    """The status of a model on a platform on a day, and what it rests on."""

    status: Status
    since: date | None
    """Since when the status holds, where that is recorded."""
    deadline: date | None
    """The exact end, past or to come; for a restriction the day it began."""
    precision: Precision | None
    """Of the deadline; of `safe_until` where there is no deadline."""
    safe_until: date | None
    """A floor: not retired before this day. None where an exact end is known."""
    reroute: str | None
    """What answers after the deadline instead of an error."""
    replacement: Replacement | None
    successor: str | None
    """The newest model of the line by that day."""
    restriction: Restriction | None
    """The act in force, or the one behind the unavailability."""
    available_again: date | None
    """The end of the unavailability or of the act, where it is known."""
    sources: tuple[Source, ...]
    disputed: str | None


def status(
    model: Model,
    platform: str,
    day: date,
    *,
    region: str | None = None,
    version: str | None = None,
    restrictions: Iterable[Restriction] = (),
    profiles: Iterable[str] = ("default",),
    known_at: date | None = None,
) -> StatusFact:
    """Judge a model on a platform on a day.

    `restrictions` are the acts that name the model; those that bind everyone or one of `profiles` count. `known_at` replays what the feed
    said on an earlier day: facts learnt later are left out, facts replaced since are back.
    """
    life = model.life(platform)
    events = () if life is None else narrowed(life, in_force(life.events, known_at), region, version)
    facts = _Facts(model, life, events, day, known_at or date.max)
    bound = frozenset(profiles) | {"default"}
    return _restricted(facts, platform, tuple(restrictions), bound) or _ended(facts) or _current(facts)


def in_force(events: Iterable[Event], known_at: date | None) -> tuple[Event, ...]:
    """The facts that the feed holds true, today or as it was known on an earlier day."""
    if known_at is None:
        return tuple(event for event in events if event.superseded_on is None)
    return tuple(
        event
        for event in events
        if (event.known_from is None or event.known_from <= known_at) and (event.superseded_on is None or event.superseded_on > known_at)
    )


class _Facts(NamedTuple):
    """What the rules look at."""

    model: Model
    life: Life | None
    events: tuple[Event, ...]
    day: date
    known_at: date

    def of(self, *kinds: EventKind) -> tuple[Event, ...]:
        """The exact facts of some kinds, undated ones first, then by day."""
        found = (event for event in self.events if event.kind in kinds and event.precision is Precision.EXACT)
        return tuple(sorted(found, key=lambda event: event.on or date.min))

    def end(self) -> Event | None:
        """The exact shutdown, the strictest where several hold."""
        return next((event for event in self.of(EventKind.SHUTDOWN) if event.on), None)

    def floor(self) -> Event | None:
        """The promise that holds when no exact end is known."""
        floors = [
            event for event in self.events if event.kind is EventKind.SHUTDOWN and event.precision is not Precision.EXACT and event.on
        ]
        return min(floors, key=lambda event: event.on or date.max, default=None) if self.end() is None else None

    def first_sources(self) -> tuple[Source, ...]:
        """Who knows of the model at all, where nothing else was decided."""
        return next((event.sources for event in self.events), ())

    def holds(self, event: Event) -> bool:
        """Whether a dated fact has come, or an undated one was known."""
        since = event.on or event.known_from
        return since is None or since <= self.day

    def first(self, *kinds: EventKind) -> Event | None:
        """The first fact of these kinds that holds on the day."""
        return next(filter(self.holds, self.of(*kinds)), None)


def _restricted(facts: _Facts, platform: str, restrictions: tuple[Restriction, ...], profiles: frozenset[str]) -> StatusFact | None:
    by_id = {one.id: one for one in restrictions}
    for interval in () if facts.life is None else facts.life.unavailable:
        act = by_id.get(interval.cause)
        if _contains(interval, facts.day) and not (act and is_free(act, facts.model.key, facts.day, profiles)):
            return _fact(
                facts,
                Status.RESTRICTED,
                interval.start,
                interval.sources + (act.sources if act else ()),
                restriction=act,
                available_again=interval.end,
            )
    acts = [
        one
        for one in restrictions
        if binds(one, facts.model.key, platform, facts.day, profiles) and (one.when is None or facts.first(one.when))
    ]
    if not acts:
        return None
    worst = min(acts, key=lambda one: (not one.makes_calls_fail, one.effective, one.id))
    return _fact(facts, Status.RESTRICTED, worst.effective, worst.sources, restriction=worst, available_again=worst.lifted)


def _ended(facts: _Facts) -> StatusFact | None:
    end = facts.end()
    retired = facts.first(EventKind.RETIRED)
    if end and facts.holds(end):
        return _fact(facts, Status.RETIRED, end.on, end.sources, deciding=end)
    if retired:
        return _fact(facts, Status.RETIRED, retired.on, retired.sources, deciding=retired)
    stated = facts.first(EventKind.DEPRECATED)
    if stated:
        return _fact(facts, Status.DEPRECATED, stated.on, _cited(stated, end), deciding=stated)
    if end and _is_announced(facts):
        notice = facts.first(EventKind.ANNOUNCED)
        return _fact(facts, Status.DEPRECATED, notice.on if notice else None, end.sources, deciding=end)
    return None


def _current(facts: _Facts) -> StatusFact:
    if facts.life is None:
        return _fact(facts, Status.UNKNOWN, None, ())
    if legacy := facts.first(EventKind.LEGACY):
        return _fact(facts, Status.LEGACY, legacy.on, legacy.sources, deciding=legacy)
    released = facts.of(EventKind.RELEASED)
    succeeded = [one.on for one in facts.model.succeeded_by if one.on and one.on <= facts.day]
    if succeeded and facts.life.platform == facts.model.home:
        return _fact(facts, Status.LEGACY, min(succeeded), released[0].sources if released else ())
    if not released:
        return _fact(facts, Status.ACTIVE, None, ())
    state = Status.ACTIVE if facts.holds(released[0]) else Status.UNRELEASED
    return _fact(facts, state, released[0].on if state is Status.ACTIVE else None, released[0].sources, deciding=released[0])


def _is_announced(facts: _Facts) -> bool:
    """Whether the end was public by the day; an announcement without a date is taken to be as old as the model."""
    notices = facts.of(EventKind.ANNOUNCED, EventKind.DEPRECATED)
    marks = tuple(event for event in notices if event.on) or facts.of(EventKind.RELEASED)
    return not marks or any(map(facts.holds, marks))


def _fact(
    facts: _Facts,
    state: Status,
    since: date | None,
    sources: tuple[Source, ...],
    *,
    deciding: Event | None = None,
    restriction: Restriction | None = None,
    available_again: date | None = None,
) -> StatusFact:
    end, floor = facts.end(), facts.floor()
    is_restricted = state is Status.RESTRICTED
    # An end that is not yet announced on the day is not known on the day either.
    is_known = state in (Status.DEPRECATED, Status.RETIRED)
    deadline = since if is_restricted else end.on if end and is_known else since if state is Status.RETIRED else None
    doubtful = [event.disputed for event in (deciding, end, floor) if event and event.disputed]
    return StatusFact(
        state,
        since,
        deadline,
        Precision.EXACT if deadline else floor.precision if floor else None,
        floor.on if floor and state is not Status.RETIRED else None,
        _reroute(facts.life),
        _replacement(facts),
        _successor(facts),
        restriction,
        available_again,
        tuple(dict.fromkeys(sources or (floor.sources if floor else facts.first_sources()))),
        doubtful[0] if doubtful else None,
    )


def _replacement(facts: _Facts) -> Replacement | None:
    """What was recommended by then."""
    found = facts.life.replacement if facts.life else None
    while found is not None and found.known_from and found.known_from > min(facts.day, facts.known_at):
        found = found.before
    return found


def _successor(facts: _Facts) -> str | None:
    by_then = [one for one in facts.model.succeeded_by if one.on is None or one.on <= facts.day]
    return max(by_then, key=lambda one: one.on or date.min).model if by_then else None


def _reroute(life: Life | None) -> str | None:
    end = life.on_shutdown if life else None
    return end.to if end and end.action in ("reroute", "auto_upgrade") else None


def _contains(interval: Unavailable, day: date) -> bool:
    return interval.start <= day and (interval.end is None or day < interval.end)


def _cited(event: Event, end: Event | None) -> tuple[Source, ...]:
    return event.sources + (end.sources if end else ())
