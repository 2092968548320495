"""`Settings`: everything a project, an environment or a command line may decide about an audit, as one frozen record.

Paths and globs are relative to `base`: the folder of the configuration that was found, or the repository, or the current folder.
Nothing here is resolved against the feed: a selector that names no model is found by judging, a wrong configuration by `config.decode`.
"""

from __future__ import annotations

from datetime import date

from modelaudit.domain.finding import Risk
from modelaudit.domain.location import Location
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.shapes import CallShape


class Matcher(NamedTuple):
    """Which models a policy or a grant speaks of; every field that is set must hold. Models, families and IDs are globs."""

    model: str | None = None
    """Matches the model's key or the ID as written."""
    publisher: str | None = None
    platform: str | None = None
    family: str | None = None
    """Glob over the model's line and key: `gpt-4*`."""
    status: str | None = None
    fine_tuned: bool | None = None


class Policy(NamedTuple):
    """What a project forbids or allows, for some paths, for a time."""

    deny: tuple[Matcher, ...] = ()
    allow: tuple[Matcher, ...] = ()
    """When not empty, everything else is denied."""
    paths: tuple[str, ...] = ()
    """Globs; empty for every path."""
    reason: str | None = None
    until: date | None = None
    """Last day on which the policy holds."""
    origin: Location | None = None


class Grant(NamedTuple):
    """A fact: a licence that lifts restrictions until a day (a waiver is an `Ignore`)."""

    restrictions: tuple[str, ...]
    """Ids of restrictions in the feed."""
    until: date | None
    """Last day on which it holds; None for a licence without an end."""
    models: tuple[str, ...] = ()
    """Globs; empty for every model the restrictions name."""
    start: date | None = None
    holder: str | None = None
    reason: str | None = None
    paths: tuple[str, ...] = ()
    origin: Location | None = None


class Ignore(NamedTuple):
    """A decision: findings that do not count against the gate until a day (a suppression in configuration)."""

    rule: str
    model: str | None = None
    """Glob over the model's key or the ID as written."""
    path: str | None = None
    """Glob."""
    until: date | None = None
    """Last day on which it holds."""
    reason: str | None = None
    origin: Location | None = None


class OwnName(NamedTuple):
    """What one of the project's own names (deployment, endpoint, alias) stands for."""

    name: str
    model: str
    platform: str | None = None
    version: str | None = None
    region: str | None = None
    origin: Location | None = None


class PlatformHint(NamedTuple):
    """Where models are called when code cannot show it; every field that is set must hold."""

    platform: str
    publisher: str | None = None
    model: str | None = None
    """Glob over the model's key or the ID as written."""
    region: str | None = None
    paths: tuple[str, ...] = ()


class ExposureHint(NamedTuple):
    """What the code under some paths is for, where the path rules of the feed guess wrong."""

    paths: tuple[str, ...]
    exposure: str
    """`production`, `ci`, `developer-tool`, `evaluation`, `test`, `example`, `documentation`."""


class Settings(NamedTuple):
    """All settings of a run, with their defaults."""

    base: str = ""
    """Absolute folder that paths in reports and globs are relative to; empty for what the scanned paths have in common."""

    fail_on: Risk = Risk.HIGH
    risk: Risk = Risk.INFO
    """Show findings from this level up."""
    select: tuple[str, ...] = ()
    """Rules or groups (`all`, `resilience`) to run; empty for the default set."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """Rules or groups switched off."""
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(glob, rules) pairs."""
    profiles: tuple[str, ...] = ()
    """Restriction profiles that the project declares; `default` always holds."""

    policies: tuple[Policy, ...] = ()
    """Top-level `deny` and `allow` are the first policy, without paths."""
    grants: tuple[Grant, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    require_reason: bool = False
    max_suppression_days: int | None = None
    suppressions: bool = True
    """False under `--no-suppressions`."""
    show_suppressed: bool = False

    names: tuple[OwnName, ...] = ()
    calls: tuple[CallShape, ...] = ()
    platforms: tuple[PlatformHint, ...] = ()
    exposure: tuple[ExposureHint, ...] = ()

    rules: tuple[str, ...] | None = None
    """Feeds in layers, the last one strongest: folders, compiled files, or `bundled`; None for the bundled one alone."""
    as_of: date | None = None
    """The day to judge; None for today (the caller asks the clock)."""
    baseline: str | None = None
    diff_base: str | None = None

    exclude: tuple[str, ...] | None = None
    """What to leave out; None for the list of `discover`."""
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    """Exclude files even when they are named on the command line."""
    respect_gitignore: bool = True
    max_file_size: int = 5_000_000
    """Bytes; larger files are scanned lexically."""
    include_mentions: bool = False

    cache: bool = True
    cache_dir: str | None = None
    jobs: int = 0
    """Processes; 0 lets the program choose."""
    prefilter: bool = True
    """False reads every file with the parser: slower, same report; for checking the prefilter."""
    strict: bool = False


DEFAULT = Settings()


def has_words(settings: Settings) -> bool:
    """Whether there are words in them that the feed must know: names of publishers, platforms, models."""
    return any(
        (settings.policies, settings.grants, settings.profiles, settings.platforms, settings.names, settings.ignores, settings.calls)
    )
