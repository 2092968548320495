"""Config entries as sites: what sets a variable or a key is one of its own only while nothing of the tree reads it.

An entry that a tool reads by its own rules (a gateway's list of models, an agent's definition) stays a site, even when code reads it as
well.
"""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.facts import Site
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Step, Unresolved, Usage
from modelaudit.link.program import Program
from modelaudit.link.values import READ

ENVIRONMENT_SHAPE = "environment"
"""A config entry that sets an environment variable."""
UNUSED = "set here; no call that takes it was found"
"""Said of an entry that only its own kind of file explains."""

_ACTING = frozenset(("command-line", "url", "call"))
"""Shapes of sites in config files and scripts that are themselves a call."""
_PROGRAMS = frozenset(("python", "notebook", "javascript", "typescript", "sql", "markdown", "prompt", "modelfile"))


def is_entry(program: Program, path: str, site: Site) -> bool:
    """Whether a site is an entry of a config file, which says a model and calls none."""
    if site.shape == ENVIRONMENT_SHAPE:
        return True
    called = site.receiver is not None or site.argument == "=" or site.shape in _ACTING
    return program.files[path].language not in _PROGRAMS and not called


class Chosen(NamedTuple):
    """An entry, and what it chooses if it is a site of its own."""

    path: str
    site: Site
    usages: list[Usage]
    unresolved: list[Unresolved]


def shortness(entry: Chosen) -> int:
    """For sorting: an entry that refers to others comes before them, because its way is longer by theirs."""
    return -max((len(usage.flow) for usage in entry.usages), default=0)


class Read:
    """What the ways to calls lead through: IDs, entries that others refer to, and keys of files that a program parses."""

    def __init__(self, usages: Iterable[Usage]) -> None:
        self._reached: set[tuple[str, Span]] = set()
        self._named: set[tuple[str, Span]] = set()
        self._parsed: set[tuple[str, Span]] = set()
        for usage in usages:
            self.add(usage)

    def add(self, usage: Usage) -> None:
        """One more way."""
        self._reached.add((usage.path, usage.literal.span))
        for number, step in enumerate(usage.flow):
            after = usage.flow[number + 1].what if number + 1 < len(usage.flow) else ""
            (self._parsed if after.startswith(READ) else self._named).add((step.path, step.span))

    def has(self, path: str, site: Site) -> bool:
        """Whether an entry is no site of its own. Where a tool has rules of its own for a place, code that parses the file does not
        keep the tool from reading it."""
        place = (path, site.span)
        if site.typed and site.shape != ENVIRONMENT_SHAPE:
            return place in self._named
        return place in self._reached or place in self._named or place in self._parsed


def marked(usages: Iterable[Usage], used: frozenset[tuple[str, Span]]) -> list[Usage]:
    """The usages of entries by their own sites; those that no code uses, because it reaches none of `used`, say so."""
    return [
        usage._replace(flow=(Step(usage.path, usage.literal.span, UNUSED),))
        if not usage.flow and not usage.fallback and usage.site is not None and (usage.path, usage.literal.span) not in used
        else usage
        for usage in usages
    ]
