"""How the level of a finding is painted."""

from __future__ import annotations

from modelaudit.domain.finding import Risk

RISK_ROLE = {
    Risk.CRITICAL: "critical",
    Risk.HIGH: "high",
    Risk.MEDIUM: "medium",
    Risk.LOW: "low",
    Risk.INFO: "info",
}
"""The role in which the level of a finding is painted."""

MARK_ROLE = {**RISK_ROLE, Risk.CRITICAL: "mark"}
"""The role of a level inside a finding, which leaves the eye to the title."""
