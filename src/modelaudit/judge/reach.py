"""F11: from which entry points of the program a file is reached, along its imports."""

from __future__ import annotations

from collections.abc import Mapping

from modelaudit.domain import traces
from modelaudit.domain.facts import FileFacts, Import
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.link.modules import Modules

MOST = 3
"""Entry points that are named."""
_FARTHEST = 12
"""Imports between an entry point and a file."""


class Entry(NamedTuple):
    """Where a program starts."""

    path: str
    name: str
    """`app ticket`, `script __main__`."""
    span: Span


class Reach:
    """Looks backwards along the imports of the files that were read; what other files import is not known."""

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        self._facts = facts
        self._entries: dict[str, list[Entry]] | None = None
        self._importers: dict[str, list[str]] = {}
        self._known: dict[str, tuple[Entry, ...]] = {}

    def to(self, path: str) -> tuple[Entry, ...]:
        """The nearest entry points that lead to a file; none when none is seen."""
        if path not in self._known:
            self._known[path] = self._search(path)
        return self._known[path]

    def _search(self, path: str) -> tuple[Entry, ...]:
        entries = self._entry_points()
        seen, level = {path}, [path]
        for _ in range(_FARTHEST):
            found = [entry for one in level for entry in entries.get(one, ())]
            if found:
                return tuple(sorted(found)[:MOST])
            level = sorted({importer for one in level for importer in self._importers.get(one, ())} - seen)
            seen.update(level)
        return ()

    def _entry_points(self) -> dict[str, list[Entry]]:
        if self._entries is None:
            self._entries = {}
            modules = Modules(path for path in self._facts if path.endswith((".py", ".ipynb")))
            for path in sorted(self._facts):
                self._note(path, self._facts[path], modules)
        return self._entries

    def _note(self, path: str, facts: FileFacts, modules: Modules) -> None:
        assert self._entries is not None
        for trace in facts.traces:
            if trace.kind == traces.ENTRY_POINT:
                # A command of pyproject.toml starts in the module that it names.
                named = trace.text.partition(" ")[2].partition(":")
                where = modules.find(named[0], path) if named[1] else path
                if where is not None:
                    self._entries.setdefault(where, []).append(Entry(path, trace.text, trace.span))
        for entry in facts.imports:
            for target in _targets(entry, path, modules):
                if target != path:
                    self._importers.setdefault(target, []).append(path)


def _targets(entry: Import, path: str, modules: Modules) -> list[str]:
    """The files that an import loads: the module, or the one that the imported name is."""
    name = modules.relative(entry.module, entry.level, path) if entry.level else entry.module
    names = [name, *([f"{name}.{entry.attribute}"] if entry.attribute else [])]
    found = (modules.exact(one) if entry.level else modules.find(one, path) for one in names)
    return [one for one in found if one is not None]
