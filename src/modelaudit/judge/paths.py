"""What code is for, told by its path: production, tests, examples and so on (`risk.toml`, the project's own `exposure` settings)."""

from __future__ import annotations

import re

from modelaudit.domain.risk import PathClass


class PathClasses:
    """The path classes of a run, compiled once."""

    def __init__(self, classes: tuple[PathClass, ...], overrides: tuple[tuple[tuple[str, ...], str], ...] = ()) -> None:
        """`overrides` are the project's (globs, class name) pairs; the first that matches wins, before the feed's classes."""
        self._classes = classes
        self._by_name = {entry.name: entry for entry in classes}
        self._overrides = tuple((_compile(globs), name) for globs, name in overrides)
        self._patterns = tuple(_compile(entry.globs) for entry in classes)
        self._known: dict[str, PathClass] = {}

    def of(self, path: str) -> PathClass:
        """The class of one path."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._find(path)
        return known

    def named(self, name: str) -> PathClass | None:
        """A class by its name."""
        return self._by_name.get(name)

    def most_harmless(self, paths: tuple[str, ...]) -> tuple[PathClass, str]:
        """The class that exposes least, and the path that has it. A literal in tests that reaches production code is used by tests only."""
        return min(((self.of(path), path) for path in paths), key=lambda pair: pair[0].exposure)

    def _find(self, path: str) -> PathClass:
        for pattern, name in self._overrides:
            if pattern.fullmatch(path):
                return self._by_name.get(name, self._classes[-1])
        pairs = zip(self._classes, self._patterns, strict=True)
        return next((entry for entry, pattern in pairs if pattern.fullmatch(path)), self._classes[-1])


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


def _compile(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{translate(glob)}(?:/.*)?)" for glob in globs), re.IGNORECASE | re.DOTALL)
