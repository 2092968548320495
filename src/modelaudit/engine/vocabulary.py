"""Words of the configuration that the rules feed does not know: a misspelled policy would forbid nothing, and nobody would notice.

The names of publishers, platforms, profiles and restrictions are closed lists, so an unknown one is an error. A model may be newer than the
feed, so a pattern that meets none is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, cast

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import Notification
from modelaudit.domain.lifecycle import Restriction
from modelaudit.domain.location import Location
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.spelling import did_you_mean, nearest
from modelaudit.feed.load import Feed
from modelaudit.identify.identifier import Identifier

if TYPE_CHECKING:
    pass

_GLOB = "*?["


class Unknown(NamedTuple):
    """A word that is on no list."""

    setting: str
    """The field of `Settings` that holds it."""
    what: str
    """`publisher`, `platform`, `profile` or `restriction`."""
    word: str
    hint: str | None
    origin: Location | None = None


class _Word(NamedTuple):
    """A word, where it stands and what it names."""

    setting: str
    what: str
    word: str | None
    origin: Location | None = None


def unknown_words(settings: Settings, feed: Feed) -> Iterator[Unknown]:
    """Every name that its closed list does not hold, in the order of the settings."""
    lists = _lists(settings, feed)
    for one in _words(settings):
        if one.word is not None and one.word not in lists[one.what]:
            hint = did_you_mean(one.word, lists[one.what]) or _some(one.what, lists[one.what])
            yield Unknown(one.setting, one.what, one.word, hint, one.origin)


def unmatched_models(settings: Settings, feed: Feed, identifier: Identifier, as_of: date) -> tuple[Notification, ...]:
    """A warning for every model or pattern of the configuration that meets no model of the feed."""
    known = _Models(feed, identifier, as_of)
    return tuple(_warning(one, known) for one in _models(settings) if one.word is not None and not known.has(one.word))


def _warning(one: _Word, known: _Models) -> Notification:
    assert one.word is not None
    path, line = (one.origin.path, one.origin.span.line) if one.origin is not None else (None, None)
    message = f"{one.what} {one.word!r} of the configuration meets no model of the rules feed"
    near = nearest(one.word.strip("*?"), known.names())
    return Notification("warning", "unknown-model-in-configuration", message, path, line, f"did you mean {near}?" if near else None)


class _Models:
    """What the feed knows models by."""

    def __init__(self, feed: Feed, identifier: Identifier, as_of: date) -> None:
        self.keys = feed.keys()
        self._lines = {model.line for key in self.keys if (model := feed.model(key)) is not None}
        self._spellings = feed.lexicon
        self._identifier = identifier
        self._as_of = as_of

    def names(self) -> Iterable[str]:
        """What a mistyped word may have been."""
        return {*self.keys, *self._spellings}

    def has(self, pattern: str) -> bool:
        """Whether a pattern or an ID names any of them."""
        if any(character in pattern for character in _GLOB):
            return any(fnmatchcase(name, pattern) for names in (self.keys, self._lines, self._spellings) for name in names)
        if pattern in self._lines:
            return True
        found = self._identifier.identify(pattern, as_of=self._as_of)
        return found is not None and (found.model is not None or found.opaque is not None)


def _lists(settings: Settings, feed: Feed) -> dict[str, frozenset[str]]:
    from modelaudit.feed import platforms

    models = [model for key in feed.keys() if (model := feed.model(key)) is not None]  # noqa: SIM118 - a feed is no mapping
    acts = [feed.restriction(act) for act in feed.restriction_ids()]
    spelling = platforms.decode(cast("dict[str, tuple[object, ...]]", feed.section("platforms")))
    named = spelling.platforms
    return {
        "dialect": frozenset(spelling.dialects),
        "operation": frozenset(_operations(feed)) if settings.calls else frozenset(),
        "publisher": frozenset(model.publisher for model in models),
        "platform": frozenset((*named, *(life.platform for model in models for life in model.lives))),
        "profile": frozenset(profile for act in acts for profile in (*act.profiles, *act.exempt, *_relieved(act))),
        "restriction": frozenset(act.id for act in acts),
    }


def _operations(feed: Feed) -> Iterator[str]:
    from modelaudit.feed import calls

    return (shape.operation for shape in feed.decoded(calls.NAME, calls.decode).shapes)


def _relieved(act: Restriction) -> Iterator[str]:
    for relief in act.relief:
        yield from relief.profiles


def _words(settings: Settings) -> Iterator[_Word]:
    for policy in settings.policies:
        for matcher in (*policy.deny, *policy.allow):
            yield _Word("policies", "publisher", matcher.publisher, policy.origin)
            yield _Word("policies", "platform", matcher.platform, policy.origin)
    for profile in settings.profiles:
        yield _Word("profiles", "profile", profile)
    for grant in settings.grants:
        for act in grant.restrictions:
            yield _Word("grants", "restriction", act, grant.origin)
    for hint in settings.platforms:
        yield _Word("platforms", "publisher", hint.publisher)
        yield _Word("platforms", "platform", hint.platform)
    for own in settings.names:
        yield _Word("names", "platform", own.platform, own.origin)
    for shape in settings.calls:
        yield _Word("calls", "dialect", shape.dialect or None)
        yield _Word("calls", "operation", shape.operation or None)


def _models(settings: Settings) -> Iterator[_Word]:
    for policy in settings.policies:
        for word, matchers in (("deny", policy.deny), ("allow", policy.allow)):
            for matcher in matchers:
                yield _Word("policies", word, matcher.model, policy.origin)
                yield _Word("policies", f"{word} family", matcher.family, policy.origin)
    for grant in settings.grants:
        for model in grant.models:
            yield _Word("grants", "grant", model, grant.origin)
    for one in settings.ignores:
        yield _Word("ignores", "ignore", one.model, one.origin)
    for hint in settings.platforms:
        yield _Word("platforms", "platforms", hint.model)
    for own in settings.names:
        yield _Word("names", f"names: {own.name} =", own.model, own.origin)


def _some(what: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return f"known {what}s: {', '.join(names)}" if len(names) <= 40 else f"`modelaudit rules list` shows every {what}"
