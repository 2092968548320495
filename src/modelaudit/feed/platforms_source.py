"""`platforms.toml` as it is written: the decoding types and their checks. Only compiling the feed imports this module."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
import tomli

from modelaudit.domain.errors import FeedError


class Source(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of every table: unknown keys are errors, names are written with hyphens. Fields are called as in `domain.platforms`."""


class RawPlatform(Source):
    name: str
    title: str
    publishers: list[str] = []
    resells: bool = False
    aliases: list[str] = []
    any_case: bool = False
    local: bool = False
    notice_days: int | None = None
    notice: str = ""
    source: str = ""


class RawDialect(Source):
    name: str
    title: str
    platform: str | None = None
    separators: list[str] = []
    providers: dict[str, str] = {}
    bare: list[tuple[str, str]] = []
    routes: list[str] = []
    regions: bool = False
    geographies: bool = False
    deployment: str | None = None
    tags: bool = False
    vendors: bool = False
    slugs: bool = False
    moving: list[str] = []
    local: str | None = None
    display: bool = False


class RawVendor(Source):
    publisher: str
    dotted: list[str] = []
    slugs: list[str] = []


class RawMark(Source):
    platform: str
    what: str
    starts: list[str] = []
    ends: list[str] = []
    holds: str = ""
    within: str | None = None


class RawSuffix(Source):
    pattern: str
    what: str
    bases: str | None = None
    dialects: list[str] = []


class RawRespelling(Source):
    pattern: str
    replace: str
    what: str
    platforms: list[str] = []


class RawFamily(Source):
    name: str
    publisher: str
    starts: list[str]
    pattern: str
    any_case: bool = False


class RawPlatforms(Source):
    """The whole file; a layer over another feed holds only what it adds or replaces."""

    schema: Literal["1"]
    weak: list[str] = []
    profiles: list[str] = []
    geographies: list[str] = []
    platform: list[RawPlatform] = []
    dialect: list[RawDialect] = []
    vendor: list[RawVendor] = []
    mark: list[RawMark] = []
    suffix: list[RawSuffix] = []
    respelling: list[RawRespelling] = []
    family: list[RawFamily] = []


def read(text: str, place: str) -> RawPlatforms:
    """Decode and check `platforms.toml`; every error names the file and the key."""
    try:
        raw = msgspec.convert(tomli.loads(text), RawPlatforms)
    except tomli.TOMLDecodeError as error:
        raise FeedError(f"{place}: not valid TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise FeedError(f"{place}: {error}", hint="the tables are explained at the top of the file") from error
    _check_unique([one.name for one in raw.platform], "platform", place)
    _check_unique([one.name for one in raw.dialect], "dialect", place)
    _check_unique([one.name for one in raw.family], "family", place)
    for mark in raw.mark:
        if not mark.starts and not mark.ends:
            raise FeedError(f'{place}: mark "{mark.what}" needs starts or ends')
    _check_patterns(raw, place)
    return raw


def _check_unique(names: list[str], kind: str, place: str) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise FeedError(f"{place}: {kind}.{name} is written twice")


def _check_patterns(raw: RawPlatforms, place: str) -> None:
    """A pattern that does not compile would fail in the middle of a scan."""
    patterns = [(f"suffix[{index}]", one.pattern) for index, one in enumerate(raw.suffix)]
    patterns += [(f"suffix[{index}].bases", one.bases) for index, one in enumerate(raw.suffix) if one.bases]
    patterns += [(f"respelling[{index}]", one.pattern) for index, one in enumerate(raw.respelling)]
    patterns += [(f"family.{one.name}", one.pattern) for one in raw.family]
    for key, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise FeedError(f"{place}: {key}: not a regular expression: {error}") from error
