"""Read the files that matter: those that may hold a model ID, then those to which linked names lead, until nothing new is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from modelaudit.discover.languages import language_of, language_of_script
from modelaudit.discover.prefilter import Prefilter
from modelaudit.discover.read import Oversized, read
from modelaudit.discover.tree import SourceFile
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.report import Skipped
from modelaudit.engine.anchors import Anchors
from modelaudit.extract.extractor import Extractor
from modelaudit.link.demand import Demand, demanded

MOST_ROUNDS = 12
"""Hops between files after which the search for linked names ends."""


class Gathered(NamedTuple):
    """The facts of every file that was read with a parser, and what was passed over."""

    facts: tuple[FileFacts, ...]
    skipped: tuple[Skipped, ...]
    notifications: tuple[Notification, ...]


class Gathering:
    """One run over the files of a tree."""

    def __init__(self, extractor: Extractor, anchors: Anchors | None, *, max_size: int) -> None:
        """`anchors` None reads every file with a parser."""
        self._extractor = extractor
        self._anchors = anchors
        self._max_size = max_size
        self._facts: list[FileFacts] = []
        self._skipped: list[Skipped] = []
        self._cold: list[SourceFile] = []

    def run(self, files: Iterable[SourceFile]) -> Gathered:
        """All rounds."""
        for file in files:
            self._first(file)
        searched: Demand | None = None
        for _ in range(MOST_ROUNDS):
            if not self._cold:
                break
            demand = demanded(self._facts)
            if demand == searched or not self._follow(demand):
                break
            searched = demand
        return Gathered(tuple(sorted(self._facts, key=lambda facts: facts.path)), tuple(sorted(self._skipped)), ())

    def _first(self, file: SourceFile) -> None:
        data = self._read(file)
        if data is None:
            return
        if self._anchors is None or self._anchors.holds(data):
            self._extract(file, data)
        elif _language(file, data) == "python":
            self._cold.append(file)

    def _follow(self, demand: Demand) -> bool:
        """Read the unread files in which a demanded name occurs; False when there is none."""
        search = Search(demand)
        still: list[SourceFile] = []
        defining: dict[bytes, list[SourceFile]] = {}
        found = False
        for file in self._cold:
            data = self._read(file)
            if data is None:
                continue
            if search.matches(data):
                self._extract(file, data)
                found = True
                continue
            still.append(file)
            for method in search.methods(data):
                defining.setdefault(method, []).append(file)
        single = {files[0].path for files in defining.values() if len(files) == 1}
        for file in [file for file in still if file.path in single]:
            data = self._read(file)
            if data is not None:
                self._extract(file, data)
                found = True
        self._cold = [file for file in still if file.path not in single]
        return found

    def _read(self, file: SourceFile) -> bytes | None:
        data = read(file.full, self._max_size, follow=file.named)
        if isinstance(data, bytes):
            return data
        why = f"larger than {self._max_size} bytes" if isinstance(data, Oversized) else data.why
        self._skipped.append(Skipped(file.path, why))
        return None

    def _extract(self, file: SourceFile, data: bytes) -> None:
        language = _language(file, data)
        if language is None:
            return
        result = self._extractor.extract(file.path, language, data)
        if isinstance(result, Skipped):
            self._skipped.append(result)
        else:
            self._facts.append(result)


class Search:
    """Looks for demanded names in the bytes of a file."""

    def __init__(self, demand: Demand) -> None:
        self._uses = {name.encode(): tuple(word.encode() for word in words) for name, words in demand.uses}
        self._definitions = {name.encode() for name in demand.definitions}
        self._environment = {variant.encode() for name in demand.environment for variant in _variants(name)}
        self._stars = tuple(word.encode() for word in demand.stars)
        self._methods = {name.encode() for name in demand.methods}
        names = (*self._uses, *self._definitions, *self._methods, *self._environment)
        self._prefilter = Prefilter(tuple(sorted({name.lower() for name in names if name})))

    def matches(self, data: bytes) -> bool:
        """Whether a demanded name is used or defined in the file."""
        if b"import *" in data and any(_has_word(word, data) for word in self._stars):
            return True
        for pattern in self._prefilter.which(data):
            if self._is_wanted(pattern, data):
                return True
        return False

    def methods(self, data: bytes) -> set[bytes]:
        """Demanded methods that the file defines."""
        present = {pattern for pattern in self._prefilter.which(data)}
        return {name for name in self._methods if name.lower() in present and re.search(rb"\bdef\s+" + re.escape(name) + rb"\b", data)}

    def _is_wanted(self, lowered: bytes, data: bytes) -> bool:
        for spelled in {match.group() for match in re.finditer(rb"(?i)(?<![A-Za-z0-9_])" + re.escape(lowered) + rb"(?![A-Za-z0-9_])", data)}:
            words = self._uses.get(spelled)
            if words is not None and any(_has_word(word, data) for word in words):
                return True
            if spelled in self._definitions and re.search(rb"\b(?:def|class)\s+" + re.escape(spelled) + rb"\b", data):
                return True
            if spelled.upper() in self._environment:
                return True
        return False


def _variants(name: str) -> set[str]:
    """An environment variable, and what is left of it without its prefixes: `APP_SUMMARY_MODEL`, `SUMMARY_MODEL`."""
    parts = name.upper().split("_")
    return {"_".join(parts[index:]) for index in range(len(parts)) if len(parts) - index > 1 or index == 0}


def _has_word(word: bytes, data: bytes) -> bool:
    return re.search(rb"(?<![A-Za-z0-9_])" + re.escape(word) + rb"(?![A-Za-z0-9_])", data) is not None


def _language(file: SourceFile, data: bytes) -> str | None:
    return language_of(file.path.rpartition("/")[2]) or language_of_script(data[:128])
