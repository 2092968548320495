"""The rules, one module each: `RULE`, `judge(case, context)`, `VALID` and `INVALID` examples, and the rule's page as docstring."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module

from modelaudit.judge.rule import Registered


def registered() -> tuple[Registered, ...]:
    """Every rule of this package, by id."""
    modules = (import_module(f"{__name__}.{name}") for name in _names())
    return tuple(sorted((Registered(module.RULE, module.judge) for module in modules), key=lambda one: one.rule.id))


def _names() -> Iterable[str]:
    """The modules of this package. `pkgutil` knows them everywhere, also in archives, and takes longer to import than all of them."""
    try:
        return [name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and not name.startswith("_")]
    except OSError:
        from pkgutil import iter_modules

        return [info.name for info in iter_modules(__path__)]
