"""The words of which every known ID holds at least one: whoever has a text asks for them before anything that costs more."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.pattern import late

_WORD = late("[a-z]+")
_KEPT = 2
"""Parts of a spelling whose first words count, from its end: what stands before may be left out."""


def build(lexicon: Iterable[str]) -> tuple[str, ...]:
    """The words of all casefolded spellings, sorted."""
    return tuple(sorted({word for text in lexicon for word in _heads(text)}))


def _heads(text: str) -> list[str]:
    """The first word of every part that a publisher, path or tag separates."""
    parts = text.replace("/", ".").replace(":", ".").split(".")
    return [found.group() for part in parts if (found := _WORD.match(part))][-_KEPT:]
