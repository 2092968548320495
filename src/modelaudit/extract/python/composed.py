"""Texts that an expression puts together or takes apart."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from modelaudit.domain.expr import PATH_JOIN, SPREAD, Apply, Entry, Expr, Join, Name, Result, Table, Text, Unknown
from modelaudit.extract.python.scope import Scope
from modelaudit.extract.python.source import LONGEST_TEXT

if TYPE_CHECKING:
    from modelaudit.extract.python.expressions import Converter

"""Callee of the terms that stand for `folder / name`."""


def split(converter: Converter, node: ast.Call, func: ast.Attribute, scope: Scope, depth: int) -> Expr:
    """The parts of a text, for constant separators."""
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    constants = tuple(
        str(argument.value) for argument in arguments if isinstance(argument, ast.Constant) and isinstance(argument.value, str | int)
    )
    if len(constants) != len(arguments):
        return Unknown("part of a text that is split")
    return Apply(func.attr, converter.convert(func.value, scope, depth + 1), constants)


def formatted(converter: Converter, node: ast.Call, func: ast.Attribute, scope: Scope, depth: int) -> Expr | None:
    """`"{}-{}".format(a, b)`; None for a format method of anything else."""
    if not (isinstance(func.value, ast.Constant) and isinstance(func.value.value, str)):
        return None
    template, span = func.value.value, converter.source.inside(func.value)
    parts: list[Expr] = []
    position = 0
    rest = template
    while rest:
        before, opening, tail = rest.partition("{")
        if before:
            parts.append(Text(before, span))
        if not opening:
            break
        name, _, rest = tail.partition("}")
        name = name.partition(":")[0].partition("!")[0]
        if name == "":
            name, position = str(position), position + 1
        parts.append(_format_argument(converter, node, name, scope, depth))
    return Join(tuple(parts))


def _format_argument(converter: Converter, node: ast.Call, name: str, scope: Scope, depth: int) -> Expr:
    if name.isdigit():
        return converter.convert(node.args[int(name)], scope, depth + 1) if int(name) < len(node.args) else Unknown("a format argument")
    for keyword in node.keywords:
        if keyword.arg == name:
            return converter.convert(keyword.value, scope, depth + 1)
    return Unknown("a format argument")


def joined(converter: Converter, separator: ast.Constant, parts: ast.expr, scope: Scope, depth: int) -> Expr:
    """`"-".join([a, b])`."""
    if not isinstance(parts, ast.List | ast.Tuple):
        return Unknown("a text joined from a computed list")
    between = Text(str(separator.value), converter.source.inside(separator))
    joined: list[Expr] = []
    for index, part in enumerate(parts.elts):
        if index:
            joined.append(between)
        joined.append(converter.convert(part, scope, depth + 1))
    return Join(tuple(joined))


def interpolated(converter: Converter, node: ast.JoinedStr, scope: Scope, depth: int) -> Expr:
    """An f-string."""
    spans = iter(converter.source.pieces(node))
    parts: list[Expr] = []
    for value in node.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            parts.append(Text(value.value, next(spans)))
        else:
            parts.append(converter.convert(value, scope, depth + 1))
    if sum(len(part.text) for part in parts if isinstance(part, Text)) > LONGEST_TEXT:
        return Unknown("a long text")
    return Join(tuple(parts))


def operation(converter: Converter, node: ast.BinOp, scope: Scope, depth: int) -> Expr:
    """`+`, `%`, `|` and `/`."""
    if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
        return _percent(converter, node, node.left, scope, depth)
    if isinstance(node.op, ast.Add | ast.BitOr):
        left, right = converter.convert(node.left, scope, depth + 1), converter.convert(node.right, scope, depth + 1)
        if isinstance(left, Table) or isinstance(right, Table) or isinstance(node.op, ast.BitOr):
            mapping = isinstance(node.op, ast.BitOr)
            return Table((Entry(SPREAD, right), Entry(SPREAD, left)), mapping=mapping)
        return Join((left, right))
    if isinstance(node.op, ast.Div):
        return _folder(converter, node, scope, depth)
    return Unknown("a computed value")


def _folder(converter: Converter, node: ast.BinOp, scope: Scope, depth: int) -> Expr:
    """`folder / "name"`: a path put together, as by `os.path.join`; numbers are divided."""
    if any(isinstance(side, ast.Constant) and not isinstance(side.value, str) for side in (node.left, node.right)):
        return Unknown("a computed value")
    span = converter.source.span(node)
    left, right = converter.convert(node.left, scope, depth + 1), converter.convert(node.right, scope, depth + 1)
    return Result(Name(PATH_JOIN, span), ((0, left), (1, right)), span)


def _percent(converter: Converter, node: ast.BinOp, template: ast.Constant, scope: Scope, depth: int) -> Expr:
    values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    span = converter.source.inside(template)
    pieces = str(template.value).split("%s")
    parts: list[Expr] = []
    for index, piece in enumerate(pieces):
        if piece:
            parts.append(Text(piece, span))
        if index < len(pieces) - 1:
            parts.append(converter.convert(values[index], scope, depth + 1) if index < len(values) else Unknown("a format argument"))
    return Join(tuple(parts))
