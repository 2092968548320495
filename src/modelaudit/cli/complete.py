"""What the shell may complete beyond the words of the table: rules and models. Imported when a shell asks."""

from __future__ import annotations

from modelaudit.auditing import GROUPS

_MOST = 200
"""Suggestions beyond which a shell asks back instead of listing them."""


def rules(incomplete: str) -> list[str]:
    """Rules and groups that go on with the last name of a list."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in sorted({*_rules(), *GROUPS}) if name.startswith(last)]


def topics(incomplete: str) -> list[str]:
    """What `explain` knows: rules, and models of the bundled feed."""
    from modelaudit.feed.load import load

    return [name for name in (*_rules(), *load().keys()) if name.startswith(incomplete)][:_MOST]


def _rules() -> tuple[str, ...]:
    from modelaudit.triage.triage import all_rules

    return tuple(rule.id for rule in all_rules())
