"""Calls that change what something holds: `update`, `append`, `setenv`, `parser.read`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Attribute, Entry, Name, Result, Table
from modelaudit.domain.facts import BindingKind
from modelaudit.domain.location import Span
from modelaudit.extract.python import assignments
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.scope import Scope

if TYPE_CHECKING:
    from modelaudit.extract.python.flow import Flow


def effect(flow: Flow, node: ast.expr, scope: Scope) -> None:
    """Calls that change a mapping or the environment: `update`, `setdefault`, `append`, `setenv`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    name, owner, span = node.func.attr, node.func.value, flow.source.span(node)
    if name in ("setenv", "setdefault", "set_env") and len(node.args) >= 2:
        key = node.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            value = flow.converter.convert(node.args[1], scope)
            if name != "setdefault" or chain(owner) in ("os.environ", "environ"):
                flow.bind_name(f"env:{key.value}", BindingKind.ENVIRONMENT, value, span)
            else:
                assignments.pour(flow, owner, (Entry(key.value, value),), span, scope)
    elif name == "update":
        entries = [Entry(keyword.arg or SPREAD, flow.converter.convert(keyword.value, scope)) for keyword in node.keywords]
        entries += [Entry(SPREAD, flow.converter.convert(argument, scope)) for argument in node.args]
        if chain(owner) in ("os.environ", "environ"):
            _environment_table(flow, entries, span)
        else:
            assignments.pour(flow, owner, tuple(entries), span, scope)
    elif name in ("read", "read_file") and node.args:
        _reads(flow, owner, node, scope)
    elif name in ("append", "add", "insert", "extend") and node.args:
        value = flow.converter.convert(node.args[-1], scope)
        assignments.pour(flow, owner, (Entry(SPREAD if name == "extend" else None, value),), span, scope, mapping=False)


def _reads(flow: Flow, owner: ast.expr, node: ast.Call, scope: Scope) -> None:
    """`parser.read("settings.ini")` fills a `ConfigParser`: from here on it holds what the file says."""
    held = flow.converter.convert(owner, scope)
    made = held
    if isinstance(held, Name):
        made = next((binding.value for binding in reversed(flow.bindings) if binding.name == held.ref), held)
    callee = made.callee if isinstance(made, Result) else None
    name = callee.name if isinstance(callee, Attribute) else callee.ref if isinstance(callee, Name) else ""
    if not name.endswith("ConfigParser"):
        return
    filled = flow.converter.convert(node, scope)
    if isinstance(owner, ast.Name):
        assignments.assign_name(flow, owner.id, filled, flow.source.span(node), scope)


def _environment_table(flow: Flow, entries: list[Entry], span: Span) -> None:
    for entry in entries:
        inner = entry.value.entries if entry.key == SPREAD and isinstance(entry.value, Table) else (entry,)
        for single in inner:
            if isinstance(single.key, str) and single.key != SPREAD:
                flow.bind_name(f"env:{single.key}", BindingKind.ENVIRONMENT, single.value, span)
