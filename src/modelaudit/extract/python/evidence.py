"""What stands at a call that risk factors ask about: literal arguments, and the handlers of its `try`. What becomes of the answer, what is
sent and who calls is in `evidence_near` and the modules that it puts together."""

from __future__ import annotations

import ast
from collections.abc import Callable

from modelaudit.domain import traces
from modelaudit.domain.facts import Argument, Handler, Trace
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.source import Source

DEEPEST = 3
"""Nesting of literal dictionaries inside an argument that is read."""

_LOGGERS = frozenset(
    ("debug", "info", "warning", "error", "exception", "critical", "log", "capture_exception", "increment", "inc", "count", "emit")
)
_WAITS = frozenset(("sleep",))


def arguments(call: ast.Call, source: Source, skip: frozenset[str]) -> tuple[Argument, ...]:
    """Keyword arguments at a call, literal dictionaries opened (`thinking.budget_tokens`); `skip` names the model's own argument."""
    found: list[Argument] = []
    for keyword in call.keywords:
        if keyword.arg is None:
            if isinstance(keyword.value, ast.Dict):
                _open(keyword.value, "", source, found, 1)
            continue
        if keyword.arg not in skip:
            _argument(keyword.arg, keyword.value, source, found, 0)
    return tuple(found)


def opaque_arguments(call: ast.Call, source: Source) -> tuple[Trace, ...]:
    """`**params` at a call, of which nothing can be read here."""
    return tuple(
        Trace(traces.OPAQUE_ARGUMENTS, _shown(keyword.value), source.span(keyword.value))
        for keyword in call.keywords
        if keyword.arg is None and not isinstance(keyword.value, ast.Dict)
    )


def handlers(
    protection: tuple[ast.Try, ...], source: Source, resolve: Callable[[ast.expr], str | None], calls_model: Callable[[ast.Call], bool]
) -> tuple[Handler, ...]:
    """`except` clauses around a call, innermost first. `resolve` writes out imported names, `calls_model` recognises another model call."""
    return tuple(
        Handler(_classes(handler.type, resolve), _action(handler, calls_model), source.span(handler))
        for attempt in reversed(protection)
        for handler in attempt.handlers
    )


def handler_traces(protection: tuple[ast.Try, ...], source: Source) -> tuple[Trace, ...]:
    """Logging and status codes in the handlers around a call."""
    found: list[Trace] = []
    for attempt in protection:
        for handler in attempt.handlers:
            for node in ast.walk(handler):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _LOGGERS:
                    found.append(Trace(traces.HANDLER_LOG, chain(node.func) or node.func.attr, source.span(node)))
                elif isinstance(node, ast.Constant) and node.value in (400, 403, 404, 410) and not isinstance(node.value, bool):
                    found.append(Trace(traces.STATUS_CODE, str(node.value), source.span(node)))
    return tuple(found)


def _argument(name: str, value: ast.expr, source: Source, found: list[Argument], depth: int) -> None:
    span = source.span(value)
    if isinstance(value, ast.Constant) and isinstance(value.value, str | int | float | bool | None):
        text = value.value
        found.append(Argument(name, text[:200] if isinstance(text, str) else text, True, span))
    elif (
        isinstance(value, ast.UnaryOp)
        and isinstance(value.op, ast.USub)
        and isinstance(value.operand, ast.Constant)
        and isinstance(value.operand.value, int | float)
    ):
        found.append(Argument(name, -value.operand.value, True, span))
    else:
        found.append(Argument(name, None, False, span))
        if isinstance(value, ast.Dict) and depth < DEEPEST:
            _open(value, f"{name}.", source, found, depth + 1)
        elif isinstance(value, ast.Call) and depth < DEEPEST and value.keywords and not isinstance(value.func, ast.Call):
            for keyword in value.keywords:
                if keyword.arg is not None:
                    _argument(f"{name}.{keyword.arg}", keyword.value, source, found, depth + 1)


def _open(table: ast.Dict, prefix: str, source: Source, found: list[Argument], depth: int) -> None:
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value != "model":
            _argument(f"{prefix}{key.value}", value, source, found, depth)


def _shown(node: ast.expr) -> str:
    return ast.unparse(node)[:60] if isinstance(node, ast.Name | ast.Attribute) else "**"


def _classes(node: ast.expr | None, resolve: Callable[[ast.expr], str | None]) -> tuple[str, ...]:
    if node is None:
        return ()
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(resolve(part) or chain(part) or "?" for part in parts)


def _action(handler: ast.ExceptHandler, calls_model: Callable[[ast.Call], bool]) -> str:
    """What a handler does, the strongest first: another model answers, it raises, it tries again, something else answers, nothing does."""
    raises = retries = answers = False
    for statement in handler.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and calls_model(node):
                return "fallback"
            raises = raises or isinstance(node, ast.Raise)
            retries = retries or isinstance(node, ast.Continue)
            if isinstance(node, ast.Call) and (chain(node.func) or "").rpartition(".")[2] in _WAITS:
                retries = True
            if isinstance(node, ast.Return) and node.value is not None and not _is_empty(node.value):
                answers = True
    if raises:
        return "reraise"
    if retries:
        return "retry"
    return "degrade" if answers else "swallow"


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return not node.value or isinstance(node.value, str)
    return isinstance(node, ast.List | ast.Dict | ast.Tuple) and not (node.keys if isinstance(node, ast.Dict) else node.elts)
