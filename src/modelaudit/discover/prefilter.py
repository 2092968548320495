"""Which of many literal patterns occur in a file's bytes, whatever the case of ASCII letters.

Four engines from fast to slow, with one meaning: a pattern occurs where its lower-cased bytes stand in the lower-cased data. Tests hold
every engine against that sentence, so a report cannot depend on what is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from modelaudit.discover.decode import plain_bytes
from modelaudit.domain.record import NamedTuple

ENGINES = ("hyperscan", "re2", "ahocorasick", "re")
"""In order of preference."""


SMALL = 64 * 1024
"""Bytes that are searched before an engine is loaded for the rest: loading takes as long as searching these without one."""


class Match(NamedTuple):
    """One occurrence of a pattern in the plain bytes of a file."""

    start: int
    end: int
    pattern: bytes


class Engine(Protocol):
    """What an engine answers about non-empty, lower-case, distinct patterns. Positions in the pattern tuple name the patterns."""

    def matches(self, data: bytes) -> bool: ...

    def any_end(self, data: bytes, accept: Callable[[int, int], bool]) -> bool:
        """True when `accept` is, of the pattern and the end offset of any occurrence; asks no further then."""
        ...

    def which(self, data: bytes) -> set[int]: ...

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        """(pattern, end offset) of every occurrence, overlapping ones too, in any order."""
        ...


class Prefilter:
    """Finds literal patterns in bytes. Files in UTF-16 or UTF-32 are searched as UTF-8, so their offsets are those of `plain_bytes`."""

    def __init__(self, patterns: tuple[bytes, ...], *, engine: str | None = None, cache_dir: str | None = None, much: bool = False) -> None:
        """`cache_dir` keeps what is slow to build; it must be the user's own, never one that the scanned tree chose. `much` when it is
        known that more than a little will be searched."""
        lowered: dict[bytes, list[bytes]] = {}
        for pattern in patterns:
            if b"\0" in pattern:
                raise ValueError("a pattern is text and holds no NUL: Hyperscan would end it there")
            if pattern:
                lowered.setdefault(pattern.lower(), []).append(pattern)
        self._sorted = tuple(sorted(lowered))
        self._given = tuple(tuple(dict.fromkeys(lowered[key])) for key in self._sorted)
        self._small = None if much or engine is not None or not self._sorted else _build("re", self._sorted, None, few=True)
        self._left = SMALL
        self._wanted = engine, cache_dir
        self._chosen = None if engine is None else _choose(self._sorted, engine, cache_dir)

    @property
    def engine(self) -> str:
        """The name of the engine that searches once there is more than a little."""
        return self._best()[0]

    def matches(self, data: bytes) -> bool:
        """True when any pattern occurs."""
        plain = plain_bytes(data)
        return self._for(plain).matches(plain)

    def holds(self, data: bytes, accept: Callable[[bytes, int, int, bytes], bool]) -> bool:
        """True when `accept(plain data, start, end, pattern)` is, of any occurrence: a search with a condition, in one go."""
        plain = plain_bytes(data)
        given = self._given

        def accepts(index: int, end: int) -> bool:
            pattern, *others = given[index]
            start = end - len(pattern)
            return accept(plain, start, end, pattern) or (bool(others) and any(accept(plain, start, end, other) for other in others))

        return self._for(plain).any_end(plain, accepts)

    def which(self, data: bytes) -> frozenset[bytes]:
        """The patterns that occur, spelled as they were given."""
        plain = plain_bytes(data)
        return frozenset(pattern for index in self._for(plain).which(plain) for pattern in self._given[index])

    def offsets(self, data: bytes) -> tuple[Match, ...]:
        """Every occurrence of every pattern, by position; they may overlap."""
        plain = plain_bytes(data)
        ends = self._for(plain).ends(plain)
        if not ends:  # nearly every file
            return ()
        return tuple(sorted(Match(end - len(pattern), end, pattern) for index, end in ends for pattern in self._given[index]))

    def _for(self, data: bytes) -> Engine:
        """The engine for some data: loading the best one takes longer than searching a few small files with the simplest."""
        if self._small is None:
            return self._best()[1]
        self._left -= len(data)
        if self._left < 0:
            self._small = None
            return self._best()[1]
        return self._small

    def _best(self) -> tuple[str, Engine]:
        if self._chosen is None:
            self._chosen = _choose(self._sorted, *self._wanted)
        return self._chosen


def _choose(patterns: tuple[bytes, ...], wanted: str | None, cache_dir: str | None) -> tuple[str, Engine]:
    if not patterns:
        return "re", Nothing()
    for name in ENGINES if wanted is None else (wanted,):
        try:
            return name, _build(name, patterns, cache_dir)
        except ImportError:
            if wanted is not None:
                raise
    raise AssertionError("the standard library's engine is always there")


def _build(name: str, patterns: tuple[bytes, ...], cache_dir: str | None, *, few: bool = False) -> Engine:
    match name:
        case "hyperscan":
            from modelaudit.discover.engines.with_hyperscan import Hyperscan

            return Hyperscan(patterns, cache_dir)
        case "re2":
            from modelaudit.discover.engines.with_re2 import Re2

            return Re2(patterns)
        case "ahocorasick":
            from modelaudit.discover.engines.with_ahocorasick import AhoCorasick

            return AhoCorasick(patterns)
        case "re":
            from modelaudit.discover.engines.with_re import Standard

            return Standard(patterns, few=few)
        case _:
            raise ValueError(name)


class Nothing:
    """No patterns, no matches."""

    def matches(self, data: bytes) -> bool:
        return False

    def any_end(self, data: bytes, accept: Callable[[int, int], bool]) -> bool:
        return False

    def which(self, data: bytes) -> set[int]:
        return set()

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        return []
