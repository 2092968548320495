"""Hyperscan: about 2 GB/s whatever the number of patterns."""

from __future__ import annotations

from collections.abc import Callable

import hyperscan

_WORTH_KEEPING = 500
"""Patterns from which building the database (10 ms) costs more than reading it from a file."""

_VERSION = str(getattr(hyperscan, "__version__", "")).encode()
"""A database is bound to the version of the library that built it."""


class Hyperscan:
    """A block-mode database of caseless literals."""

    def __init__(self, patterns: tuple[bytes, ...], cache_dir: str | None) -> None:
        self._patterns = patterns
        self._any = _database(patterns, cache_dir)
        self._scan = self._any.scan

    def matches(self, data: bytes) -> bool:
        try:
            self._scan(data, _stop)
        except hyperscan.ScanTerminated:
            return True
        return False

    def any_end(self, data: bytes, accept: Callable[[int, int], bool]) -> bool:
        def ask(index: int, start: int, end: int, flags: int, context: object) -> bool:
            return accept(index, end)

        try:
            self._scan(data, ask)
        except hyperscan.ScanTerminated:
            return True
        return False

    def which(self, data: bytes) -> set[int]:
        found: set[int] = set()

        def note(index: int, start: int, end: int, flags: int, context: object) -> None:
            found.add(index)

        self._scan(data, note)
        return found

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []

        def note(index: int, start: int, end: int, flags: int, context: object) -> None:
            found.append((index, end))

        self._scan(data, note)
        return found


def _stop(index: int, start: int, end: int, flags: int, context: object) -> bool:
    return True


def _database(patterns: tuple[bytes, ...], cache_dir: str | None) -> hyperscan.Database:
    if cache_dir is None or len(patterns) < _WORTH_KEEPING:
        return _compiled(patterns)
    from modelaudit.discover.engines import kept

    path = kept.path_for(cache_dir, "literals", (_VERSION, *patterns))
    data = kept.load(path)
    if data is not None:
        try:
            database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
            # A database built on another kind of processor loads but has no scratch space and does not scan.
            database.scratch = hyperscan.Scratch(database)
            database.scan(patterns[0], _ignore)
        except hyperscan.error:
            pass
        else:
            return database
    database = _compiled(patterns)
    kept.save(path, hyperscan.dumpb(database))
    return database


def _compiled(patterns: tuple[bytes, ...]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=patterns,
        ids=range(len(patterns)),
        elements=len(patterns),
        flags=hyperscan.HS_FLAG_CASELESS,
        literal=True,
    )
    return database


def _ignore(index: int, start: int, end: int, flags: int, context: object) -> None:
    return None
