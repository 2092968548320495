"""The section of models: `models/<publisher>.toml` in, `Model` records out, one by one as they are asked for."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from modelaudit.domain.errors import FeedError
from modelaudit.domain.lifecycle import (
    Alias,
    Event,
    EventKind,
    Life,
    Model,
    OnShutdown,
    Precision,
    Replacement,
    Source,
    Successor,
    Unavailable,
)
from modelaudit.feed.days import day, iso

if TYPE_CHECKING:
    from modelaudit.feed import models_source as raw
    from modelaudit.feed.plain import PlainEvent, PlainLife, PlainModel, PlainReplacement, PlainSource, PlainSources

NAME = "models"
"""Name of the section."""

EXACT, FLOOR = Precision.EXACT.value, Precision.NOT_SOONER_THAN.value


def build(folder: str) -> dict[str, PlainModel]:
    """Every model of a rules folder, by key."""
    from modelaudit.feed import models_source as raw
    from modelaudit.feed.reading import read, toml_files

    made: dict[str, PlainModel] = {}
    for file in toml_files(os.path.join(folder, NAME)):
        publisher = read(file, raw.RawPublisher)
        try:
            flat = flatten(publisher)
        except KeyError as error:
            raise FeedError(f"{file}: source {error} is not defined", hint="add a [source.…] table with that name") from error
        for key in sorted(flat.keys() & made.keys()):
            raise FeedError(f"{file}: model {key!r} is also in another file", hint="a model has one [[model]] table")
        made |= flat
    return dict(sorted(_with_versions(made).items()))


def flatten(publisher: raw.RawPublisher) -> dict[str, PlainModel]:
    """The models of one file; `KeyError` names a source that is not defined."""
    sources = {key: source(key, one) for key, one in publisher.source.items()}
    return {model.key: _model(publisher, model, sources) for model in publisher.model}


def source(key: str, one: raw.RawSource) -> PlainSource:
    """A source object."""
    return (key, one.url, one.official, iso(one.retrieved), one.title)


def named(names: str | list[str] | None, sources: dict[str, PlainSource]) -> PlainSources:
    """The sources that a fact points to."""
    return tuple(sources[name] for name in ([names] if isinstance(names, str) else names or []))


def decode(plain: PlainModel) -> Model:
    """The record of one model."""
    key, publisher, line, successors, lives, home = plain
    return Model(
        key, publisher, line, tuple(Successor(model, day(on)) for model, on in successors), tuple(_life_of(key, one) for one in lives), home
    )


@cache
def decode_source(plain: PlainSource) -> Source:
    """The record of one source; a few hundred stand behind all facts, so each is made once."""
    key, url, official, retrieved, title = plain
    return Source(key, url, official, day(retrieved), title)


def _model(publisher: raw.RawPublisher, model: raw.RawModel, sources: dict[str, PlainSource]) -> PlainModel:
    successors = tuple((one.id, iso(one.on)) for one in model.succeeded_by)
    lives = tuple(_life(one, sources) for one in sorted(model.life, key=lambda one: one.platform))
    return (model.key, publisher.publisher, model.line, successors, lives, publisher.home)


def _life(life: raw.RawLife, sources: dict[str, PlainSource]) -> PlainLife:
    own, agree = named(life.source, sources), named(life.agree, sources)
    unavailable = tuple((iso(u.start), iso(u.end), u.cause, named(u.source, sources) or own, u.confidence) for u in life.unavailable)
    end = life.on_shutdown
    return (
        life.platform,
        tuple(life.ids),
        tuple((alias.id, iso(alias.start), iso(alias.end), alias.floating) for alias in life.aliases),
        tuple(_event(event, sources, own, agree) for event in life.events),
        unavailable,
        None if life.replacement is None else _replacement(life.replacement, sources, own),
        None if end is None else (end.action, end.to, end.billing, iso(end.on)),
        life.note,
        tuple(life.profiles or ()),
        tuple(sorted((life.versions or {}).items())),
    )


def _event(event: raw.RawEvent, sources: dict[str, PlainSource], own: PlainSources, agree: PlainSources) -> PlainEvent:
    is_end = event.kind in ("floor", "shutdown", "retired")
    kind, precision = (EventKind.SHUTDOWN.value, event.precision or FLOOR) if event.kind == "floor" else (event.kind, EXACT)
    cited = named(event.source, sources) or (own + agree if is_end and event.superseded_on is None else own)
    return (
        kind,
        iso(event.on),
        precision,
        tuple(event.regions or event.versions or ()),
        tuple(dict.fromkeys(cited)),
        iso(event.known_from),
        iso(event.superseded_on),
        event.disputed,
        event.inferred,
        event.note,
    )


def _replacement(one: raw.RawReplacement, sources: dict[str, PlainSource], own: PlainSources) -> PlainReplacement:
    options, parameters = tuple(one.options or ()), tuple(one.parameters or ())
    before = None if one.before is None else _replacement(one.before, sources, own)
    return (one.drop_in, options, parameters, one.note, iso(one.known_from), one.inferred, named(one.source, sources) or own, before)


def _with_versions(models: dict[str, PlainModel]) -> dict[str, PlainModel]:
    """Lives that stand for several versions, with the facts of each version scoped to it."""
    return {key: (*model[:4], tuple(_gather(life, models) for life in model[4]), model[5]) for key, model in models.items()}


def _gather(life: PlainLife, models: dict[str, PlainModel]) -> PlainLife:
    if not life[9]:
        return life
    facts = [
        (*event[:3], (version,), *event[4:])
        for version, key in life[9]
        for other in (models[key][4] if key in models else ())
        if other[0] == life[0]
        for event in other[3]
    ]
    return (*life[:3], (*life[3], *facts), *life[4:])


def _life_of(model: str, plain: PlainLife) -> Life:
    platform, ids, aliases, events, unavailable, replacement, end, note, profiles, versions = plain
    return Life(
        model,
        platform,
        ids,
        tuple(Alias(id_, day(start), day(stop), floating) for id_, start, stop, floating in aliases),
        tuple(_event_of(one) for one in events),
        tuple(
            Unavailable(day(start), day(stop), cause, tuple(map(decode_source, cited)), confidence)
            for start, stop, cause, cited, confidence in unavailable
        ),
        None if replacement is None else _replacement_of(replacement),
        None if end is None else OnShutdown(end[0], end[1], end[2], day(end[3])),
        note,
        profiles,
        versions,
    )


def _event_of(plain: PlainEvent) -> Event:
    kind, on, precision, scopes, cited, known_from, superseded_on, disputed, inferred, note = plain
    return Event(
        EventKind(kind),
        day(on),
        Precision(precision),
        scopes,
        tuple(map(decode_source, cited)),
        day(known_from),
        day(superseded_on),
        disputed,
        inferred,
        note,
    )


def _replacement_of(plain: PlainReplacement) -> Replacement:
    drop_in, options, parameters, note, known_from, inferred, cited, before = plain
    earlier = None if before is None else _replacement_of(before)
    return Replacement(drop_in, options, parameters, note, day(known_from), inferred, tuple(map(decode_source, cited)), earlier)
