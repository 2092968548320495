"""The lexicon: which entries a spelling has, and which of them it means on a platform and a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from modelaudit.domain.lexicon import Lexicon, LexiconEntry
from modelaudit.domain.platforms import Platforms


def entries(spelling: str, lexicon: Lexicon, rules: Platforms, *, any_case: bool) -> tuple[LexiconEntry, ...]:
    """The entries of a spelling. `GPT-4o` is how people write it and no ID; hubs and Azure write in any case."""
    folded = spelling.casefold()
    found = lexicon.get(folded, ())
    if any_case or folded == spelling or not found:
        return found
    return tuple(entry for entry in found if entry.id == spelling or entry.id != folded or entry.publisher in rules.loose)


class Keys:
    """Entries by the key of their model: identity across platforms, for a spelling that no platform of the feed uses."""

    def __init__(self, lexicon: Lexicon, spellings: Mapping[str, tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._spellings = spellings

    def entries(self, spelling: str) -> tuple[LexiconEntry, ...]:
        """All entries of the model that is called so."""
        texts = self._spellings.get(spelling, ())
        found = (entry for text in texts for entry in self._lexicon[text] if entry.model.casefold() == spelling)
        return tuple(sorted(found, key=lambda one: (one.platform, one.kind != "id", one.id)))


def choose(found: tuple[LexiconEntry, ...], platform: str | None, rules: Platforms, as_of: date) -> LexiconEntry:
    """The entry that counts on the platform, else on the publisher's own clock, else on the first platform; IDs before aliases."""
    pool = _of(found, platform) or _of(found, rules.clocks.get(found[0].publisher)) or found
    ids = [entry for entry in pool if entry.kind == "id"]
    if ids:
        return ids[0]
    return _alias(sorted(pool, key=lambda entry: (entry.start or "", entry.model)), as_of.isoformat())


def _of(found: tuple[LexiconEntry, ...], platform: str | None) -> tuple[LexiconEntry, ...]:
    return tuple(entry for entry in found if entry.platform == platform) if platform is not None else ()


def _alias(aliases: list[LexiconEntry], day: str) -> LexiconEntry:
    """The newest alias in force on the day; if none is, the last that was, and before all of them the first that will be."""
    begun = [entry for entry in aliases if entry.start is None or entry.start <= day]
    in_force = [entry for entry in begun if entry.end is None or day < entry.end]
    return in_force[-1] if in_force else begun[-1] if begun else aliases[0]
