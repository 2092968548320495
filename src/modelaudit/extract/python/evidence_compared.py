"""What a value is compared with: texts in `==`, `in` and `match`, directly or under a name of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_tree import Unit

_NEAR = 3
"""Expressions around a value (a subscript, an `or`) in which a comparison still is one of the value."""


def comparisons(node: ast.expr, unit: Unit) -> Iterator[tuple[str, ast.expr]]:
    """(text, place) of every comparison of a value; an empty text when it is only read."""
    present: ast.AST = node
    for _ in range(_NEAR):
        parent = unit.parent(present)
        if isinstance(parent, ast.Compare):
            yield from ((text, node) for text in texts_beside(present, parent) or ("",))
            return
        if isinstance(parent, ast.Match):
            yield from ((text, node) for case in parent.cases for text in _in_pattern(case.pattern))
            return
        if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
            yield "", node
            yield from _under_name(parent.targets[0], unit)
            return
        if parent is None:
            break
        present = parent
    yield "", node


def texts_beside(node: ast.AST, compare: ast.Compare) -> tuple[str, ...]:
    """The texts and numbers on the other side of a comparison; None, truth values and the empty text do not count."""
    found: list[str] = []
    for other in (compare.left, *compare.comparators):
        if other is node:
            continue
        parts = other.elts if isinstance(other, ast.Tuple | ast.List | ast.Set) else [other]
        found += [str(part.value) for part in parts if isinstance(part, ast.Constant) and part.value not in (None, "", True, False)]
        found += [part.attr.lower() for part in parts if isinstance(part, ast.Attribute) and part.attr.isupper()]
    return tuple(found)


def is_mapping(node: ast.expr, unit: Unit) -> bool:
    """Whether a value is read by text keys somewhere: then `"delta" in event` asks for a part, and takes no text apart."""
    name = chain(node)
    for load in unit.loads(name) if name else ():
        parent = unit.parent(load)
        if isinstance(parent, ast.Subscript) and isinstance(parent.slice, ast.Constant) and isinstance(parent.slice.value, str):
            return True
        if isinstance(parent, ast.Attribute) and parent.attr == "get":
            return True
    return False


def shown(node: ast.expr) -> str:
    """An expression in a few characters."""
    if isinstance(node, ast.Constant):
        return str(node.value)[:80]
    return chain(node) or "an expression"


def _under_name(target: ast.Name, unit: Unit) -> Iterator[tuple[str, ast.expr]]:
    for load in unit.read_after(target.id, target):
        compared = unit.parent(load)
        if isinstance(compared, ast.Compare):
            yield from ((text, load) for text in texts_beside(load, compared))
        elif isinstance(compared, ast.Match):
            yield from ((text, load) for case in compared.cases for text in _in_pattern(case.pattern))


def _in_pattern(pattern: ast.pattern) -> list[str]:
    values = [inner.value for inner in ast.walk(pattern) if isinstance(inner, ast.MatchValue)]
    return [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
