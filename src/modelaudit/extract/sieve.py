"""What stands between finding a stem in a file and reading the file: a look at the places where the stems are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from modelaudit.domain.record import NamedTuple


class Hit(NamedTuple):
    """Where a stem occurs in the bytes of a file; `called` when it is a callable that fills in a model by itself."""

    start: int
    end: int
    called: bool


class Sieve(Protocol):
    """Tells for one language whether what stands where the stems are may matter."""

    def holds(self, data: bytes, hits: Sequence[Hit]) -> bool:
        """False only when no hit can be an ID, a mention of one, or a call with a default model."""
