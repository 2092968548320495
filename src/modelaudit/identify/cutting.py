"""Prefixes: everything in front of an ID that names a library, a platform, a region or a publisher, cut one after the other."""

from __future__ import annotations

from modelaudit.domain.platforms import Dialect, Mark, Platforms
from modelaudit.identify.reading import HOLE, Reading

_DEPTH = 10
"""`litellm_proxy/bedrock/converse/us-gov-west-1/us.anthropic.…` needs six; nobody writes more."""

_QUOTES = "\"'` \t\r\n"


def readings(text: str, dialect: Dialect | None, rules: Platforms) -> list[Reading]:
    """Every way to read the text, from the whole to what is left when all known prefixes are gone."""
    start = len(text) - len(text.lstrip(_QUOTES).lstrip("~"))
    end = max(start, len(text.rstrip(_QUOTES)))
    reading = Reading(start, end, dialect)
    found = [reading]
    while len(found) <= _DEPTH and reading.opaque is None:
        deeper = _next(text, reading, rules)
        if deeper is None or deeper.start >= deeper.end:
            break
        reading = deeper
        found.append(reading)
    return found


def _next(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """The reading with one more thing cut off, or with one more thing understood."""
    body = text[reading.start : reading.end]
    slash = "/" in body
    if slash or body.startswith("arn:"):
        from modelaudit.identify.resources import cut_resource

        found = cut_resource(text, reading, rules)
        if found is not None:
            return found
    if HOLE in body:
        found = _hole(text, reading)
        if found is not None:
            return found
    if slash or ":" in body or " > " in body:
        found = _provider(text, reading, rules) or _route(text, reading, rules) or _slug(text, reading) or _fine_tune(text, reading)
        if found is not None:
            return found
    return (_dotted(text, reading, rules) if "." in body else None) or _marked(body, reading, rules)


def _provider(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`bedrock/…`, `openai:…`; only a known provider is one, else Ollama tags, `-v1:0` and `ft:` would break."""
    body = text[reading.start : reading.end]
    dialect = reading.dialect
    if dialect is None or not dialect.separators:
        if dialect is not None and (reading.start or dialect.tags or dialect.vendors):
            return None if not dialect.vendors else _vendor(text, reading, rules)
        return _any_provider(text, reading, rules)
    for separator in dialect.separators:
        head, found, _ = body.partition(separator)
        target = dialect.providers.get(head.strip()) if found else None
        if target is not None:
            return _into(text, reading, rules.dialects[target], head + separator, f"{dialect.title} prefix {head}{separator}")
    return _vendor(text, reading, rules) if dialect.vendors else None


def _any_provider(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """Where no dialect is known, the prefixes of all of them count. `anthropic/` is both litellm's provider and OpenRouter's vendor."""
    body = text[reading.start : reading.end]
    for separator, providers in rules.prefixes.items():
        head, found, _ = body.partition(separator)
        if not found:
            continue
        if separator == "/" and head.lower() in rules.slugs:
            return _vendor(text, reading, rules)
        target = providers.get(head)
        if target is not None:
            return _into(text, reading, rules.dialects[target], head + separator, f"prefix {head}{separator}")
    return None


def _into(text: str, reading: Reading, dialect: Dialect, prefix: str, evidence: str) -> Reading:
    cut = reading.after(text, reading.start + len(prefix))
    return cut._replace(dialect=dialect, platform=dialect.platform, evidence=evidence.strip() if dialect.platform else "")


def _vendor(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`meta-llama/…`: the publisher, not the platform."""
    head, found, _ = text[reading.start : reading.end].partition("/")
    return reading.after(text, reading.start + len(head) + 1) if found and head.lower() in rules.slugs else None


def _route(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`converse/`, `us-east-1/`, `eu/`, `messages:`: words after a provider that are no part of the ID."""
    dialect = reading.dialect
    if dialect is None:
        return None
    head = text[reading.start : reading.end].replace(":", "/").partition("/")[0]
    if not head or head == text[reading.start : reading.end]:
        return None
    cut = reading.after(text, reading.start + len(head) + 1)
    if dialect.regions and _is_region(head):
        return cut._replace(region=head)
    known = head in dialect.routes or (dialect.geographies and head in rules.geographies)
    # promptfoo: `anthropic:messages:…`; the words stand after the provider, when its own dialect is gone.
    words = rules.dialects["promptfoo"].routes if "promptfoo" in rules.dialects and reading.start else ()
    return cut if known or (head in words and text[reading.start + len(head)] == ":") else None


def _slug(text: str, reading: Reading) -> Reading | None:
    """`@openai-prod/gpt-4o`: a virtual key of a gateway."""
    head, found, _ = text[reading.start : reading.end].partition("/")
    is_slug = found and reading.dialect is not None and reading.dialect.slugs and head.startswith("@")
    return reading.after(text, reading.start + len(head) + 1) if is_slug else None


def _fine_tune(text: str, reading: Reading) -> Reading | None:
    """`ft:BASE:org:name:id` and the old `BASE:ft-org-…`."""
    body = text[reading.start : reading.end]
    if reading.fine_tuned:
        return None
    if body.startswith("ft:"):
        cut = reading.after(text, reading.start + 3)
        base = body[3:].partition(":")[0]
        return (cut.before(text, cut.start + len(base)) if len(base) + 3 < len(body) else cut)._replace(fine_tuned=True)
    base, found, _ = body.partition(":ft-")
    return reading.before(text, reading.start + len(base))._replace(fine_tuned=True) if found and base else None


def _dotted(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`us.anthropic.…`: first the profile goes, then the vendor says that this is Bedrock."""
    head, _, rest = text[reading.start : reading.end].partition(".")
    if head in rules.profiles and rest.partition(".")[0] in rules.dotted:
        cut = reading.after(text, reading.start + len(head) + 1)
        return cut._replace(platform=reading.platform or "bedrock", evidence=reading.evidence or f"Bedrock profile prefix {head}.")
    if reading.platform is None and head in rules.dotted and rest:
        return reading._replace(platform="bedrock", evidence=f"Bedrock vendor prefix {head}.")
    return None


def _marked(body: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`databricks-…`, `gpt-35-…`: nothing to cut, but only one platform begins its IDs so, or only a part of one ends them so."""
    where = reading.platform or (reading.dialect.platform if reading.dialect is not None else None)
    for mark in marks(body, rules):
        if mark.within == where if mark.within else reading.platform is None and mark.starts and not mark.holds:
            return reading._replace(platform=mark.platform, evidence=mark.what)
    return None


def marks(body: str, rules: Platforms) -> list[Mark]:
    """The marks that the text has: it starts, ends and holds what they say."""
    if not body.startswith(rules.mark_starts) and not body.endswith(rules.mark_ends):
        return []
    return [mark for mark in rules.marks if _has(body, mark)]


def _hole(text: str, reading: Reading) -> Reading | None:
    """Cuts what is not known at either end, when a separator shows that it is no part of the ID's own name."""
    start, end = reading.start, reading.end
    if text[start] == HOLE:
        while start < end and text[start] == HOLE:
            start += 1
            start += start < end and text[start] in "./:"
        return reading.after(text, start)
    if text[end - 1] == HOLE:
        while end > start and text[end - 1] == HOLE:
            end -= 1
        if end > start and text[end - 1] in ":@/#":
            return reading.before(text, end - 1)
    return None


def _has(body: str, mark: Mark) -> bool:
    if (mark.starts and not body.startswith(mark.starts)) or (mark.ends and not body.endswith(mark.ends)):
        return False
    return mark.holds in body


def _is_region(name: str) -> bool:
    """`us-east-1`, `us-gov-west-1`; also an unknown one."""
    parts = name.split("-")
    return name == HOLE or (
        3 <= len(parts) <= 4 and parts[-1].isdigit() and all(part.isalpha() for part in parts[:-1]) and len(parts[0]) == 2
    )
