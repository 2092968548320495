"""Narrowing a life's facts to a region (Bedrock) or a version (Azure). What is not known never makes a model look safer."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.lifecycle import Event, EventKind, Life

GEOGRAPHIES = {
    "us": ("us-east-", "us-west-"),
    "eu": ("eu-",),
    "apac": ("ap-",),
    "au": ("ap-southeast-2", "ap-southeast-4"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "ca": ("ca-",),
    "us-gov": ("us-gov-",),
    "global": ("",),
}
"""Regions that a cross-region profile may send a request to, by the start of their names."""


def narrowed(life: Life, events: Iterable[Event], region: str | None, version: str | None) -> tuple[Event, ...]:
    """The facts that count for a region or version, kind by kind.

    A fact that names the place goes before one for all. Where no fact of a kind is for all places and none names this one, all of them
    count, and the strictest decides. A name that stands for several versions (`life.versions`) is judged as a whole unless one is given.
    """
    kept: list[Event] = []
    by_kind: dict[EventKind, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    for kind, some in by_kind.items():
        if life.versions and version is None and kind is not EventKind.RELEASED:
            kept += [event for event in some if not event.scopes]
        else:
            kept += _for_place(some, region, version)
    return tuple(kept)


def _for_place(events: list[Event], region: str | None, version: str | None) -> list[Event]:
    general = [event for event in events if not event.scopes]
    own = [event for event in events if event.scopes and _is_there(event.scopes, region, version)]
    if region in GEOGRAPHIES:
        # A profile reaches several regions: those named, and maybe others.
        return own + general or events
    return own or general or events


def _is_there(scopes: tuple[str, ...], region: str | None, version: str | None) -> bool:
    if version is not None and version in scopes:
        return True
    if region is None:
        return False
    starts = GEOGRAPHIES.get(region)
    return region in scopes if starts is None else any(scope.startswith(starts) for scope in scopes)
