"""Globs over names, fast for the forms that rules use: whole names, beginnings, ends, parts."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

_MEMORY = 16_384
"""Answers that are kept: every call asks the same globs, and has one of a few names."""


@lru_cache(maxsize=_MEMORY)
def fits(name: str, glob: str) -> bool:
    """The same as `fnmatchcase(name, glob)`, without a regular expression where the glob has stars at its ends only."""
    core = glob.strip("*")
    if "*" in core or "?" in core or "[" in core:
        return fnmatchcase(name, glob)
    if core == glob:
        return name == glob
    if not core:
        return True
    if not glob.startswith("*"):
        return name.startswith(core)
    return core in name if glob.endswith("*") else name.endswith(core)


def any_fits(name: str, globs: tuple[str, ...]) -> bool:
    """True when one of the globs matches."""
    return any(fits(name, glob) for glob in globs)


@lru_cache(maxsize=_MEMORY)
def named(globs: tuple[str, ...], name: str) -> bool:
    """True when a glob matches and none that begins with `!` takes it away."""
    return any_fits(name, globs) and not any(glob.startswith("!") and fits(name, glob[1:]) for glob in globs)
