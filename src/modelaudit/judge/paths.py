"""What code is for, told by its path: production, tests, examples and so on (`risk.toml`, the project's own `exposure` settings)."""

from __future__ import annotations

import re
from functools import lru_cache

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.risk import PathClass


class PathClasses:
    """The path classes of a run. Folders and endings are compared as text; only globs of other forms are compiled, when they are needed."""

    def __init__(self, classes: tuple[PathClass, ...], overrides: tuple[tuple[tuple[str, ...], str], ...] = ()) -> None:
        """`overrides` are the project's (globs, class name) pairs; the first that matches wins, before the feed's classes."""
        self._last = classes[-1]
        self._by_name = {entry.name: entry for entry in classes}
        own = tuple((_Globs.of(globs), self._by_name.get(name, self._last)) for globs, name in overrides)
        self._rules = (*own, *((_Globs.of(entry.globs), entry) for entry in classes))
        self._known: dict[str, PathClass] = {}

    def of(self, path: str) -> PathClass:
        """The class of one path."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = next((entry for globs, entry in self._rules if globs.match(path)), self._last)
        return known

    def named(self, name: str) -> PathClass | None:
        """A class by its name."""
        return self._by_name.get(name)

    def most_harmless(self, paths: tuple[str, ...]) -> tuple[PathClass, str]:
        """The class that exposes least, and the path that has it. A literal in tests that reaches production code is used by tests only."""
        return min(((self.of(path), path) for path in paths), key=lambda pair: pair[0].exposure)


class _Globs(NamedTuple):
    """Globs by their form."""

    folders: tuple[str, ...]
    """`/tests/` for `**/tests/**`."""
    endings: tuple[tuple[str, str], ...]
    """(start, end) of a file's name for `**/test_*.py`."""
    others: tuple[str, ...]

    @classmethod
    def of(cls, globs: tuple[str, ...]) -> _Globs:
        folders: list[str] = []
        endings: list[tuple[str, str]] = []
        others: list[str] = []
        for glob in globs:
            inner = glob[3:] if glob.startswith("**/") else "*?"
            if inner.endswith("/**") and not _WILD.search(inner[:-3]):
                folders.append(f"/{inner[:-3].lower()}/")
            elif "/" not in inner and inner.count("*") <= 1 and "?" not in inner:
                start, _, end = inner.lower().partition("*") if "*" in inner else (inner.lower(), "", "")
                endings.append((start, end) if "*" in inner else (start, "/"))
            else:
                others.append(glob)
        return cls(tuple(folders), tuple(endings), tuple(others))

    def match(self, path: str) -> bool:
        """True when one of the globs names the path."""
        lowered = f"/{path.lower()}"
        if any(folder in lowered for folder in self.folders):
            return True
        name = lowered.rpartition("/")[2]
        for start, end in self.endings:
            if name == start if end == "/" else len(name) >= len(start) + len(end) and name.startswith(start) and name.endswith(end):
                return True
        return bool(self.others) and matches(self.others, path)


_WILD = late(r"[*?]")


def matches(globs: tuple[str, ...], path: str) -> bool:
    """True when one of the globs names the path."""
    return _compile(globs).fullmatch(path) is not None


def translate(glob: str) -> str:
    """A glob as a regular expression: `**` crosses folders, `*` and `?` do not; a folder's name stands for all below it."""
    made: list[str] = []
    position = 0
    while position < len(glob):
        if glob.startswith("**/", position):
            made.append("(?:[^/]+/)*")
            position += 3
        elif glob.startswith("**", position):
            made.append(".*")
            position += 2
        else:
            made.append({"*": "[^/]*", "?": "[^/]"}.get(glob[position], re.escape(glob[position])))
            position += 1
    return "".join(made)


@lru_cache(maxsize=256)
def _compile(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{translate(glob)}(?:/.*)?)" for glob in globs), re.IGNORECASE | re.DOTALL)
