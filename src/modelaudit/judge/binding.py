"""Whether a restriction binds a project on a day: in force, of its profile, reaching the platform, and not relieved for it."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.lifecycle import Restriction

OWN_HARDWARE = frozenset({"huggingface", "ollama", "self-hosted"})
"""Platforms on which the weights themselves are run, so that their licence binds."""


def binds(act: Restriction, model: str, platform: str, day: date, profiles: frozenset[str]) -> bool:
    """Whether an act that names a model restricts it for a project of these profiles; `default` is among them always."""
    return (
        is_in_force(act, day)
        and not profiles.isdisjoint(act.profiles)
        and reaches(act, platform)
        and not is_free(act, model, day, profiles)
    )


def is_in_force(act: Restriction, day: date) -> bool:
    """Whether the day lies in the half-open interval from `effective` to `lifted`."""
    return act.effective <= day and (act.lifted is None or day < act.lifted)


def reaches(act: Restriction, platform: str) -> bool:
    """Whether an act concerns use on a platform. A licence on weights binds who hosts them, not who calls somebody's host."""
    if act.platforms and platform not in act.platforms:
        return False
    return act.applies_to != ("weights",) or platform in OWN_HARDWARE


def is_free(act: Restriction, model: str, day: date, profiles: frozenset[str]) -> bool:
    """Whether a declared profile is exempt, or relieved of the act by that day for that model."""
    if not profiles.isdisjoint(act.exempt):
        return True
    return any(one.on <= day and model in one.subjects and not profiles.isdisjoint(one.profiles) for one in act.relief)
