"""What breaks at a call when its model is replaced (`rules/migrations`)."""

from __future__ import annotations

from modelaudit.judge.case import Case, Context


def refused_arguments(case: Case, replacement: str, context: Context) -> tuple[str, ...]:
    """Arguments at the call that the replacement refuses."""
    del case, replacement, context
    return ()
