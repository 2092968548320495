"""Run the stages up to linking over a case and compare with its labels."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from benchmarks.accuracy.cases import ANY, Case, Key, Place
from modelaudit.config.settings import Settings
from modelaudit.domain.usage import Linked
from modelaudit.engine import discover_tree
from modelaudit.engine.anchors import Anchors
from modelaudit.engine.rounds import Gathering
from modelaudit.extract.extractor import Extractor, Vocabulary
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.shapes import ShapeIndex, default_anchors
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls, keys
from modelaudit.feed.load import load
from modelaudit.feed.plain import Plain
from modelaudit.identify.identifier import Identifier
from modelaudit.link.linker import link

LARGEST = 5_000_000


class Counts(NamedTuple):
    """Agreement of what was found with the labels."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    roles: int = 0
    """Literals found whose role is right."""
    wanted_sites: int = 0
    found_sites: int = 0
    right_sites: int = 0
    wanted_unresolved: int = 0
    right_unresolved: int = 0
    wanted_contexts: int = 0
    right_contexts: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))

    def shares(self) -> tuple[float, float, float, float, float, float]:
        """Literal precision and recall, role accuracy, site precision and recall, right key paths; nothing to find counts as 1."""
        return (
            _share(self.right, self.found),
            _share(self.right, self.wanted),
            _share(self.roles, self.right),
            _share(self.right_sites, self.found_sites),
            _share(self.right_sites + self.right_unresolved, self.wanted_sites + self.wanted_unresolved),
            _share(self.right_contexts, self.wanted_contexts),
        )


class Result(NamedTuple):
    """One case, measured."""

    case: Case
    counts: Counts
    failures: tuple[str, ...]
    told: tuple[tuple[str, str], ...] = ()
    """The role wanted and the role found, of every literal that was found."""


class Bench:
    """The stages with the feed of this checkout, opened once."""

    def __init__(self) -> None:
        feed = load(None, None)
        identifier = Identifier(feed)
        shapes = calls.decode(cast("Mapping[str, Plain]", feed.section(calls.NAME)))
        self._calls = CallVocabulary(ShapeIndex(shapes.shapes, shapes.names), shapes.names, shapes.platform_hints)
        self._extractor = Extractor(
            Vocabulary(
                identifier,
                self._calls,
                KeyIndex(keys.decode(cast("Mapping[str, Plain]", feed.section(keys.NAME)))),
            )
        )
        self._anchors = Anchors(identifier.anchors, default_anchors(shapes.shapes))

    def linked(self, case: Case) -> Linked:
        """What the stages up to linking say of a case."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in case.files:
                full = os.path.join(folder, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
            tree = discover_tree(Settings(base=folder), (folder,))
            gathered = Gathering(self._extractor, self._anchors, max_size=LARGEST, jobs=1).run(tree.files)
        return link(gathered.facts, self._calls)

    def run(self, case: Case) -> Result:
        """Measure one case."""
        return compare(case, self.linked(case))


def compare(case: Case, linked: Linked) -> Result:
    """Count agreement, and put every disagreement in words."""
    found = _found(case, linked)
    expected = {entry.key: entry for entry in case.literals}
    right = [key for key in expected if key in found]
    failures = [f"missed {_shown(key)}" for key in expected if key not in found]
    failures += [f"wrongly found {_shown(key)} as {_roles(found[key])}" for key in sorted(found) if key not in expected]
    wrong = [key for key in right if not found[key].roles <= set(expected[key].roles)]
    failures += [f"role of {_shown(key)} is {_roles(found[key])}, not {'/'.join(expected[key].roles)}" for key in wrong]
    contexts = [key for key in right if expected[key].context is not None]
    misplaced = [key for key in contexts if found[key].contexts != {expected[key].context}]
    failures += [f"{_shown(key)} is said to be in {sorted(found[key].contexts)}, not {expected[key].context}" for key in misplaced]
    judged = [entry for entry in case.literals if entry.sites is not None]
    found_pairs = {
        (key, place) for key, one in found.items() for place in one.sites if key not in expected or expected[key].sites is not None
    }
    wanted_pairs = {(entry.key, _same(place, found_pairs, entry.key)) for entry in judged for place in entry.sites or ()}
    failures += [f"{_shown(key)} does not reach {_shown(place)}" for key, place in sorted(wanted_pairs - found_pairs)]
    failures += [f"{_shown(key)} wrongly reaches {_shown(place)}" for key, place in sorted(found_pairs - wanted_pairs)]
    unresolved = {Place(entry.path, entry.site.span.line, entry.site.callee) for entry in linked.unresolved}
    failures += [f"{_shown(place)} is not listed as unresolved" for place in sorted(case.unresolved - unresolved)]
    counts = Counts(
        wanted=len(expected),
        found=len(found),
        right=len(right),
        roles=len(right) - len(wrong),
        wanted_sites=len(wanted_pairs),
        found_sites=len(found_pairs),
        right_sites=len(wanted_pairs & found_pairs),
        wanted_unresolved=len(case.unresolved),
        right_unresolved=len(case.unresolved & unresolved),
        wanted_contexts=sum(entry.context is not None for entry in case.literals),
        right_contexts=len(contexts) - len(misplaced),
    )
    told = tuple((_wanted_role(expected[key].roles, found[key].roles), _roles(found[key])) for key in right)
    return Result(case, counts, tuple(failures), told)


class _Literal(NamedTuple):
    """What was found out about a literal."""

    roles: set[str]
    contexts: set[str]
    sites: set[Place]


def _found(case: Case, linked: Linked) -> dict[Key, _Literal]:
    found: dict[Key, _Literal] = {}
    for usage in linked.usages:
        literal = usage.literal
        key = _match(case, Key(usage.path, literal.span.line, literal.text), usage.value)
        one = found.setdefault(key, _Literal(set(), set(), set()))
        one.roles.add(usage.role.value)
        one.contexts.add(literal.context)
        if usage.site is not None:
            one.sites.add(Place(usage.site.path, usage.site.site.span.line, usage.site.site.callee))
    return found


def total(results: Iterable[Result]) -> Counts:
    """All counts together."""
    counts = Counts()
    for result in results:
        counts = counts.plus(result.counts)
    return counts


def _match(case: Case, key: Key, value: str) -> Key:
    """The label's own spelling for a piece of a composed text: `/gpt-4o` of an f-string is labelled `gpt-4o`, or by the whole value."""
    for expected in case.literals:
        wanted = expected.key
        if (wanted.path, wanted.line) == (key.path, key.line) and wanted.text in (key.text, key.text.strip("./:- "), value):
            return wanted
    return key


def _same(place: Place, pairs: Iterable[tuple[Key, Place]], key: Key) -> Place:
    """The site that was found where any is wanted."""
    if place.callee != ANY:
        return place
    return min((found for one, found in pairs if one == key and found[:2] == place[:2]), default=place)


def _wanted_role(wanted: tuple[str, ...], found: set[str]) -> str:
    return min(found) if found <= set(wanted) else "/".join(wanted)


def _roles(one: _Literal) -> str:
    return "/".join(sorted(one.roles))


def _shown(place: Key | Place) -> str:
    return f"{place[2]} ({place[0]}:{place[1]})"


def _share(part: int, whole: int) -> float:
    return 1.0 if whole == 0 else part / whole
