"""Other spellings of the same model: what a platform adds, drops or turns round. Good for identity, never for the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain.platforms import Platforms

_MOST = 24
"""Spellings tried for one text; the longest chain of real ones is five."""


class Respeller:
    """The respellings of `platforms.toml`, compiled when first needed."""

    def __init__(self, rules: Platforms) -> None:
        self._rules = rules.respellings
        self._vendors = rules.dotted
        self._slugs = rules.slugs
        self._patterns: dict[str, re.Pattern[str]] = {}

    def spellings(self, written: str, platform: str | None) -> Iterator[str]:
        """The text itself in lower case, then other spellings, each once, those with the fewest changes first."""
        seen = [written.lower()]
        yield seen[0]
        for spelling in seen:
            for other in self._step(spelling, platform):
                if other not in seen:
                    seen.append(other)
                    yield other
            if len(seen) > _MOST:
                return

    def plain(self, written: str) -> str:
        """Without the publisher in front: `meta-llama/…`, `anthropic.…`."""
        head, found, rest = written.partition("/")
        if found and head.lower() in self._slugs:
            written = rest
        head, found, rest = written.partition(".")
        return rest if found and head in self._vendors else written

    def _step(self, spelling: str, platform: str | None) -> Iterator[str]:
        plain = self.plain(spelling)
        if plain != spelling:
            yield plain
        for rule in self._rules:
            if rule.platforms and platform not in rule.platforms:
                continue
            pattern = self._patterns.get(rule.pattern)
            if pattern is None:
                pattern = self._patterns[rule.pattern] = re.compile(rule.pattern)
            found = pattern.fullmatch(spelling)
            if found is not None:
                yield found.expand(rule.replace)
