"""What happens when a call fails, and what it is for: repetitions, what triggers a fallback, gateways, safety checks, dead code."""

from __future__ import annotations

import ast

from modelaudit.domain import traces
from modelaudit.domain.expr import Table, Text
from modelaudit.domain.facts import Trace
from modelaudit.domain.location import Span
from modelaudit.extract.platforms import URL_ARGUMENTS, constant
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_file import FileClues, dotted
from modelaudit.extract.python.evidence_tree import Unit
from modelaudit.extract.python.evidence_values import value_of
from modelaudit.extract.python.seen import Made
from modelaudit.extract.python.structures import span_of

_RETRIES = frozenset(("max_retries", "num_retries", "retries", "retry_policy", "retry_options", "retry_config", "allowed_fails"))
_TRIGGERS = frozenset(("exceptions_to_handle", "fallback_on", "exceptions_to_fallback"))
_DROPS = frozenset(("drop_params", "additional_drop_params"))
_FALLBACKS = frozenset(("fallbacks", "default_fallbacks"))
_CONTEXT_ONLY = frozenset(("context_window_fallbacks", "content_policy_fallbacks"))
_LIBRARY_DROPS = "litellm.drop_params"


def failures(file: FileClues, call: ast.Call, unit: Unit, made: Made | None) -> list[Trace]:
    """Traces of one call; `made` is its client."""
    found: list[Trace] = []
    for keyword in call.keywords:
        found += _argument(file, keyword, unit)
    names = {keyword.arg for keyword in call.keywords}
    if names & _CONTEXT_ONLY and not names & _FALLBACKS:
        found.append(Trace(traces.FALLBACK_PATTERN, "litellm.router.context_only", file.source.span(call)))
    found += _around(file, call, unit)
    found += _by_client(file, made) if made is not None else ()
    client = _client(file, call, unit)
    for keyword in client.keywords if client is not None else ():
        found += (trace for trace in _argument(file, keyword, unit) if trace.kind == traces.RETRY)
    for loose in file.tree.loose():
        for store in loose.stores(_LIBRARY_DROPS):
            assigned = loose.parent(store)
            if isinstance(assigned, ast.Assign) and isinstance(assigned.value, ast.Constant) and assigned.value.value is True:
                found.append(Trace(traces.DROPS_ARGUMENTS, _LIBRARY_DROPS, file.source.span(store)))
    return found


def fallback_traces(file: FileClues, call: ast.Call, unit: Unit) -> list[Trace]:
    """How `with_fallbacks` builds a fallback, and what triggers it when the call narrows that."""
    found = [Trace(traces.FALLBACK_PATTERN, "langchain.with_fallbacks", file.source.span(call))]
    for keyword in call.keywords:
        found += (trace for trace in _argument(file, keyword, unit) if trace.kind == traces.FALLBACK_ON)
    return found


def _argument(file: FileClues, keyword: ast.keyword, unit: Unit) -> list[Trace]:
    name, value = keyword.arg or "", keyword.value
    span = file.source.span(value)
    if name in _RETRIES:
        return [] if isinstance(value, ast.Constant) and value.value in (0, None, False) else [Trace(traces.RETRY, name, span)]
    if name in _DROPS:
        off = isinstance(value, ast.Constant) and not value.value
        return [] if off else [Trace(traces.DROPS_ARGUMENTS, name, span)]
    if name in _TRIGGERS:
        listed = value_of(value, unit, file.tree).node
        parts = listed.elts if isinstance(listed, ast.Tuple | ast.List) else [listed]
        return [Trace(traces.FALLBACK_ON, file.resolve(part) or dotted(part), file.source.span(part)) for part in parts]
    if name == "stream" and isinstance(value, ast.Constant) and value.value is True:
        return [Trace(traces.STREAMED, name, span)]
    return []


