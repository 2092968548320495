"""What the bytes around a stem tell, before anything is parsed: an ID or a part of one, a word that is an ID as well, or neither.

`command` is in most programs, `amazon.` in many. Of a thousand places where a stem stands in ordinary trees five are an ID; nearly all
others show by the few characters beside them that they are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.vocabulary import Words

QUOTES = frozenset(b"\"'`\\")
"""What a text may begin and end at. The quotes of a text inside another are escaped."""
_IN_IDS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/@-"
_IN_NAMES = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_LONGEST = 300
"""No ID is longer."""
_CUTS = frozenset(b"/:")
"""What stands between an ID and what is written before and behind it: an address, a key, the name of a platform."""
_MOST_CUTS = 8
_MARKS = "-.:/"
_SEPARATORS = frozenset(b"-./:_@")
"""What an ID goes on after."""
_HOLES = frozenset(b"$%{")
"""Where a text has a place to fill in."""
_FILLED = frozenset(b"%}")
_NEAR = 80
_HOLE_IN_PARENTHESES = (b"$(", b"%(")
_ESCAPED = late(rb"\\[uUx]")
_NEXT = late(rb"\\?[\"'][\s\\]*+[bBfFrRuU]{0,2}[\"'][\w./:@{%$-]")
_PREVIOUS = late(rb"(?<!\\)[\w./:@})%-]\\?[\"'][\s\\]*[bBfFrRuU]{0,2}[\"']\Z")
"""Strings with nothing between them are one in several languages."""
_ADDED = late(rb"\s*+[\"'`\\+*<&\[#]")
"""The end of a text, to which a program may add, or a sign for any characters."""


class Kind(Enum):
    """What stands at a stem."""

    OTHER = 0
    """No ID."""
    WORD = 1
    """An ID that is an ordinary word as well."""
    ID = 2
    """An ID, or what may be completed to one."""


class Run(NamedTuple):
    """The characters around a stem of which IDs are made."""

    start: int
    end: int
    kind: Kind

    def mentions(self, data: bytes, words: Words) -> bool:
        """Whether prose names a model here: only a whole ID does."""
        if self.kind is not Kind.ID:
            return False
        is_escape = data[max(0, self.start - 2) : self.start - 1] == b"\\"
        around = data[max(0, self.start - (not is_escape)) : self.end + 1]
        return bool(words.tokens(around.decode("utf-8", "replace")))


class Nearby:
    """Looks at the places in one file where stems stand."""

    def __init__(self, words: Words, data: bytes) -> None:
        self._words = words
        self._data = data
        self._spelled: dict[tuple[bytes, int, int], Kind] = {}

    def run(self, start: int, end: int) -> Run:
        """What stands at the stem between two offsets."""
        data = self._data
        before, behind = data[max(0, start - _LONGEST) : start], data[end : end + _LONGEST]
        first = start - len(before) + len(before.rstrip(_IN_IDS))
        if first < start and data[first - 1 : first] == b"\\":
            first += 1  # the letter of an escape
        last = end + len(behind) - len(behind.lstrip(_IN_IDS))
        key = (data[first:last], start - first, end - first)
        kind = self._spelled.get(key)
        if kind is None:
            kind = self._spelled[key] = self._spells(*key)
        if kind is not Kind.ID:
            if _is_name(data, first, last):
                kind = Kind.OTHER
            elif _may_go_on(data, first, end, last) or _may_end(data, first, last, kind):
                kind = Kind.ID
        return Run(first, last, kind)

    def _spells(self, run: bytes, start: int, end: int) -> Kind:
        """What a run is by itself."""
        if len(run) > _LONGEST:
            return Kind.ID
        text = run.decode("latin-1")
        kind = Kind.OTHER
        for left, right in _stretches(run, start, end):
            # As it stands for names of the project's own, which may have any characters.
            for said in {text[left:right], text[left:right].strip(_MARKS)}:
                if not self._words.is_candidate(said):
                    continue
                if not self._words.is_weak(said):
                    return Kind.ID
                if not text[right:].strip(_MARKS):
                    kind = Kind.WORD
        return kind


def _stretches(run: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every stretch around a stem that cuts may set apart."""
    lefts = [0, *(at + 1 for at in range(start) if run[at] in _CUTS)][-_MOST_CUTS:]
    rights = [*(at for at in range(end, len(run)) if run[at] in _CUTS), len(run)][:_MOST_CUTS]
    return ((left, right) for left in lefts for right in rights)


def _is_name(data: bytes, first: int, last: int) -> bool:
    """A word that is what is filled in, and no text: `{command}`, `${command}`, `$command`."""
    return data[first - 1 : first] in (b"{", b"$") and data[first:last].isalpha()


def _may_go_on(data: bytes, first: int, end: int, last: int) -> bool:
    """Whether something behind a run may complete it."""
    if b"//" in data[first:last] and b"/" in data[end:last]:
        # In an address an ID is one element of the path, and this one is over.
        return False
    if (last < len(data) and data[last] in _HOLES) or _ESCAPED.match(data, last) or _NEXT.match(data, last, last + _NEAR):
        return True
    # The full stop or colon right behind a word is that of a sentence.
    return data[last - 1] in _SEPARATORS and not (last == end + 1 and data[end] in b".:/") and _ADDED.match(data, last) is not None


def _may_end(data: bytes, first: int, last: int, kind: Kind) -> bool:
    """Whether something before a run may complete it."""
    if first == 0:
        return False
    before, run = data[first - 1], data[first:last]
    if before == ord("$"):
        run = run.lstrip(_IN_NAMES)
        return run[:1] != b"." and _is_behind_hole(run, kind)
    if before in _FILLED or (before == ord(")") and any(mark in data[max(0, first - _NEAR) : first] for mark in _HOLE_IN_PARENTHESES)):
        return _is_behind_hole(run, kind)
    if before not in QUOTES:
        return False
    added = run[0] in b"-:_@" and run[:2] != b"--" and not run.strip(b"-:_@.").isalpha()
    return added or _PREVIOUS.search(data, max(0, first - _NEAR), first) is not None


def _is_behind_hole(run: bytes, kind: Kind) -> bool:
    """What follows a slash is an ID by itself, or a word that the name of a platform before it makes one."""
    return bool(run) and (run[:1] != b"/" or kind is Kind.WORD)
