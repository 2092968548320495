"""A command line once understood, and the values of its options: one conversion for both lanes and for the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from modelaudit.domain.errors import UsageError
from modelaudit.domain.option import Kind, Option
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.spelling import did_you_mean
from modelaudit.options import COMMANDS, OPTIONS, command_named, options_of

Value: TypeAlias = bool | int | str | date | tuple[str, ...]
Raw: TypeAlias = Mapping[str, Sequence[str]]
"""The texts given for each option, in order; switches have one empty text for every time they were given."""

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


class Invocation(NamedTuple):
    """What is to be done. `given` holds (option name, value) of every option given, sorted; the rest has its default."""

    command: str
    arguments: tuple[str, ...] = ()
    given: tuple[tuple[str, Value], ...] = ()
    environment: tuple[str, ...] = ()
    """Those of the options given that the environment gave."""

    def get(self, name: str) -> Value | None:
        """The value of an option, None when it was not given."""
        return dict(self.given).get(name)

    def has(self, name: str) -> bool:
        """True when a flag was given."""
        return bool(self.get(name))

    def text(self, name: str) -> str | None:
        """The value of a TEXT, PATH or CHOICE option."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int:
        """The value of a COUNT or NUMBER option, 0 when it was not given."""
        value = self.get(name)
        return value if isinstance(value, int) else 0

    def day(self, name: str) -> date | None:
        """The value of a DATE option."""
        value = self.get(name)
        return value if isinstance(value, date) else None

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a LIST or REPEAT option."""
        value = self.get(name)
        return value if isinstance(value, tuple) else ()


def invocation(command: str, arguments: Sequence[str], raw: Raw) -> Invocation:
    """The invocation that a lane read; raises `UsageError` for a value that its option does not take."""
    _check_count(command, arguments)
    options = {option.name: option for option in options_of(command)}
    # By name, so that of two wrong values both lanes report the same one.
    given = tuple((name, read_value(options[name], raw[name], options[name].flag)) for name in sorted(raw))
    return Invocation(command, tuple(arguments), given)


def with_environment(invocation: Invocation, environ: Mapping[str, str]) -> Invocation:
    """The invocation with what the environment sets (`MODELAUDIT_<FLAG>`) wherever the command line says nothing."""
    if not any(name.startswith("MODELAUDIT_") for name in environ):
        return invocation
    given = dict(invocation.given)
    found: list[str] = []
    for option in options_of(invocation.command):
        text = environ.get(option.variable)
        if text is not None and option.name not in given and not _is_for_others(option, text):
            value = _from_variable(option, text)
            if value is not None:
                given[option.name] = value
                found.append(option.name)
    return invocation._replace(given=tuple(sorted(given.items())), environment=tuple(sorted(found)))


def _is_for_others(option: Option, text: str) -> bool:
    """True for `MODELAUDIT_FORMAT=sarif` where a command has fewer formats than `scan`."""
    return text not in option.choices and any(text in other.choices for other in OPTIONS if other.name == option.name)


def read_value(option: Option, texts: Sequence[str], where: str) -> Value:
    """The value that `texts` mean for `option`; `where` names the place in errors: the flag, variable or config key."""
    if option.kind is Kind.COUNT:
        return len(texts)
    if option.kind is Kind.FLAG:
        return True
    if option.kind is Kind.REPEAT:
        return tuple(texts)
    if option.kind is Kind.LIST:
        return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
    return _single(option, texts[-1], where)


def usage_hint(command: str) -> str:
    """Where to look for the options of a command, or for the commands of a group."""
    if command_named(command) is not None:
        return f"`modelaudit {command} --help` lists the options"
    is_group = any(known.name.startswith(f"{command} ") for known in COMMANDS)
    return f"`modelaudit {command} --help` lists the commands" if is_group else "`modelaudit --help` lists the commands"


def read_date(text: str, where: str) -> date:
    """A day written `YYYY-MM-DD`."""
    try:
        if len(text) != len("2026-06-20"):  # from Python 3.11 on fromisoformat takes other spellings, too
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{where}: {text!r} is not a date", hint="write it as YYYY-MM-DD, such as 2026-06-20") from None


def _check_count(command: str, arguments: Sequence[str]) -> None:
    known = command_named(command)
    if known is not None and (len(arguments) < known.least or (known.most is not None and len(arguments) > known.most)):
        raise UsageError(f"{command} takes {known.argument or 'no arguments'}, got {len(arguments)}", hint=usage_hint(command))


def _single(option: Option, text: str, where: str) -> Value:
    if option.kind is Kind.CHOICE and text not in option.choices:
        hint = did_you_mean(text, option.choices) or f"one of: {', '.join(option.choices)}"
        raise UsageError(f"{where}: unknown value {text!r}", hint=hint)
    if option.kind is Kind.DATE:
        return read_date(text, where)
    if option.kind is Kind.NUMBER:
        if not (text.isascii() and text.isdigit()):
            raise UsageError(f"{where}: {text!r} is not a whole number")
        return int(text)
    return text


def _from_variable(option: Option, text: str) -> Value | None:
    """The value of an environment variable; None for a switch that it turns off and for an empty one, which sets nothing."""
    if option.kind is Kind.COUNT and text.isascii() and text.isdigit():
        return int(text) or None
    if option.is_switch:
        if text.lower() in _FALSE:
            return None
        if text.lower() not in _TRUE:
            raise UsageError(f"{option.variable}: {text!r} is neither true nor false", hint="write 1 or 0")
        return 1 if option.kind is Kind.COUNT else True
    return read_value(option, (text,), option.variable) if text else None
