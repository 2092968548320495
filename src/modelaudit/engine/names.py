"""The project's own names for models: to extraction they are IDs wherever a model is expected, and their files are worth reading."""

from __future__ import annotations

from modelaudit.config.settings import OwnName
from modelaudit.extract.vocabulary import Words


class OwnWords:
    """What extraction asks about spellings, with the project's own names (deployments, endpoints, aliases) among the IDs."""

    def __init__(self, words: Words, names: tuple[OwnName, ...]) -> None:
        self._words = words
        self._names = frozenset(own.name for own in names)

    def is_candidate(self, text: str) -> bool:
        """An own name is an ID like any other..."""
        return text in self._names or self._words.is_candidate(text)

    def is_weak(self, text: str) -> bool:
        """...but only where a model is expected: `fast` is a word as well."""
        return text in self._names or self._words.is_weak(text)

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        """Prose speaks of models by their IDs."""
        return self._words.tokens(text)


def stems(names: tuple[OwnName, ...]) -> tuple[bytes, ...] | None:
    """What files with own names hold, in lower case; None when a name may be written in several ways, so that every file has to be read."""
    if not all(own.name.isascii() for own in names):
        return None
    return tuple(sorted({own.name.lower().encode() for own in names}))
