"""May a file hold a model ID, or call something that fills one in? Cheap, and never wrong in the harmful direction."""

from __future__ import annotations

from modelaudit.discover.decode import plain_bytes
from modelaudit.discover.prefilter import Match, Prefilter
from modelaudit.extract.sieve import Hit, Sieve

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ESCAPES = frozenset(b"abfnrtv")
_LETTER = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")


class Anchors:
    """Stems of which every ID holds one (any case, at the edge of a word), and names of callables with a default model (as spelled)."""

    def __init__(self, stems: tuple[bytes, ...], names: tuple[str, ...], *, much: bool = False) -> None:
        """`much` when many files are to be asked about."""
        self._names = {name.lower().encode(): name.encode() for name in names}
        self._prefilter = Prefilter((*stems, *self._names), much=much)

    def holds(self, data: bytes, sieve: Sieve | None = None) -> bool:
        """True for every file that has to be read; a `sieve` looks at what stands where the stems are."""
        found = self._prefilter.offsets(data)
        if not found:
            return False
        plain = plain_bytes(data)
        matches = (match for match in found if self._counts(plain, match))
        if sieve is None:
            return next(matches, None) is not None
        hits = [Hit(match.start, match.end, match.pattern in self._names) for match in matches]
        return bool(hits) and sieve.holds(plain, hits)

    def _counts(self, data: bytes, match: Match) -> bool:
        name = self._names.get(match.pattern)
        return (name is None or data[match.start : match.end] == name) and at_edges(data, match.start, match.end)


def at_edges(data: bytes, start: int, end: int) -> bool:
    """A stem begins where a word begins and does not end inside a run of letters (digits may follow: `gpt-4`, `embed-v4`)."""
    if data[start] in _WORD and start > 0 and data[start - 1] in _WORD and not _is_escape(data, start - 1):
        return False
    return not (data[end - 1] in _WORD and end < len(data) and data[end] in _LETTER)


def _is_escape(data: bytes, at: int) -> bool:
    """The letter of `\\n` or `\\t` in a text belongs to no word."""
    return data[at] in _ESCAPES and data[at - 1 : at] == b"\\"
