"""Dates, restrictions, policy and risk: from usages to findings."""

from modelaudit.judge.judge import Judged, judge

__all__ = ["Judged", "judge"]
