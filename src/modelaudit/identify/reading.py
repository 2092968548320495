"""One way to read a text: which part of it may be the ID, and what the rest says."""

from __future__ import annotations

from modelaudit.domain.platforms import Dialect
from modelaudit.domain.record import NamedTuple

HOLE = "\ufffc"
"""Stands for a part of a composed value that the source does not show."""


class Reading(NamedTuple):
    """A stretch of a text taken for an ID."""

    start: int
    end: int
    dialect: Dialect | None = None
    """How the stretch is spelled, as far as what was cut off tells."""
    platform: str | None = None
    """Named by what was cut off or by the spelling itself."""
    evidence: str = ""
    region: str | None = None
    version: str | None = None
    fine_tuned: bool = False
    opaque: str | None = None
    """What the text names when nobody can tell the model from it."""
    publisher: str | None = None
    """What the resource name says about the publisher; a model of another one is no model."""
    stripped: tuple[str, ...] = ()

    def after(self, text: str, start: int) -> Reading:
        """The same reading with everything before `start` cut off."""
        return self._replace(start=start, stripped=(*self.stripped, text[self.start : start]))

    def before(self, text: str, end: int) -> Reading:
        """The same reading with everything from `end` on cut off."""
        return self._replace(end=end, stripped=(*self.stripped, text[end : self.end]))
