"""Tables and lists as they are written, copied with changes, and taken apart."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Entry, Expr, Item, Table, Text, Unknown
from modelaudit.domain.location import Span
from modelaudit.extract.python.scope import Scope

if TYPE_CHECKING:
    from modelaudit.extract.python.expressions import Converter

MOST_ENTRIES = 400
"""Entries of a display that are kept; generated tables have thousands."""


def mapping(converter: Converter, node: ast.Dict, scope: Scope, depth: int) -> Expr:
    """A dict display; what stands later covers what stands before."""
    entries: list[Entry] = []
    for key, value in zip(node.keys[:MOST_ENTRIES], node.values[:MOST_ENTRIES], strict=True):
        term = converter.convert(value, scope, depth + 1)
        if key is None:
            entries.insert(0, Entry(SPREAD, term))
        elif isinstance(key, ast.Constant) and isinstance(key.value, str | int):
            entries.insert(0, Entry(key.value, term, converter.source.inside(key)))
        else:
            entries.insert(0, Entry(None, term, None))
    return Table(tuple(reversed(entries)) if not any(entry.key == SPREAD for entry in entries) else tuple(entries), mapping=True)


def sequence(converter: Converter, elements: list[ast.expr], scope: Scope, depth: int) -> Expr:
    """A list, tuple or set display."""
    entries: list[Entry] = []
    for index, element in enumerate(elements[:MOST_ENTRIES]):
        key: str | int = SPREAD if isinstance(element, ast.Starred) else index
        entries.append(Entry(key, converter.convert(element, scope, depth + 1)))
    return Table(tuple(entries), mapping=False)


def comprehension(converter: Converter, element: ast.expr, generators: list[ast.comprehension], scope: Scope, depth: int) -> Expr:
    """The one element that stands for all of them."""
    inner = Scope(scope.kind if scope.kind != "class" else "function", scope.name, scope.parent, scope.owner)
    inner.values = dict(scope.values)
    inner.globals = scope.globals
    for generator in generators:
        converter.bind(generator.target, converter.element(generator.iter, inner, depth + 1), inner)
    return Table((Entry(None, converter.convert(element, inner, depth + 1)),), mapping=False)


def with_changes(converter: Converter, node: ast.Call, original: ast.expr, scope: Scope, depth: int) -> Expr:
    """A copy of an object with some members changed: what is changed covers what it had."""
    base = converter.convert(original, scope, depth + 1)
    changes: list[Entry] = []
    for keyword in node.keywords:
        value = converter.convert(keyword.value, scope, depth + 1)
        if keyword.arg == "update" and isinstance(value, Table):
            changes.extend(value.entries)
        elif keyword.arg is not None and keyword.arg != "deep":
            changes.append(Entry(keyword.arg, value))
    return Table((*changes, Entry(SPREAD, base)), mapping=True) if changes else base


def filtered_copy(node: ast.DictComp) -> ast.expr | None:
    """The mapping behind `{key: value for key, value in mapping.items() if …}`."""
    match node:
        case ast.DictComp(
            key=ast.Name(id=key),
            value=ast.Name(id=value),
            generators=[
                ast.comprehension(
                    target=ast.Tuple(elts=[ast.Name(id=first), ast.Name(id=second)]),
                    iter=ast.Call(func=ast.Attribute(value=mapping, attr="items"), args=[]),
                )
            ],
        ) if (key, value) == (first, second):
            return mapping
    return None


def entry_of(value: Expr, index: int) -> Expr:
    """The part of `value` that lands on position `index` of a tuple target."""
    if isinstance(value, Table) and not value.mapping:
        for entry in value.entries:
            if entry.key == index:
                return entry.value
    if isinstance(value, Unknown):
        return Unknown("part of a computed value")
    span = getattr(value, "span", None) or Span(0, 0, 0, 0)
    return Item(value, Text(str(index), span), None, span)


def rest_of(value: Expr, index: int, after: int) -> Expr:
    """What a starred target takes: everything from position `index` but the last `after`."""
    if isinstance(value, Table) and not value.mapping and all(isinstance(entry.key, int) for entry in value.entries):
        kept = value.entries[index : len(value.entries) - after]
        return Table(tuple(Entry(position, entry.value) for position, entry in enumerate(kept)), mapping=False)
    return value
