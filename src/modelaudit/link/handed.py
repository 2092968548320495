"""Functions that another program calls because a config file names them: what it hands to them is in that file.

promptfoo calls `call_api(prompt, options, context)` of the file behind `file://`, or the function named there; `options["config"]` is the
provider's configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import Choice, Entry, Expr, Name, Table
from modelaudit.domain.facts import Binding
from modelaudit.domain.usage import Step
from modelaudit.link.configs import Leaf, Tree, parts, put
from modelaudit.link.values import TableValue

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

KIND = "handed"
_OPTIONS = 1
"""Position of the parameter that gets the configuration."""


def target(name: str) -> str:
    """The file with the function that a binding is handed to; empty for other bindings."""
    kind, _, rest = name.partition(":")
    return rest.partition(":")[0] if kind == KIND else ""


def options(evaluator: Evaluator, path: str, function: str, parameter: str) -> list[TableValue]:
    """What a parameter of a function gets from the files that name the function, one table for each time."""
    found = evaluator.program.handed.get((path, function))
    definition = evaluator.program.function(path, function) if found else None
    if not found or definition is None:
        return []
    positional = [entry.name for entry in definition.parameters if entry.kind == "positional"]
    if positional[_OPTIONS : _OPTIONS + 1] != [parameter]:
        return []
    times: dict[tuple[str, tuple[str | int, ...]], list[Binding]] = {}
    for config, binding in found:
        keys = _keys(binding)
        times.setdefault((config, keys[: keys.index("config")]), []).append(binding)
    return [
        TableValue(config, _table(_tree(bindings)), None, (Step(config, bindings[0].span, f"handed to {function}() as {parameter}"),))
        for (config, _), bindings in times.items()
    ]


def _keys(binding: Binding) -> tuple[str | int, ...]:
    return parts(_key(binding))


def _key(binding: Binding) -> str:
    """The name of the same value in its own file."""
    return f"key:{binding.name.split(':', 3)[3]}"


def _tree(bindings: list[Binding]) -> Tree:
    tree: Tree = {}
    for binding in bindings:
        keys = _keys(binding)
        put(tree, keys[keys.index("config") :], binding)
    return tree


def _table(tree: Tree) -> Table:
    entries = tuple(Entry(key, _value(leaf), leaf.bindings[0].span if leaf.bindings else None) for key, leaf in tree.items())
    return Table(entries, mapping=not all(isinstance(key, int) for key in tree))


def _value(leaf: Leaf) -> Expr:
    if not leaf.bindings:
        return _table(leaf.below)
    names = tuple(Name(_key(binding), binding.span) for binding in leaf.bindings)
    return names[0] if len(names) == 1 else Choice(names)
