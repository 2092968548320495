"""What extraction and linking are told of spellings and calls; it stands apart from what reads programs, which many runs never load."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Protocol

from modelaudit.domain.shapes import CallNames, Clue, PlatformHint
from modelaudit.extract.clues import Clues
from modelaudit.extract.shapes import ShapeIndex

GENERIC = "generic"
"""Shape of a call of an unknown callee with a model-like keyword; it counts only when a model ID reaches it."""
BODY = "request-body"
"""Shape of a call that is given a mapping with a model in it: `post(url, json={"model": …})`."""
FALLBACK_WRAPPER = "fallback-wrapper"
"""Operation of calls that only arrange models made elsewhere; what they are given may be no ID at all."""
PLAIN_BASES = frozenset(
    ("ABC", "object", "Generic", "Protocol", "BaseModel", "BaseSettings", "TypedDict", "NamedTuple", "namedtuple", "make_dataclass",
     "SQLModel", "Struct", "Exception")
)  # fmt: skip
"""Bases that only keep what an object is given: a class on them chooses no model by being made."""


class Words(Protocol):
    """What extraction needs to know of spellings; `identify.Identifier` has it."""

    def is_candidate(self, text: str) -> bool:
        """The whole text is spelled like a model ID."""

    def is_weak(self, text: str) -> bool:
        """The ID is also an ordinary word or name, so it counts only where a model is expected."""

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        """Whole known IDs inside a longer text."""


class CallVocabulary:
    """What the feed knows of calls: shapes, names for unknown callees, platform evidence at clients."""

    def __init__(self, shapes: ShapeIndex, names: CallNames, hints: tuple[PlatformHint, ...], clues: tuple[Clue, ...] = ()) -> None:
        self.shapes = shapes
        self.names = names
        self.hints = hints
        self._clues = clues
        self.keywords = {name.name: name for name in names.arguments}
        self._ignored = frozenset(pattern for pattern in names.ignored if "*" not in pattern)
        globs = [pattern for pattern in names.ignored if "*" in pattern]
        # Nearly all are ends and beginnings, which need no expression each.
        self._ignored_ends = tuple(glob[1:] for glob in globs if _is_plain(glob[1:]))
        self._ignored_starts = tuple(glob[:-1] for glob in globs if _is_plain(glob[:-1]))
        self._ignored_globs = tuple(glob for glob in globs if not _is_plain(glob[1:]) and not _is_plain(glob[:-1]))
        self._answers: dict[str, bool] = {}

    @cached_property
    def clues(self) -> Clues:
        """What callees near a model call mean."""
        return Clues(self._clues)

    @cached_property
    def packages(self) -> frozenset[str]:
        """The packages whose releases matter, as requirements compare them."""
        return frozenset(re.sub(r"[-_.]+", "-", shape.package.partition("[")[0]).lower() for shape in self.shapes.shapes)

    @cached_property
    def roots(self) -> frozenset[str]:
        """What programs import when they call something that takes a model."""
        return frozenset(pattern.partition(".")[0] for shape in self.shapes.shapes for pattern in shape.match) - {"*"}

    def is_ignored(self, dotted: str) -> bool:
        """Calls whose arguments choose no model: assertions, logging, result objects."""
        tail = ".".join(dotted.split(".")[-2:])
        known = self._answers.get(tail)
        if known is None:
            last = tail.rpartition(".")[2]
            known = any(
                name in self._ignored
                or name.endswith(self._ignored_ends)
                or name.startswith(self._ignored_starts)
                or any(fnmatchcase(name, glob) for glob in self._ignored_globs)
                for name in (last, tail)
            )
            self._answers[tail] = known
        return known


def _is_plain(text: str) -> bool:
    return not any(character in text for character in "*?[")
