"""Platforms, dialects and ID grammars in the compiled index: `platforms.toml`, checked once when the feed is compiled."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypedDict

from modelaudit.domain.errors import FeedError
from modelaudit.domain.platforms import Dialect, Family, Mark, Platform, Platforms, Respelling, Suffix

if TYPE_CHECKING:
    from modelaudit.feed.platforms_source import RawDialect, RawPlatforms

NAME = "platforms"
"""Name of the section."""


class Plain(TypedDict):
    """The section as the index stores it: only builtins, every record as a plain tuple in the order of its fields."""

    platforms: list[tuple[str, str, tuple[str, ...], tuple[str, ...], bool, bool, int | None, str, str]]
    names: dict[str, str]
    dialects: list[tuple[object, ...]]
    prefixes: dict[str, dict[str, str]]
    origins: dict[str, dict[str, str]]
    dotted: dict[str, str]
    slugs: dict[str, str]
    clocks: dict[str, str]
    profiles: list[str]
    geographies: list[str]
    weak: list[str]
    marks: list[tuple[str, tuple[str, ...], tuple[str, ...], str, str | None, str]]
    suffixes: list[tuple[str, str | None, tuple[str, ...], str]]
    respellings: list[tuple[str, str, tuple[str, ...], str]]
    families: list[tuple[str, str, tuple[str, ...], bool, str]]
    starts: dict[str, tuple[int, ...]]


def build(folder: str) -> Plain:
    """Read, check and flatten `platforms.toml` of a rules folder."""
    from modelaudit.feed import platforms_source

    path = os.path.join(folder, "platforms.toml")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}", hint="a rules folder needs a platforms.toml") from error
    return _plain(platforms_source.read(text, path))


def decode(plain: Plain) -> Platforms:
    """The records again."""
    return Platforms(
        platforms={row[0]: Platform(*row) for row in plain["platforms"]},
        names=plain["names"],
        dialects={str(row[0]): Dialect._make(row) for row in plain["dialects"]},
        prefixes=plain["prefixes"],
        origins=plain["origins"],
        dotted=plain["dotted"],
        slugs=plain["slugs"],
        clocks=plain["clocks"],
        profiles=frozenset(plain["profiles"]),
        geographies=frozenset(plain["geographies"]),
        weak=frozenset(plain["weak"]),
        marks=tuple(Mark(*row) for row in plain["marks"]),
        suffixes=tuple(Suffix(*row) for row in plain["suffixes"]),
        respellings=tuple(Respelling(*row) for row in plain["respellings"]),
        families=tuple(Family(*row) for row in plain["families"]),
        loose=frozenset(row[1] for row in plain["families"] if row[3]).difference(row[1] for row in plain["families"] if not row[3]),
        starts=plain["starts"],
    )


def _plain(raw: RawPlatforms) -> Plain:
    prefixes, origins = _prefixes(raw.dialect)
    return Plain(
        platforms=[
            (one.name, one.title, (*one.publishers,), (*one.aliases,), one.any_case, one.local, one.notice_days, one.notice, one.source)
            for one in raw.platform
        ],
        names={name: one.name for one in raw.platform for name in (one.name, *one.aliases)},
        dialects=_dialects(raw),
        prefixes=prefixes,
        origins=origins,
        dotted={name: vendor.publisher for vendor in raw.vendor for name in vendor.dotted},
        slugs={name.lower(): vendor.publisher for vendor in raw.vendor for name in vendor.slugs},
        clocks={publisher: one.name for one in raw.platform for publisher in one.publishers},
        profiles=sorted(raw.profiles),
        geographies=sorted(raw.geographies),
        weak=sorted(raw.weak),
        marks=[(one.platform, (*one.starts,), (*one.ends,), one.holds, one.within, one.what) for one in raw.mark],
        suffixes=[(one.pattern, one.bases, (*one.dialects,), one.what) for one in raw.suffix],
        respellings=[(one.pattern, one.replace, (*one.platforms,), one.what) for one in raw.respelling],
        families=[(one.name, one.publisher, (*one.starts,), one.any_case, one.pattern) for one in raw.family],
        starts=_starts(raw),
    )


def _dialects(raw: RawPlatforms) -> list[tuple[object, ...]]:
    """The dialects of the file, and one for every platform that needs none."""
    written = [_dialect(one) for one in raw.dialect]
    names = {one.name for one in raw.dialect}
    return written + [_bare(one.name, one.title) for one in raw.platform if one.name not in names]


def _dialect(one: RawDialect) -> tuple[object, ...]:
    return tuple(
        Dialect(
            name=one.name,
            title=one.title,
            platform=one.platform,
            separators=(*one.separators,),
            providers=one.providers,
            bare=(*one.bare,),
            routes=(*one.routes,),
            regions=one.regions,
            geographies=one.geographies,
            deployment=one.deployment,
            tags=one.tags,
            vendors=one.vendors,
            slugs=one.slugs,
            moving=(*one.moving,),
            local=one.local,
            display=one.display,
        )
    )


def _bare(name: str, title: str) -> tuple[object, ...]:
    return (name, title, name, (), {}, (), (), False, False, None, False, False, False, (), None, False)


def _prefixes(dialects: list[RawDialect]) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Providers of all dialects by separator; the first dialect that defines one decides."""
    prefixes: dict[str, dict[str, str]] = {}
    origins: dict[str, dict[str, str]] = {}
    for dialect in dialects:
        for separator in dialect.separators:
            for provider, target in dialect.providers.items():
                if prefixes.setdefault(separator, {}).setdefault(provider, target) == target:
                    origins.setdefault(separator, {}).setdefault(provider, dialect.name)
    return prefixes, origins


def _starts(raw: RawPlatforms) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, family in enumerate(raw.family):
        for start in family.starts:
            found[start] = (*found.get(start, ()), index)
    return found
