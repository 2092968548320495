"""What a rule is about: the summary and the page that its own module carries."""

from __future__ import annotations

from modelaudit.domain.record import NamedTuple

_PACKAGES = ("modelaudit.judge.rules", "modelaudit.judge.housekeeping")


class RulePage(NamedTuple):
    """A rule as formats show it."""

    summary: str
    """One sentence."""
    text: str
    """The page, in Markdown."""


def rule_page(rule: str) -> RulePage:
    """The page of `rule`; its name stands for one that this version does not know."""
    text = _docstring(rule)
    summary = text.split("\n\n", 1)[0].replace("\n", " ").strip() if text else rule.replace("-", " ").capitalize() + "."
    return RulePage(summary, text or summary)


def _docstring(rule: str) -> str:
    from importlib import import_module
    from inspect import cleandoc

    for package in _PACKAGES:
        try:
            return cleandoc(import_module(f"{package}.{rule.replace('-', '_')}").__doc__ or "")
        except ModuleNotFoundError:
            continue
    return ""
