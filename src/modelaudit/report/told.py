"""What a JSON report tells of its findings, read back: the parts that explaining one needs."""

from __future__ import annotations

from datetime import date

import msgspec

from modelaudit.domain.errors import InputError, UsageError
from modelaudit.domain.finding import Risk
from modelaudit.domain.spelling import nearest_few
from modelaudit.report.record import SCHEMA

_SHOWN = 5
"""Findings that are listed where a prefix fits several."""


class Part(msgspec.Struct, frozen=True):
    """Base of everything below: unknown keys are passed over, since fields are added within a version of the schema."""


class Evidence(Part, frozen=True):
    """A place in the tree, or a record of the feed."""

    path: str | None = None
    line: int | None = None
    feed: str | None = None


class Reason(Part, frozen=True):
    """A factor."""

    id: str
    point: str
    effect: str
    sentence: str
    evidence: tuple[Evidence, ...]


class Step(Part, frozen=True):
    """A step of the way to a site."""

    path: str
    line: int
    what: str


class Levels(Part, frozen=True, kw_only=True):
    """The three points of a site, or of a literal that reaches none, and their reasons."""

    risk: Risk
    urgency: int
    exposure: int
    difficulty: int
    late: bool
    confidence: str
    flow: tuple[Step, ...]
    factors: tuple[Reason, ...]


class Site(Levels, frozen=True, kw_only=True):
    """A call site."""

    path: str
    line: int
    column: int
    callee: str
    function: str


class Item(Part, frozen=True):
    """A piece of work."""

    name: str
    count: int
    minutes: tuple[int, int]


class Effort(Part, frozen=True):
    """Expected work."""

    size: str = msgspec.field(name="class")
    minutes: tuple[int, int]
    items: tuple[Item, ...]


class Choice(Part, frozen=True):
    """Something to do, and the level afterwards."""

    do: str
    risk_after: Risk | None
    effort: Effort | None


class Place(Part, frozen=True):
    """Where the ID is written."""

    path: str
    line: int
    column: int


class Told(Part, frozen=True):
    """A finding."""

    rule: str
    risk: Risk
    message: str
    context: str
    location: Place
    sites: tuple[Site, ...]
    unplaced: Levels | None
    effort: Effort | None
    start_by: date | None
    options: tuple[Choice, ...]
    fingerprint: str


class Rules(Part, frozen=True):
    """The feed that judged."""

    digest: str


class Report(Part, frozen=True):
    """A whole report."""

    schema: str
    as_of: date
    rules: Rules
    findings: tuple[Told, ...]


def read(data: bytes, name: str) -> Report:
    """A report that was written with `--format json`; `name` is what messages call it."""
    hint = "write one with `modelaudit scan --json-output FILE`"
    try:
        found = msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: not a JSON report of modelaudit: {error}", hint=hint) from error
    if found.schema != SCHEMA:
        raise InputError(f"{name}: a report of schema {found.schema!r}, not {SCHEMA!r}", hint=hint)
    return found


def choose(report: Report, prefix: str) -> Told:
    """The finding whose fingerprint begins like this."""
    fitting = [one for one in report.findings if one.fingerprint.startswith(prefix)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        some = "; ".join(f"{one.fingerprint} is {_named(one)}" for one in fitting[:_SHOWN])
        more = f" and {len(fitting) - _SHOWN} more" if len(fitting) > _SHOWN else ""
        raise UsageError(f"{prefix!r} begins {len(fitting)} fingerprints", hint=f"{some}{more}")
    known = {one.fingerprint: one for one in report.findings}
    near = nearest_few(prefix, {fingerprint[: len(prefix)] for fingerprint in known}, 1)
    close = [one for fingerprint, one in known.items() if near and fingerprint.startswith(near[0])]
    if close:
        raise UsageError(f"no finding has the fingerprint {prefix!r}", hint=f"did you mean {close[0].fingerprint}, {_named(close[0])}?")
    told = "there are no findings" if not known else f"there are {len(known)}: `modelaudit scan -v` shows their fingerprints"
    raise UsageError(f"no finding has the fingerprint {prefix!r}", hint=told if len(known) != 1 else f"the only one is {next(iter(known))}")


def _named(one: Told) -> str:
    return f"{one.rule} at {one.location.path}:{one.location.line}"
