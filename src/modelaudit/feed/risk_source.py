"""`risk.toml` as it is written: the decoding types, and what makes a decision table usable. Only compiling the feed imports this module."""

from __future__ import annotations

from itertools import product
from string import Formatter
from typing import Literal

import msgspec

from modelaudit.domain.errors import FeedError
from modelaudit.domain.finding import Risk
from modelaudit.domain.risk import LETTERS, Table
from modelaudit.feed import reading


class Source(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of every table of our own TOML: unknown keys are errors, names are written with hyphens."""


class RawThresholds(Source):
    imminent_days: int
    near_days: int
    quiet_floor_days: int
    protected_days: int


class RawPath(Source):
    # `class` is the word users write; Python does not allow it as a name.
    name: str = msgspec.field(name="class")
    exposure: Literal[0, 1, 3]
    globs: list[str]


class RawEffort(Source):
    low: int
    high: int
    per: str
    what: str


class RawErrors(Source):
    package: str
    gone: list[str] = []
    denied: list[str] = []
    bad_request: list[str] = []
    transient: list[str] = []
    broad: list[str] = []
    codes: list[str] = []


class RawFallback(Source):
    id: str
    shapes: list[str]
    counts: Literal["yes", "no", "partial", "degraded", "unknown"]
    why: str


class RawRisk(Source):
    """The whole file. A file that is laid over another one holds only what it replaces."""

    schema: Literal["1"]
    thresholds: RawThresholds | None = None
    table: dict[str, dict[str, str]] | None = None
    path: list[RawPath] = []
    effort: dict[str, RawEffort] = {}
    sizes: dict[str, int] = {}
    errors: list[RawErrors] = []
    fallback: list[RawFallback] = []
    sentence: dict[str, dict[str, str]] = {}


def read(file: str) -> RawRisk:
    """Decode and check a `risk.toml`; every error names the file and the key."""
    raw = reading.read(file, RawRisk)
    if raw.table is not None:
        table(raw.table, file)
    _check_order(raw, file)
    _check_sentences(raw, file)
    return raw


def table(rows: dict[str, dict[str, str]], place: str) -> Table:
    """The decision table, if it is total and monotone; otherwise a `FeedError` that names the cell."""
    cells: list[Risk] = []
    for urgency, exposure in product(range(5), range(4)):
        letters = rows.get(f"U{urgency}", {}).get(f"E{exposure}")
        key = f"table.U{urgency}.E{exposure}"
        if letters is None:
            raise FeedError(f"{place}: {key} is missing", hint='write four letters, D0 to D3, such as "LLMM"')
        if len(letters) != 4 or not set(letters) <= LETTERS.keys():
            raise FeedError(f'{place}: {key} is "{letters}": four letters of {"".join(LETTERS)} are wanted, D0 to D3')
        cells += [LETTERS[letter] for letter in letters]
    for name, row in rows.items():
        for key in [name, *(f"{name}.{column}" for column in row)]:
            if key not in _KNOWN:
                raise FeedError(f"{place}: table.{key} does not exist", hint="rows are U0 to U4, columns E0 to E3")
    made = Table(tuple(cells))
    problem = _falling(made)
    if problem is not None:
        raise FeedError(f"{place}: {problem}", hint="raising urgency, exposure, difficulty or lateness must never lower a level")
    return made


_KNOWN = {f"U{u}" for u in range(5)} | {f"U{u}.E{e}" for u in range(5) for e in range(4)}


def _falling(made: Table) -> str | None:
    """The first cell that lies below a neighbour it may not lie below, late cells included."""
    for late, u, e, d in product((False, True), range(5), range(4), range(4)):
        level = made.level(u, e, d, late)
        for du, de, dd in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
            if u < du or e < de or d < dd:
                continue
            below = made.level(u - du, e - de, d - dd, late)
            if below.rank > level.rank:
                return (
                    f"table.U{u}.E{e}: the cell U{u} E{e} D{d}{' late' if late else ''} is {level.value}, "
                    f"below U{u - du} E{e - de} D{d - dd} ({below.value})"
                )
    return None


def _check_order(raw: RawRisk, place: str) -> None:
    limits = raw.thresholds
    if limits is not None and not 0 <= limits.imminent_days < limits.near_days:
        raise FeedError(f"{place}: thresholds.near-days must be greater than thresholds.imminent-days")
    if list(raw.sizes.values()) != sorted(set(raw.sizes.values())):
        raise FeedError(f"{place}: sizes must ascend")
    for name, effort in raw.effort.items():
        if not 0 <= effort.low <= effort.high:
            raise FeedError(f"{place}: effort.{name}: low must not exceed high")
    if raw.path and raw.path[-1].globs != ["**"]:
        raise FeedError(f'{place}: the last path class must have globs = ["**"], so that every path has a class')


def _check_sentences(raw: RawRisk, place: str) -> None:
    for factor, sentences in raw.sentence.items():
        for name, text in sentences.items():
            try:
                fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
            except ValueError as error:
                raise FeedError(f"{place}: sentence.{factor}.{name}: {error}") from error
            if not all(field.isidentifier() for field in fields):
                raise FeedError(f"{place}: sentence.{factor}.{name}: only names may stand in braces")
