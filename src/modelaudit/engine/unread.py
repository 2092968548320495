"""What the files that were not read define: a name that linking would take for the only one of the tree must be that in all of the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from modelaudit.domain.facts import FileFacts
from modelaudit.engine.search import Search
from modelaudit.link.demand import NO_DEMAND
from modelaudit.parallel import Lost, map_files

if TYPE_CHECKING:
    from modelaudit.discover.tree import SourceFile
    from modelaudit.extract.extractor import Extractor


class UnreadFiles:
    """Looks into files only when it is asked, which most trees do not: in their bytes first, and where a name is found, in their facts
    (an example in a docstring defines nothing)."""

    def __init__(
        self, files: tuple[SourceFile, ...], read: Callable[[SourceFile], bytes], extractor: Extractor, jobs: int | None = None
    ) -> None:
        """`read` gives the bytes of a Python file, and nothing for others."""
        self._jobs = jobs
        self._files = files
        self._read = read
        self._extractor = extractor
        self._mentioning: dict[str, list[SourceFile]] | None = None
        self._defined: dict[str, frozenset[str]] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """Those with a module of their own."""
        return tuple(file.path for file in self._files if file.path.endswith((".py", ".pyi")))

    def defines(self, name: str, among: frozenset[str]) -> bool:
        """Whether one of the files defines a function of that name; `among` are all names that will ever be asked for."""
        if self._mentioning is None:
            self._mentioning = self._search(among)
        return any(name in self._functions(file) for file in self._mentioning.get(name, ()))

    def _search(self, names: frozenset[str]) -> dict[str, list[SourceFile]]:
        search = Search(NO_DEMAND._replace(methods=tuple(sorted(names))))
        found: dict[str, list[SourceFile]] = {}
        for file, methods in zip(self._files, map_files(partial(self._methods, search), self._files, self._jobs), strict=True):
            for name in () if isinstance(methods, Lost) else methods:
                found.setdefault(name.decode(), []).append(file)
        return found

    def _methods(self, search: Search, file: SourceFile) -> tuple[bytes, ...]:
        return search.of(self._read(file), python=True).methods

    def _functions(self, file: SourceFile) -> frozenset[str]:
        if file.path not in self._defined:
            facts = self._extractor.extract(file.path, "python", self._read(file))
            functions = facts.functions if isinstance(facts, FileFacts) else ()
            self._defined[file.path] = frozenset(function.name.rpartition(".")[2] for function in functions)
        return self._defined[file.path]
