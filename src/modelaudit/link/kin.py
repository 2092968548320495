"""Which classes stand in one line of inheritance: an attribute of one may be an attribute of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from modelaudit.link.resolver import Definition, Resolver, Unread
from modelaudit.link.tokens import FileTokens


class Kin:
    """The classes of the files read so far."""

    def __init__(self, resolver: Resolver, files: Iterable[FileTokens]) -> None:
        self._resolver = resolver
        self._files = tuple(files)
        self._below: dict[Definition, list[Definition]] | None = None
        self._lines: dict[Definition, tuple[Definition | Unread, ...]] = {}

    def line(self, definition: Definition) -> tuple[Definition | Unread, ...]:
        """The class, those that inherit from it, and all from which one of these inherits: their methods see its attributes."""
        known = self._lines.get(definition)
        if known is None:
            below = _reached((definition,), lambda one: self._subclasses(one) if isinstance(one, Definition) else ())
            known = self._lines[definition] = _reached(below, self._bases)
        return known

    def above(self, definition: Definition) -> tuple[Definition | Unread, ...]:
        """The class and all from which it inherits, the nearest first."""
        return _reached((definition,), self._bases)

    def _bases(self, one: Definition | Unread) -> tuple[Definition | Unread, ...]:
        return self._resolver.bases(one) if isinstance(one, Definition) else ()

    def _subclasses(self, definition: Definition) -> list[Definition]:
        if self._below is None:
            self._below = {}
            for file in self._files:
                for name in file.classes:
                    entry = Definition(file.facts.path, name)
                    for base in self._resolver.bases(entry):
                        if isinstance(base, Definition):
                            self._below.setdefault(base, []).append(entry)
        return self._below.get(definition, [])


def _reached(
    first: Iterable[Definition | Unread], beyond: Callable[[Definition | Unread], Iterable[Definition | Unread]]
) -> tuple[Definition | Unread, ...]:
    """Everything to which steps lead from some classes, each once."""
    waiting = list(first)
    found = dict.fromkeys(waiting)
    for present in waiting:
        for other in beyond(present):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(found)
