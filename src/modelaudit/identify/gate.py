"""The cheap question first: most strings of a program can be no ID, and a few set lookups say so."""

from __future__ import annotations

from modelaudit.domain.lexicon import Lexicon
from modelaudit.domain.pattern import late
from modelaudit.domain.platforms import Platforms

_WORDS = late("[a-z]+")
_RESOURCES = frozenset({"arn", "projects", "accounts", "azureml", "tunedmodels", "publishers"})
_LONGEST = 300


class Gate:
    """Knows the words of which every ID holds at least one."""

    def __init__(self, lexicon: Lexicon, heads: tuple[str, ...], rules: Platforms) -> None:
        self._lexicon = lexicon
        self._words = _RESOURCES.union(rules.starts, heads)

    def admits(self, text: str) -> bool:
        """False only for texts that are certainly no ID."""
        if len(text) > _LONGEST or (" " in text and " > " not in text):
            return False
        lower = text.lower()
        if lower.isalpha():
            return text.casefold() in self._lexicon
        return not self._words.isdisjoint(_WORDS.findall(lower))
