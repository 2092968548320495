"""The door: from a text to the model it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, TypeVar, cast

from modelaudit.domain.identity import Identity
from modelaudit.domain.lexicon import Lexicon
from modelaudit.domain.platforms import Platforms
from modelaudit.feed import platforms as section
from modelaudit.identify.gate import Gate
from modelaudit.identify.lookup import choose
from modelaudit.identify.match import Match, Matcher
from modelaudit.identify.prose import tokens

_K = TypeVar("_K")
_V = TypeVar("_V")

_MEMORY = 16_384
"""Texts remembered; a repository repeats the same few IDs and names."""


class Spellings(Protocol):
    """What identification needs of a feed."""

    @property
    def lexicon(self) -> Lexicon:
        """Casefolded spelling to its entries."""

    @property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded key of a model to the keys of its entries in the lexicon."""

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """Lower-case stems of which every known ID contains at least one."""

    @property
    def heads(self) -> tuple[str, ...]:
        """Lower-case words of which every known ID contains at least one."""

    def section(self, name: str) -> object:
        """A section as its module built it."""


class Identifier:
    """Says which model a text names. Creating one costs nothing; tables are opened by the first question."""

    def __init__(self, feed: Spellings) -> None:
        self._feed = feed
        self._rules: Platforms | None = None
        self._matcher: Matcher | None = None
        self._gate: Gate | None = None
        self._matches: dict[tuple[str, str | None, str | None], Match | None] = {}
        self._candidates: dict[str, bool] = {}
        self._words: dict[str, bool] = {}

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """Bytes of which every file with a known ID holds at least one, lower case."""
        return self._feed.anchors

    @property
    def platforms(self) -> Platforms:
        """Platforms and dialects of the feed."""
        if self._rules is None:
            self._rules = section.decode(cast("section.Plain", self._feed.section(section.NAME)))
        return self._rules

    def identify(self, text: str, *, dialect: str | None = None, platform: str | None = None, as_of: date) -> Identity | None:
        """The model that the text names, or why it cannot be told; None when the text is no ID.

        `dialect` and `platform` say what the place tells where the text stands; what the text itself says comes first. A text may hold
        holes (U+FFFC) for parts that the source does not show.
        """
        key = (text, dialect, platform)
        if key in self._matches:
            match = self._matches[key]
        else:
            match = self._match(text, dialect, platform)
            _remember(self._matches, key, match)
        return None if match is None else self._identity(text, match, as_of)

    def is_candidate(self, text: str) -> bool:
        """Whether the whole text is spelled like a model ID of any dialect: known, opaque, or an unknown ID of a known family."""
        known = self._candidates.get(text)
        if known is None:
            known = self._open_gate().admits(text.strip()) and self._match(text, None, None) is not None
            _remember(self._candidates, text, known)
        return known

    def is_weak(self, text: str) -> bool:
        """Whether the text is an ID that is an ordinary word or name as well (`o1`, `command`): one only where a model is expected."""
        folded = text.casefold()
        return folded in self.platforms.weak or (folded.isalpha() and folded in self._feed.lexicon)

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of every whole known ID inside prose; weak ones are words there."""
        return tuple(tokens(text, self._is_known))

    def _is_known(self, text: str) -> bool:
        known = self._words.get(text)
        if known is None:
            match = self._match(text, None, None) if self._open_gate().admits(text) else None
            known = match is not None and bool(match.entries) and not self.is_weak(text)
            _remember(self._words, text, known)
        return known

    def _match(self, text: str, dialect: str | None, platform: str | None) -> Match | None:
        if self._matcher is None:
            self._matcher = Matcher(self._feed.lexicon, self._feed.spellings, self.platforms)
        return self._matcher.match(text, dialect, platform)

    def _open_gate(self) -> Gate:
        if self._gate is None:
            self._gate = Gate(self._feed.lexicon, self._feed.heads, self.platforms)
        return self._gate

    def _identity(self, text: str, match: Match, as_of: date) -> Identity:
        reading = match.reading
        entry = choose(match.entries, match.platform, self.platforms, as_of) if match.entries else None
        return Identity(
            written=text,
            model=entry.model if entry else None,
            publisher=entry.publisher if entry else match.publisher,
            matched=text[reading.start : reading.end],
            start=reading.start,
            end=reading.end,
            platform=match.platform,
            evidence=match.evidence,
            region=reading.region,
            version=reading.version or (entry.version if entry else None),
            fine_tuned=reading.fine_tuned,
            alias=entry.id if entry and entry.kind == "alias" else match.alias,
            floating=entry.floating if entry else match.alias is not None or text[: reading.end].endswith("-latest"),
            opaque=reading.opaque,
            stripped=reading.stripped,
            family=match.family,
            nearest=match.nearest,
        )


def _remember(memory: dict[_K, _V], key: _K, value: _V) -> None:
    """Keep an answer; a full memory starts afresh, so that it stays bounded."""
    if len(memory) >= _MEMORY:
        memory.clear()
    memory[key] = value
