"""Dates, restrictions, policy and risk: from usages to findings."""
