"""The standard library alone: slow on large trees, right everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from modelaudit.discover.engines.occurrences import occurrences

_FEW = 64
"""Patterns up to which one search after the other beats an alternation."""


class Standard:
    """Searches lower-cased bytes, by `in` for few patterns and by one expression for many."""

    def __init__(self, patterns: tuple[bytes, ...], *, few: bool = False) -> None:
        """`few` when little data is to be searched, whatever the number of patterns."""
        self._patterns = patterns
        self._few = few or len(patterns) <= _FEW
        self._expression: re.Pattern[bytes] | None = None
        self._nested: dict[bytes, tuple[int, ...]] = {}

    def matches(self, data: bytes) -> bool:
        lowered = data.lower()
        if self._few:
            return any(pattern in lowered for pattern in self._patterns)
        return self._compiled().search(lowered) is not None

    def any_end(self, data: bytes, accept: Callable[[int, int], bool]) -> bool:
        return any(accept(index, end) for index, end in self.ends(data))

    def which(self, data: bytes) -> set[int]:
        lowered = data.lower()
        if self._few:
            return {index for index, pattern in enumerate(self._patterns) if pattern in lowered}
        return {index for longest in set(self._compiled().findall(lowered)) for index in self._nested[longest]}

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        lowered = data.lower()
        if self._few:
            return [(index, end) for index, pattern in enumerate(self._patterns) for end in occurrences(lowered, pattern)]
        return [
            (index, found.start() + len(self._patterns[index]))
            for found in self._compiled().finditer(lowered)
            for index in self._nested[found[1]]
        ]

    def _compiled(self) -> re.Pattern[bytes]:
        """Matches, at every place, the longest pattern that begins there; the shorter ones are its prefixes."""
        if self._expression is None:
            self._expression = re.compile(b"(?=(" + _alternatives(self._patterns) + b"))", re.DOTALL)
            position = {pattern: index for index, pattern in enumerate(self._patterns)}
            self._nested = {
                pattern: tuple(position[pattern[:size]] for size in range(1, len(pattern) + 1) if pattern[:size] in position)
                for pattern in self._patterns
            }
        return self._expression


def _alternatives(patterns: tuple[bytes, ...]) -> bytes:
    """A tree of common beginnings as an expression, longer patterns first. It backs up at most the length of a pattern."""
    if len(patterns) == 1:
        return re.escape(patterns[0])
    heads: dict[bytes, list[bytes]] = {}
    for pattern in patterns:
        if pattern:
            heads.setdefault(pattern[:1], []).append(pattern[1:])
    branches = [re.escape(head) + _alternatives(tuple(tails)) for head, tails in sorted(heads.items())]
    tree = branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"
    return b"(?:" + tree + b")?" if b"" in patterns else tree
