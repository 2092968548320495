"""Every spelling of every model, prepared when the feed is compiled, and the stems by which a file is known to hold one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from modelaudit.domain.lexicon import Lexicon, LexiconEntry

if TYPE_CHECKING:
    from modelaudit.feed.plain import PlainLife, PlainModel

PlainEntry: TypeAlias = tuple[str, str, str, str, str, str | None, str | None, bool, str | None]


def build(models: Mapping[str, PlainModel]) -> dict[str, tuple[PlainEntry, ...]]:
    """Casefolded spelling to its entries, sorted by platform, IDs before aliases."""
    found: dict[str, list[PlainEntry]] = {}
    for key, model in models.items():
        for life in model[4]:
            for entry in _entries(key, model[1], life):
                found.setdefault(entry[3].casefold(), []).append(entry)
    order = {"id": 0, "alias": 1}
    return {text: tuple(sorted(found[text], key=lambda one: (one[0], order[one[4]], one[5] or "", one[1]))) for text in sorted(found)}


def by_model(lexicon: Mapping[str, tuple[PlainEntry, ...]]) -> dict[str, tuple[str, ...]]:
    """Casefolded key of a model to all its spellings. A key of one word is left to that word."""
    found: dict[str, list[str]] = {}
    for text, entries in lexicon.items():
        for key in {entry[1].casefold() for entry in entries}:
            found.setdefault(key, []).append(text)
    return {key: tuple(found[key]) for key in sorted(found) if not key.isalpha()}


def decode(plain: Mapping[str, tuple[PlainEntry, ...]]) -> Lexicon:
    """The entries as records, made when a spelling is looked up."""
    return _Lexicon(plain)


class _Lexicon(Mapping[str, tuple[LexiconEntry, ...]]):
    """A read-only view: thousands of entries stay plain until one is wanted."""

    __slots__ = ("_plain",)

    def __init__(self, plain: Mapping[str, tuple[PlainEntry, ...]]) -> None:
        self._plain = plain

    def __getitem__(self, text: str) -> tuple[LexiconEntry, ...]:
        return tuple(LexiconEntry(*entry) for entry in self._plain[text])

    def __contains__(self, text: object) -> bool:
        return text in self._plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def _entries(key: str, publisher: str, life: PlainLife) -> Iterable[PlainEntry]:
    platform, ids, aliases = life[0], life[1], life[2]
    for text in ids:
        yield (platform, key, publisher, text, "id", None, None, False, _version(platform, text))
    for text, start, end, floating in aliases:
        yield (platform, key, publisher, text, "alias", start, end, floating, _version(platform, text))


def _version(platform: str, text: str) -> str | None:
    return text.rpartition("@")[2] if platform == "azure" and "@" in text else None
