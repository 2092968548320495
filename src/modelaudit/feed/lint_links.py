"""What only all files together show: names that lead nowhere, to two things, in a circle, or to something dead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from modelaudit.domain.record import NamedTuple
from modelaudit.feed.bindings import is_meant
from modelaudit.feed.lines import KeyPath
from modelaudit.feed.models_source import RawAlias, RawLife, RawModel, RawPublisher, RawReplacement
from modelaudit.feed.reading import did_you_mean
from modelaudit.feed.restrictions_source import RawActs

Found: TypeAlias = tuple[str, KeyPath, str]
"""File, place and message."""


class _Life(NamedTuple):
    """A life and where it is written."""

    file: str
    path: KeyPath
    model: RawModel
    life: RawLife


class _Known(NamedTuple):
    """What names may lead to."""

    models: dict[str, RawModel]
    publishers: dict[str, str]
    """Model key to its publisher."""
    lives: list[_Life]
    spelled: dict[tuple[str, str], list[_Life]]
    """(platform, casefolded ID or alias) to the lives that it names."""
    acts: frozenset[str]


def check(publishers: Sequence[tuple[str, RawPublisher]], acts: Sequence[tuple[str, RawActs]]) -> Iterator[Found]:
    """Every mistake between files; both arguments pair a file's name with its contents."""
    known = _known(publishers, acts)
    yield from _twice(publishers, acts)
    for one in known.lives:
        yield from _names(one, known)
        yield from _replacement(one, known)
    for file, publisher in publishers:
        for index, model in enumerate(publisher.model):
            yield from _successors(file, model, ("model", index), known)
    for file, some in acts:
        yield from _acts(file, some, known)


def _known(publishers: Sequence[tuple[str, RawPublisher]], acts: Sequence[tuple[str, RawActs]]) -> _Known:
    lives = [
        _Life(file, ("model", at, "life", index), model, life)
        for file, publisher in publishers
        for at, model in enumerate(publisher.model)
        for index, life in enumerate(model.life)
    ]
    spelled: dict[tuple[str, str], list[_Life]] = {}
    for one in lives:
        for text in [*one.life.ids, *(alias.id for alias in one.life.aliases)]:
            spelled.setdefault((one.life.platform, text.casefold()), []).append(one)
    models = {model.key: model for _, publisher in publishers for model in publisher.model}
    makers = {model.key: publisher.publisher for _, publisher in publishers for model in publisher.model}
    return _Known(models, makers, lives, spelled, frozenset(act.id for _, some in acts for act in some.restriction))


def _twice(publishers: Sequence[tuple[str, RawPublisher]], acts: Sequence[tuple[str, RawActs]]) -> Iterator[Found]:
    places = [(file, ("model", at), f"model {model.key!r}") for file, one in publishers for at, model in enumerate(one.model)]
    places += [(file, ("restriction", at), f"restriction {act.id!r}") for file, one in acts for at, act in enumerate(one.restriction)]
    first: dict[str, str] = {}
    for file, path, name in places:
        if first.setdefault(name, file) != file:
            yield file, path, f"{name} is also in {first[name]}"


def _names(one: _Life, known: _Known) -> Iterator[Found]:
    platform = one.life.platform
    for text in one.life.ids:
        for other in known.spelled[platform, text.casefold()]:
            if other.model.key < one.model.key and text.casefold() in {id_.casefold() for id_ in other.life.ids}:
                yield one.file, (*one.path, "ids"), f"ID {text!r} on {platform} also names {other.model.key!r}"
    for index, alias in enumerate(one.life.aliases):
        for other in known.spelled[platform, alias.id.casefold()]:
            if other.model.key != one.model.key and (message := _clash(alias, one, other)):
                yield one.file, (*one.path, "aliases", index), message
    for version, key in (one.life.versions or {}).items():
        if key not in known.models:
            yield one.file, (*one.path, "versions"), f"version {version!r} is model {key!r}, which is not in the feed"
    for index, out in enumerate(one.life.unavailable):
        if out.cause not in known.acts and (hint := did_you_mean(out.cause, tuple(sorted(known.acts)))):
            yield one.file, (*one.path, "unavailable", index), f"no restriction {out.cause!r} ({hint})"


