"""Which restrictions concern which model, worked out when the feed is compiled: subjects are IDs, families and publishers."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modelaudit.feed.plain import PlainModel
    from modelaudit.feed.restrictions import PlainRestriction


def build(models: Mapping[str, PlainModel], restrictions: Mapping[str, PlainRestriction]) -> dict[str, tuple[str, ...]]:
    """Model key to the ids of its restrictions, for models that have any."""
    found: dict[str, list[str]] = {}
    for id_ in sorted(restrictions):
        for key in expand(restrictions[id_][3], models):
            found.setdefault(key, []).append(id_)
    return {key: tuple(found[key]) for key in sorted(found)}


def expand(subjects: tuple[str, ...], models: Mapping[str, PlainModel]) -> tuple[str, ...]:
    """The models that subjects mean: a key, a glob of keys, `publisher:NAME`; `!` before one takes models out again."""
    chosen: set[str] = set()
    for subject in subjects:
        mine = {key for key, model in models.items() if _is_meant(subject.removeprefix("!"), key, model[1])}
        chosen = chosen - mine if subject.startswith("!") else chosen | mine
    return tuple(sorted(chosen))


def _is_meant(subject: str, key: str, publisher: str) -> bool:
    if subject.startswith("publisher:"):
        return publisher == subject.removeprefix("publisher:")
    return fnmatchcase(key, subject)
