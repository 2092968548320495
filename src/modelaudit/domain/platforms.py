"""Where models are called and how IDs are spelled there: `rules/platforms.toml` as records."""

from __future__ import annotations

from collections.abc import Mapping

from modelaudit.domain.record import NamedTuple


class Platform(NamedTuple):
    """A place that serves models."""

    name: str
    title: str
    publishers: tuple[str, ...]
    """Whose own clock this is; empty for pure resellers."""
    resells: bool
    """True when it serves models of other publishers as well."""
    aliases: tuple[str, ...]
    """Other words for it in call shapes and hints."""
    any_case: bool
    """True when IDs are compared without regard to case."""
    local: bool
    """True when the user runs the weights: they do not retire, licences still bind."""
    notice_days: int | None
    """How long before the end the platform promises to say so; None when it promises nothing."""
    notice: str
    source: str


class Dialect(NamedTuple):
    """A way of writing IDs."""

    name: str
    title: str
    platform: str | None
    """Where IDs in this dialect are called unless a prefix says otherwise."""
    separators: tuple[str, ...]
    providers: Mapping[str, str]
    """Provider to the dialect of what follows."""
    bare: tuple[tuple[str, str], ...]
    """(start of an ID, dialect) for IDs without a provider."""
    routes: tuple[str, ...]
    """Words between provider and ID that choose a path, not a model."""
    regions: bool
    """True when a cloud region may stand before the ID."""
    geographies: bool
    """True when a deployment geography may stand before the ID."""
    deployment: str | None
    """What an unknown name is, where users choose the names."""
    tags: bool
    """True when `name:tag` is one name."""
    vendors: bool
    """True when `vendor/model` names the publisher and not the platform."""
    slugs: bool
    """True when `@slug/` may stand in front (virtual keys)."""
    moving: tuple[str, ...]
    """Short names that move with the tool."""
    local: str | None
    """What an unknown name is, where the user runs the weights."""
    display: bool
    """True when models are named as people read them: `Claude Sonnet 4.5 (copilot)`."""


class Mark(NamedTuple):
    """A spelling that only one platform uses: it starts, ends and holds as said here."""

    platform: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    holds: str
    within: str | None
    """The platform that must be known already; the mark only makes it more exact."""
    what: str


class Suffix(NamedTuple):
    """Something at the end that does not belong to the model."""

    pattern: str
    bases: str | None
    """What must be left, where the suffix could as well be part of a name."""
    dialects: tuple[str, ...]
    """Where it is known; empty for everywhere."""
    what: str


class Respelling(NamedTuple):
    """From one spelling of a model to another."""

    pattern: str
    replace: str
    platforms: tuple[str, ...]
    """Where it is spelled so; empty for everywhere."""
    what: str


class Family(NamedTuple):
    """What IDs of a family look like."""

    name: str
    publisher: str
    starts: tuple[str, ...]
    any_case: bool
    """True for open weights, which hubs write in mixed case."""
    pattern: str


class Platforms(NamedTuple):
    """The whole file, with the tables that reading an ID needs."""

    platforms: Mapping[str, Platform]
    names: Mapping[str, str]
    """Every name and alias of a platform to its name."""
    dialects: Mapping[str, Dialect]
    prefixes: Mapping[str, Mapping[str, str]]
    """Separator to provider to dialect, over all dialects: what counts where no dialect is known."""
    dotted: Mapping[str, str]
    """Bedrock vendor to publisher."""
    slugs: Mapping[str, str]
    """Vendor on routers and hubs, lower case, to publisher."""
    clocks: Mapping[str, str]
    """Publisher to the platform with its own clock."""
    profiles: frozenset[str]
    geographies: frozenset[str]
    weak: frozenset[str]
    marks: tuple[Mark, ...]
    mark_starts: tuple[str, ...]
    """Every text that has a mark starts with one of these…"""
    mark_ends: tuple[str, ...]
    """…or ends with one of these."""
    suffixes: tuple[Suffix, ...]
    respellings: tuple[Respelling, ...]
    families: tuple[Family, ...]
    loose: frozenset[str]
    """Publishers all of whose IDs are written in any case."""
    starts: Mapping[str, tuple[int, ...]]
    """First letters of an ID to the positions of the families that begin so."""
