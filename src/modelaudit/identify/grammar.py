"""Unknown IDs: spelled like a known family, and which known ID comes nearest."""

from __future__ import annotations

import re

from modelaudit.domain.lexicon import Lexicon, LexiconEntry
from modelaudit.domain.pattern import late
from modelaudit.domain.platforms import Family, Platforms

_BEDROCK = r"[a-z0-9]+\.[a-z][a-z0-9.-]*-v\d+:\d+"
_FIRST = late("[A-Za-z]+")


class Grammar:
    """The families of `platforms.toml`, compiled when first needed."""

    def __init__(self, rules: Platforms, lexicon: Lexicon) -> None:
        self._rules = rules
        self._lexicon = lexicon
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._known: dict[str, list[LexiconEntry]] | None = None

    def family(self, written: str) -> Family | None:
        """The family whose grammar the whole text follows. `GPT-4o` is a display name; open weights are written in any case."""
        lower = written.lower()
        first = _FIRST.match(lower)
        for index in self._rules.starts.get(first.group(), ()) if first else ():
            family = self._rules.families[index]
            if (family.any_case or lower == written) and self._pattern(family.pattern).fullmatch(lower):
                return family
        return None

    def vendor(self, written: str) -> tuple[str, str] | None:
        """Vendor and publisher of `amazon.anything-v1:0`: nobody but Bedrock writes so."""
        head, dot, _ = written.partition(".")
        publisher = self._rules.dotted.get(head) if dot else None
        return (head, publisher) if publisher is not None and self._pattern(_BEDROCK).fullmatch(written) else None

    def is_open(self, written: str) -> bool:
        """Whether the text begins like a family of open weights."""
        first = _FIRST.match(written)
        families = (self._rules.families[index] for index in self._rules.starts.get(first.group(), ())) if first else ()
        return any(family.any_case and written.startswith(tuple(family.starts)) for family in families)

    def nearest(self, written: str, publisher: str) -> str | None:
        """The known ID of the publisher that shares the longest beginning; of several the one nearest in length, then the newest name."""
        lower = written.lower()
        clock = self._rules.clocks.get(publisher)
        ranked = (
            (_shared(lower, entry.id.lower()), -abs(len(entry.id) - len(lower)), -len(entry.id), entry.id)
            for entry in self._by_publisher().get(publisher, ())
            if entry.platform == clock or clock is None
        )
        best = max(ranked, default=(0, 0, 0, ""))
        return best[3] if best[0] >= _ENOUGH else None

    def _by_publisher(self) -> dict[str, list[LexiconEntry]]:
        """All entries by publisher; built once, only for a text that is not known."""
        if self._known is None:
            self._known = {}
            for found in self._lexicon.values():
                for entry in found:
                    self._known.setdefault(entry.publisher, []).append(entry)
        return self._known

    def _pattern(self, source: str) -> re.Pattern[str]:
        pattern = self._patterns.get(source)
        if pattern is None:
            pattern = self._patterns[source] = re.compile(source)
        return pattern


_ENOUGH = 3
"""A nearest ID that shares fewer letters helps nobody."""


def _shared(left: str, right: str) -> int:
    """Length of the common beginning."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
