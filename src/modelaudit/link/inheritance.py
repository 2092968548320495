"""Classes and what they are built on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from modelaudit.domain.expr import Expr
from modelaudit.link.program import Program
from modelaudit.link.values import ClassValue, ExternalValue, Value

LONGEST_LINE = 12
"""Classes of an inheritance line that are looked at."""

Line: TypeAlias = tuple[tuple[str, str], ...]
"""Classes by file and name."""


class Inheritance:
    """Looks up each class once. What a base means is asked of `evaluate`, which may in turn ask for other bases."""

    def __init__(self, program: Program, evaluate: Callable[[Expr, str], list[Value]]) -> None:
        self._program = program
        self._evaluate = evaluate
        self._bases: dict[tuple[str, str], tuple[tuple[ClassValue, ...], tuple[str, ...]]] = {}
        self._subclasses: dict[tuple[str, str], list[tuple[str, str]]] | None = None
        self._lines: dict[tuple[str, str], Line] = {}
        self._asking = 0
        """How many classes' bases are being looked for: what is known of lines meanwhile is not all."""

    def bases(self, path: str, name: str) -> tuple[tuple[ClassValue, ...], tuple[str, ...]]:
        """Base classes in the project, and names of those outside it."""
        known = self._bases.get((path, name))
        if known is not None:
            return known
        self._bases[path, name] = ((), ())
        inside: list[ClassValue] = []
        outside: list[str] = []
        definition = self._program.class_(path, name)
        self._asking += 1
        for base in definition.bases if definition else ():
            for value in self._evaluate(base, path):
                if isinstance(value, ClassValue) and (value.path, value.name) != (path, name):
                    inside.append(value)
                elif isinstance(value, ExternalValue):
                    outside.append(value.name)
        self._asking -= 1
        self._bases[path, name] = (tuple(inside), tuple(outside))
        return self._bases[path, name]

    def line(self, path: str, name: str) -> Line:
        """The class and its project bases, nearest first."""
        known = self._lines.get((path, name))
        if known is not None:
            return known
        line: list[tuple[str, str]] = []
        waiting = [(path, name)]
        while waiting and len(line) < LONGEST_LINE:
            head = waiting.pop(0)
            if head in line:
                continue
            line.append(head)
            waiting.extend((base.path, base.name) for base in self.bases(*head)[0])
        if not self._asking:
            self._lines[path, name] = tuple(line)
        return tuple(line)

    def subclasses(self, path: str, name: str) -> list[tuple[str, str]]:
        """Project classes built directly on a class."""
        if self._subclasses is None:
            self._subclasses = {}
            for other, entry in self._program.classes():
                for base in self.bases(other, entry.name)[0]:
                    self._subclasses.setdefault((base.path, base.name), []).append((other, entry.name))
        return self._subclasses.get((path, name), [])
