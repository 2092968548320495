"""What one file of restrictions can be checked for by itself."""

from __future__ import annotations

from collections.abc import Iterator

from modelaudit.feed.lines import KeyPath
from modelaudit.feed.lint_models import Mistake, ends_after, named, repeated, sources, unsorted
from modelaudit.feed.restrictions_source import RawActs, RawRestriction


def check(acts: RawActs) -> Iterator[Mistake]:
    """Every mistake of the file."""
    ids = [act.id for act in acts.restriction]
    yield from unsorted(ids, ("restriction",), "id")
    yield from repeated(ids, ("restriction",), "restriction")
    yield from sources(acts.source, _cited(acts))
    for index, act in enumerate(acts.restriction):
        yield from _act(act, ("restriction", index))


def _act(act: RawRestriction, path: KeyPath) -> Iterator[Mistake]:
    for name, value in (("subjects", act.subjects), ("profiles", act.profiles), ("source", named(act.source))):
        if not value:
            yield (*path, name), f"no {name}"
    lifted = act.lifted.on if act.lifted else None
    yield from ends_after(act.effective, lifted, (*path, "lifted"), "the act")
    for index, relief in enumerate(act.relief):
        if relief.on < act.effective or (lifted and relief.on >= lifted):
            yield (*path, "relief", index), f"relief on {relief.on} lies outside the act, {act.effective} to {lifted or 'open'}"
    if act.makes_calls_fail and act.applies_to == ["weights"]:
        yield (*path, "makes_calls_fail"), "an act on weights makes no calls fail"


def _cited(acts: RawActs) -> list[tuple[KeyPath, str]]:
    found: list[tuple[KeyPath, str]] = []
    for index, act in enumerate(acts.restriction):
        path: KeyPath = ("restriction", index)
        found += [((*path, "source"), name) for name in named(act.source)]
        found += [((*path, "lifted"), name) for name in named(act.lifted.source if act.lifted else None)]
        found += [((*path, "relief", at), name) for at, relief in enumerate(act.relief) for name in named(relief.source)]
    return found
