"""Every spelling that the feed knows, prepared for lookup by text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from modelaudit.domain.record import NamedTuple


class LexiconEntry(NamedTuple):
    """One ID as one platform spells it, and the model it names there.

    Plain strings only, so that the compiled index holds the entries as they are; dates are ISO 8601 days.
    """

    platform: str
    model: str
    """Key of the model."""
    publisher: str
    id: str
    """As spelled by the platform; the lexicon's key is this text casefolded."""
    kind: str
    """`id`: names the model itself; `alias`: stands for it, for a time."""
    start: str | None
    """First day of the alias; None when not recorded, and for IDs."""
    end: str | None
    """First day on which the alias no longer names this model; None while it does."""
    floating: bool
    """True for names that move silently (`-latest`)."""
    version: str | None
    """Azure model version that the spelling carries (`gpt-4o@2024-05-13` carries `2024-05-13`)."""


Lexicon: TypeAlias = Mapping[str, tuple[LexiconEntry, ...]]
"""Casefolded spelling to entries, sorted by platform, IDs before aliases."""
