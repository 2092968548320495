"""Statements that part the way and where it meets again."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from modelaudit.domain.expr import Name
from modelaudit.domain.facts import BindingKind
from modelaudit.extract.python import assignments
from modelaudit.extract.python.scope import NOWHERE, Scope, Values, choice, merge

if TYPE_CHECKING:
    from modelaudit.extract.python.flow import Flow


def branch(flow: Flow, node: ast.If, scope: Scope) -> None:
    """`if`, `elif`, `else`: what the branches leave meets behind them."""
    branches: list[Values] = []
    present: ast.If | None = node
    while present is not None:
        flow.visit(present.test, scope)
        before = dict(scope.values)
        flow.body(present.body, scope)
        if not _leaves(present.body):
            branches.append(scope.values)
        scope.values = before
        if len(present.orelse) == 1 and isinstance(present.orelse[0], ast.If):
            present = present.orelse[0]
            continue
        flow.body(present.orelse, scope)
        if not _leaves(present.orelse):
            branches.append(scope.values)
        present = None
    if branches:
        scope.values = merge(branches)


def loop(flow: Flow, node: ast.For | ast.AsyncFor | ast.While, scope: Scope) -> None:
    """`for` and `while`; no turn at all is one of the ways."""
    before = dict(scope.values)
    if isinstance(node, ast.While):
        flow.visit(node.test, scope)
    else:
        flow.visit(node.iter, scope)
        assignments.assign(flow, node.target, flow.converter.element(node.iter, scope), scope)
    carried = _carried_around(flow, node.body, before, scope)
    flow.body(node.body, scope)
    for name, version in carried:
        flow.bind_name(version, BindingKind.CONSTANT, choice((before[name], scope.values.get(name, before[name]))), NOWHERE)
    scope.values = merge((scope.values, before))
    flow.body(node.orelse, scope)


def _carried_around(flow: Flow, body: list[ast.stmt], before: Values, scope: Scope) -> list[tuple[str, str]]:
    """What one turn of a loop leaves to the next: names that the body gives a new value hold the old or the new one at its start."""
    carried = [(name, scope.version(name)) for name in sorted(_assigned(body)) if name in before]
    for name, version in carried:
        scope.values[name] = Name(version, NOWHERE)
    return carried


def attempt(flow: Flow, node: ast.Try | ast.TryStar, scope: Scope) -> None:
    """`try`: a handler begins with what held before the body or after it."""
    before = dict(scope.values)
    guarded = isinstance(node, ast.Try) and bool(node.handlers)
    if guarded and isinstance(node, ast.Try):
        flow.protection.append(node)
    flow.body(node.body, scope)
    if guarded:
        flow.protection.pop()
    flow.body(node.orelse, scope)
    branches = [scope.values]
    for handler in node.handlers:
        scope.values = merge((before, branches[0]))
        flow.body(handler.body, scope)
        if not _leaves(handler.body):
            branches.append(scope.values)
    scope.values = merge(branches)
    flow.body(node.finalbody, scope)


def match(flow: Flow, node: ast.Match, scope: Scope) -> None:
    """`match`: one branch a case, and none when no case takes everything."""
    flow.visit(node.subject, scope)
    before = dict(scope.values)
    branches = [before]
    for case in node.cases:
        scope.values = dict(before)
        if case.guard is not None:
            flow.visit(case.guard, scope)
        flow.body(case.body, scope)
        if not _leaves(case.body):
            branches.append(scope.values)
        if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and branches[0] is before:
            branches = branches[1:] or [before]
    scope.values = merge(branches)


def _leaves(body: list[ast.stmt]) -> bool:
    """Control does not fall out of this block."""
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)


def _assigned(body: list[ast.stmt]) -> set[str]:
    """Names that a block gives a value, the blocks inside it included."""
    found: set[str] = set()
    waiting: list[ast.AST] = [*body]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Assign():
                found.update(target.id for target in node.targets if isinstance(target, ast.Name))
            case ast.AugAssign() | ast.AnnAssign() if isinstance(node.target, ast.Name):
                found.add(node.target.id)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                waiting += [*node.body, *node.orelse]
            case ast.With() | ast.AsyncWith() | ast.match_case():
                waiting += node.body
            case ast.Try() | ast.TryStar():
                waiting += [*node.body, *node.orelse, *node.finalbody, *(inner for handler in node.handlers for inner in handler.body)]
            case ast.Match():
                waiting += node.cases
    return found
