"""What an expression is in this file: the literal behind a name that is written once, and the text that can be read of a prompt."""

from __future__ import annotations

import ast

from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_tree import FileTree, Unit

_DEEPEST = 6
_PLAIN = frozenset(("dedent", "textwrap.dedent", "inspect.cleandoc", "cleandoc", "str"))
_UNCHANGED = frozenset(("strip", "lstrip", "rstrip", "format", "format_map", "replace", "join"))


class Placed(NamedTuple):
    """An expression and the unit it stands in."""

    node: ast.expr
    unit: Unit


class Read(NamedTuple):
    """The text of a prompt, as far as it is written in this file, and its first piece."""

    text: str
    node: ast.expr


def value_of(node: ast.expr, unit: Unit, tree: FileTree) -> Placed:
    """What a name stands for: the one value that it is given in its function, its class or its module; else the name itself."""
    for _ in range(_DEEPEST):
        name = chain(node) if isinstance(node, ast.Name | ast.Attribute) else None
        found = None if name is None or "(" in name else _written(name, unit, tree)
        if found is None:
            break
        node, unit = found
    return Placed(node, unit)


def read(node: ast.expr, unit: Unit, tree: FileTree, depth: int = 0) -> Read | None:
    """The text of an expression; None when nothing of it can be read."""
    if depth > _DEEPEST:
        return None
    node, unit = value_of(node, unit, tree)
    match node:
        case ast.Constant(value=str(text)):
            return Read(text, node)
        case ast.JoinedStr():
            parts = [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            return Read("".join(parts), node) if parts else None
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return _joined([node.left, node.right], unit, tree, depth)
        case ast.IfExp():
            return _joined([node.body, node.orelse], unit, tree, depth)
        case ast.List() | ast.Tuple():
            return _joined(node.elts, unit, tree, depth)
        case ast.Dict():
            wanted = [value for key, value in entries(node) if key in ("text", "content", "parts")]
            return _joined(wanted, unit, tree, depth)
        case ast.Call():
            if isinstance(node.func, ast.Attribute) and node.func.attr in _UNCHANGED:
                return _joined([node.func.value, *node.args], unit, tree, depth)
            if (chain(node.func) or "").rpartition(".")[2] in _PLAIN or chain(node.func) in _PLAIN:
                return _joined(node.args[:1], unit, tree, depth)
            texts = [keyword.value for keyword in node.keywords if keyword.arg in ("content", "text", "parts")]
            return _joined(texts or node.args[:1], unit, tree, depth) if (chain(node.func) or "x")[:1].isupper() else None
    return None


def entries(table: ast.Dict) -> list[tuple[str, ast.expr]]:
    """Text keys of a literal mapping with their values."""
    return [
        (key.value, value)
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]


def _written(name: str, unit: Unit, tree: FileTree) -> Placed | None:
    if name in _parameters(unit):
        return None
    for place in _scopes(name, unit, tree):
        stored = name if place is unit or not name.startswith("self.") else name.removeprefix("self.")
        stores = place.stores(stored)
        if stores:
            return _single(stores, place)
    return None


def _scopes(name: str, unit: Unit, tree: FileTree) -> list[Unit]:
    """Where a name may be given its value, nearest first: the unit, the class and its other methods, the module."""
    if name.startswith("self.") and unit.owner:
        mine = list(tree.of_class(unit.owner))
        return [other for other in mine if other.node is None] + [other for other in mine if other.node is not None]
    if "." in name:
        return [unit]
    return [unit, *(other for other in tree.loose() if other is not unit and other.owner is None)]


def _single(stores: list[ast.expr], unit: Unit) -> Placed | None:
    parent = unit.parent(stores[0])
    if len(stores) != 1 or not isinstance(parent, ast.Assign | ast.AnnAssign) or parent.value is None:
        return None
    targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
    return Placed(parent.value, unit) if stores[0] in targets else None


def _parameters(unit: Unit) -> set[str]:
    if unit.node is None:
        return set()
    arguments = unit.node.args
    return {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}


def _joined(parts: list[ast.expr], unit: Unit, tree: FileTree, depth: int) -> Read | None:
    found = [one for part in parts if (one := read(part, unit, tree, depth + 1)) is not None]
    return Read("".join(one.text for one in found), found[0].node) if found else None
