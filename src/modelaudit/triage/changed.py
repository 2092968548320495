"""Findings that a change brought: on its lines, or by what it took away elsewhere. This is what a pull request is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

from modelaudit.domain.finding import Finding
from modelaudit.domain.location import Span

Lines: TypeAlias = tuple[tuple[int, int], ...]
"""(first, last) pairs of line numbers."""

WHOLE: Lines = ((1, 1 << 62),)
"""Every line: the file is new."""


class Changed(Protocol):
    """What triage asks of a comparison with another revision."""

    def lines(self, path: str) -> Lines:
        """The lines of a file that are new or different."""

    def was_there(self, finding: Finding) -> bool:
        """Whether the other revision has the finding, too, by the same ways and at no lower level."""


def changed_lines(before: Sequence[str], after: Sequence[str]) -> Lines:
    """The lines of `after` that `before` has not. Where lines were only taken away, their neighbours count: they read differently now."""
    from difflib import SequenceMatcher

    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = SequenceMatcher(None, before[start : len(before) - end], after[start : len(after) - end])
    found: list[tuple[int, int]] = []
    for tag, _, _, low, high in middle.get_opcodes():
        if tag == "delete":
            found.append((max(start + low, 1), start + low + 1))
        elif tag != "equal":
            found.append((start + low + 1, start + high))
    return tuple(found)


def is_brought(finding: Finding, changed: Changed) -> bool:
    """True when the change touches the finding, or brought it about without touching it."""
    return touched(finding, changed) or not changed.was_there(finding)


def touched(finding: Finding, changed: Changed) -> bool:
    """True when the literal, a call site or a step between them stands on a changed line."""
    return any(first <= span.end_line and span.line <= last for path, span in _places(finding) for first, last in changed.lines(path))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences share at their beginning."""
    return next((index for index, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))


def _places(finding: Finding) -> Iterable[tuple[str, Span]]:
    yield finding.usage.path, finding.usage.literal.span
    for site in finding.sites:
        if site.placed is not None:
            yield site.placed.path, site.placed.site.span
        for step in site.flow:
            yield step.path, step.span
