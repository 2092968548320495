"""What one file of models can be checked for by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from modelaudit.feed.lines import KeyPath
from modelaudit.feed.models_source import RawEvent, RawLife, RawModel, RawPublisher, RawSource, RawUnavailable
from modelaudit.feed.reading import did_you_mean

Mistake: TypeAlias = tuple[KeyPath, str]
"""Where, and what."""

_BEFORE_THE_END = ("released", "legacy", "announced", "deprecated", "extended_access")


def check(publisher: RawPublisher, stem: str) -> Iterator[Mistake]:
    """Every mistake of the file; `stem` is its name without `.toml`."""
    if publisher.publisher != stem:
        yield ("publisher",), f"the publisher is {publisher.publisher!r} and the file is {stem}.toml; they are named alike"
    yield from unsorted([model.key for model in publisher.model], ("model",), "key")
    yield from repeated([model.key for model in publisher.model], ("model",), "model")
    yield from sources(publisher.source, cited_in(publisher))
    for index, model in enumerate(publisher.model):
        yield from _model(model, ("model", index), publisher.source)


def sources(known: dict[str, RawSource], cited: Sequence[tuple[KeyPath, str]]) -> Iterator[Mistake]:
    """Sources that are missing, unused, or no address."""
    for path, name in cited:
        if name not in known:
            yield path, f"source {name!r} is not defined" + _hint(name, tuple(known))
    for name in sorted(known.keys() - {name for _, name in cited}):
        yield ("source", name), f"source {name!r} is not used"
    for name, one in known.items():
        if not one.url.startswith(("https://", "http://")):
            yield ("source", name, "url"), f"not an address: {one.url!r}"


def unsorted(names: Sequence[str], path: KeyPath, what: str) -> Iterator[Mistake]:
    """The first of a list that stands after one it sorts before."""
    for index, (before, after) in enumerate(pairwise(names), 1):
        if after < before:
            yield (*path, index), f"not sorted: {what} {after!r} stands after {before!r}"
            return


def repeated(names: Sequence[str], path: KeyPath, what: str) -> Iterator[Mistake]:
    """Names that are there twice."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*path, index), f"{what} {name!r} is there twice"


def named(names: str | list[str] | None) -> list[str]:
    """One name or several as several."""
    return [names] if isinstance(names, str) else names or []


def cited_in(publisher: RawPublisher) -> list[tuple[KeyPath, str]]:
    """Every citation of the file with its place."""
    found: list[tuple[KeyPath, str]] = []
    for at, model in enumerate(publisher.model):
        for number, life in enumerate(model.life):
            path: KeyPath = ("model", at, "life", number)
            places: list[tuple[KeyPath, str | list[str] | None]] = [((*path, "source"), life.source), ((*path, "agree"), life.agree)]
            places += [((*path, "events", index), event.source) for index, event in enumerate(life.events)]
            places += [((*path, "unavailable", index), out.source) for index, out in enumerate(life.unavailable)]
            named_one, place = life.replacement, (*path, "replacement")
            while named_one is not None:
                places.append((place, named_one.source))
                named_one, place = named_one.before, (*place, "before")
            found += [(place, name) for place, names in places for name in named(names)]
    return found


def _model(model: RawModel, path: KeyPath, known: dict[str, RawSource]) -> Iterator[Mistake]:
    if not model.key.strip() or any(character.isspace() for character in model.key):
        yield (*path, "key"), f"not a key: {model.key!r}"
    if not model.life:
        yield path, "no [[model.life]]: on which platform is it?"
    yield from unsorted([life.platform for life in model.life], (*path, "life"), "platform")
    yield from repeated([life.platform for life in model.life], (*path, "life"), "platform")
    if any(one.id == model.key for one in model.succeeded_by):
        yield (*path, "succeeded_by"), f"{model.key!r} cannot succeed itself"
    for index, life in enumerate(model.life):
        yield from _life(life, (*path, "life", index))


