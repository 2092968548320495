"""What changed between two feeds, for whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from modelaudit.domain.lifecycle import Event, EventKind, Life, Model, Precision, Replacement, Restriction
from modelaudit.domain.record import NamedTuple

if TYPE_CHECKING:
    from modelaudit.feed.load import Feed


class Change(NamedTuple):
    """One change, for whoever calls a model on a platform."""

    model: str
    """Key of the model, or id of the restriction."""
    platform: str | None
    """Whom it concerns; None for everybody."""
    kind: str
    """`added`, `removed`, `end`, `floor`, `state`, `outage`, `name`, `replacement` or `restriction`."""
    sentence: str


_STATES = {
    EventKind.RELEASED: "released",
    EventKind.LEGACY: "legacy",
    EventKind.ANNOUNCED: "its end announced",
    EventKind.DEPRECATED: "deprecated",
    EventKind.EXTENDED: "in extended access",
    EventKind.RETIRED: "stated to be retired",
}


def diff(old: Feed, new: Feed) -> tuple[Change, ...]:
    """The changes from one feed to another, sorted by model and platform."""
    changes: list[Change] = []
    for key in sorted({*old.keys(), *new.keys()}):
        changes += _model(old.model(key), new.model(key))
    for id_ in sorted({*old.restriction_ids(), *new.restriction_ids()}):
        before = old.restriction(id_) if id_ in old.restriction_ids() else None
        changes += _restriction(before, new.restriction(id_) if id_ in new.restriction_ids() else None)
    return tuple(sorted(changes, key=lambda one: (one.model, one.platform or "", one.kind, one.sentence)))


def _model(old: Model | None, new: Model | None) -> Iterator[Change]:
    some = new or old
    assert some is not None
    platforms = sorted({life.platform for model in (old, new) if model for life in model.lives})
    for platform in platforms:
        before, after = (model.life(platform) if model else None for model in (old, new))
        yield from _life(some.key, platform, before, after)


def _life(key: str, platform: str, old: Life | None, new: Life | None) -> Iterator[Change]:
    if new is None:
        yield Change(key, platform, "removed", f"{key} on {platform} is no longer in the feed")
        return
    if old is None:
        end = _ends(new)
        tail = f"; it ends {_listed(end)}" if end else ""
        yield Change(key, platform, "added", f"{key} on {platform} is new in the feed{tail}")
        return
    yield from _dates(key, platform, old, new)
    yield from _names(key, platform, old, new)
    if _advice(old.replacement) != _advice(new.replacement):
        text = f"{key} on {platform}: use {_advice(new.replacement)} instead (was {_advice(old.replacement)})"
        yield Change(key, platform, "replacement", text)
    for out in sorted({*new.unavailable} - {*old.unavailable}, key=lambda one: one.start):
        until = f"to {out.end}" if out.end else "on, no end known"
        yield Change(key, platform, "outage", f"{key} on {platform}: calls fail from {out.start} {until} ({out.cause})")


def _dates(key: str, platform: str, old: Life, new: Life) -> Iterator[Change]:
    place = f"{key} on {platform}"
    before, after = _ends(old), _ends(new)
    for scope in sorted(before.keys() | after.keys()):
        if before.get(scope) != after.get(scope):
            where = f"{place} ({scope})" if scope else place
            yield Change(key, platform, "end", _moved(where, before.get(scope), after.get(scope)))
    was, now = _floor(old), _floor(new)
    if was != now and before == after:
        text = f"safe until {now}" if now else "no floor any more"
        yield Change(key, platform, "floor", f"{place}: {text}" + (f" (was {was})" if was else ""))
    for kind, word in _STATES.items():
        past, present = _days(old, kind), _days(new, kind)
        if past != present:
            text = f"{word} {', '.join(present)}" if present else f"no longer {word}"
            yield Change(key, platform, "state", f"{place}: {text}" + (f" (was {', '.join(past)})" if past and present else ""))


def _moved(where: str, was: date | None, now: date | None) -> str:
    if was and now:
        days = (now - was).days
        count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
        return f"{where}: ends {now} instead of {was}, {count} {'later' if days > 0 else 'earlier'}"
    return f"{where}: ends {now}; no end was known" if now else f"{where}: no end is announced any more (was {was})"


def _names(key: str, platform: str, old: Life, new: Life) -> Iterator[Change]:
    before, after = ({*life.ids, *(alias.id for alias in life.aliases)} for life in (old, new))
    for text in sorted(after - before):
        yield Change(key, platform, "name", f"{text} on {platform} names {key}")
    for text in sorted(before - after):
        yield Change(key, platform, "name", f"{text} on {platform} no longer names {key}")


def _restriction(old: Restriction | None, new: Restriction | None) -> Iterator[Change]:
    some = new or old
    assert some is not None
    if new is None:
        yield Change(some.id, None, "restriction", f"{some.id} is no longer in the feed")
    elif old is None:
        until = f" to {new.lifted}" if new.lifted else ""
        yield Change(new.id, None, "restriction", f"{new.id} restricts {_count(new.subjects)} from {new.effective}{until}: {new.bound}")
    else:
        if old.lifted != new.lifted:
            now = f"lifted on {new.lifted}" if new.lifted else "in force again"
            yield Change(new.id, None, "restriction", f"{new.id}: {now}")
        if old.effective != new.effective:
            yield Change(new.id, None, "restriction", f"{new.id}: in force from {new.effective} (was {old.effective})")
        for word, models in (("also", {*new.subjects} - {*old.subjects}), ("no longer", {*old.subjects} - {*new.subjects})):
            if models:
                yield Change(new.id, None, "restriction", f"{new.id} {word} restricts {_count(sorted(models))}")
        if old.profiles != new.profiles:
            yield Change(
                new.id, None, "restriction", f"{new.id} binds the profiles {', '.join(new.profiles)} (was {', '.join(old.profiles)})"
            )


def _now(life: Life) -> Iterable[Event]:
    return (event for event in life.events if event.superseded_on is None)


def _ends(life: Life) -> dict[str, date]:
    """Regions or versions, as one text, to the exact end."""
    ends = [event for event in _now(life) if event.kind is EventKind.SHUTDOWN and event.precision is Precision.EXACT]
    return {", ".join(event.scopes): event.on for event in ends if event.on}


def _floor(life: Life) -> date | None:
    floors = [event.on for event in _now(life) if event.kind is EventKind.SHUTDOWN and event.precision is not Precision.EXACT and event.on]
    return min(floors, default=None)


def _days(life: Life, kind: EventKind) -> tuple[str, ...]:
    return tuple(sorted({event.on.isoformat() if event.on else "without a date" for event in _now(life) if event.kind is kind}))


def _advice(replacement: Replacement | None) -> str:
    if replacement is None:
        return "nothing named"
    named = replacement.drop_in or " or ".join(replacement.options) or replacement.note or "nothing named"
    return f"{named} with {', '.join(replacement.parameters)}" if replacement.parameters else named


def _listed(ends: dict[str, date]) -> str:
    return ", ".join(f"{on} ({scope})" if scope else str(on) for scope, on in sorted(ends.items()))


def _count(models: Iterable[str]) -> str:
    names = list(models)
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more models"
