"""What looking near the calls of one file needs to know, and how callees are told apart there."""

from __future__ import annotations

import ast
from collections.abc import Callable

from modelaudit.extract.clues import Clues
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_tree import FileTree
from modelaudit.extract.python.source import Source


class FileClues:
    """Everything that following answers in one file needs to know."""

    def __init__(
        self,
        tree: FileTree,
        source: Source,
        clues: Clues,
        resolve: Callable[[ast.expr], str | None],
        sites: dict[ast.Call, str],
        imported: frozenset[str] = frozenset(),
    ) -> None:
        """`resolve` writes out imported names; `sites` are the calls that choose a model, with their operations; `imported` are the names
        that come from other files."""
        self._imported = imported
        self.tree = tree
        self.source = source
        self.clues = clues
        self.resolve = resolve
        self.sites = sites
        self._kinds: dict[ast.expr, frozenset[str]] = {}

    def imported(self, node: ast.expr) -> str | None:
        """A name or an attribute of one that this file imports (`PERSONA`, `prompts.PERSONA`), as written."""
        name = chain(node)
        return name if name is not None and name.partition(".")[0] in self._imported and "(" not in name else None

    def is_a(self, kind: str, func: ast.expr) -> bool:
        """Whether a callee is of a kind, as written or with its import written out."""
        kinds = self._kinds.get(func)
        if kinds is None:
            resolved = self.resolve(func)
            kinds = self.clues.kinds(dotted(func)) | (self.clues.kinds(resolved) if resolved else frozenset())
            self._kinds[func] = kinds
        return kind in kinds


def dotted(func: ast.expr) -> str:
    """A callee as written; `().name` where it is a method of something that is no name."""
    name = chain(func)
    if name is not None:
        return name
    return f"().{func.attr}" if isinstance(func, ast.Attribute) else "()"