def _life(life: RawLife, path: KeyPath) -> Iterator[Mistake]:
    if not life.ids:
        yield (*path, "ids"), "no ID: how does the platform spell the model?"
    for text in [*life.ids, *(alias.id for alias in life.aliases)]:
        if not text or any(character.isspace() for character in text):
            yield (*path, "ids"), f"not an ID: {text!r}"
    yield from repeated([*life.ids, *(alias.id for alias in life.aliases)], (*path, "ids"), "ID")
    for index, alias in enumerate(life.aliases):
        yield from ends_after(alias.start, alias.end, (*path, "aliases", index), "the alias")
    for index, event in enumerate(life.events):
        yield from _event(event, life, (*path, "events", index))
    yield from _order(life.events, (*path, "events"))
    yield from _intervals(life.unavailable, (*path, "unavailable"))
    has_source = bool(named(life.source))
    if not has_source and any(not named(out.source) for out in life.unavailable):
        yield (*path, "unavailable"), "an interval without a source"
    if life.replacement and not has_source and not named(life.replacement.source):
        yield (*path, "replacement"), "a replacement without a source"


def _event(event: RawEvent, life: RawLife, path: KeyPath) -> Iterator[Mistake]:
    if not named(event.source) and not named(life.source):
        yield path, f"{event.kind!r} has no source: give the fact or its life a `source`"
    if event.kind == "floor" and event.precision == "exact":
        yield path, 'an exact day is no floor: write kind = "shutdown"'
    if event.kind != "floor" and event.precision not in (None, "exact"):
        yield path, f'{event.precision!r} is a promise, not an end: write kind = "floor"'
    if event.kind == "shutdown" and event.note and any(word in event.note.lower() for word in ("not sooner", "no sooner", "earliest")):
        yield path, 'the note says this is a promise, not an end: write kind = "floor"'
    if event.on is None and event.kind in ("shutdown", "floor", "released"):
        yield path, f"{event.kind!r} needs a day (`on`)"
    if event.regions is not None and event.versions is not None:
        yield path, "a fact holds for regions or for versions, not both"
    yield from ends_after(event.known_from, event.superseded_on, path, "the fact")


def _order(events: Sequence[RawEvent], path: KeyPath) -> Iterator[Mistake]:
    """Facts in force that cannot be true together."""
    now = [(index, event) for index, event in enumerate(events) if event.superseded_on is None and event.on]
    ends: dict[tuple[str, ...], date] = {}
    for index, event in now:
        if event.kind == "shutdown" and event.on:
            place = tuple(event.regions or event.versions or ())
            if place in ends:
                yield (*path, index), f"two ends in force: {ends[place]} and {event.on}; the older one needs `superseded_on`"
            ends.setdefault(place, event.on)
    if () not in ends:
        return
    last = max(ends.values())
    for index, event in now:
        if event.kind in _BEFORE_THE_END and event.on and event.on > last:
            yield (*path, index), f"{event.kind} on {event.on}, after the shutdown on {last}"


def _intervals(intervals: Sequence[RawUnavailable], path: KeyPath) -> Iterator[Mistake]:
    for index, one in enumerate(intervals):
        yield from ends_after(one.start, one.end, (*path, index), "the interval")
    ordered = sorted(enumerate(intervals), key=lambda pair: pair[1].start)
    for (_, before), (index, after) in pairwise(ordered):
        if before.end is None or after.start < before.end:
            yield (*path, index), f"the interval from {after.start} overlaps the one from {before.start}"


def ends_after(start: date | None, end: date | None, path: KeyPath, what: str) -> Iterator[Mistake]:
    """An interval that ends before it begins, or as it begins."""
    if start and end and end <= start:
        yield path, f"{what} ends on {end}, before it begins on {start}" if end < start else f"{what} begins and ends on {start}"


def _hint(name: str, known: tuple[str, ...]) -> str:
    found = did_you_mean(name, known)
    return f" ({found})" if found else ""
