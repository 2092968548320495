"""Attributes of project classes and instances: class attributes, fields, `self.x`, properties, settings from the environment, enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD
from modelaudit.domain.facts import Binding, BindingKind, Class
from modelaudit.domain.usage import Step
from modelaudit.link import objects, parameters
from modelaudit.link.environments import definitions
from modelaudit.link.values import (
    ANY_ARGUMENTS,
    ClassValue,
    Frame,
    FunctionValue,
    InstanceValue,
    OptionsValue,
    TextValue,
    UnknownValue,
    Value,
    with_steps,
)

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

MOST_DESCENDANTS = 100
"""Classes on a base class that count: frameworks have one for each provider."""


def of_class(evaluator: Evaluator, owner: ClassValue, name: str, depth: int) -> list[Value]:
    """`Settings.model`, `Model.GPT4`, `Outer.Inner`, `Bot.ask`."""
    found = _declared(evaluator, owner.path, owner.name, name, None, depth)
    if found:
        return [with_steps(value, owner.steps) for value in found]
    if is_enum(evaluator, owner) and name in ("value", "__members__"):
        return [UnknownValue(f"any member of {owner.name}")]
    return [UnknownValue(f"{owner.name}.{name} has no value in the scanned tree")]


def of_instance(evaluator: Evaluator, owner: InstanceValue, name: str, depth: int) -> list[Value]:
    """An attribute of an object whose construction is known."""
    if any(key == "*" for key, _ in owner.arguments):
        return of_any_instance(evaluator, owner.path, owner.name, name, depth, below=False)
    given = _given(evaluator, owner, name, depth)
    if given is not None:
        return [with_steps(value, owner.steps) for value in given]
    frame = _construction(evaluator, owner)
    found = _declared(evaluator, owner.path, owner.name, name, frame, depth, owner)
    found = found or _environment(evaluator, owner.path, owner.name, name, depth)
    return [with_steps(value, owner.steps) for value in found] or [UnknownValue(f"{owner.name}.{name} has no value in the scanned tree")]


def _construction(evaluator: Evaluator, owner: InstanceValue) -> Frame | None:
    """The call of the constructor that made an object; one and the same for all that is asked of it, so that answers are found again."""
    key = (owner.path, owner.name, id(owner.arguments), id(owner.frame), owner.steps)
    known = evaluator.constructions.get(key)
    if known is not None:
        return known
    constructor = _constructor(evaluator, owner.path, owner.name)
    definition = evaluator.program.function(*constructor) if constructor is not None else None
    if constructor is None or definition is None:
        return None
    bound = parameters.bind(definition, owner.arguments)
    frame = Frame(constructor[0], constructor[1], bound, owner.arguments_path, owner.frame, owner)
    evaluator.constructions[key] = frame
    return frame


def of_any_instance(evaluator: Evaluator, path: str, owner: str, name: str, depth: int, *, below: bool = True) -> list[Value]:
    """`self.name` inside a method: whatever the class, its subclasses or any construction of it in the tree may give it. An object that an
    annotation promises is taken for one of that very class: counting all that are `below` it would let every ID reach every call."""
    found = _declared(evaluator, path, owner, name, None, depth)
    found.extend(_constructed(evaluator, path, owner, name, depth))
    for sub_path, sub_name in _descendants(evaluator, path, owner) if below else ():
        found.extend(_own(evaluator, sub_path, sub_name, name, None, depth))
        found.extend(_constructed(evaluator, sub_path, sub_name, name, depth))
    if found:
        return found
    nested = evaluator.program.class_(path, f"{owner}.{name}")
    if nested is not None:
        return [ClassValue(path, nested.name, ())]
    if name in _fields(evaluator, path, owner):
        return [UnknownValue(f"field {name} of {owner} has no default, and nothing in the scanned tree gives it one", outside=True)]
    return [UnknownValue(f"attribute {name} of {owner} is set nowhere in the scanned tree")]


def at(evaluator: Evaluator, owner: ClassValue | InstanceValue | OptionsValue, index: int, depth: int) -> list[Value]:
    """`owner[0]`: a field of a NamedTuple, whose fields have an order."""
    fields = _fields(evaluator, owner.path, owner.name) if isinstance(owner, InstanceValue) else ()
    if isinstance(owner, InstanceValue) and index < len(fields) and _is_ordered(evaluator, owner):
        return of_instance(evaluator, owner, fields[index], depth)
    return [UnknownValue("part of an object that is no list")]


def _is_ordered(evaluator: Evaluator, owner: InstanceValue) -> bool:
    return any(name.rpartition(".")[2] in ("NamedTuple", "namedtuple") for name in _outside(evaluator, owner.path, owner.name))


def of_part(evaluator: Evaluator, path: str, owner: str, part: str, name: str, depth: int) -> list[Value]:
    """What methods of a class assign to `self.part.name`."""
    found: list[Value] = []
    for class_path, class_name in evaluator.inheritance.line(path, owner):
        for binding in evaluator.program.bindings(class_path, f"{class_name}.{part}.{name}"):
            found.extend(evaluator.binding(binding, class_path, None, depth))
    return found


def is_enum(evaluator: Evaluator, owner: ClassValue) -> bool:
    """A class whose line of bases ends in an enum."""
    return any(name.rpartition(".")[2].endswith(("Enum", "Flag")) for name in _outside(evaluator, owner.path, owner.name))


def enum_members(evaluator: Evaluator, owner: ClassValue, depth: int) -> list[Value]:
    """The values of every member of an enum, in the order they are written."""
    prefix = f"{owner.name}."
    found: list[Value] = []
    for binding in evaluator.program.fields(owner.path, prefix):
        found.extend(evaluator.binding(binding, owner.path, None, depth + 1))
    return [with_steps(value, owner.steps) for value in found]


def has_constructor(evaluator: Evaluator, owner: ClassValue) -> bool:
    """Somebody wrote an `__init__` for the class or a base of it in the tree."""
    return _constructor(evaluator, owner.path, owner.name) is not None


def _descendants(evaluator: Evaluator, path: str, name: str) -> list[tuple[str, str]]:
    """Project classes built on the class, over any number of steps, nearest first."""
    found: list[tuple[str, str]] = []
    waiting = evaluator.inheritance.subclasses(path, name)
    while waiting and len(found) < MOST_DESCENDANTS:
        found.extend(head for head in waiting if head not in found)
        waiting = [below for head in waiting for below in evaluator.inheritance.subclasses(*head) if below not in found]
    return found


def _outside(evaluator: Evaluator, path: str, name: str) -> list[str]:
    return [outside for entry in evaluator.inheritance.line(path, name) for outside in evaluator.inheritance.bases(*entry)[1]]


def _declared(
    evaluator: Evaluator, path: str, owner: str, name: str, frame: Frame | None, depth: int, instance: InstanceValue | None = None
) -> list[Value]:
    """What the nearest class of the line says of an attribute."""
    for class_path, class_name in evaluator.inheritance.line(path, owner):
        found = _own(evaluator, class_path, class_name, name, frame, depth, instance)
        if found:
            return [*found, *_handed_up(evaluator, path, owner, name, frame, depth)]
    return _handed_up(evaluator, path, owner, name, frame, depth)


def _handed_up(evaluator: Evaluator, path: str, owner: str, name: str, frame: Frame | None, depth: int) -> list[Value]:
    """What constructors of the line pass to their base class under the name of an attribute."""
    found: list[Value] = []
    for class_path, class_name in evaluator.inheritance.line(path, owner):
        for binding in evaluator.program.bindings(class_path, f"{class_name}.super({name})"):
            found.extend(evaluator.binding(binding, class_path, frame, depth))
    return found


def _own(
    evaluator: Evaluator, path: str, owner: str, name: str, frame: Frame | None, depth: int, instance: InstanceValue | None = None
) -> list[Value]:
    found: list[Value] = []
    bindings = evaluator.program.bindings(path, f"{owner}.{name}")
    for binding in bindings:
        found.extend(evaluator.binding(binding, path, frame, depth))
    if bindings and any(binding.kind is BindingKind.FIELD for binding in bindings):
        found.extend(_environment(evaluator, path, owner, name, depth))
    method = evaluator.program.function(path, f"{owner}.{name}")
    if method is not None:
        bound = FunctionValue(path, method.name, instance, ())
        found.extend(evaluator.returned(bound, (), path, None, depth) if method.kind == "property" else [bound])
    nested = evaluator.program.class_(path, f"{owner}.{name}")
    if nested is not None:
        found.append(ClassValue(path, nested.name, ()))
    if not found:
        annotation = evaluator.program.annotations.get((path, f"{owner}.{name}"))
        if annotation is not None:
            found += [
                InstanceValue(value.path, value.name, ANY_ARGUMENTS, path, None, ())
                for value in evaluator.evaluate(annotation, path, None, depth + 1)
                if isinstance(value, ClassValue)
            ]
    return found


def _constructor(evaluator: Evaluator, path: str, owner: str) -> tuple[str, str] | None:
    for class_path, class_name in evaluator.inheritance.line(path, owner):
        if evaluator.program.function(class_path, f"{class_name}.__init__") is not None:
            return class_path, f"{class_name}.__init__"
    return None


def _fields(evaluator: Evaluator, path: str, owner: str) -> tuple[str, ...]:
    definitions = [evaluator.program.class_(*entry) for entry in reversed(evaluator.inheritance.line(path, owner))]
    return tuple(dict.fromkeys(field for definition in definitions if definition is not None for field in definition.fields))


def _given(evaluator: Evaluator, owner: InstanceValue, name: str, depth: int) -> list[Value] | None:
    """The constructor argument for a field of a dataclass, pydantic model or NamedTuple; None when the call gives none."""
    if _constructor(evaluator, owner.path, owner.name) is not None:
        return None
    fields = _fields(evaluator, owner.path, owner.name)
    if name not in fields:
        return None
    aliases = _aliases(evaluator, owner.path, owner.name, name)
    for key, value in owner.arguments:
        if key == name or key in aliases or (isinstance(key, int) and key == fields.index(name)):
            return evaluator.evaluate(value, owner.arguments_path, owner.frame, depth + 1) or None
    line = evaluator.inheritance.line(owner.path, owner.name)
    return objects.poured(evaluator, owner, (name, *aliases), line, depth) or None


def _constructed(evaluator: Evaluator, path: str, owner: str, name: str, depth: int) -> list[Value]:
    """What any call of the class in the tree gives a field."""
    found: list[Value] = []
    fields = _fields(evaluator, path, owner)
    if name not in fields or _constructor(evaluator, path, owner) is not None:
        return found
    for caller, call in evaluator.program.calls.get(owner.rpartition(".")[2], ())[: parameters.MOST_CALLERS]:
        for key, value in call.arguments:
            if key == SPREAD:
                made = InstanceValue(path, owner, ((SPREAD, value),), caller, None, ())
                found += objects.poured(evaluator, made, (name,), ((path, owner),), depth)
            if key == name or (isinstance(key, int) and key == fields.index(name)):
                if not any(
                    isinstance(callee, ClassValue) and callee.name == owner
                    for callee in evaluator.evaluate(call.callee, caller, None, depth + 1)
                ):
                    continue
                step = (Step(caller, call.span, f"passed to {owner}() as {name}"),)
                found.extend(with_steps(inner, step) for inner in evaluator.evaluate(value, caller, None, depth + 1))
    return found


def _aliases(evaluator: Evaluator, path: str, owner: str, field: str) -> list[str]:
    found: list[str] = []
    for entry in evaluator.inheritance.line(path, owner):
        definition = evaluator.program.class_(*entry)
        found.extend(alias for name, alias in (definition.aliases if definition else ()) if name == field)
    return found


def _environment(evaluator: Evaluator, path: str, owner: str, field: str, depth: int) -> list[Value]:
    """A field of a pydantic-settings class also comes from the environment, under its prefix or alias, in any case."""
    if not any(name.rpartition(".")[2] == "BaseSettings" for name in _outside(evaluator, path, owner)):
        return []
    line = [definition for entry in evaluator.inheritance.line(path, owner) if (definition := evaluator.program.class_(*entry)) is not None]
    wanted = {name.lower() for name in _environment_names(line, field)}
    found: list[Value] = []
    for name in sorted({*evaluator.program.environment, *evaluator.program.plain}):
        for other, binding in definitions(evaluator.program, name, path) if name.lower() in wanted else ():
            found.extend(_from_file(evaluator, other, binding, depth))
    found += objects.from_settings_file(evaluator, evaluator.inheritance.line(path, owner), field, depth)
    places = [binding.span for binding in evaluator.program.bindings(path, f"{owner}.{field}")[:1] if binding.kind is BindingKind.FIELD]
    definition = evaluator.program.class_(path, owner)
    if not places and definition is not None and field in definition.fields:
        places = [definition.span]  # a field without a default stands somewhere below
    step = tuple(Step(path, place, f"field {owner}.{field}") for place in places)
    return [with_steps(value, step) for value in found]


def _environment_names(line: list[Class], field: str) -> list[str]:
    aliases = [alias for definition in line for name, alias in definition.aliases if name == field]
    prefix = next((definition.env_prefix for definition in line if definition.env_prefix is not None), "")
    return [*aliases, f"{prefix}{field}"]


def _from_file(evaluator: Evaluator, path: str, binding: Binding, depth: int) -> list[Value]:
    values = evaluator.once(path, binding, depth)
    if any(isinstance(value, TextValue) for value in values):
        evaluator.consumed.add((path, binding))
    return values
