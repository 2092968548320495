"""What a call gives back: an object of a project's class, what a function of the project returns, what a library is known to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import Item, Result, Unknown
from modelaudit.domain.facts import Function
from modelaudit.domain.usage import Step
from modelaudit.link import loading, members, objects, parameters, paths
from modelaudit.link.values import (
    Arguments,
    ClassValue,
    ExternalValue,
    Frame,
    FunctionValue,
    InstanceValue,
    OptionsValue,
    PathValue,
    TextValue,
    UnknownValue,
    Value,
    with_steps,
)

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

MOST_NESTED = 2
"""Calls of one function inside one another."""
_PARSES = ("parse_args", "parse_known_args", "parse_intermixed_args")


def result(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """What the call of a term gives."""
    found = objects.validated(evaluator, expr, path, frame, depth)
    if found:
        return found
    for callee in evaluator.evaluate(expr.callee, path, frame, depth + 1):
        found.extend(_called(evaluator, callee, expr, path, frame, depth))
    return found or [UnknownValue("the result of a call")]


def _called(evaluator: Evaluator, callee: Value, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    match callee:
        case ClassValue():
            if members.is_enum(evaluator, callee):
                first = next((value for key, value in expr.arguments if key == 0), None)
                return evaluator.evaluate(first, path, frame, depth + 1) if first is not None else []
            return [InstanceValue(callee.path, callee.name, expr.arguments, path, frame, callee.steps)]
        case FunctionValue():
            return returned(evaluator, callee, expr.arguments, path, frame, depth)
        case ExternalValue():
            return _external(evaluator, callee, expr, path, frame, depth)
        case InstanceValue():
            return evaluator.member(callee, "__call__", depth)
        case PathValue():
            return paths.ran(evaluator, callee, expr, path, frame, depth)
        case UnknownValue():
            return [callee]
    return [UnknownValue("the result of a call")]


def _external(evaluator: Evaluator, callee: ExternalValue, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    last = callee.name.rpartition(".")[2]
    read = loading.called(evaluator, callee, expr, path, frame, depth)
    if read is not None:
        return read
    if last in _PARSES:
        return [OptionsValue(path, ())]
    if last == "vars" and expr.arguments:
        return evaluator.evaluate(expr.arguments[0][1], path, frame, depth + 1)
    if last in ("selectbox", "radio", "select_slider", "Dropdown"):
        options = next((value for key, value in expr.arguments if key in (1, "options", "choices")), None)
        if options is not None:
            return evaluator.evaluate(Item(options, Unknown("any"), None, expr.span), path, frame, depth + 1)
    if last == "partial" and expr.arguments:
        return evaluator.evaluate(expr.arguments[0][1], path, frame, depth + 1)
    return [ExternalValue(f"{callee.name}({_service(evaluator, last, expr, path, frame, depth)})", expr.arguments, path, frame)]


def _service(evaluator: Evaluator, last: str, expr: Result, path: str, frame: Frame | None, depth: int) -> str:
    """What a factory makes is told by its first argument: `boto3.client('bedrock-runtime')`."""
    if last not in ("client", "resource"):
        return ""
    for key, value in expr.arguments:
        if key in (0, "service_name"):
            for text in evaluator.evaluate(value, path, frame, depth + 1):
                if isinstance(text, TextValue):
                    return f"'{text.text}'"
    return ""


def returned(
    evaluator: Evaluator, function: FunctionValue, arguments: Arguments, path: str, frame: Frame | None, depth: int
) -> list[Value]:
    """What a call of a project function gives back."""
    definition = evaluator.program.function(function.path, function.name)
    if definition is None:
        return [UnknownValue("the result of a call")]
    instance = function.instance
    name = f"{function.path}:{function.name}() {instance.path}:{instance.name}" if instance else f"{function.path}:{function.name}()"
    parts = (arguments, frame, instance.arguments, instance.frame) if instance else (arguments, frame)
    return evaluator.memo.once(name, parts, depth, lambda: _run(evaluator, function, definition, arguments, path, frame, depth))


def _run(
    evaluator: Evaluator, function: FunctionValue, definition: Function, arguments: Arguments, path: str, frame: Frame | None, depth: int
) -> list[Value]:
    """A function that calls itself is followed a few times."""
    running = evaluator.running.setdefault((function.path, function.name), [])
    if len(running) >= MOST_NESTED:
        evaluator.memo.lean(running[-1])
        return []
    running.append(evaluator.memo.place)
    try:
        return _body(evaluator, function, definition, arguments, path, frame, depth)
    finally:
        running.pop()


def _body(
    evaluator: Evaluator, function: FunctionValue, definition: Function, arguments: Arguments, path: str, frame: Frame | None, depth: int
) -> list[Value]:
    bound = parameters.bind(definition, arguments)
    inner = Frame(function.path, function.name, bound, path, frame, function.instance)
    found: list[Value] = []
    for binding in evaluator.program.bindings(function.path, f"{function.name}()"):
        values = evaluator.evaluate(binding.value, function.path, inner, depth + 1)
        step = (Step(function.path, definition.span, f"returned by {function.name}()"),)
        found.extend(with_steps(value, step) for value in values)
    return found or [UnknownValue(f"what {function.name}() returns")]
