"""Days between their two forms: `date` in records, ISO 8601 text in the index, which holds builtins only."""

from __future__ import annotations

from datetime import date
from typing import overload


@overload
def day(text: str) -> date: ...
@overload
def day(text: None) -> None: ...
@overload
def day(text: str | None) -> date | None: ...
def day(text: str | None) -> date | None:
    """The day a text means."""
    return None if text is None else date.fromisoformat(text)


@overload
def iso(on: date) -> str: ...
@overload
def iso(on: None) -> None: ...
@overload
def iso(on: date | None) -> str | None: ...
def iso(on: date | None) -> str | None:
    """The text of a day."""
    return None if on is None else on.isoformat()
