"""The rules, one module each: `RULE`, `judge(case, context)`, `VALID` and `INVALID` examples, and the rule's page as docstring."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module

from modelaudit.judge.rule import Registered

WHEN_SELECTED = frozenset(
    ("allow_list_mismatch", "floating_alias", "retry_without_fallback", "scattered_model_id", "shared_fate_fallback",
     "single_point_of_failure", "swallowed_error", "transient_only_fallback", "unevaluated_alias", "unknown_model",
     "unmonitored_model_errors")
)  # fmt: skip
"""Modules of the rules that run only where they are selected: half of them all, which other runs need not load (a test holds the list)."""


def registered(*, selecting: bool = True) -> tuple[Registered, ...]:
    """Every rule of this package, by id; those that run by default where nothing is selected."""
    names = (name for name in _names() if selecting or name not in WHEN_SELECTED)
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return tuple(sorted((Registered(module.RULE, module.judge) for module in modules), key=lambda one: one.rule.id))


def _names() -> Iterable[str]:
    """The modules of this package. `pkgutil` knows them everywhere, also in archives, and takes longer to import than all of them."""
    try:
        return [name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and not name.startswith("_")]
    except OSError:
        from pkgutil import iter_modules

        return [info.name for info in iter_modules(__path__)]
