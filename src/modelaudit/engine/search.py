"""Which of the files not read yet hold a name under which a model ID travels: asked of their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from modelaudit.discover.prefilter import Prefilter
from modelaudit.domain.pattern import late
from modelaudit.engine.outcomes import NOTHING, WANTED, Sighting

if TYPE_CHECKING:
    from modelaudit.link.demand import Demand

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_AROUND_GROUPS = (('"', '"'), ("'", "'"), ("/", '"'), ("/", "'"), (": ", ""), ("=", ""))
"""What stands around the name of a group: quotes in code, the name of a gateway before it, a colon or `=` in config files."""
_ODDLY_DEFINED = (b"def  ", b"def \\", b"def\t", b"def\\", b"def\x0c")
"""What stands before the name of a function that has something else than one blank there."""
_CALLED = late(rb"[ \t]*\(")
_IMPORT = late(rb".*\bimport\b|[ \t]*from\b")
_NAMES = late(rb"[ \t\w,.()]*+\\?\s*\Z")


class Search:
    """Looks for demanded names in the bytes of files."""

    def __init__(self, demand: Demand) -> None:
        self._uses = _by_spelling(demand.uses)
        self._classes = _by_spelling(demand.classes)
        self._environment = {variant.lower().encode() for name in demand.environment for variant in _variants(name)}
        self._stars = tuple(word.encode() for word in demand.stars)
        self._methods = {f"def {name}".lower().encode(): name.encode() for name in demand.methods}
        self._files = {name.encode() for name in demand.files}
        self._variables = {name.encode() for name in demand.environment}
        self._references = {name.encode() for name in demand.references}
        self._groups: dict[bytes, set[bytes]] = {}
        """By their lower-cased spelling."""
        for written in (f"{before}{name}{after}".encode() for name in demand.groups for before, after in _AROUND_GROUPS):
            self._groups.setdefault(written.lower(), set()).add(written)
        patterns = {
            *self._uses,
            *self._classes,
            *self._environment,
            *(self._methods and (*self._methods, *_ODDLY_DEFINED)),
            *self._groups,
            *(name.lower() for names in (self._files, self._variables, self._references) for name in names),
        }
        self._prefilter = Prefilter(tuple(sorted(patterns - {b""})))
        self.paths = frozenset(demand.paths)
        """Files that are wanted as such."""
        self.looks_inside = bool(patterns or self._stars)
        """False when files are wanted as such alone."""

    def of(self, data: bytes, *, python: bool) -> Sighting:
        """What occurs in a file."""
        present = self._prefilter.which(data)
        if not python:
            return Sighting(any(self._is_referred(pattern, data) for pattern in present))
        if self._stars and b"import *" in data and any(_imports(word, data) for word in self._stars):
            return WANTED
        if not present:
            return NOTHING
        if any(self._is_wanted(pattern, data) for pattern in present):
            return WANTED
        methods = tuple(sorted(self._defined(present, data)))
        return Sighting(False, methods) if methods else NOTHING

    def _is_referred(self, lowered: bytes, data: bytes) -> bool:
        """Whether a config file refers to a name of another, by itself or as a variable."""
        for match in re.finditer(rb"(?i)" + re.escape(lowered) + rb"(?![A-Za-z0-9_])", data):
            if match.group() in self._groups.get(lowered, ()):
                return True
            if match.group() in self._references or match.group() in self._variables:
                return match.start() == 0 or not lowered[:1].isalnum() or data[match.start() - 1] not in _WORD
        return False

    def _is_wanted(self, pattern: bytes, data: bytes) -> bool:
        if pattern in self._files or any(group in data for group in self._groups.get(pattern, ())):
            return True
        for name, words in self._uses.get(pattern, ()):
            if any(_imports(word, data) for word in words) and _has_word(name, data):
                return True
        for name, words in self._classes.get(pattern, ()):
            if any(_imports(word, data) for word in words) and _is_named(name, data):
                return True
        return pattern in self._environment and _has_word(pattern, data.lower())

    def _defined(self, present: frozenset[bytes], data: bytes) -> Iterator[bytes]:
        """Demanded methods that a file defines."""
        oddly = not present.isdisjoint(_ODDLY_DEFINED)
        for pattern, method in self._methods.items():
            if (pattern in present or oddly) and method in data and re.search(rb"\bdef[\s\\]+" + re.escape(method) + rb"\b", data):
                yield method


def _by_spelling(names: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[bytes, list[tuple[bytes, tuple[bytes, ...]]]]:
    """By their lower-cased spelling: names, with the words of the modules that offer them."""
    found: dict[bytes, list[tuple[bytes, tuple[bytes, ...]]]] = {}
    for name, words in names:
        found.setdefault(name.lower().encode(), []).append((name.encode(), tuple(word.encode() for word in words)))
    return found


def _variants(name: str) -> set[str]:
    """An environment variable, and what is left of it without its prefixes: `APP_SUMMARY_MODEL`, `SUMMARY_MODEL`."""
    parts = name.upper().split("_")
    return {"_".join(parts[index:]) for index in range(len(parts)) if len(parts) - index > 1 or index == 0}


def _imports(word: bytes, data: bytes) -> bool:
    """Whether a word is part of an import: in a line that begins one, or in one of nothing but names, as in brackets behind it."""
    for at in _places(word, data):
        code, inside = _line(at, data)
        if inside and (_IMPORT.match(code) or _NAMES.match(code)):
            return True
    return False


def _is_named(name: bytes, data: bytes) -> bool:
    """Whether a file does more with a class than import it and make instances: inherits from it, annotates with it, hands it on."""
    for at in _places(name, data):
        code, inside = _line(at, data)
        if not inside or _CALLED.match(data, at + len(name)) or _IMPORT.match(code):
            continue
        opening = data.rfind(b"(", 0, at) if _NAMES.match(code) else -1
        if opening < 0 or not _IMPORT.match(_line(opening, data)[0]):
            return True
    return False


def _line(at: int, data: bytes) -> tuple[bytes, bool]:
    """The line of a place without its comment, and whether the place is in what is left."""
    start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
    code = data[start : len(data) if end < 0 else end].partition(b"#")[0]
    return code, at - start < len(code)


def _has_word(word: bytes, data: bytes) -> bool:
    return next(_places(word, data), None) is not None


def _places(word: bytes, data: bytes) -> Iterator[int]:
    """Where a word stands that is no part of another."""
    at = data.find(word)
    while at >= 0:
        end = at + len(word)
        if (at == 0 or data[at - 1] not in _WORD) and (end >= len(data) or data[end] not in _WORD):
            yield at
        at = data.find(word, at + 1)