def _around(file: FileClues, call: ast.Call, unit: Unit) -> list[Trace]:
    """Decorators and names of the functions around the call, loops that repeat it, code that never runs."""
    found: list[Trace] = []
    callee = dotted(call.func).rpartition(".")[2]
    if callee.endswith("stream") or callee.startswith("stream"):
        found.append(Trace(traces.STREAMED, callee, file.source.span(call)))
    for function in unit.functions_around(call):
        for decorator in function.decorator_list:
            func = decorator.func if isinstance(decorator, ast.Call) else decorator
            if file.is_a("retry", func):
                found.append(Trace(traces.RETRY, file.resolve(func) or dotted(func), file.source.span(decorator)))
        if file.clues.has("guard", function.name.lower()):
            place = file.source.span(function)
            name = Span(place.line, place.column, place.line, place.column + len("def ") + len(function.name))
            found.append(Trace(traces.GUARD, function.name, name))
    present: ast.AST = call
    while (parent := unit.parent(present)) is not None:
        if isinstance(parent, ast.For | ast.AsyncFor | ast.With | ast.AsyncWith):
            found += _repeats(file, parent)
        why = _dead(present, parent)
        if why:
            found.append(Trace(traces.UNREACHABLE, why, file.source.span(call)))
        present = parent
    return found


def _repeats(file: FileClues, node: ast.For | ast.AsyncFor | ast.With | ast.AsyncWith) -> list[Trace]:
    """`for attempt in Retrying(…)`."""
    sources = [node.iter] if isinstance(node, ast.For | ast.AsyncFor) else [item.context_expr for item in node.items]
    return [
        Trace(traces.RETRY, file.resolve(one.func) or dotted(one.func), file.source.span(one))
        for one in sources
        if isinstance(one, ast.Call) and file.is_a("retry", one.func)
    ]


def _dead(node: ast.AST, parent: ast.AST) -> str:
    """Why a statement never runs, as far as its own block tells."""
    if isinstance(parent, ast.If | ast.While) and isinstance(parent.test, ast.Constant) and not parent.test.value and node in parent.body:
        return f"its condition is {parent.test.value!r}"
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(parent, block, None)
        if isinstance(statements, list) and node in statements:
            before = statements[: statements.index(node)]
            if any(isinstance(one, ast.Return | ast.Raise | ast.Continue | ast.Break) for one in before):
                return "the statements before it leave"
    return ""


def _client(file: FileClues, call: ast.Call, unit: Unit) -> ast.Call | None:
    """The call that made the client, when this file shows it."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    while receiver is not None:
        placed = value_of(receiver, unit, file.tree).node
        if isinstance(placed, ast.Call):
            return placed
        receiver = receiver.value if isinstance(receiver, ast.Attribute) else None
    return None


def _by_client(file: FileClues, made: Made) -> list[Trace]:
    """What the client was made with: headers, the address of a gateway."""
    found: list[Trace] = []
    for key, value in made[1]:
        span = span_of(value)
        if key in URL_ARGUMENTS and (text := constant(value)):
            gateway = next((name for name in file.clues.names("gateway") if name in text.lower()), None)
            if gateway is not None:
                found.append(Trace(traces.GATEWAY, text[:120], span))
        elif key == "default_headers" and isinstance(value, Table):
            found += [
                Trace(traces.HEADER, f"{str(entry.key).lower()}: {entry.value.text}", entry.value.span)
                for entry in value.entries
                if isinstance(entry.value, Text)
            ]
    return found


def is_entry(file: FileClues, node: ast.AST) -> str:
    """The entry point that a function is by its decorators or its name, empty when it is none."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    for decorator in node.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        if file.is_a("entry-point", func):
            return _kind(chain(func) or "")
    names = [argument.arg for argument in node.args.args]
    return "handler" if names[:2] == ["event", "context"] else ""


def _kind(decorator: str) -> str:
    last = decorator.rpartition(".")[2]
    if last in ("command", "group", "cli"):
        return "command"
    return "worker" if last in ("task", "shared_task", "actor", "job", "scheduled_job", "flow") else "app"
