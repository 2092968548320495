"""What a command line (and the environment, which reads like one) says about the settings."""

from __future__ import annotations

from collections.abc import Mapping

from modelaudit.config.settings import Settings
from modelaudit.domain.finding import Risk
from modelaudit.invocation import Invocation
from modelaudit.options import options_of

_LEVELS = frozenset({"fail_on", "risk"})


def replaced(settings: Settings, values: Mapping[str, object]) -> Settings:
    """`settings` with some fields replaced."""
    return Settings._make(values.get(field, value) for field, value in zip(Settings._fields, settings, strict=True))


def overrides(invocation: Invocation) -> dict[str, object]:
    """Fields of `Settings` and their values, for every option given that sets one."""
    given = dict(invocation.given)
    values: dict[str, object] = {}
    for option in options_of(invocation.command):
        if option.setting is not None and option.name in given:
            value = given[option.name]
            if option.setting in _LEVELS:
                values[option.setting] = Risk(value)
            else:
                values[option.setting] = not value if option.negates else value
    return values
