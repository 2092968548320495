"""ahocorasick-rs: about a quarter of Hyperscan's speed, and linear."""

from __future__ import annotations

from collections.abc import Callable

from ahocorasick_rs import BytesAhoCorasick, Implementation


class AhoCorasick:
    """An automaton over lower-case bytes."""

    def __init__(self, patterns: tuple[bytes, ...]) -> None:
        self._find = BytesAhoCorasick(list(patterns), implementation=Implementation.DFA).find_matches_as_indexes

    def matches(self, data: bytes) -> bool:
        return bool(self._find(data.lower()))

    def any_end(self, data: bytes, accept: Callable[[int, int], bool]) -> bool:
        return any(accept(index, end) for index, end in self.ends(data))

    def which(self, data: bytes) -> set[int]:
        return {index for index, _, _ in self._find(data.lower(), overlapping=True)}

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        return [(index, end) for index, _, end in self._find(data.lower(), overlapping=True)]
