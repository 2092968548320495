"""What one search has found already, so that ways that meet again are walked once."""

from __future__ import annotations

from collections.abc import Callable

from modelaudit.domain.record import NamedTuple
from modelaudit.link.values import Value


class Answer(NamedTuple):
    """Values found, and what they were found for; holding on to that keeps its identity its own."""

    parts: tuple[object, ...]
    values: list[Value]
    whole: bool
    """False when the search was cut short on the way: a cycle, or a bound."""
    depth: int


class Memo:
    """Answers of one search, by a name and the identity of the records asked about (they are too deep to be compared)."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, tuple[int, ...]], Answer] = {}
        self.cuts = 0
        """How often a search was cut short so far."""

    def clear(self) -> None:
        """Forget everything; a new search begins."""
        self._answers.clear()

    def once(self, name: str, parts: tuple[object, ...], depth: int, work: Callable[[], list[Value]]) -> list[Value]:
        """The answer; what is being looked for already adds nothing. One that was cut short is looked for again from a nearer place."""
        key = (name, tuple(map(id, parts)))
        known = self._answers.get(key)
        if known is not None and (known.whole or known.depth <= depth):
            self.cuts += not known.whole
            return known.values
        self._answers[key] = Answer(parts, [], False, 0)
        cuts = self.cuts
        values = work()
        self._answers[key] = Answer(parts, values, cuts == self.cuts, depth)
        return values
