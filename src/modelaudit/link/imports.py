"""Modules of the tree: what an import binds, and what a module holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.location import Span
from modelaudit.domain.usage import Step
from modelaudit.link.values import ExternalValue, ModuleValue, UnknownValue, Value, with_steps

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator


def exports(evaluator: Evaluator, path: str, name: str) -> bool:
    """Whether `from path import *` gives the name."""
    listed = evaluator.program.files[path].exports
    return name in listed if listed is not None else not name.startswith("_")


def module_path(evaluator: Evaluator, module: str, level: int, path: str) -> str | None:
    """The file of a module as an import in `path` names it; None outside the tree."""
    return evaluator.program.modules.imported(module, level, path)


def imported(evaluator: Evaluator, module: str, attribute: str | None, level: int, path: str, span: Span, depth: int) -> list[Value]:
    """What an import binds: a module, or a name of one with the step that leads there."""
    dotted = evaluator.program.modules.relative(module, level, path) if level else module
    target = module_path(evaluator, module, level, path)
    step = (Step(path, span, f"imported from {'.' * level}{module}" if attribute else f"imported module {module}"),)
    if attribute is None:
        return (
            [ModuleValue(dotted, target, ())]
            if target is not None or evaluator.program.modules.is_package(dotted)
            else [ExternalValue(module, (), path, None)]
        )
    if target in evaluator.program.files and target != path:
        values = evaluator.lookup(attribute, target, None, depth + 1)
        if any(not isinstance(value, UnknownValue) for value in values):
            return [with_steps(value, step) for value in values]
    inner = module_path(evaluator, f"{module}.{attribute}" if module else attribute, level, path)
    if inner is not None:
        return [ModuleValue(f"{dotted}.{attribute}", inner, ())]
    if target is not None or level:
        return [UnknownValue(f"{attribute} is not found in {'.' * level}{module}")]
    return [ExternalValue(f"{module}.{attribute}", (), path, None)]


def member(evaluator: Evaluator, base: ModuleValue, name: str, depth: int) -> list[Value]:
    """`module.name`: one of its names, or a module inside it."""
    if base.path in evaluator.program.files:
        values = evaluator.lookup(name, base.path, None, depth + 1)
        if any(not isinstance(value, UnknownValue) for value in values):
            return values
    dotted = f"{base.dotted}.{name}"
    target = evaluator.program.modules.exact(dotted) or evaluator.program.modules.find(dotted, base.path or "")
    if target is not None or evaluator.program.modules.is_package(dotted):
        return [ModuleValue(dotted, target, base.steps)]
    return [UnknownValue(f"{name} is not found in {base.dotted}")]