def _clash(alias: RawAlias, one: _Life, other: _Life) -> str | None:
    """Why an alias cannot mean this model, when another claims the same name."""
    theirs = next((their for their in other.life.aliases if their.id.casefold() == alias.id.casefold()), None)
    if theirs is None:
        mine = {text.casefold() for text in one.life.ids}
        if mine & {their.id.casefold() for their in other.life.aliases}:
            return f"aliases in a circle: {alias.id!r} is an ID of {other.model.key!r}, which has an alias of {one.model.key!r}"
        return f"alias {alias.id!r} is itself an ID of {other.model.key!r} on {one.life.platform}"
    if one.model.key > other.model.key and _overlap(alias, theirs):
        return f"alias {alias.id!r} also means {other.model.key!r} at the same time: give both `from` and `to`"
    return None


def _overlap(one: RawAlias, other: RawAlias) -> bool:
    first, second = sorted((one, other), key=lambda alias: alias.start or date.min)
    return first.end is None or (second.start or date.min) < first.end


def _replacement(one: _Life, known: _Known) -> Iterator[Found]:
    path: KeyPath = (*one.path, "replacement")
    replacement = one.life.replacement
    while replacement is not None:
        yield from _named(replacement, one, path, known)
        replacement, path = replacement.before, (*path, "before")


def _named(replacement: RawReplacement, one: _Life, path: KeyPath, known: _Known) -> Iterator[Found]:
    for text in [*([replacement.drop_in] if replacement.drop_in else []), *(replacement.options or [])]:
        targets = known.spelled.get((one.life.platform, text.casefold()), [])
        if not targets:
            hint = did_you_mean(text, tuple(sorted(name for platform, name in known.spelled if platform == one.life.platform)))
            yield one.file, path, f"replacement {text!r} is not an ID on {one.life.platform}" + (f" ({hint})" if hint else "")
        elif all(target.model.key == one.model.key for target in targets):
            yield one.file, path, f"{text!r} is the same model: it cannot replace itself"
        elif (end := _end(one.life)) and all((gone := _end(target.life)) and gone <= end for target in targets):
            yield one.file, path, f"replacement {text!r} is itself dead by {end}"
    if replacement.drop_in is None and not replacement.options and not replacement.note:
        yield one.file, path, "a replacement that says nothing"
    before = replacement.before
    if before and (replacement.known_from is None or (before.known_from and before.known_from >= replacement.known_from)):
        yield one.file, (*path, "before"), "what was recommended `before` needs a later `known_from` beside it"


def _end(life: RawLife) -> date | None:
    """The last exact end in force."""
    return max((event.on for event in life.events if event.kind == "shutdown" and event.on and event.superseded_on is None), default=None)


def _successors(file: str, model: RawModel, path: KeyPath, known: _Known) -> Iterator[Found]:
    for one in model.succeeded_by:
        place = (*path, "succeeded_by")
        other = known.models.get(one.id)
        if other is None:
            yield file, place, f"successor {one.id!r} is not in the feed" + _hint(one.id, known)
        elif any(back.id == model.key for back in other.succeeded_by) and one.id > model.key:
            yield file, place, f"successors in a circle: {model.key!r} and {one.id!r} succeed each other"


def _acts(file: str, acts: RawActs, known: _Known) -> Iterator[Found]:
    for index, act in enumerate(acts.restriction):
        path: KeyPath = ("restriction", index)
        if act.cause and act.cause not in known.acts:
            yield file, (*path, "cause"), f"no restriction {act.cause!r}"
        for subject in [*act.subjects, *(name for relief in act.relief for name in relief.subjects or [])]:
            bare = subject.removeprefix("!")
            if "*" in bare or any(is_meant(bare, key, publisher) for key, publisher in known.publishers.items()):
                continue
            yield file, (*path, "subjects"), f"subject {subject!r} is no model of the feed" + _hint(bare, known)


def _hint(name: str, known: _Known) -> str:
    publishers = {f"publisher:{one}" for one in known.publishers.values()}
    found = did_you_mean(name, tuple(sorted({*known.models, *publishers})))
    return f" ({found})" if found else ""
