"""The files that a feed is compiled from, and whether they have changed since."""

from __future__ import annotations

import os

from modelaudit._version import __version__
from modelaudit.feed.index import FORMAT

SECTIONS = (
    ("models", "models"),
    ("restrictions", "restrictions"),
    ("platforms", "platforms.toml"),
    ("calls", "calls"),
    ("keys", "keys.toml"),
    ("migrations", "migrations"),
    ("risk", "risk.toml"),
)
"""Module of `modelaudit.feed` and the part of a rules folder that it reads. A feed without that part has no such section."""


def files(folder: str) -> tuple[str, ...]:
    """Every TOML file of a rules folder that is part of the feed, as paths relative to it, sorted."""
    found = []
    for _, part in SECTIONS:
        path = os.path.join(folder, part)
        if os.path.isdir(path):
            found += [f"{part}/{name}" for name in os.listdir(path) if name.endswith(".toml")]
        elif os.path.isfile(path):
            found.append(part)
    return tuple(sorted(found))


def stamp(places: tuple[str, ...]) -> str:
    """Names, sizes and times of all files of the layers, and the version of this program: what a cached index must match to be fresh."""
    lines = [f"{__version__} {FORMAT} {_newest_reader()}"]
    for place in places:
        for path in [place, *(os.path.join(place, name) for name in files(place))] if os.path.isdir(place) else [place]:
            status = os.stat(path)
            lines.append(f"{path} {status.st_size} {status.st_mtime_ns}" if os.path.isfile(path) else path)
    return "\n".join(lines)


def _newest_reader() -> int:
    """When the code that builds sections last changed: in a checkout it changes without a new version."""
    here = os.path.dirname(__file__)
    return max(os.stat(os.path.join(here, name)).st_mtime_ns for name in os.listdir(here) if name.endswith(".py"))
