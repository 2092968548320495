"""What a rule is about: the summary and the page that its own module carries."""

from __future__ import annotations

from typing import NamedTuple


class RulePage(NamedTuple):
    """A rule as formats show it."""

    summary: str
    """One sentence."""
    text: str
    """The page, in Markdown."""


def rule_page(rule: str) -> RulePage:
    """The page of `rule`; a rule without one, such as those of the housekeeping, has its name for a summary."""
    text = _docstring(rule)
    summary = text.split("\n\n", 1)[0].replace("\n", " ").strip() if text else rule.replace("-", " ").capitalize() + "."
    return RulePage(summary, text or summary)


def _docstring(rule: str) -> str:
    from importlib import import_module
    from inspect import cleandoc

    try:
        module = import_module("modelaudit.judge.rules." + rule.replace("-", "_"))
    except ModuleNotFoundError:
        return ""
    return cleandoc(module.__doc__ or "")
