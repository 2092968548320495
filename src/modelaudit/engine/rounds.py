"""Read the files that matter: those that may hold a model ID, then those to which linked names lead, until nothing new is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from modelaudit.discover.languages import BY_SUFFIX, language_of, language_of_script, suffix_of
from modelaudit.discover.read import Oversized, is_failure, read
from modelaudit.discover.tree import SourceFile
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped
from modelaudit.engine.anchors import Anchors
from modelaudit.engine.outcomes import CLEAN, COLD, NOTHING, WANTED, Cold, Noted, Outcome, Sighting
from modelaudit.extract.extractor import Extractor
from modelaudit.parallel import Lost, map_files

if TYPE_CHECKING:
    from modelaudit.engine.keeping import Keeper
    from modelaudit.engine.search import Search
    from modelaudit.engine.unread import UnreadFiles

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
_REFERRING: dict[str | None, tuple[bytes, ...]] = {
    "yaml": (b"$", b"{{", b"Ref"),
    "json": (b"${", b'"Ref"', b"Fn::"),
    "toml": (b"${",),
    "hcl": (b"var.", b"local.", b"param"),
    "dockerfile": (b"$", b"ARG"),
    "shell": (b"$",),
    "makefile": (b"$",),
    "env": (b"$",),
}
"""What a config file without an ID must hold to lead on from one file to another."""
_NAMING = frozenset(("yaml", "dockerfile", "env"))
"""Languages in which a key that says model may hold the name of a group."""
_MODELS = (b"model", b"llm", b"group")


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
        self._take(files, self._first)
        unread = self._led_to(files) if self._cold and self._facts else None  # from nothing, no name leads on
        self._take([file for file in self._cold if not file.path.endswith(".py")], self._left)
        facts = tuple(sorted(self._facts, key=lambda facts: facts.path))
        return Gathered(facts, tuple(sorted(self._skipped)), tuple(self._notes()), unread)

    def _led_to(self, files: Sequence[SourceFile]) -> UnreadFiles | None:
        """Read what names lead to, round by round; gives what is left."""
        from modelaudit.engine.unread import UnreadFiles

        self._follow_names(files)
        return UnreadFiles(tuple(self._cold), self._python, self._extractor, self._jobs) if self._cold else None

    def _follow_names(self, files: Sequence[SourceFile]) -> None:
        from modelaudit.engine.search import Search
        from modelaudit.link.demand import NO_DEMAND, Demands
        from modelaudit.link.modules import Modules

        demands = Demands(Modules(file.path for file in files if file.path.endswith((".py", ".pyi"))))
        searched = NO_DEMAND
        for _ in range(MOST_ROUNDS):
            demand = demands.of(self._facts)
            if not self._follow(Search(demand.beyond(searched))):
                break
            searched = demand
            if not self._cold:
                break

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
        jobs = self._jobs if search.looks_inside else 1
        seen = list(zip(self._cold, map_files(partial(self._look, search), self._cold, jobs), strict=True))
        defining = Counter(method for _, found in seen if isinstance(found, Sighting) for method in found.methods)
        single = {method for method, times in defining.items() if times == 1}
        wanted = [file for file, found in seen if not isinstance(found, Sighting) or found.wanted or not single.isdisjoint(found.methods)]
        left = [file for file, found in seen if isinstance(found, Sighting) and not found.wanted and single.isdisjoint(found.methods)]
        read = self._take(wanted, self._extracted)
        self._cold = left
        return read > 0

    def _look(self, search: Search, file: SourceFile) -> Sighting | Skipped:
        """What of a search an unread file holds."""
        if file.path in search.paths:
            return WANTED
        if not search.looks_inside:
            return NOTHING
        data = self._read(file)
        return data if isinstance(data, Skipped) else search.of(data, python=_language(file, data) in _CODE)

    def _extracted(self, file: SourceFile) -> Outcome | Noted:
        data = self._read(file)
        return data if isinstance(data, Skipped) else self._extract(file, data)

    def _read(self, file: SourceFile) -> bytes | Skipped:
        data = read(file.full, self._max_size, follow=file.named)
        if isinstance(data, bytes):
            return data
        return Skipped(file.path, f"larger than {self._max_size} bytes" if isinstance(data, Oversized) else data.why)

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


def may_lead_on(language: str | None, data: bytes) -> bool:
    """Whether linked names may lead to a file that holds no ID."""
    if language in _CODE:
        return language == "python"
    refers = _REFERRING.get(language)
    if refers is None:
        return False
    if any(mark in data for mark in refers):
        return True
    lowered = data.lower() if language in _NAMING else b""
    return any(word in lowered for word in _MODELS)


def _language(file: SourceFile, data: bytes) -> str | None:
    # The end of the path tells it for nearly all files.
    found = BY_SUFFIX.get(suffix_of(file.path))
    return found or language_of(file.path[file.path.rfind("/") + 1 :]) or language_of_script(data[:128])
