"""Platforms, dialects and ID grammars in the compiled index: `platforms.toml`, one record a key, so that layers add to one another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from modelaudit.domain.errors import FeedError
from modelaudit.domain.platforms import Dialect, Family, Mark, Platform, Platforms, Respelling, Suffix

if TYPE_CHECKING:
    from modelaudit.feed.platforms_source import RawPlatforms

NAME = "platforms"
"""Name of the section."""

Row: TypeAlias = tuple[object, ...]
"""A record as the index stores it: a plain tuple in the order of the record's fields."""

Plain: TypeAlias = dict[str, Row]
"""The section as the index stores it: `dialect litellm` to the row of that dialect."""


def build(folder: str) -> Plain:
    """Read, check and flatten `platforms.toml` of a rules folder."""
    from modelaudit.feed import platforms_source

    path = os.path.join(folder, "platforms.toml")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}", hint="a rules folder needs a platforms.toml") from error
    return dict(_rows(platforms_source.read(text, path)))


def decode(plain: Plain) -> Platforms:
    """The records again, with the tables that follow from all of them; a name that refers to nothing is a `FeedError`."""
    kinds: dict[str, list[Row]] = {kind: [] for kind in _KINDS}
    for key, row in plain.items():
        kinds[key.partition(" ")[0]].append(row)
    platforms = [Platform._make(row) for row in kinds["platform"]]
    dialects = [Dialect._make(row) for row in kinds["dialect"]]
    families = tuple(Family._make(row) for row in kinds["family"])
    marks = tuple(Mark._make(row) for row in kinds["mark"])
    named = {one.name: one for one in platforms}
    spoken = {**{one.name: _plain_dialect(one) for one in platforms}, **{one.name: one for one in dialects}}
    _check(named, dialects, spoken, marks)
    return Platforms(
        platforms=named,
        names={name: one.name for one in platforms for name in (one.name, *one.aliases)},
        dialects=spoken,
        prefixes=_prefixes(dialects),
        dotted={str(name): str(publisher) for publisher, name in kinds["dotted"]},
        slugs={str(name): str(publisher) for publisher, name in kinds["slug"]},
        clocks={publisher: one.name for one in platforms for publisher in one.publishers},
        profiles=_words(kinds["profile"]),
        geographies=_words(kinds["geography"]),
        weak=_words(kinds["weak"]),
        marks=marks,
        mark_starts=tuple(start for mark in marks for start in mark.starts),
        mark_ends=tuple(end for mark in marks if not mark.starts for end in mark.ends),
        suffixes=tuple(Suffix._make(row) for row in kinds["suffix"]),
        respellings=tuple(Respelling._make(row) for row in kinds["respelling"]),
        families=families,
        loose=frozenset(one.publisher for one in families if one.any_case).difference(
            one.publisher for one in families if not one.any_case
        ),
        starts=_starts(families),
    )


_KINDS = ("platform", "dialect", "dotted", "slug", "mark", "suffix", "respelling", "family", "weak", "profile", "geography")


def _rows(raw: RawPlatforms) -> Iterator[tuple[str, Row]]:
    for place in raw.platform:
        yield f"platform {place.name}", _row(Platform._fields, place)
    for dialect in raw.dialect:
        yield f"dialect {dialect.name}", _row(Dialect._fields, dialect)
    for vendor in raw.vendor:
        yield from ((f"dotted {name}", (vendor.publisher, name)) for name in vendor.dotted)
        yield from ((f"slug {name.lower()}", (vendor.publisher, name.lower())) for name in vendor.slugs)
    for mark in raw.mark:
        yield f"mark {mark.platform} {mark.what} {mark.starts} {mark.ends}", _row(Mark._fields, mark)
    for suffix in raw.suffix:
        yield f"suffix {suffix.pattern} {suffix.dialects}", _row(Suffix._fields, suffix)
    for respelling in raw.respelling:
        yield f"respelling {respelling.pattern} {respelling.platforms}", _row(Respelling._fields, respelling)
    for family in raw.family:
        yield f"family {family.name}", _row(Family._fields, family)
    for kind, words in (("weak", raw.weak), ("profile", raw.profiles), ("geography", raw.geographies)):
        yield from ((f"{kind} {word}", (word,)) for word in words)


def _row(fields: tuple[str, ...], raw: object) -> Row:
    """A decoded table as a row; its fields are called as the record's."""
    values: Iterator[object] = (getattr(raw, name) for name in fields)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _plain_dialect(one: Platform) -> Dialect:
    """The dialect of a platform that needs no more than its own IDs."""
    return Dialect(one.name, one.title, one.name, (), {}, (), (), False, False, None, False, False, False, (), None, False)


def _check(platforms: dict[str, Platform], dialects: list[Dialect], spoken: dict[str, Dialect], marks: tuple[Mark, ...]) -> None:
    """Whatever is referred to exists, once all layers are together."""
    for dialect in dialects:
        if dialect.platform is not None and dialect.platform not in platforms:
            raise _dangling(f"dialect {dialect.name}", dialect.platform)
        for target in (*dialect.providers.values(), *(pair[1] for pair in dialect.bare)):
            if target not in spoken:
                raise _dangling(f"dialect {dialect.name}", target)
    for mark in marks:
        for name in (mark.platform, mark.within or mark.platform):
            if name not in platforms:
                raise _dangling(f"mark {mark.what}", name)


def _dangling(place: str, name: str) -> FeedError:
    return FeedError(
        f'platforms.toml: {place} names "{name}", which does not exist', hint=f'add a [[platform]] called "{name}", or correct the name'
    )


def _prefixes(dialects: list[Dialect]) -> dict[str, dict[str, str]]:
    """Providers of all dialects by separator; the first dialect that defines one decides."""
    found: dict[str, dict[str, str]] = {}
    for dialect in dialects:
        for separator in dialect.separators:
            providers = found.setdefault(separator, {})
            for provider, target in dialect.providers.items():
                providers.setdefault(provider, target)
    return found


def _starts(families: tuple[Family, ...]) -> dict[str, tuple[int, ...]]:
    """By the first letters alone: a start like `gpt-oss` tells families apart that begin with the same word."""
    found: dict[str, tuple[int, ...]] = {}
    for index, family in enumerate(families):
        for start in family.starts:
            letters = start.partition("-")[0]
            found[letters] = (*found.get(letters, ()), index)
    return found


def _words(rows: list[Row]) -> frozenset[str]:
    return frozenset(str(row[0]) for row in rows)
