"""What was found already, so that ways that meet again are walked once, and ways that lead in a circle end.

A question that is open adds nothing to itself. So an answer that is found meanwhile may lean on it: it holds for as long as the question is
open, and is looked for anew afterwards. An answer that leans on nothing holds for good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar, cast

from modelaudit.domain.record import NamedTuple

_T = TypeVar("_T")
_Key: TypeAlias = tuple[str, tuple[int, ...]]

_SPENT = 1
"""What was cut short because the terms of one search were spent: it says nothing to others."""
_DEEP = 2
"""What was cut short because it lay too deep: who asks from a nearer place may find more."""
_BOUNDS = 2
"""The bits before those of the questions."""


class Answer(NamedTuple):
    """What was found, and what it was found for; holding on to that keeps its identity its own."""

    parts: tuple[object, ...]
    found: list[object]
    leans: int
    """A bit for each bound, and one for each open question, by its place among them."""
    depth: int


class Memo:
    """Answers by a name and the identity of the records asked about (they are too deep to be compared)."""

    def __init__(self) -> None:
        self._lasting: dict[_Key, Answer] = {}
        """Answers that lean on no open question, and were not cut short because one search had no terms left."""
        self._answers: dict[_Key, Answer] = {}
        """The other answers of one search."""
        self._leaning: list[_Key] = []
        """Those of them that lean on something, in the order they were found."""
        self._open: dict[_Key, int] = {}
        """The questions that are being asked, with their places among them."""
        self._leans = 0
        """What the answer that is being looked for leans on so far."""

    def clear(self) -> None:
        """Forget what holds for one search only; a new one begins."""
        self._answers.clear()
        self._leaning.clear()
        self._leans = 0

    def once(self, name: str, parts: tuple[object, ...], depth: int, work: Callable[[], list[_T]]) -> list[_T]:
        """The answer; nothing while the question is open."""
        key = (name, tuple(map(id, parts)))
        known = self._known(key, depth)
        if known is not None:
            self._leans |= known.leans
            return cast("list[_T]", known.found)
        asked = self._open.get(key)
        if asked is not None:
            self.lean(asked)
            return []
        place = self._open[key] = self.place + 1
        outer, self._leans, before = self._leans, 0, len(self._leaning)
        try:
            found = work()
        finally:
            del self._open[key]
            leans = self._leans & ~_bit(place)
            self._leans = outer | leans
        self._forget(before, _bit(place))
        self._keep(key, Answer(parts, cast("list[object]", found), leans, depth))
        return found

    def _known(self, key: _Key, depth: int) -> Answer | None:
        for known in (self._lasting.get(key), self._answers.get(key)):
            if known is not None and (not known.leans & (_DEEP | _SPENT) or known.depth <= depth):
                return known
        return None

    @property
    def place(self) -> int:
        """That of the question that was asked last."""
        return len(self._open)

    def lean(self, place: int) -> None:
        """The answer that is being looked for depends on the question at that place being open."""
        self._leans |= _bit(place)

    def spent(self) -> None:
        """The answer that is being looked for was cut short: no terms are left."""
        self._leans |= _SPENT

    def deep(self) -> None:
        """The answer that is being looked for was cut short: it lies too deep."""
        self._leans |= _DEEP

    def _keep(self, key: _Key, answer: Answer) -> None:
        if answer.leans & ~_DEEP:
            self._leaning.append(key)
            self._answers[key] = answer
        else:
            self._lasting[key] = answer

    def _forget(self, since: int, leans: int) -> None:
        """Forget what was found since then and leans on that."""
        left = []
        for key in self._leaning[since:]:
            known = self._answers.get(key)
            if known is not None and known.leans & leans:
                del self._answers[key]
            elif known is not None:
                left.append(key)
        self._leaning[since:] = left

    def aside(self, work: Callable[[], list[_T]]) -> list[_T]:
        """The answer to a question that has terms of its own. That they are spent is no news to the one who asks."""
        outer, self._leans, before = self._leans, 0, len(self._leaning)
        try:
            return work()
        finally:
            self._forget(before, _SPENT)
            self._leans = outer | self._leans & ~_SPENT

    def apart(self, work: Callable[[], list[_T]]) -> list[_T]:
        """The answer to a question that does not depend on what is open."""
        present = self._answers, self._leaning, self._open, self._leans
        self._answers, self._leaning, self._open, self._leans = {}, [], {}, 0
        try:
            return work()
        finally:
            self._answers, self._leaning, self._open, self._leans = present


def _bit(place: int) -> int:
    return 1 << place + _BOUNDS
