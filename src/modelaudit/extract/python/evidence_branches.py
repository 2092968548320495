"""Branches and tables that the model's name decides: `if model.startswith("o1")`, `LIMITS[model]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_file import FileClues
from modelaudit.extract.python.evidence_tree import Unit

_TESTS = frozenset(("startswith", "endswith"))
_FOLDS = frozenset(("lower", "upper", "strip", "casefold"))
_MATCHERS = frozenset(("match", "search", "fullmatch"))
_PROMPTS = ("prompt", "system", "template", "instruction", "messages")
_PARSING = ("parse", "loads", "extract", "output", "response")
MOST = 6
"""Branches that are named for one call."""


def branches(file: FileClues, name: str, unit: Unit) -> list[Trace]:
    """Where a name that holds the model is compared, in the function, the class or the module that it belongs to."""
    found: dict[str, Trace] = {}
    for other in _reach(file, name, unit):
        for load in other.loads(name):
            for text, node in _compared(load, other):
                said = f"{text}{_selects(node, other)}"
                found.setdefault(text, Trace(traces.NAME_BRANCH, said, file.source.span(node)))
    return list(found.values())[:MOST]


def _reach(file: FileClues, name: str, unit: Unit) -> list[Unit]:
    if name.startswith("self.") and unit.owner:
        return list(file.tree.of_class(unit.owner))
    if "." not in name and unit.node is not None and not unit.stores(name) and not _is_parameter(name, unit):
        return file.tree.units()
    return [unit]


def _is_parameter(name: str, unit: Unit) -> bool:
    return any(isinstance(node, ast.arg) and node.arg == name for node in unit.nodes())


def _compared(load: ast.expr, unit: Unit) -> Iterator[tuple[str, ast.expr]]:
    """(text, expression) of each comparison around a name."""
    node = _folded(load, unit)
    parent = unit.parent(node)
    if isinstance(parent, ast.Compare) and _is_equality(parent):
        for other in (parent.left, *parent.comparators):
            if other is not node:
                yield from ((text, parent) for text in _texts(other))
    elif isinstance(parent, ast.Attribute) and parent.attr in _TESTS:
        call = unit.parent(parent)
        if isinstance(call, ast.Call) and call.args:
            yield from ((text, call) for text in _texts(call.args[0]))
    elif isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr in _MATCHERS and parent.args:
        if node in parent.args[1:]:
            yield from ((text, parent) for text in _texts(parent.args[0]))
        elif node is parent.args[0] and (name := chain(parent.func)) is not None:
            yield name, parent
    elif isinstance(parent, ast.Subscript) and parent.slice is node:
        table = chain(parent.value)
        if table is not None and table.rpartition(".")[2].isupper():
            yield table, parent


def _folded(load: ast.expr, unit: Unit) -> ast.expr:
    """`model.lower()` is the name as well."""
    method = unit.parent(load)
    call = None if method is None else unit.parent(method)
    if isinstance(method, ast.Attribute) and method.attr in _FOLDS and isinstance(call, ast.Call) and call.func is method:
        return call
    return load


def _is_equality(compare: ast.Compare) -> bool:
    return all(isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for operator in compare.ops)


def _texts(node: ast.expr) -> list[str]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    found = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value]
    name = chain(node)
    return found or ([name] if name is not None and name.rpartition(".")[2].isupper() else [])


def _selects(node: ast.expr, unit: Unit) -> str:
    """What the branch decides: the prompt, how the answer is read, or neither that is known."""
    present: ast.AST = node
    while (parent := unit.parent(present)) is not None and isinstance(present, ast.expr):
        present = parent
    if not isinstance(present, ast.If | ast.Match):
        return ""
    names: list[str] = []
    for inner in ast.walk(present):
        if isinstance(inner, ast.Assign):
            names += [chain(target) or "" for target in inner.targets]
        elif isinstance(inner, ast.Call):
            names.append((chain(inner.func) or "").rpartition(".")[2])
    lowered = [name.lower() for name in names]
    if any(word in name for name in lowered for word in _PROMPTS):
        return " selects prompt"
    return " selects parsing" if any(word in name for name in lowered for word in _PARSING) else ""
