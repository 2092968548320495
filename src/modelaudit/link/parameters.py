"""Parameters: what calls pass for them, and what they default to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Attribute, Entry, Expr, Item, Name, Table, Text
from modelaudit.domain.facts import Call, Function
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Step
from modelaudit.link import handed
from modelaudit.link.callees import COMMON_METHODS
from modelaudit.link.values import (
    ANY_ARGUMENTS,
    Arguments,
    ClassValue,
    ExternalValue,
    Frame,
    FunctionValue,
    InstanceValue,
    TextValue,
    UnknownValue,
    Value,
    with_steps,
)

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

MOST_CALLERS = 400
"""Calls of one function that are looked at."""


def bind(function: Function, arguments: Arguments) -> tuple[tuple[str, Expr], ...]:
    """Which argument each parameter of a function gets in a call."""
    bound: list[tuple[str, Expr]] = []
    positional = [parameter.name for parameter in function.parameters if parameter.kind == "positional"]
    named = {parameter.name for parameter in function.parameters if parameter.kind in ("positional", "keyword")}
    rest: list[Entry] = []
    for place, (key, value) in enumerate(arguments):
        if isinstance(key, int):
            if key < len(positional):
                bound.append((positional[key], value))
        elif key == "*":
            bound += _spread(value, positional[place:])
        elif key == SPREAD:
            rest.append(Entry(SPREAD, value))
        elif key in named:
            bound.append((key, value))
        else:
            rest.insert(0, Entry(key, value))
    given = {name for name, _ in bound}
    span = getattr(arguments[0][1], "span", None) if arguments else None
    for spread in [entry.value for entry in rest if entry.key == SPREAD]:
        where = getattr(spread, "span", span)
        if where is not None:
            bound.extend((name, Item(spread, Text(name, where), None, where)) for name in sorted(named - given))
    keywords = next((parameter.name for parameter in function.parameters if parameter.kind == "**"), None)
    if keywords is not None and rest:
        bound.append((keywords, Table(tuple(rest), mapping=True)))
    return tuple(bound)


def _spread(value: Expr, names: list[str]) -> list[tuple[str, Expr]]:
    """`*values` fills the positional parameters that are left."""
    where = getattr(value, "span", None) or Span(0, 0, 0, 0)
    return [(name, Item(value, Text(str(index), where), None, where)) for index, name in enumerate(names)]


def parameter(evaluator: Evaluator, ref: str, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """A parameter's values: the argument of the call at hand, else the default and what every caller in the tree passes."""
    function, _, name = ref[:-1].rpartition("(")
    if frame is not None and frame.path == path and frame.function == function:
        for bound, argument in frame.bound:
            if bound == name:
                return evaluator.evaluate(argument, frame.caller_path, frame.caller, depth + 1)
        if frame.instance is None or not frame.bound:
            found = _defaults(evaluator, ref, path, depth)
            if found or evaluator.program.bindings(path, ref):
                return found  # a default of None is one: nothing is given
            return [UnknownValue(f"parameter {name} of {_shown(function)}() is not given", outside=True)]
    found = _defaults(evaluator, ref, path, depth)
    found.extend(_from_callers(evaluator, path, function, name, depth))
    found.extend(handed.options(evaluator, path, function, name))
    if found:
        return found
    annotation = evaluator.program.annotations.get((path, ref))
    if annotation is not None and not _says_nothing(annotation) and not _gathers(evaluator, path, function, name):
        made: list[Value] = []
        for value in evaluator.evaluate(annotation, path, None, depth + 1):
            if isinstance(value, ClassValue):
                made.append(InstanceValue(value.path, value.name, ANY_ARGUMENTS, path, None, ()))
            elif isinstance(value, ExternalValue):
                made.append(ExternalValue(f"{value.name}()", (), path, None))
        if made:
            return made
    return [
        UnknownValue(f"parameter {name} of {_shown(function)}() has no default and no call in the scanned tree passes one", outside=True)
    ]


def _says_nothing(annotation: Expr) -> bool:
    """Annotations that name no class of which something is known."""
    match annotation:
        case Name(ref=ref):
            return ref in (
                "Any",
                "str",
                "dict",
                "list",
                "tuple",
                "set",
                "object",
                "int",
                "float",
                "bool",
                "Dict",
                "List",
                "Mapping",
                "None",
            )
        case Attribute(base=Name(ref="typing" | "t" | "collections")):
            return True
    return False


def _gathers(evaluator: Evaluator, path: str, function: str, name: str) -> bool:
    """`*name` and `**name`, whose annotation is that of each argument."""
    definition = evaluator.program.function(path, function)
    return definition is not None and any(entry.name == name and entry.kind in ("*", "**") for entry in definition.parameters)


