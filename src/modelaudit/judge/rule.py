"""What a rule is: an id, a sentence, whether it runs by default, and examples that the tests run."""

from __future__ import annotations

from collections.abc import Callable

from modelaudit.domain.record import NamedTuple
from modelaudit.judge.case import Case, Context, Ruling


class Rule(NamedTuple):
    """The visiting card of a rule; its page is the docstring of its module."""

    id: str
    summary: str
    group: str
    """`lifecycle`, `policy`, `notice` or `resilience`."""
    default: bool
    """True when it runs without being selected."""
    also: tuple[str, ...] = ()
    """Further groups that select it."""


class Example(NamedTuple):
    """A small file and the day on which it is judged."""

    day: str
    code: str
    path: str = "app/service.py"
    config: str = ""
    """Body of `[tool.modelaudit]`, where the rule depends on it."""
    more: tuple[tuple[str, str], ...] = ()
    """(path, text) of further files."""
    permits: str = ""
    """A policy of the project and what it allows: `iam anthropic.claude-*`."""


class Registered(NamedTuple):
    """A rule with its function."""

    rule: Rule
    judge: Callable[[Case, Context], Ruling | None]


def selected(
    rules: tuple[Registered, ...], select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[Registered, ...]:
    """The rules that run: the default set or what `select` names, with what `extend` adds and without what `ignore` names.

    A name is a rule, a group, or `all`.
    """
    chosen = {one.rule.id for one in rules if (_named(one.rule, select) if select else one.rule.default)}
    chosen |= {one.rule.id for one in rules if _named(one.rule, extend)}
    chosen -= {one.rule.id for one in rules if _named(one.rule, ignore)}
    return tuple(one for one in rules if one.rule.id in chosen)


def _named(rule: Rule, names: tuple[str, ...]) -> bool:
    return not {"all", rule.id, rule.group, *rule.also}.isdisjoint(names)
