"""Calls that hand a function on to be called later: `partial(f, …)`, `pool.submit(f, …)`, `Thread(target=f, …)`, `task.delay(…)`.

They are read as calls of that function, so that linking needs no list of them.
"""

from __future__ import annotations

import ast

from modelaudit.domain.expr import ANY_ELEMENT, SPREAD, Attribute, Expr, Item, Table
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.seen import SeenCall
from modelaudit.extract.python.structures import span_of

_FIRST = frozenset(
    (
        "partial",
        "partialmethod",
        "submit",
        "to_thread",
        "run_sync",
        "map",
        "imap",
        "starmap",
        "apply",
        "apply_async",
        "call_soon",
        "enqueue",
    )
)
_SECOND = frozenset(("run_in_executor", "call_later"))
_TARGET = frozenset(("Thread", "Process", "Timer"))
_RECEIVER = frozenset(("delay", "remote", "apply_async", "spawn", "si", "s"))
_EACH = frozenset(("map", "imap"))


class Handed(NamedTuple):
    """What is called later, and with which arguments."""

    callee: Expr
    node: ast.expr
    arguments: tuple[tuple[str | int, Expr], ...]


def handed_on(call: SeenCall) -> Handed | None:
    """The call that this one prepares, None when it prepares none."""
    last = (call.chain or "").rpartition(".")[2]
    if last in _TARGET:
        return _by_target(call)
    if last in _FIRST and _is_callable(call.node, 0):
        return _shifted(call, 0, each=last in _EACH)
    if last in _SECOND and _is_callable(call.node, 1):
        return _shifted(call, 1, each=False)
    if last in _RECEIVER and isinstance(call.callee, Attribute) and isinstance(call.node.func, ast.Attribute):
        return Handed(call.callee.base, call.node.func.value, _opened(call.arguments))
    return None


def _is_callable(node: ast.Call, position: int) -> bool:
    return len(node.args) > position and isinstance(node.args[position], ast.Name | ast.Attribute)


def _shifted(call: SeenCall, position: int, *, each: bool) -> Handed | None:
    target = next((value for key, value in call.arguments if key == position), None)
    if target is None:
        return None
    rest: list[tuple[str | int, Expr]] = []
    for key, value in call.arguments:
        if not isinstance(key, int):
            rest.append((key, value))
        elif key > position:
            passed = Item(value, ANY_ELEMENT, None, span_of(value)) if each else value
            rest.append((key - position - 1, passed))
    return Handed(target, call.node.args[position], _opened(tuple(rest)))


def _by_target(call: SeenCall) -> Handed | None:
    for keyword in call.node.keywords:
        if keyword.arg in ("target", "function"):
            target = next(value for key, value in call.arguments if key == keyword.arg)
            return Handed(target, keyword.value, _opened(tuple(pair for pair in call.arguments if pair[0] in ("args", "kwargs"))))
    return None


def _opened(arguments: tuple[tuple[str | int, Expr], ...]) -> tuple[tuple[str | int, Expr], ...]:
    """`args=(…)` and `kwargs={…}` as the arguments that they become."""
    found: list[tuple[str | int, Expr]] = []
    for key, value in arguments:
        if key == "args" and isinstance(value, Table) and not value.mapping:
            found += [(entry.key, entry.value) for entry in value.entries if isinstance(entry.key, int)]
        elif key in ("kwargs", "kwds"):
            found.append((SPREAD, value))
        else:
            found.append((key, value))
    return tuple(found)
