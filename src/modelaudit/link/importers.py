"""Who imports what: by which name a file knows what another one defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modelaudit.link.resolver import Module, Resolver
from modelaudit.link.tokens import FileTokens


class Importers:
    """The imports of the files read so far, from the side of what is imported."""

    def __init__(self, resolver: Resolver, files: Iterable[FileTokens]) -> None:
        self._resolver = resolver
        self._names: dict[tuple[str, str], list[tuple[FileTokens, str]]] = {}
        self._modules: dict[str, list[tuple[FileTokens, str]]] = {}
        self._all: dict[str, list[FileTokens]] = {}
        for file in files:
            self._enter(file)

    def of(self, path: str, name: str) -> Iterator[tuple[FileTokens, str]]:
        """The files that import a name of a file, or the whole module, and what they call it."""
        yield from self._names.get((path, name), ())
        for importer, local in self._modules.get(path, ()):
            yield importer, f"{local}.{name}"

    def of_all(self, path: str) -> list[FileTokens]:
        """The files with `from path import *`."""
        return self._all.get(path, [])

    def words(self, file: FileTokens, name: str) -> set[str]:
        """The words by which other files import a name: of its module, and of those that offer it anew."""
        anew = (one for one, _ in self._names.get((file.facts.path, name), ()) if _offers(one))
        return file.words.union(*(importer.words for importer in anew))

    def _enter(self, file: FileTokens) -> None:
        path = file.facts.path
        for name, entry in file.imports.items():
            for place in self._resolver.way(path, entry):
                self._names.setdefault(place, []).append((file, name))
            for referent in self._resolver.name(path, name):
                if isinstance(referent, Module) and referent.path is not None:
                    self._modules.setdefault(referent.path, []).append((file, name))
        for star in file.stars:
            for target, _ in self._resolver.way(path, star._replace(attribute="*")):
                self._all.setdefault(target, []).append(file)


def _offers(file: FileTokens) -> bool:
    return file.facts.path.endswith("__init__.py") or file.facts.exports is not None
