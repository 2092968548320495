"""SQL in strings: databases call models by functions of their own, `AI_QUERY('ID', text)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from modelaudit.domain.expr import Text
from modelaudit.domain.facts import FileFacts, Literal, Site
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.source import Source

ReadQuery: TypeAlias = Callable[[str], FileFacts]
"""Reads SQL; places are those inside it."""

_STATEMENT = late(
    r"(?is)(?:\s|--[^\n]*+\n|/\*.*?\*/|\()*+"
    r"(?:select|with\s+(?:recursive\s+)?\S+\s+as|insert\s+(?:overwrite\s+)?into|merge\s+into|update\s+\S+\s+set|execute\s+immediate|explain"
    r"|call\s+[\w.$]+(?=\s*\()|(?:create|alter)\s+(?:or\s+(?:replace|refresh)\s+)?(?:\w+\s+){0,2}?"
    r"(?:table|view|function|procedure|model|agent|task|connection|service|endpoint|trigger|policy|server))\b"
)
"""How a statement begins, after its comments."""
_LONGEST = 20_000


class Query(NamedTuple):
    """A string that is a statement, and where it stands in the file."""

    text: str
    span: Span


class Asked(NamedTuple):
    """What the statements of a file say of models."""

    literals: tuple[Literal, ...]
    sites: tuple[Site, ...]


def is_query(text: str) -> bool:
    """A statement that calls something with a quoted argument."""
    return "'" in text and "(" in text and len(text) <= _LONGEST and _STATEMENT.match(text) is not None


def read_queries(queries: Iterable[Query], source: Source, read: ReadQuery) -> Asked:
    """The models that statements call; what they only mention stays with the string around it."""
    literals: list[Literal] = []
    sites: list[Site] = []
    for query in queries:
        facts = read(query.text)
        chosen = {site.span for site in facts.sites}
        literals += [
            literal._replace(span=_moved(literal.span, literal.text, query, source)) for literal in facts.literals if literal.span in chosen
        ]
        for site in facts.sites:
            if isinstance(site.model, Text):
                span = _moved(site.span, site.model.text, query, source)
                sites.append(site._replace(span=span, model=Text(site.model.text, span)))
    return Asked(tuple(literals), tuple(sites))


def _moved(span: Span, text: str, query: Query, source: Source) -> Span:
    """Where the text stands in the file: on its line of the string when it is written there as it reads, else the whole string."""
    line = query.span.line + span.line - 1
    index = line - source.span_shift() - 1
    if not 0 <= index < len(source.lines):
        return query.span
    column = source.lines[index].find(text, query.span.column - 1 if span.line == 1 else 0)
    return Span(line, column + 1, line, column + 1 + len(text)) if column >= 0 else query.span
