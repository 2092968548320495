"""On which platform an ID is called, and what says so."""

from __future__ import annotations

from modelaudit.domain.lexicon import LexiconEntry
from modelaudit.domain.platforms import Dialect, Platforms
from modelaudit.identify.cutting import marks
from modelaudit.identify.reading import Reading


def place(
    text: str, reading: Reading, found: tuple[LexiconEntry, ...], spoken: Dialect | None, platform: str | None, rules: Platforms
) -> tuple[str | None, str]:
    """Platform and evidence. What the text says comes first, then the call, then the library, then that nobody else has the ID."""
    body = text[reading.start : reading.end]
    if reading.platform is not None:
        return reading.platform, _deployed(reading.dialect, reading.evidence)
    mark = next((mark for mark in marks(body, rules) if mark.within is None), None)
    if mark is not None and not _is_own(body, found, rules):
        return mark.platform, mark.what
    if platform is not None:
        return platform, _deployed(reading.dialect, "platform of the call")
    dialect = reading.dialect or spoken
    if dialect is not None:
        named = _by_dialect(body, found, dialect, rules)
        if named is not None:
            return named[0].platform, _deployed(named[0], reading.evidence or named[1])
    return _only(body, reading, found, rules)


def _by_dialect(body: str, found: tuple[LexiconEntry, ...], dialect: Dialect, rules: Platforms) -> tuple[Dialect, str] | None:
    """The dialect whose platform counts, and why: its own, if the ID can be called there, or the one assumed for a bare ID."""
    for start, target in dialect.bare:
        if body.startswith(start):
            other = rules.dialects[target]
            return other, f"{dialect.title} takes an ID without a prefix for {other.title}"
    if dialect.platform is None:
        return None
    where = rules.platforms[dialect.platform]
    # Resellers have more than the feed knows; a publisher's client that is given another publisher's ID points elsewhere.
    is_open = where.resells or not where.publishers
    is_there = any(entry.platform == dialect.platform or entry.publisher in where.publishers for entry in found)
    return (dialect, f"call of {where.title}") if is_open or is_there or not found else None


def _only(body: str, reading: Reading, found: tuple[LexiconEntry, ...], rules: Platforms) -> tuple[str | None, str]:
    """The one platform that has the ID, where the publisher has no API of its own and gives its weights to nobody else.

    Open weights are called by the same name wherever they are hosted: that the feed knows one host is no sign that this call goes there.
    """
    platforms = {entry.platform for entry in found}
    is_published = any(entry.publisher in rules.clocks for entry in found)
    is_open = any(entry.publisher in rules.loose for entry in found) or "/" in body or body != body.lower()
    if len(platforms) != 1 or is_published or is_open or reading.stripped:
        return None, ""
    name = found[0].platform
    return name, f"known only on {rules.platforms[name].title if name in rules.platforms else name}"


def _is_own(body: str, found: tuple[LexiconEntry, ...], rules: Platforms) -> bool:
    """Whether the publisher itself spells the ID so; then the spelling marks nobody."""
    folded = body.casefold()
    return any(entry.platform == rules.clocks.get(entry.publisher) and entry.id.casefold() == folded for entry in found)


def _deployed(dialect: Dialect | None, evidence: str) -> str:
    """Users choose the names of deployments: one that equals an ID may still serve another model."""
    return f"{evidence}, {dialect.deployment} name" if dialect is not None and dialect.deployment is not None else evidence