def _defaults(evaluator: Evaluator, ref: str, path: str, depth: int) -> list[Value]:
    found: list[Value] = []
    for binding in evaluator.program.bindings(path, ref):
        found.extend(evaluator.binding(binding, path, None, depth))
    return found


def _from_callers(evaluator: Evaluator, path: str, function: str, name: str, depth: int) -> list[Value]:
    found: list[Value] = []
    for caller in callers(evaluator, path, function, depth):
        argument = caller.bound.get(name)
        if argument is None:
            continue
        step = (Step(caller.path, caller.call.span, f"passed to {_shown(function)}() as {name}"),)
        for value in evaluator.evaluate(argument, caller.path, None, depth + 1):
            if isinstance(value, TextValue) and not caller.sure:
                value = value._replace(sure=False)
            found.append(with_steps(value, step))
    return found


class Caller(NamedTuple):
    """A call of a function of the tree."""

    path: str
    call: Call
    sure: bool
    """False where only the method's name agrees."""
    bound: dict[str, Expr]
    """The argument that each parameter gets."""


def callers(evaluator: Evaluator, path: str, function: str, depth: int) -> list[Caller]:
    """Calls of a function in the tree; asked once for each function, whatever its parameter."""
    known = evaluator.callers.get((path, function))
    if known is not None:
        return known
    found: list[Caller] = []
    evaluator.callers[path, function] = found
    definition = evaluator.program.function(path, function)
    if definition is None:
        return found
    owner, _, last = function.rpartition(".")
    names = _constructor_names(evaluator, path, owner) if last in ("__init__", "__new__", "__post_init__") else [last]
    for name in dict.fromkeys((*names, last) if last == "__init__" else names):
        for caller, call in evaluator.program.calls.get(name, ())[:MOST_CALLERS]:
            verdict = _calls(evaluator, caller, call, path, function, depth)
            if verdict is not None:
                found.append(Caller(caller, call, verdict, dict(bind(definition, call.arguments))))
    return found


def _constructor_names(evaluator: Evaluator, path: str, owner: str) -> list[str]:
    names = [owner.rpartition(".")[2]]
    for sub_path, sub_name in evaluator.inheritance.subclasses(path, owner):
        if evaluator.program.function(sub_path, f"{sub_name}.__init__") is None:
            names.extend(_constructor_names(evaluator, sub_path, sub_name))
    return names


def _calls(evaluator: Evaluator, caller: str, call: Call, path: str, function: str, depth: int) -> bool | None:
    """Whether a call is one of `function`: True, False (by name only), None (no)."""
    owner, _, last = function.rpartition(".")
    values = _callee_values(evaluator, caller, call, depth)
    unknown = bool(values) and all(isinstance(value, UnknownValue) for value in values)
    for value in values:
        if isinstance(value, FunctionValue) and value.path == path and value.name == function:
            return True
        if isinstance(value, FunctionValue) and value.name.rpartition(".")[2] == last and _overrides(evaluator, value, path, owner):
            return True
        if isinstance(value, ClassValue) and last == "__init__" and _is_built_by(evaluator, value, path, owner):
            return True
    by_name = unknown and isinstance(call.callee, Attribute) and last not in COMMON_METHODS and not last.startswith("__")
    return False if by_name and evaluator.program.means(last, caller, path) else None


def _callee_values(evaluator: Evaluator, caller: str, call: Call, depth: int) -> list[Value]:
    key = (caller, id(call))
    known = evaluator.resolved_callees.get(key)
    if known is not None:
        return known
    evaluator.resolved_callees[key] = []
    values = evaluator.aside(call.callee, caller, depth + 1)
    evaluator.resolved_callees[key] = values
    return values


def _overrides(evaluator: Evaluator, value: FunctionValue, path: str, owner: str) -> bool:
    """A method found on a base class may be the override in `owner` when an instance of `owner` is meant; only exact owners count."""
    return bool(owner) and value.path == path and value.name.rpartition(".")[0] == owner


def _is_built_by(evaluator: Evaluator, value: ClassValue, path: str, owner: str) -> bool:
    """Constructing `value` runs the `__init__` of class `owner`."""
    present: list[ClassValue] = [value]
    for _ in range(8):
        if not present:
            return False
        head = present.pop(0)
        if head.path == path and head.name == owner:
            return True
        if evaluator.program.function(head.path, f"{head.name}.__init__") is None:
            present.extend(evaluator.inheritance.bases(head.path, head.name)[0])
    return False


def _shown(function: str) -> str:
    return function.removesuffix(".__init__")
