"""Endings: what stands after an ID and does not belong to the model. Tried one by one, the text with its ending first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain.platforms import Platforms, Suffix
from modelaudit.identify.reading import Reading

_MARKS = frozenset(":@#[]()-")
"""Every ending begins with, or ends in, one of these."""


class Endings:
    """The suffixes of `platforms.toml`, compiled when first needed."""

    def __init__(self, rules: Platforms) -> None:
        self._suffixes = rules.suffixes
        self._patterns: dict[str, re.Pattern[str]] = {}

    def cut(self, text: str, reading: Reading) -> Iterator[Reading]:
        """The reading, then the same with one ending after the other gone."""
        yield reading
        while not _MARKS.isdisjoint(text[reading.start : reading.end]):
            shorter = self._shorter(text, reading)
            if shorter is None:
                return
            reading = shorter
            yield reading

    def _shorter(self, text: str, reading: Reading) -> Reading | None:
        if reading.version is None and (reading.platform or (reading.dialect and reading.dialect.platform)) == "azure":
            name, found, version = text[reading.start : reading.end].partition("@")
            if found and name and version:
                return reading.before(text, reading.start + len(name))._replace(version=version)
        for suffix in self._suffixes:
            end = self._end(text, reading, suffix)
            if end is not None:
                return reading.before(text, end)
        return None

    def _end(self, text: str, reading: Reading, suffix: Suffix) -> int | None:
        """Where the suffix begins, if the reading ends with it."""
        if (
            suffix.dialects
            and (reading.dialect is None or reading.dialect.name not in suffix.dialects)
            and reading.platform not in suffix.dialects
        ):
            return None
        found = self._pattern(rf"(?:{suffix.pattern})\Z").search(text, max(reading.start + 1, reading.end - _LONGEST), reading.end)
        if found is None:
            return None
        if suffix.bases is not None and self._pattern(suffix.bases).fullmatch(text, reading.start, found.start()) is None:
            return None
        return found.start()

    def _pattern(self, source: str) -> re.Pattern[str]:
        pattern = self._patterns.get(source)
        if pattern is None:
            pattern = self._patterns[source] = re.compile(source)
        return pattern


_LONGEST = 140
"""No ending is longer; the search looks no further back."""
