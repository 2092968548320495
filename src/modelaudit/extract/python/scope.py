"""Names while a file is walked: which value each name holds at this point of the control flow."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.expr import Choice, Expr, Name
from modelaudit.domain.location import Span

MOST_OPTIONS = 16
"""A name with more possible values than this at one point keeps the first ones; linking bounds the rest."""

Values = dict[str, Expr]

NOWHERE = Span(0, 0, 0, 0)
"""The place of a term that stands for several written ones."""


class Scope:
    """One module, class or function while its body is walked. `values` maps names (and dotted names such as `cfg.llm.model`) to what they
    hold at the present point."""

    __slots__ = ("assigned", "globals", "kind", "name", "nonlocals", "owner", "parent", "values")

    def __init__(self, kind: str, name: str, parent: Scope | None, owner: str | None = None) -> None:
        self.kind = kind
        """`module`, `class` or `function`."""
        self.name = name
        """Qualified name in the file, empty for the module."""
        self.parent = parent
        self.owner = owner
        """For a method: the class it belongs to."""
        self.values: Values = {}
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.assigned: dict[str, int] = {}

    def qualify(self, name: str) -> str:
        """The file-wide name of something defined in this scope."""
        return f"{self.name}.{name}" if self.name else name

    def version(self, name: str) -> str:
        """A fresh file-wide name for one more assignment to `name`."""
        count = self.assigned.get(name, 0) + 1
        self.assigned[name] = count
        return f"{self.qualify(name)}@{count}"

    def lookup(self, name: str, span: Span) -> Expr:
        """What `name` means here: a local value, a value of an enclosing function, or a module-level name."""
        scope: Scope | None = self
        while scope is not None:
            if scope.kind == "module" and scope is not self:
                return Name(name, span)
            if (scope.kind != "class" or scope is self) and name in scope.values and name not in scope.globals:
                return scope.values[name]
            scope = scope.parent
        return Name(name, span)

    def method_of(self) -> str | None:
        """The class of the nearest method around this point."""
        scope: Scope | None = self
        while scope is not None:
            if scope.owner is not None:
                return scope.owner
            scope = scope.parent
        return None

    def enclosing(self, name: str) -> Expr | None:
        """What `name` holds in the nearest enclosing function that has it."""
        scope = self.parent
        while scope is not None and scope.kind != "module":
            if scope.kind == "function" and name in scope.values:
                return scope.values[name]
            scope = scope.parent
        return None


def merge(branches: Iterable[Values]) -> Values:
    """The values after branches meet: one `Choice` per name that differs."""
    all_branches = list(branches)
    if not all_branches:
        return {}
    first = all_branches[0]
    merged = dict(first)
    for other in all_branches[1:]:
        for name, value in other.items():
            present = merged.get(name)
            if present is None:
                merged[name] = value
            elif present is not value:
                merged[name] = choice((present, value))
    return merged


def choice(options: Iterable[Expr]) -> Expr:
    """A flat `Choice` without repetitions; a single option stands for itself."""
    flat: list[Expr] = []
    for option in options:
        for single in option.options if isinstance(option, Choice) else (option,):
            if not any(type(single) is type(known) and single == known for known in flat):
                flat.append(single)
    return flat[0] if len(flat) == 1 else Choice(tuple(flat[:MOST_OPTIONS]))
