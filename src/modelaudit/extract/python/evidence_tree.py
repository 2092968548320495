"""The syntax around a call: what an expression stands in, where a name is read again, which function of the file is called.

Everything is made when it is asked for. A file without calls that choose a model pays nothing, one with a few pays for the functions that
hold them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

from modelaudit.extract.python.chains import chain

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_SHARED = frozenset(("ctx", "op", "ops"))
"""Fields whose nodes all parts of a tree share."""
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class Unit:
    """An outermost function or method with everything inside it, or the statements of a module or class outside its functions."""

    def __init__(self, statements: list[ast.stmt], node: FunctionNode | None, owner: str | None) -> None:
        self.node = node
        """None for the statements of a module or class."""
        self.owner = owner
        """The class around it, by its plain name."""
        self._statements = statements
        self._parents: dict[ast.AST, ast.AST] | None = None
        self._loads: dict[str, list[ast.expr]] = {}
        self._stores: dict[str, list[ast.expr]] = {}
        self._nodes: list[ast.AST] = []

    @property
    def name(self) -> str:
        """The name of the function, empty for other statements."""
        return "" if self.node is None else self.node.name

    def parent(self, node: ast.AST) -> ast.AST | None:
        """What a node stands in; None for a statement of the unit."""
        return self._index().get(node)

    def holds(self, node: ast.AST) -> bool:
        """Whether a node stands in this unit."""
        return node in self._index()

    def nodes(self) -> list[ast.AST]:
        """Every node of the unit, outer ones first."""
        self._index()
        return self._nodes

    def loads(self, name: str) -> list[ast.expr]:
        """Where a name (`answer`, `self.llm`) is read, in order."""
        self._index()
        return self._loads.get(name, [])

    def stores(self, name: str) -> list[ast.expr]:
        """Where a name is given a value, in order."""
        self._index()
        return self._stores.get(name, [])

    def read_after(self, name: str, stored: ast.expr) -> Iterator[ast.expr]:
        """Where a name is read with the value that it is given at `stored`: up to the next value that it is surely given instead."""
        end = next(
            (
                (other.lineno, other.col_offset)
                for other in self.stores(name)
                if other.lineno > stored.lineno and other.col_offset <= stored.col_offset and not self._is_accumulated(other)
            ),
            None,
        )
        for load in self.loads(name):
            where = (load.lineno, load.col_offset)
            # The value of `answer = answer.strip()` is read before the name is given its next value, on the same line.
            if where > (stored.lineno, stored.col_offset) and (end is None or where[0] <= end[0]):
                yield load

    def _is_accumulated(self, store: ast.expr) -> bool:
        return isinstance(self._index().get(store), ast.AugAssign)

    def functions_around(self, node: ast.AST) -> Iterator[FunctionNode]:
        """The functions that a node stands in, innermost first."""
        present: ast.AST | None = self.parent(node)
        while present is not None:
            if isinstance(present, ast.FunctionDef | ast.AsyncFunctionDef):
                yield present
            present = self.parent(present)

    def _index(self) -> dict[ast.AST, ast.AST]:
        if self._parents is None:
            self._parents = parents = {}
            waiting: list[ast.AST] = [self.node] if self.node is not None else [*reversed(self._statements)]
            while waiting:
                node = waiting.pop()
                self._nodes.append(node)
                if isinstance(node, ast.Name | ast.Attribute):
                    self._note(node)
                children = _inner(node, whole=self.node is not None)
                if children:
                    for child in children:
                        parents[child] = node
                    children.reverse()
                    waiting += children
        return self._parents

    def _note(self, node: ast.Name | ast.Attribute) -> None:
        name = node.id if isinstance(node, ast.Name) else chain(node)
        if name is not None and "(" not in name:
            (self._loads if isinstance(node.ctx, ast.Load) else self._stores).setdefault(name, []).append(node)


class FileTree:
    """The units of one parsed file, found by position and by name."""

    def __init__(self, tree: ast.Module) -> None:
        self.body = tree.body
        self._units: list[Unit] | None = None
        self._functions: dict[tuple[str | None, str], Unit] = {}

    def units(self) -> list[Unit]:
        """All of them; those of functions first."""
        if self._units is None:
            self._units = []
            self._gather(self.body, None)
            for unit in self._units:
                if unit.node is not None:
                    self._functions.setdefault((unit.owner, unit.name), unit)
        return self._units

    def unit_of(self, node: ast.expr) -> Unit | None:
        """The unit in which an expression stands."""
        inside = [
            unit for unit in self.units() if unit.node is not None and _first_line(unit.node) <= node.lineno <= (unit.node.end_lineno or 0)
        ]
        return next((unit for unit in (*inside, *self.loose()) if unit.holds(node)), None)

    def loose(self) -> Iterator[Unit]:
        """The units that are no functions."""
        return (unit for unit in self.units() if unit.node is None)

    def function(self, owner: str | None, name: str) -> Unit | None:
        """A function of the file by its name, or a method by its class and name."""
        self.units()
        return self._functions.get((owner, name))

    def of_class(self, owner: str) -> Iterator[Unit]:
        """The units of one class."""
        return (unit for unit in self.units() if unit.owner == owner)

    def called(self, unit: Unit, func: ast.expr) -> Unit | None:
        """The function of this file that a callee names: `parse(…)`, or `self.parse(…)` in the same class."""
        if isinstance(func, ast.Name):
            return self.function(None, func.id)
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in ("self", "cls") and unit.owner:
            return self.function(unit.owner, func.attr)
        return None

    def _gather(self, statements: list[ast.stmt], owner: str | None) -> None:
        assert self._units is not None
        rest: list[ast.stmt] = []
        for statement in statements:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                self._units.append(Unit([], statement, owner))
            elif isinstance(statement, ast.ClassDef):
                self._gather(statement.body, statement.name)
            else:
                self._buried(statement)
                rest.append(statement)
        if rest:
            self._units.append(Unit(rest, None, owner))

    def _buried(self, statement: ast.stmt) -> None:
        """Functions and classes inside `if TYPE_CHECKING:` and the like."""
        for block in _BLOCKS:
            for inner in getattr(statement, block, ()):
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    self._units = [*(self._units or ()), Unit([], inner, None)]
                elif isinstance(inner, ast.ClassDef):
                    self._gather(inner.body, inner.name)
                elif isinstance(inner, ast.stmt | ast.excepthandler | ast.match_case):
                    self._buried(inner)  # type: ignore[arg-type] # handlers and cases have blocks as statements have


def _inner(node: ast.AST, *, whole: bool) -> list[ast.AST]:
    """The children of a node; outside functions, definitions are units of their own."""
    if isinstance(node, ast.Name | ast.Constant):
        return []
    children: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if name in _SHARED:
            continue
        if isinstance(value, ast.AST):
            children.append(value)
        elif isinstance(value, list):
            children += [item for item in value if isinstance(item, ast.AST)]
    if whole:
        return children
    return [child for child in children if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def _first_line(node: FunctionNode) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
