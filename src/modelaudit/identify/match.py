"""All of identification that does not depend on the day: readings, lexicon entries, platform, family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modelaudit.domain.lexicon import Lexicon, LexiconEntry
from modelaudit.domain.platforms import Dialect, Platforms
from modelaudit.domain.record import NamedTuple
from modelaudit.identify.cutting import readings
from modelaudit.identify.endings import Endings
from modelaudit.identify.grammar import Grammar
from modelaudit.identify.lookup import Keys, entries
from modelaudit.identify.place import place
from modelaudit.identify.reading import HOLE, Reading
from modelaudit.identify.respelling import Respeller

LONGEST = 300
"""No ID is longer: ARNs and Azure resource names stay below."""


class Match(NamedTuple):
    """What a text spells, on any day."""

    reading: Reading
    entries: tuple[LexiconEntry, ...]
    """Empty when the model is not known."""
    platform: str | None
    evidence: str
    publisher: str | None = None
    family: str | None = None
    nearest: str | None = None
    alias: str | None = None
    """A short name that moves with a tool."""


class Found(NamedTuple):
    """A reading whose spelling has entries."""

    reading: Reading
    entries: tuple[LexiconEntry, ...]


class Matcher:
    """Matches texts against one feed."""

    def __init__(self, lexicon: Lexicon, spellings: Mapping[str, tuple[str, ...]], rules: Platforms) -> None:
        self._lexicon = lexicon
        self._keys = Keys(lexicon, spellings)
        self._rules = rules
        self._endings = Endings(rules)
        self._respeller = Respeller(rules)
        self._grammar = Grammar(rules, lexicon)

    def match(self, text: str, dialect: str | None, platform: str | None) -> Match | None:
        """What the text spells where it stands; None when it is no ID."""
        if not 2 <= len(text) <= LONGEST:
            return None
        platform = self._rules.names.get(platform, platform) if platform else None
        spoken = self._dialect(dialect, platform)
        if spoken is not None and spoken.display:
            return self._displayed(text, spoken, platform)
        ways = readings(text, spoken, self._rules)
        last = ways[-1]
        if last.opaque is not None:
            return None if HOLE in text[last.start : last.end] and last.platform is None else Match(last, (), last.platform, last.evidence)
        found = self._known(text, ways, platform)
        if found is not None:
            where, evidence = place(text, found.reading, found.entries, spoken, platform, self._rules)
            return Match(found.reading, found.entries, where, evidence)
        return self._unknown(text, last, spoken, platform)

    def _dialect(self, name: str | None, platform: str | None) -> Dialect | None:
        """The dialect spoken. A client that points elsewhere speaks that platform's; an OpenAI client at Azure sends deployment names."""
        dialect = self._rules.dialects.get(name) if name is not None else None
        if platform is None or (dialect is not None and (dialect.separators or dialect.platform == platform)):
            return dialect
        return self._rules.dialects.get("azure-deployment" if name and platform == "azure" else platform, dialect)

    def _known(self, text: str, ways: list[Reading], platform: str | None) -> Found | None:
        """The reading that the feed knows: on its own platform, else as it stands, else spelled otherwise."""
        hits = [found for way in reversed(ways) if (found := self._exact(text, way, platform)) is not None]
        if hits and hits[-1].reading is ways[0] and self._is_id(hits[-1], platform):
            return self._informed(hits[-1], ways[-1])
        hits = hits or [found for option in self._options(text, ways) if (found := self._exact(text, option, platform)) is not None]
        for found in hits:
            where = found.reading.platform or platform or _home(found.reading)
            if where is not None and any(entry.platform == where for entry in found.entries):
                return found
        return hits[0] if hits else self._respelled(text, ways, platform)

    def _is_id(self, whole: Found, platform: str | None) -> bool:
        """Whether the whole text is an ID as it stands: where it is called, or anywhere when nothing tells where that is."""
        where = platform or _home(whole.reading)
        is_anywhere = where is None and whole.reading.dialect is None
        return any(entry.kind == "id" and (is_anywhere or entry.platform == where) for entry in whole.entries)

    def _informed(self, whole: Found, last: Reading) -> Found:
        """`groq/compound`, `amazon.nova-pro-v1:0`: the whole text is the ID; what its parts say of the platform still holds."""
        if whole.reading is last:
            return whole
        return whole._replace(reading=whole.reading._replace(platform=last.platform, evidence=last.evidence, fine_tuned=last.fine_tuned))

    def _exact(self, text: str, reading: Reading, platform: str | None) -> Found | None:
        body = text[reading.start : reading.end]
        any_case = self._any_case(reading, platform)
        found = entries(f"{body}@{reading.version}", self._lexicon, self._rules, any_case=any_case) if reading.version else ()
        found = found or entries(body, self._lexicon, self._rules, any_case=any_case)
        return Found(reading, found) if found and self._is_publishers(reading, found) else None

    def _respelled(self, text: str, ways: list[Reading], platform: str | None) -> Found | None:
        for option in self._options(text, ways):
            body = text[option.start : option.end]
            if HOLE in body or (body != body.lower() and not self._may_differ(body, option, platform)):
                continue
            for spelling in self._respeller.spellings(body, option.platform or platform or _home(option)):
                found = entries(spelling, self._lexicon, self._rules, any_case=True) or self._keys.entries(spelling)
                if found and self._is_publishers(option, found):
                    return Found(option, found)
        return None

    def _options(self, text: str, ways: list[Reading]) -> Iterator[Reading]:
        for way in reversed(ways):
            yield from self._endings.cut(text, way)

    def _may_differ(self, body: str, reading: Reading, platform: str | None) -> bool:
        """Whether upper case may be part of the spelling: `GPT-4o` is a display name, `Llama-3.3-70B` is not."""
        if self._any_case(reading, platform):
            return True
        family = self._grammar.family(self._respeller.plain(body))
        return family is not None and family.any_case

    def _any_case(self, reading: Reading, platform: str | None) -> bool:
        where = self._rules.platforms.get(reading.platform or platform or _home(reading) or "")
        return where is not None and where.any_case

    def _is_publishers(self, reading: Reading, found: tuple[LexiconEntry, ...]) -> bool:
        return reading.publisher is None or found[0].publisher == reading.publisher

    def _unknown(self, text: str, last: Reading, spoken: Dialect | None, platform: str | None) -> Match | None:
        """A name of the user's own, a moving short name, or an unknown ID of a known family."""
        shortest = list(self._endings.cut(text, last))[-1]
        body = text[shortest.start : shortest.end]
        if HOLE in text[last.start : last.end] or not body:
            return None
        dialect = shortest.dialect
        if dialect is not None and body in dialect.moving:
            return Match(shortest, (), platform or dialect.platform, f"{dialect.title} short name", alias=body)
        if dialect is not None and spoken is not None and dialect.deployment is not None and " " not in body:
            where = shortest.platform or platform or dialect.platform
            return Match(
                shortest._replace(opaque=dialect.deployment), (), where, f"{dialect.title} name chosen by the user" if where else ""
            )
        family = self._family(body, shortest, platform)
        if family is None or shortest.publisher not in (None, family[1]):
            return self._local(body, shortest, spoken)
        where, evidence = place(text, shortest, (), spoken, platform, self._rules)
        nearest = self._grammar.nearest(self._respeller.plain(body), family[1])
        return Match(shortest, (), where, evidence, publisher=family[1], family=family[0], nearest=nearest)

    def _family(self, body: str, reading: Reading, platform: str | None) -> tuple[str, str] | None:
        """Name and publisher of the family that the body, or another spelling of it, belongs to."""
        plain = self._respeller.plain(body)
        if body != body.lower() and self._any_case(reading, platform):
            plain = plain.lower()
        family = self._grammar.family(plain)
        if family is None and plain == plain.lower():
            others = self._respeller.spellings(plain, reading.platform or platform)
            family = next((found for other in others if (found := self._grammar.family(other)) is not None), None)
        return (family.name, family.publisher) if family is not None else self._grammar.vendor(body)

    def _local(self, body: str, reading: Reading, spoken: Dialect | None) -> Match | None:
        """Weights that the user runs: nobody switches them off, and their names are free. `llama3.1:8b` shows it by its size."""
        dialect = reading.dialect if spoken is not None or reading.dialect is None or reading.dialect.local is None else None
        if dialect is None and self._has_size(body):
            dialect = self._rules.dialects.get("ollama")
        if dialect is None or dialect.local is None or " " in body:
            return None
        return Match(reading._replace(opaque=dialect.local), (), reading.platform or dialect.platform, f"{dialect.title} name")

    def _has_size(self, body: str) -> bool:
        name, _, tag = body.partition(":")
        size = tag.partition("-")[0]
        return size[-1:] in ("b", "m") and size[:-1].replace(".", "", 1).isdigit() and self._grammar.is_open(name)

    def _displayed(self, text: str, spoken: Dialect, platform: str | None) -> Match | None:
        """`Claude Sonnet 4.5 (copilot)`: the only place where names as people read them are IDs."""
        shown = text.partition("(")[0].strip()
        match = self.match(shown.lower().replace(" ", "-"), None, platform or spoken.platform)
        if match is None:
            return None
        start = len(text) - len(text.lstrip())
        reading = match.reading._replace(start=start, end=start + len(shown))
        return match._replace(reading=reading, evidence=f"{spoken.title} name")


def _home(reading: Reading) -> str | None:
    return reading.dialect.platform if reading.dialect is not None else None
