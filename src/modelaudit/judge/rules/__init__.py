"""The rules, one module each: `RULE`, `judge(case, context)`, `VALID` and `INVALID` examples, and the rule's page as docstring."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from modelaudit.judge.rule import Registered


def registered() -> tuple[Registered, ...]:
    """Every rule of this package, by id."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    return tuple(sorted((Registered(module.RULE, module.judge) for module in modules), key=lambda one: one.rule.id))
