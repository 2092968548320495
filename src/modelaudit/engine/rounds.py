"""Read the files that matter: those that may hold a model ID, then those to which linked names lead, until nothing new is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from modelaudit.discover.languages import language_of, language_of_script
from modelaudit.discover.prefilter import Prefilter
from modelaudit.discover.read import Oversized, is_failure, read
from modelaudit.discover.tree import SourceFile
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped
from modelaudit.engine.anchors import Anchors
from modelaudit.engine.outcomes import CLEAN, COLD, Cold, Noted, Outcome
from modelaudit.extract.extractor import Extractor
from modelaudit.link.modules import Modules
from modelaudit.parallel import Lost, map_files

if TYPE_CHECKING:
    from modelaudit.engine.keeping import Keeper
    from modelaudit.engine.unread import UnreadFiles
    from modelaudit.link.demand import Demand

MOST_ROUNDS = 12
"""Hops between files after which the search for linked names ends."""


class Gathered(NamedTuple):
    """The facts of every file that was read with a parser, and what was passed over."""

    facts: tuple[FileFacts, ...]
    skipped: tuple[Skipped, ...]
    notifications: tuple[Notification, ...]
    unread: UnreadFiles | None = None
    """The program files that no name led to."""


_CODE = frozenset(("python", "notebook"))
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_AROUND_GROUPS = (('"', '"'), ("'", "'"), ("/", '"'), ("/", "'"), (": ", ""), ("=", ""))
"""What stands around the name of a group: quotes in code, the name of a gateway before it, a colon or `=` in config files."""
_REFERRING = {
    "yaml": re.compile(rb"\$|\{\{|!Ref\b|KeyRef|\bRef\b|(?i:model|llm|group)"),
    "json": re.compile(rb"\$\{|\"Ref\"|Fn::"),
    "toml": re.compile(rb"\$\{"),
    "hcl": re.compile(rb"\b(?:var|local)\.|\bparam\b"),
    "dockerfile": re.compile(rb"\$|\bARG\b|(?i:model|llm|group)"),
    "shell": re.compile(rb"\$"),
    "makefile": re.compile(rb"\$"),
    "env": re.compile(rb"\$|(?i:model|llm|group)"),
}
"""What a config file without an ID must hold to lead on from one file to another."""


class Gathering:
    """One run over the files of a tree."""

    def __init__(
        self, extractor: Extractor, anchors: Anchors | None, *, max_size: int, jobs: int | None = None, kept: Keeper | None = None
    ) -> None:
        """`anchors` None reads every file with a parser. Processes read what is `kept`; only this one writes into it."""
        self._kept = kept
        self._extractor = extractor
        self._anchors = anchors
        self._max_size = max_size
        self._jobs = jobs
        self._facts: list[FileFacts] = []
        self._skipped: list[Skipped] = []
        self._failed: list[Notification] = []
        self._cold: list[SourceFile] = []

    def run(self, files: Sequence[SourceFile]) -> Gathered:
        """All rounds."""
        modules = Modules(file.path for file in files if file.path.endswith((".py", ".pyi", ".ipynb")))
        self._take(files, self._first)
        unread = self._led_to(modules) if self._cold else None
        self._take([file for file in self._cold if not file.path.endswith(".py")], self._left)
        facts = tuple(sorted(self._facts, key=lambda facts: facts.path))
        return Gathered(facts, tuple(sorted(self._skipped)), tuple(self._notes()), unread)

    def _led_to(self, modules: Modules) -> UnreadFiles | None:
        """Read what names lead to, round by round; gives what is left."""
        from modelaudit.engine.unread import UnreadFiles
        from modelaudit.link.demand import Demands

        demands = Demands(modules)
        searched: Demand | None = None
        for _ in range(MOST_ROUNDS):
            demand = demands.of(self._facts)
            if demand == searched or not self._follow(Search(demand)):
                break
            searched = demand
            if not self._cold:
                break
        return UnreadFiles(tuple(self._cold), self._python, self._extractor) if self._cold else None

    def _take(self, files: Sequence[SourceFile], work: Callable[[SourceFile], Outcome | Noted]) -> int:
        """Do one round over some files, in processes where that pays; gives how many were read with a parser."""
        cold: list[SourceFile] = []
        before = len(self._facts)
        for file, noted in zip(files, map_files(work, files, self._jobs), strict=True):
            outcome = self._kept.settled(file, noted, self._again) if self._kept is not None and isinstance(noted, Noted) else noted
            match outcome:
                case FileFacts():
                    self._facts.append(outcome)
                case Skipped():
                    self._skipped.append(outcome)
                    if is_failure(outcome.why):
                        self._failed.append(Notification("warning", "unreadable-file", f"not read: {outcome.why}", file.path))
                case Lost():
                    self._skipped.append(Skipped(file.path, outcome.why))
                    self._failed.append(Notification("warning", "unreadable-file", f"not read: {outcome.why}", file.path))
                case Cold(again=True):
                    cold.append(file)
        self._cold = cold
        return len(self._facts) - before

    def _notes(self) -> Iterator[Notification]:
        yield from self._failed
        for facts in self._facts:
            yield from facts.notifications

    def _first(self, file: SourceFile) -> Outcome | Noted:
        stamp = None
        if self._kept is not None:
            stamp = self._kept.stamp(file)
            known = self._kept.recalled(file, stamp)
            if known is not None:
                return known
        data = self._read(file)
        if isinstance(data, Skipped):
            return data
        language = _language(file, data)
        if self._anchors is None or self._anchors.holds(data, self._extractor.sieve(language)):
            return self._extract(file, data, stamp)
        cold = COLD if may_lead_on(language, data) else self._extractor.project(file.path, language, data) or CLEAN
        return cold if self._kept is None or isinstance(cold, FileFacts) else Noted(cold, stamp, b"")

    def _left(self, file: SourceFile) -> Outcome:
        """What a file to which no name led says of the project all the same."""
        data = self._read(file)
        return data if isinstance(data, Skipped) else self._extractor.project(file.path, _language(file, data), data) or CLEAN

    def _follow(self, search: Search) -> bool:
        """Read the unread files in which a demanded name occurs; False when there is none."""
        single = self._single_definitions(search) | search.paths

        def work(file: SourceFile) -> Outcome | Noted:
            data = self._read(file)
            if isinstance(data, Skipped):
                return data
            python = _language(file, data) in _CODE
            offers = file.path.rpartition("/")[2] == "__init__.py"
            wanted = file.path in single or search.matches(data, python=python, offers=offers)
            return self._extract(file, data) if wanted else COLD

        return self._take(self._cold, work) > 0

    def _single_definitions(self, search: Search) -> set[str]:
        """Unread files that are the only ones to define a method which linking looks for by its name alone."""
        defining: dict[bytes, list[str]] = {}
        for file in self._cold:
            data = self._read(file) if file.path.endswith(".py") else b""
            for method in search.methods(data) if isinstance(data, bytes) else ():
                defining.setdefault(method, []).append(file.path)
        return {paths[0] for paths in defining.values() if len(paths) == 1}

    def _read(self, file: SourceFile) -> bytes | Skipped:
        data = read(file.full, self._max_size, follow=file.named)
        if isinstance(data, Oversized):
            return Skipped(file.path, f"larger than {self._max_size} bytes")
        return Skipped(file.path, data.why) if isinstance(data, Skipped) else data

    def _python(self, file: SourceFile) -> bytes:
        data = self._read(file)
        return data if isinstance(data, bytes) and _language(file, data) == "python" else b""

    def _extract(self, file: SourceFile, data: bytes, stamp: bytes | None = None) -> Outcome | Noted:
        if self._kept is None:
            return self._fresh(file, data)
        return self._kept.extracted(file, data, stamp, self._fresh)

    def _again(self, file: SourceFile) -> Outcome:
        """A file whose facts turned out not to be there."""
        data = self._read(file)
        return data if isinstance(data, Skipped) else self._fresh(file, data)

    def _fresh(self, file: SourceFile, data: bytes) -> Outcome:
        language = _language(file, data)
        return CLEAN if language is None else self._extractor.extract(file.path, language, data)


class Search:
    """Looks for demanded names in the bytes of a file."""

    def __init__(self, demand: Demand) -> None:
        self._uses = {name.encode(): tuple(word.encode() for word in words) for name, words in demand.uses}
        self._definitions = {name.encode() for name in demand.definitions}
        self._environment = {variant.encode() for name in demand.environment for variant in _variants(name)}
        self._stars = tuple(word.encode() for word in demand.stars)
        self._methods = {name.encode() for name in demand.methods}
        self._files = {name.encode() for name in demand.files}
        self._variables = {name.encode() for name in demand.environment}
        self._references = {name.encode() for name in demand.references}
        self._groups = {f"{before}{name}{after}".encode() for name in demand.groups for before, after in _AROUND_GROUPS}
        names = (
            *self._uses,
            *self._definitions,
            *self._methods,
            *self._environment,
            *self._files,
            *self._variables,
            *self._references,
            *self._groups,
        )
        self._prefilter = Prefilter(tuple(sorted({name.lower() for name in names if name})))
        self.paths = frozenset(demand.paths)
        """Files that are wanted as such."""

    def matches(self, data: bytes, *, python: bool = True, offers: bool = False) -> bool:
        """Whether a demanded name is used or defined in the file; a package's `__init__.py` `offers` what it only imports."""
        if not python:
            return any(self._is_referred(pattern, data) for pattern in self._prefilter.which(data))
        if b"import *" in data and any(_has_word(word, data) for word in self._stars):
            return True
        return any(self._is_wanted(pattern, data, offers=offers) for pattern in self._prefilter.which(data))

    def methods(self, data: bytes) -> set[bytes]:
        """Demanded methods that the file defines."""
        present = set(self._prefilter.which(data))
        return {name for name in self._methods if name.lower() in present and re.search(rb"\bdef\s+" + re.escape(name) + rb"\b", data)}

    def _is_referred(self, lowered: bytes, data: bytes) -> bool:
        """Whether a config file refers to a name of another, by itself or as a variable."""
        for match in re.finditer(rb"(?i)" + re.escape(lowered) + rb"(?![A-Za-z0-9_])", data):
            if match.group() in self._groups:
                return True
            if match.group() in self._references or match.group() in self._variables:
                return match.start() == 0 or not lowered[:1].isalnum() or data[match.start() - 1] not in _WORD
        return False

    def _is_wanted(self, lowered: bytes, data: bytes, *, offers: bool) -> bool:
        if lowered in self._files or any(group in data for group in self._groups if group.lower() == lowered):
            return True
        for spelled in _spellings(lowered, data):
            words = self._uses.get(spelled)
            if words is not None and any(_has_word(word, data) for word in words):
                return True
            if spelled in self._definitions and (offers or re.search(rb"\b(?:def|class)\s+" + re.escape(spelled) + rb"\b", data)):
                return True
            if spelled.upper() in self._environment:
                return True
        return False


def _variants(name: str) -> set[str]:
    """An environment variable, and what is left of it without its prefixes: `APP_SUMMARY_MODEL`, `SUMMARY_MODEL`."""
    parts = name.upper().split("_")
    return {"_".join(parts[index:]) for index in range(len(parts)) if len(parts) - index > 1 or index == 0}


def _spellings(lowered: bytes, data: bytes) -> set[bytes]:
    """How a name that stands alone is spelled in a file. A search for bytes takes a hundredth of what an expression takes."""
    return {data[at : at + len(lowered)] for at in _places(lowered, data.lower())}


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


def may_lead_on(language: str | None, data: bytes) -> bool:
    """Whether linked names may lead to a file that holds no ID."""
    if language in _CODE:
        return language == "python"
    refers = _REFERRING.get(language or "")
    return refers is not None and refers.search(data) is not None


def _language(file: SourceFile, data: bytes) -> str | None:
    return language_of(file.path.rpartition("/")[2]) or language_of_script(data[:128])
