"""What may come of one file in a round."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped


class Cold(NamedTuple):
    """A file without an ID; `again` when a linked name may still lead to it."""

    again: bool


COLD = Cold(True)
CLEAN = Cold(False)

Outcome: TypeAlias = FileFacts | Skipped | Cold


class Noted(NamedTuple):
    """What was found of a file, with what a cache keeps it under."""

    found: FileFacts | bytes | Cold | None
    """Facts, packed where they come from another process; None for those that the cache holds."""
    stamp: bytes | None
    """None when the file's state before it was read is not known, or says nothing in this round."""
    digest: bytes


class Sighting(NamedTuple):
    """What of the demanded names one unread file holds."""

    wanted: bool
    methods: tuple[bytes, ...] = ()
    """Demanded methods that it defines: it is wanted for them when no other file does."""


WANTED = Sighting(True)
NOTHING = Sighting(False)
