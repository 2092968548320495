"""Does a requirement of the project bring a package in some release or a later one?"""

from __future__ import annotations

import re

from modelaudit.domain.pattern import late

_REQUIREMENT = late(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*)")
_BOUND = late(r"(===?|>=|~=|>|\^)\s*v?(\d+(?:\.\d+)*)")


def package_of(requirement: str) -> str:
    """The package that a requirement names."""
    match = _REQUIREMENT.fullmatch(requirement)
    return "" if match is None else normal(match[1])


def reaches(requirement: str, package: str, release: str) -> bool:
    """True when `requirement` (`anthropic==1.2.0`, `anthropic>=1,<2`) cannot be met by a release before `release`.

    Without a lower bound nothing is known, and nothing is claimed.
    """
    match = _REQUIREMENT.fullmatch(requirement)
    if match is None or normal(match[1]) != normal(package):
        return False
    if not release:
        return True
    lowest = max((_parts(bound[2]) for bound in _BOUND.finditer(match[2])), default=None)
    return lowest is not None and lowest >= _parts(release)


def folder_of(path: str) -> str:
    """The folder that a file of requirements speaks of; empty for the whole tree. `requirements/prod.txt` speaks of what is above it."""
    folder = path.rpartition("/")[0]
    above, _, last = folder.rpartition("/")
    return above if last == "requirements" else folder


def holds_for(folder: str, path: str) -> bool:
    """Whether what a folder requires concerns a file."""
    return not folder or path.startswith(f"{folder}/")


def normal(name: str) -> str:
    """The spelling of a package's name by which requirements are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _parts(release: str) -> tuple[int, ...]:
    """Numbers without trailing zeros, so that `1` and `1.0` are equal."""
    parts = [int(part) for part in release.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
