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
        act = restrictions[id_]
        for key in expand(act[3], models):
            if _is_concerned(models[key], act[18], act[21]):
                found.setdefault(key, []).append(id_)
    return {key: tuple(found[key]) for key in sorted(found)}


def expand(subjects: tuple[str, ...], models: Mapping[str, PlainModel]) -> tuple[str, ...]:
    """The models that subjects mean: a key, a glob of keys, `publisher:NAME`; `!` before one takes models out again."""
    chosen: set[str] = set()
    for subject in subjects:
        mine = {key for key, model in models.items() if is_meant(subject.removeprefix("!"), key, model[1])}
        chosen = chosen - mine if subject.startswith("!") else chosen | mine
    return tuple(sorted(chosen))


def _is_concerned(model: PlainModel, platforms: tuple[str, ...], when: str | None) -> bool:
    """Whether the model is, or was, on a platform that the act reaches, in the state that it names."""
    lives = [life for life in model[4] if not platforms or life[0] in platforms]
    return bool(lives) and (when is None or any(event[0] == when for life in lives for event in life[3]))


def is_meant(subject: str, key: str, publisher: str) -> bool:
    """Whether one subject means a model."""
    if subject.startswith("publisher:"):
        return publisher == subject.removeprefix("publisher:")
    return fnmatchcase(key, subject)
