"""What callees near a model call mean: the names of `rules/calls/_evidence.toml`, found by their last part."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from modelaudit.domain.shapes import Clue

_MOST_KNOWN = 20_000
"""Names whose kinds are remembered; source code repeats itself."""


class Clues:
    """Looks names up. A pattern of several parts is compared with the end of a dotted name, part by part; `.name` is a method of anything;
    a pattern of one part is a plain name, with nothing before it. Receivers are compared without regard to case."""

    def __init__(self, clues: Iterable[Clue]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._globs: list[tuple[tuple[str, ...], str]] = []
        self._plain: dict[str, list[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        for clue in clues:
            *receivers, last = clue.name.split(".")
            pattern = (*(part.lower() for part in receivers), last)
            self._plain.setdefault(clue.kind, []).append(clue.name)
            if "*" in last:
                self._globs.append((pattern, clue.kind))
            else:
                self._exact.setdefault(last, []).append((pattern, clue.kind))

    def has(self, kind: str, *names: str | None) -> bool:
        """Whether one of the dotted names (as written, or with imports written out) is of a kind."""
        return any(name is not None and kind in self.kinds(name) for name in names)

    def kinds(self, name: str) -> frozenset[str]:
        """Every kind that a dotted name is of."""
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            given = name.replace("()", "").split(".")
            found = (*self._exact.get(given[-1], ()), *self._globs)
            known = self._known[name] = frozenset(kind for pattern, kind in found if _fits(pattern, given))
        return known

    def names(self, kind: str) -> tuple[str, ...]:
        """All names of a kind, as the feed writes them."""
        return tuple(self._plain.get(kind, ()))


def _fits(pattern: tuple[str, ...], given: list[str]) -> bool:
    """Whether a dotted name ends like a pattern; an empty part of the pattern is anything."""
    if len(pattern) == 1:
        return len(given) == 1 and fnmatchcase(given[0], pattern[0])
    if len(given) < len(pattern) or not fnmatchcase(given[-1], pattern[-1]):
        return False
    receivers = zip(given[-len(pattern) : -1], pattern[:-1], strict=True)
    return all(not wanted or fnmatchcase(part.lower(), wanted) for part, wanted in receivers)
