"""The risk model in the compiled index: `risk.toml`, checked once when the feed is compiled.

Each part, each effort prior and each sentence has a key of its own, so that a project's `risk.toml`, laid over the bundled one, replaces
only what it names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from modelaudit.domain.errors import FeedError
from modelaudit.domain.risk import (
    LETTERS,
    EffortPrior,
    ErrorClasses,
    FallbackPattern,
    PathClass,
    RiskModel,
    Table,
    Thresholds,
)

if TYPE_CHECKING:
    from modelaudit.feed.plain import Plain

NAME = "risk"
"""Name of the section."""

_EFFORT, _SENTENCE = "effort ", "sentence "


def build(folder: str) -> dict[str, Plain]:
    """Read, check and flatten `risk.toml` of a rules folder."""
    from modelaudit.feed import risk_source

    raw = risk_source.read(os.path.join(folder, "risk.toml"))
    made: dict[str, Plain] = {}
    if (limits := raw.thresholds) is not None:
        made["thresholds"] = (limits.imminent_days, limits.near_days, limits.quiet_floor_days, limits.protected_days)
    if (table := raw.table) is not None:
        made["table"] = "".join(table[f"U{u}"][f"E{e}"] for u in range(5) for e in range(4))
    if raw.path:
        made["paths"] = tuple((entry.name, entry.exposure, tuple(entry.globs)) for entry in raw.path)
    if raw.sizes:
        made["sizes"] = tuple(raw.sizes.items())
    if raw.errors:
        made["errors"] = tuple(
            (one.package, *map(tuple, (one.gone, one.denied, one.bad_request, one.transient, one.broad, one.codes))) for one in raw.errors
        )
    if raw.fallback:
        made["fallbacks"] = tuple((entry.id, tuple(entry.shapes), entry.counts, entry.why) for entry in raw.fallback)
    made |= {f"{_EFFORT}{name}": (name, entry.low, entry.high, entry.per, entry.what) for name, entry in raw.effort.items()}
    made |= {f"{_SENTENCE}{factor}.{name}": text for factor, some in raw.sentence.items() for name, text in some.items()}
    return made


def decode(plain: Mapping[str, Plain]) -> RiskModel:
    """The records again."""
    missing = {"thresholds", "table", "paths", "sizes", "errors", "fallbacks"} - plain.keys()
    if missing:
        raise FeedError(f"risk.toml: {', '.join(sorted(missing))} missing", hint='lay it over the bundled feed: rules = ["bundled", "..."]')
    return RiskModel(
        table=Table(tuple(LETTERS[letter] for letter in cast("str", plain["table"]))),
        thresholds=Thresholds(*cast("tuple[int, int, int, int]", plain["thresholds"])),
        paths=tuple(PathClass(*row) for row in cast("tuple[tuple[str, int, tuple[str, ...]], ...]", plain["paths"])),
        efforts=tuple(EffortPrior(*cast("tuple[str, int, int, str, str]", row)) for key, row in plain.items() if key.startswith(_EFFORT)),
        sizes=cast("tuple[tuple[str, int], ...]", plain["sizes"]),
        errors=tuple(map(ErrorClasses._make, cast("tuple[tuple[str, ...], ...]", plain["errors"]))),
        fallbacks=tuple(map(FallbackPattern._make, cast("tuple[tuple[str, ...], ...]", plain["fallbacks"]))),
        sentences=tuple(
            sorted((key.removeprefix(_SENTENCE), cast("str", text)) for key, text in plain.items() if key.startswith(_SENTENCE))
        ),
    )
