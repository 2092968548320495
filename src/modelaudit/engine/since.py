"""What a tree says now that it did not say at a revision: changed lines, and findings that came about or grew worse elsewhere."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from modelaudit.discover.decode import decode
from modelaudit.discover.read import read
from modelaudit.discover.revision import Revision
from modelaudit.domain.finding import Finding, SiteRisk
from modelaudit.judge.fingerprint import without_position
from modelaudit.triage.changed import WHOLE, Lines, changed_lines

Before: TypeAlias = Callable[[str, Mapping[str, str]], Sequence[Finding]]
"""The findings of a tree that was written to a folder; with the former name of each renamed file, relative to the repository."""
_Way: TypeAlias = tuple[str, ...]


class Since:
    """Compares a tree with a revision of the repository that it lies in."""

    def __init__(self, root: str, revision: str, before: Before | None = None, *, limit: int = 5_000_000) -> None:
        """`root` is the folder that paths are relative to; without `before` only lines are compared."""
        self._root = os.path.realpath(root)
        self._revision = Revision(self._root, revision)
        self._below = os.path.relpath(self._root, self._revision.top).replace(os.sep, "/")
        self._before = before
        self._limit = limit
        self._known: dict[str, Lines] = {}
        self._ways: dict[_Way, int] | None = None

    def lines(self, path: str) -> Lines:
        """The lines of a file that are new or different; all of a file that the revision does not have."""
        if path not in self._known:
            self._known[path] = self._compare(path)
        return self._known[path]

    def was_there(self, finding: Finding) -> bool:
        """Whether the revision has the finding, too: from the same literal by the same ways to the same sites, at no lower level.

        A deleted override, caller or fallback changes what reaches a call, or how badly, though no line of the way itself is new. Asked for
        the first time, this audits the revision.
        """
        if self._before is None:
            return True
        if self._ways is None:
            self._ways = self._ways_before(self._before)
        known = self._ways
        return all(known.get(way, -1) >= site.risk.rank for way, site in _ways(finding, self._former))

    def _ways_before(self, before: Before) -> dict[_Way, int]:
        from tempfile import TemporaryDirectory

        from modelaudit.discover.export import export

        levels: dict[_Way, int] = {}
        with TemporaryDirectory(prefix="modelaudit-") as folder:
            top = os.path.join(os.path.realpath(folder), "tree")
            os.mkdir(top)
            export(self._revision.top, self._revision.commit, top, limit=self._limit)
            for finding in before(top, self._revision.renames):
                for way, site in _ways(finding, str):
                    levels[way] = max(levels.get(way, 0), site.risk.rank)
        return levels

    def _former(self, path: str) -> str:
        """The path under which the revision has a file."""
        full = posixpath.normpath(posixpath.join(self._below, path))
        former = self._revision.renames.get(full)
        return path if former is None else posixpath.relpath(former, self._below)

    def _compare(self, path: str) -> Lines:
        full = os.path.join(self._root, path)
        before = self._revision.read(os.path.relpath(full, self._revision.top).replace(os.sep, "/"))
        after = read(full)
        if before is None or not isinstance(after, bytes):
            return WHOLE
        return changed_lines(_lines(before), _lines(after))


def _ways(finding: Finding, former: Callable[[str], str]) -> Iterator[tuple[_Way, SiteRisk]]:
    """Each site of a finding with what tells it apart wherever its lines are."""
    identity = finding.verdict.identity
    literal = finding.usage.literal
    start = (finding.rule, identity.model or identity.written, finding.verdict.platform or "", literal.text, literal.context)
    for one in finding.sites:
        placed = one.placed
        place = ("", "", "") if placed is None else (former(placed.path), placed.site.callee, without_position(placed.site.function))
        steps = (text for step in one.flow for text in (former(step.path), without_position(step.what)))
        yield (*start, former(finding.usage.path), *place, *steps), one


def _lines(data: bytes) -> list[str]:
    """Lines as parsers count them; git may have changed their ends on the way out."""
    return decode(data).text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
