"""Policies that end: what was forbidden for a time is allowed afterwards, and nobody should learn that from silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from modelaudit.config.settings import Policy
from modelaudit.domain.facts import Notification
from modelaudit.judge.wording import relative
from modelaudit.triage.suppress import WARNING_DAYS


def ending(policies: Iterable[Policy], as_of: date) -> tuple[Notification, ...]:
    """A warning for every policy that ends soon, or has ended."""
    return tuple(_notice(one, one.until, as_of) for one in policies if one.until is not None and (one.until - as_of).days <= WARNING_DAYS)


def _notice(policy: Policy, until: date, as_of: date) -> Notification:
    verb = "ended" if until < as_of else "ends"
    reason = f": {policy.reason}" if policy.reason else ""
    path, line = (None, None) if policy.origin is None else (policy.origin.path, policy.origin.span.line)
    return Notification("warning", "ending-policy", f"the policy {verb} on {until} ({relative(until, as_of)}){reason}", path, line)
