"""Parts of a scalar that hold an ID when the whole does not: elements of a comma list, a URL's path, `name=id`."""

from __future__ import annotations

import re

from modelaudit.domain.document import Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late

_SEPARATED = late(r"[-+]?([^,;|\s=]+)(?:=[^,;|\s]*)?")
"""An element; `+gpt-4o` and `-gpt-4o=Name` add to a list of models and take from it."""
_LIST = late(r"\s*[^,;|\s]+(?:\s*[,;|]\s*[^,;|\s]+)+\s*[,;]?\s*")
_IN_URL = late(
    r"(?:^|/)(?:(?:models|publishers/\w+/models)/([^/?#\s\"':]+(?:@\w+)?):[a-z]\w+"
    r"|(?:models?|engines)/([^/?#\s\"']+)/(?:invoke|converse|completions|chat|embeddings|responses)\b"
    r"|deployments/([^/?#\s\"']+))"
)
_ASSIGNED = late(r"([A-Za-z_][\w.-]*)\s*=\s*[\"']?([^\s\"',;=]+)[\"']?")
_COMPARED_BEFORE = late(r"(?:[=!]=|=~|(?:^|[\s(])-?(?:eq|ne)|\b(?:contains|startsWith|endsWith|equals|eq|ne|in)\([^()]{0,100})\s*[\"'`]?$")
_COMPARED_BEHIND = late(r"[\"'`]?\s*[=!]=")
MAX_LIST = 4096


def stretch(value: Value, start: int, end: int) -> Span:
    """The place of a part of a value; the whole value's where escapes or folding hide which characters it is."""
    span = value.span
    if not value.plain:
        return span
    if span.line == span.end_line:
        return Span(span.line, span.column + start, span.line, span.column + end)
    first, column = _point(value.text, start)
    last, end_column = _point(value.text, end)
    shift = span.column - 1
    return Span(span.line + first, column + (shift if first == 0 else 0), span.line + last, end_column + (shift if last == 0 else 0))


def listed(text: str) -> tuple[tuple[int, int], ...]:
    """The elements of a comma-separated list of single words, as offsets; empty when the text is no such list."""
    if len(text) > MAX_LIST or not _LIST.fullmatch(text):
        return ()
    return tuple(match.span(1) for match in _SEPARATED.finditer(text))


def ids_in_url(text: str) -> tuple[tuple[int, int], ...]:
    """Where the path of a call names a model: `…/models/ID:generateContent`, `/deployments/ID/`, `/model/ID/invoke`."""
    if "/" not in text or len(text) > MAX_LIST:
        return ()
    return tuple(match.span(match.lastindex or 0) for match in _IN_URL.finditer(text))


def assigned(text: str) -> tuple[str, int, int] | None:
    """The name and the offsets of the value of a `name=value` text."""
    match = _ASSIGNED.fullmatch(text.strip()) if len(text) < 300 else None
    if match is None:
        return None
    at = len(text) - len(text.lstrip())
    return match[1], at + match.start(2), at + match.end(2)


def is_compared(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a condition is compared with something: `inputs.model == 'gpt-4o'`, `contains(x, 'gpt-4o')`."""
    return _COMPARED_BEFORE.search(text[max(start - 200, 0) : start]) is not None or _COMPARED_BEHIND.match(text, end) is not None


def _point(text: str, offset: int) -> tuple[int, int]:
    """Lines before an offset, and its 1-based column."""
    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return len(re.findall(r"\r\n?|\n", text[:line_start])), offset - line_start + 1
