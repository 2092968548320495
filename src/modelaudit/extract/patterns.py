"""The patterns of call shapes, indexed so that a callee is looked up and never searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.shapes import CallShape

_NAMESPACES = frozenset(("azure", "google"))
"""Roots that unrelated packages share: there the second segment is the package."""


class Entry(NamedTuple):
    """A shape with the one of its patterns that matched."""

    shape: CallShape
    pattern: str


class Patterns:
    """Three ways to a shape: by its whole pattern, by the class in it, by its attribute chain."""

    def __init__(self, shapes: Iterable[CallShape]) -> None:
        self._exact: dict[str, Entry] = {}
        self._wild: list[Entry] = []
        self.by_class: dict[str, list[Entry]] = {}
        self.by_suffix: dict[str, list[CallShape]] = {}
        for shape in shapes:
            for pattern in (*shape.match, *shape.legacy):
                self._add(Entry(shape, pattern))
            for suffix in sorted(_suffixes(shape)):
                self.by_suffix.setdefault(suffix, []).append(shape)

    def typed(self, callee: str) -> Entry | None:
        """The shape of a callee whose receiver's type is known."""
        found = self._exact.get(callee)
        if found is None and "'" in callee:
            found = self._exact.get(without_literals(callee))
        return found or self._moved(callee) or next((entry for entry in self._wild if _fits(callee, entry.pattern)), None)

    def _add(self, entry: Entry) -> None:
        if "*" in entry.pattern:
            self._wild.append(entry)
            return
        # The first shape keeps a pattern, so that a project's own shapes win.
        self._exact.setdefault(entry.pattern, entry)
        tail = class_tail(entry.pattern)
        if tail is None and entry.pattern.count(".") == 1:
            tail = entry.pattern.partition(".")[2]
        if tail is not None:
            self.by_class.setdefault(tail, []).append(entry)

    def _moved(self, callee: str) -> Entry | None:
        """The same class or function under another module of its own package: `pydantic_ai.OpenAIModel`, `litellm.main.completion`."""
        parts = segments(callee)
        found = self.by_class.get(class_tail(callee) or parts[-1], ())
        near = [(_shared(parts, segments(entry.pattern)), entry) for entry in found]
        least = 2 if parts[0] in _NAMESPACES else 1
        best = max((shared for shared, _ in near), default=0)
        closest = [entry for shared, entry in near if shared == best]
        if best < least or len({entry.shape.dialect for entry in closest}) > 1:
            return None
        return closest[0]


def segments(callee: str) -> list[str]:
    """The parts between dots; dots inside quotes separate nothing."""
    if "'" not in callee:
        return callee.split(".")
    parts: list[str] = [""]
    quoted = False
    for character in callee:
        if character == "'":
            quoted = not quoted
        if character == "." and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def without_literals(callee: str) -> str:
    """`f('x').g` as `f().g`."""
    pieces = callee.split("'")
    return "".join(pieces[::2])


def is_class(part: str) -> bool:
    """Whether a part of a callee is named like a class or its instance."""
    return _CLASS_NAME.match(part) is not None


def is_distinctive(name: str) -> bool:
    """Whether a class name has at least two humps (`ChatOpenAI`): names of one word (`Agent`, `LLM`) belong to everybody."""
    return not name.isupper() and sum(character.isupper() for character in name) > 1


def class_tail(callee: str) -> str | None:
    """From the last class name on: `Client().chat` of `app.llm.Client().chat`; None when no class stands in the name."""
    if "'" not in callee:
        found = _CLASS.match(callee)
        return found[1] if found is not None else None
    parts = segments(callee)
    for index in range(len(parts) - 1, -1, -1):
        if is_class(parts[index]):
            return ".".join(parts[index:])
    return None


_CLASS_NAME = late(r"_*[A-Z]")
_CLASS = late(r"(?:.*\.)?(_*[A-Z].*)", re.DOTALL)
"""The same at once, for names without literals: there are thousands of patterns, and every call asks."""


def roots(shape: CallShape) -> frozenset[str]:
    """The top-level packages that a shape's patterns begin with."""
    return frozenset(pattern.partition(".")[0] for pattern in (*shape.match, *shape.legacy))


def _suffixes(shape: CallShape) -> set[str]:
    """The attribute chain of a shape, with the chains of its own patterns that differ in the last part only (`complete_async`)."""
    if shape.suffix is None:
        return set()
    found = {shape.suffix}
    stem = shape.suffix.rpartition(".")[0]
    for pattern in (*shape.match, *shape.legacy) if stem else ():
        tail = pattern.rpartition(").")[2]
        if tail.rpartition(".")[0] == stem:
            found.add(tail)
    return found


def _fits(callee: str, pattern: str) -> bool:
    """A `*` stands for one part or a piece of one; a leading `*.` for any receiver, which only the attribute chain can check."""
    wanted = segments(pattern)
    parts = segments(callee)
    return wanted[0] != "*" and len(wanted) == len(parts) and all(fnmatchcase(part, want) for part, want in zip(parts, wanted, strict=True))


def _shared(parts: list[str], others: list[str]) -> int:
    """Length of the common beginning."""
    count = 0
    for part, other in zip(parts, others, strict=False):
        if part != other:
            break
        count += 1
    return count
