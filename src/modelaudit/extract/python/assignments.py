"""Assignments: what a name, an attribute or an entry holds from here on."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Attribute, Entry, Expr, Join, Name, Self, Table, Text
from modelaudit.domain.facts import BindingKind
from modelaudit.domain.location import Span
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.displays import entry_of, rest_of
from modelaudit.extract.python.scope import NOWHERE, Scope
from modelaudit.extract.python.seen import SeenAssignment

if TYPE_CHECKING:
    from modelaudit.extract.python.flow import Flow


def assign(flow: Flow, target: ast.expr, value: Expr, scope: Scope) -> None:
    """`target = value`, for any target."""
    match target:
        case ast.Name():
            assign_name(flow, target.id, value, flow.source.span(target), scope)
        case ast.Tuple() | ast.List():
            for index, element in enumerate(target.elts):
                if isinstance(element, ast.Starred):
                    assign(flow, element.value, rest_of(value, index, len(target.elts) - index - 1), scope)
                    continue
                assign(flow, element, entry_of(value, index), scope)
        case ast.Starred():
            assign(flow, target.value, value, scope)
        case ast.Attribute():
            _assign_attribute(flow, target, value, scope)
        case ast.Subscript():
            _assign_item(flow, target, value, scope)


def assign_name(flow: Flow, name: str, value: Expr, span: Span, scope: Scope, kind: BindingKind = BindingKind.CONSTANT) -> None:
    """A name takes a value: a new version of a local, a field of a class, a binding of the module."""
    if scope.kind == "class":
        flow.bind_name(scope.qualify(name), BindingKind.FIELD, value, span)
        scope.values[name] = Name(scope.qualify(name), span)
        return
    if name in scope.globals:
        flow.set_globally.add(name)
        flow.bind_name(name, kind, value, span)
        return
    if name in scope.nonlocals:
        outer = scope.enclosing(name)
        if isinstance(outer, Name):
            flow.bind_name(outer.ref, kind, value, span)
            return
    version = scope.version(name)
    flow.bind_name(version, kind, value, span)
    scope.values[name] = Name(version, span)


def _assign_attribute(flow: Flow, target: ast.Attribute, value: Expr, scope: Scope) -> None:
    span = flow.source.span(target)
    flow.visit(target.value, scope)
    owner = _self_of(flow, target.value, scope)
    if owner is not None:
        flow.bind_name(f"{owner}.{target.attr}", BindingKind.ATTRIBUTE, value, span)
        return
    dotted = chain(target)
    if dotted is None or "()" in dotted:
        return
    version = scope.version(dotted)
    flow.bind_name(version, BindingKind.ATTRIBUTE, value, span)
    scope.values[dotted] = Name(version, span)
    if scope.kind == "module":
        flow.bind_name(dotted, BindingKind.ATTRIBUTE, value, span)
    base = flow.converter.convert(target.value, scope)
    flow.assignments.append(SeenAssignment(dotted, Attribute(base, target.attr, span), value, span, scope.name))
    if isinstance(base, Attribute) and isinstance(base.base, Self):
        flow.bind_name(f"{base.base.owner}.{base.name}.{target.attr}", BindingKind.ATTRIBUTE, value, span)
    if isinstance(base, Name) and base.ref.partition("@")[0] != dotted:
        flow.bind_name(f"{base.ref}.{target.attr}", BindingKind.ATTRIBUTE, value, span)


def _assign_item(flow: Flow, target: ast.Subscript, value: Expr, scope: Scope) -> None:
    dotted = chain(target.value)
    span = flow.source.span(target)
    if not isinstance(target.slice, ast.Constant) or not isinstance(target.slice.value, str | int):
        return
    key = target.slice.value
    if dotted in ("os.environ", "environ") and isinstance(key, str):
        flow.bind_name(f"env:{key}", BindingKind.ENVIRONMENT, value, span)
        return
    pour(flow, target.value, (Entry(key, value, flow.source.inside(target.slice)),), span, scope)


def pour(flow: Flow, owner: ast.expr, entries: tuple[Entry, ...], span: Span, scope: Scope, *, mapping: bool = True) -> None:
    """`owner[key] = value` and `owner.update(…)`: a new version of the mapping, the old one underneath."""
    dotted = chain(owner)
    fields_of = _self_of(flow, owner, scope)
    if fields_of is not None:
        for entry in entries:
            if isinstance(entry.key, str) and entry.key != SPREAD:
                flow.bind_name(f"{fields_of}.{entry.key}", BindingKind.ATTRIBUTE, entry.value, span)
        return
    if isinstance(owner, ast.Subscript):
        inner = flow.converter.key(owner.slice, scope)
        if isinstance(inner, Text):
            pour(flow, owner.value, (Entry(inner.text, Table(entries, mapping=True)),), span, scope)
        return
    if dotted is None:
        return
    changed = Table((*entries, Entry(SPREAD, flow.converter.convert(owner, scope))), mapping=mapping)
    if isinstance(owner, ast.Name):
        assign_name(flow, owner.id, changed, span, scope)
    elif isinstance(owner, ast.Attribute):
        class_name = _self_of(flow, owner.value, scope)
        if class_name is not None:
            flow.bind_name(f"{class_name}.{owner.attr}", BindingKind.ATTRIBUTE, Table(entries, mapping=mapping), span)


def _self_of(flow: Flow, node: ast.expr, scope: Scope) -> str | None:
    """The class whose instance a name stands for in this method: `self`, however it is called."""
    held = scope.lookup(node.id, NOWHERE) if isinstance(node, ast.Name) else None
    return held.owner if isinstance(held, Self) else None


def annotated(flow: Flow, node: ast.AnnAssign, scope: Scope) -> None:
    """`target: type = value`."""
    if node.value is None:
        if scope.kind == "class" and isinstance(node.target, ast.Name):
            scope.values.setdefault(node.target.id, Name(scope.qualify(node.target.id), flow.source.span(node.target)))
        return
    flow.visit(node.value, scope)
    assign(flow, node.target, flow.converter.convert(node.value, scope), scope)


def augmented(flow: Flow, node: ast.AugAssign, scope: Scope) -> None:
    """`target += value` on texts, lists and mappings."""
    flow.visit(node.value, scope)
    if not isinstance(node.op, ast.Add | ast.BitOr):
        return
    old, new = flow.converter.convert(node.target, scope), flow.converter.convert(node.value, scope)
    if isinstance(new, Table) or isinstance(node.op, ast.BitOr):
        value: Expr = Table((Entry(SPREAD, new), Entry(SPREAD, old)), mapping=isinstance(node.op, ast.BitOr))
    else:
        value = Join((old, new))
    assign(flow, node.target, value, scope)
