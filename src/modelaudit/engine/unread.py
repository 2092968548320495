"""What the files that were not read define: a name that linking would take for the only one of the tree must be that in all of the tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from modelaudit.domain.facts import FileFacts

if TYPE_CHECKING:
    from modelaudit.discover.tree import SourceFile
    from modelaudit.extract.extractor import Extractor


class UnreadFiles:
    """Looks into files only when it is asked, which most trees do not: in their bytes first, and where a name is found, in their facts
    (an example in a docstring defines nothing)."""

    def __init__(self, files: tuple[SourceFile, ...], read: Callable[[SourceFile], bytes], extractor: Extractor) -> None:
        """`read` gives the bytes of a Python file, and nothing for others."""
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
            self._mentioning = self._search({wanted.encode() for wanted in among})
        return any(name in self._functions(file) for file in self._mentioning.get(name, ()))

    def _search(self, names: set[bytes]) -> dict[str, list[SourceFile]]:
        defined = re.compile(rb"\bdef\s+([^\s(\[:]+)")
        found: dict[str, list[SourceFile]] = {}
        for file in self._files:
            for name in names.intersection(defined.findall(self._read(file))):
                found.setdefault(name.decode(), []).append(file)
        return found

    def _functions(self, file: SourceFile) -> frozenset[str]:
        if file.path not in self._defined:
            facts = self._extractor.extract(file.path, "python", self._read(file))
            functions = facts.functions if isinstance(facts, FileFacts) else ()
            self._defined[file.path] = frozenset(function.name.rpartition(".")[2] for function in functions)
        return self._defined[file.path]
