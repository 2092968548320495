"""The risk model in the compiled index: `risk.toml`, checked once when the feed is compiled."""

from __future__ import annotations

import os
from typing import TypedDict

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

NAME = "risk"
"""Name of the section."""


class Plain(TypedDict):
    """The section as the index stores it: only builtins."""

    table: str
    thresholds: tuple[int, int, int, int]
    paths: list[tuple[str, int, list[str]]]
    efforts: list[tuple[str, int, int, str, str]]
    sizes: list[tuple[str, int]]
    errors: list[tuple[str, list[str], list[str], list[str], list[str], list[str], list[str]]]
    fallbacks: list[tuple[str, list[str], str, str]]
    sentences: list[tuple[str, str]]


def build(folder: str) -> Plain:
    """Read, check and flatten `risk.toml` of a rules folder."""
    from modelaudit.feed import risk_source

    path = os.path.join(folder, "risk.toml")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}", hint="a rules folder needs a risk.toml") from error
    raw = risk_source.read(text, path)
    limits = raw.thresholds
    return Plain(
        table="".join(raw.table[f"U{u}"][f"E{e}"] for u in range(5) for e in range(4)),
        thresholds=(limits.imminent_days, limits.near_days, limits.quiet_floor_days, limits.protected_days),
        paths=[(entry.name, entry.exposure, entry.globs) for entry in raw.path],
        efforts=[(name, entry.low, entry.high, entry.per, entry.what) for name, entry in raw.effort.items()],
        sizes=list(raw.sizes.items()),
        errors=[(e.package, e.gone, e.denied, e.bad_request, e.transient, e.broad, e.codes) for e in raw.errors],
        fallbacks=[(entry.id, entry.shapes, entry.counts, entry.why) for entry in raw.fallback],
        sentences=sorted((f"{factor}.{name}", text) for factor, some in raw.sentence.items() for name, text in some.items()),
    )


def decode(plain: Plain) -> RiskModel:
    """The records again."""
    return RiskModel(
        table=Table(tuple(LETTERS[letter] for letter in plain["table"])),
        thresholds=Thresholds(*plain["thresholds"]),
        paths=tuple(PathClass(name, exposure, tuple(globs)) for name, exposure, globs in plain["paths"]),
        efforts=tuple(EffortPrior(name, low, high, per, what) for name, low, high, per, what in plain["efforts"]),
        sizes=tuple((name, high) for name, high in plain["sizes"]),
        errors=tuple(
            ErrorClasses(package, tuple(gone), tuple(denied), tuple(bad), tuple(transient), tuple(broad), tuple(codes))
            for package, gone, denied, bad, transient, broad, codes in plain["errors"]
        ),
        fallbacks=tuple(FallbackPattern(name, tuple(shapes), counts, why) for name, shapes, counts, why in plain["fallbacks"]),
        sentences=tuple((key, text) for key, text in plain["sentences"]),
    )
