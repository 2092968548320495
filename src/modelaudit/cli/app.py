"""The full lane: typer commands built from the table of options, for help, completion, every command and every mistake.

Typer only reads words here: its commands return the `Invocation`, and the values are converted where the fast lane converts them.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from modelaudit.cli import ASKING
from modelaudit.cli.help import page
from modelaudit.domain.errors import ExitCode, UsageError
from modelaudit.domain.option import Command, Option
from modelaudit.domain.spelling import did_you_mean
from modelaudit.invocation import Invocation, invocation, usage_hint
from modelaudit.options import COMMAND_GROUPS, COMMANDS, options_of
from modelaudit.terminal import columns, is_colored

if TYPE_CHECKING:
    from typer._click import Context  # `typer.Context` is narrower than what a command is given

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of typer's usage errors; it has no public name, and importing click is no way to it (typer carries its own)."""
_ARGUMENTS = "arguments"
_OF_RULES = frozenset({"select", "extend-select", "ignore"})
"""Options that take names of rules."""
_NO_VALUE = " "
"""Keeps typer from printing a type for switches."""


def read(arguments: Sequence[str]) -> Invocation | int:
    """The invocation that the arguments ask for, or the exit code when typer has answered itself (help, completion)."""
    command = get_command(application())
    if not arguments:
        command.main(args=["--help"], prog_name="modelaudit", standalone_mode=False)
        return int(ExitCode.USAGE)
    try:
        result = command.main(args=list(arguments), prog_name="modelaudit", standalone_mode=False)
    except _USAGE_ERROR as error:
        raise _usage_error(error, arguments) from None
    return result if isinstance(result, Invocation) else int(result or 0)


def application() -> typer.Typer:
    """The whole program as typer sees it."""
    settings = {"help_option_names": list(ASKING)}
    app = typer.Typer(name="modelaudit", cls=_Group, context_settings=settings, pretty_exceptions_enable=False)
    app.callback()(_root)
    groups: dict[str, typer.Typer] = {}
    for command in COMMANDS:
        group, _, name = command.name.rpartition(" ")
        if group and group not in groups:
            groups[group] = typer.Typer(name=group, cls=_Group, help=COMMAND_GROUPS[group], context_settings=settings)
            app.add_typer(groups[group])
        groups.get(group, app).command(name, cls=_Command, help=command.summary)(_function(command))
    return app


class _Command(TyperCommand):
    """Shows our help instead of typer's."""

    def get_help(self, ctx: Context) -> str:
        """The help of the command."""
        return _help(ctx)


class _Group(TyperGroup):
    """Shows our help instead of typer's."""

    def get_help(self, ctx: Context) -> str:
        """The help of the group, or of the program."""
        return _help(ctx)


def _help(ctx: Context) -> str:
    is_color = is_colored(os.environ.get("MODELAUDIT_COLOR", "auto"), sys.stdout, os.environ)
    ctx.color = is_color  # typer would take the colours away where it sees no terminal
    return page(ctx.command_path.partition(" ")[2], columns(sys.stdout, os.environ), color=is_color)


def _root(
    version: bool = typer.Option(
        False,
        "--version",
        help="Print the version and exit.",
        is_eager=True,
        metavar=_NO_VALUE,
        callback=lambda value: _print_version(value),
    ),
) -> None:
    """The program without a command."""


def _print_version(wanted: bool) -> None:
    if wanted:
        from modelaudit._version import __version__

        typer.echo(f"modelaudit {__version__}")
        raise typer.Exit


def _function(command: Command) -> Callable[..., Invocation]:
    """A function with the signature that typer makes the command's options and arguments of."""

    def run(**values: object) -> Invocation:
        arguments = values.pop(_ARGUMENTS, None)
        raw = {name.replace("_", "-"): texts for name, value in values.items() if (texts := _texts(value))}
        return invocation(command.name, _texts(arguments), raw)

    parameters = [_option(option) for option in options_of(command.name)]
    if command.argument is not None:
        parameters.insert(0, _argument(command))
    setattr(run, "__signature__", inspect.Signature(parameters))  # noqa: B010 - functions have no such attribute by their type
    run.__name__ = command.name.replace(" ", "_")
    return run


def _texts(value: object) -> list[str]:
    """What typer read for one parameter, as the texts that were given."""
    if isinstance(value, bool):
        return [""] if value else []
    if isinstance(value, int):
        return [""] * value
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


def _argument(command: Command) -> inspect.Parameter:
    many = command.most != 1
    default = typer.Argument(
        ... if command.least else None,
        metavar=command.argument,
        help=command.about,
        show_default=False,
        autocompletion=_topics if command.name == "explain" else None,
    )
    annotation = list[str] if many else str
    return inspect.Parameter(
        _ARGUMENTS, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation if command.least else annotation | None
    )


def _option(option: Option) -> inspect.Parameter:
    spellings = [option.flag, option.short] if option.short else [option.flag]
    is_count = option.kind.name == "COUNT"
    default = typer.Option(
        (0 if is_count else False) if option.is_switch else None,
        *spellings,
        help=option.help,  # shells show it beside what they complete
        show_default=False,
        count=is_count,
        metavar=_metavar(option),
        autocompletion=_completion(option),
    )
    annotation: object = int if is_count else bool
    if not option.is_switch:
        annotation = (list[str] | None) if option.is_repeatable else (str | None)
    return inspect.Parameter(option.name.replace("-", "_"), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _metavar(option: Option) -> str:
    if option.is_switch:
        return _NO_VALUE
    return "|".join(option.choices) if option.choices else option.metavar or option.kind.value


def _completion(option: Option) -> Callable[[str], list[str]] | None:
    if option.name in _OF_RULES:
        return _rules
    if not option.choices:
        return None
    return lambda incomplete: [choice for choice in option.choices if choice.startswith(incomplete)]


def _rules(incomplete: str) -> list[str]:
    from modelaudit.cli.complete import rules

    return rules(incomplete)


def _topics(incomplete: str) -> list[str]:
    from modelaudit.cli.complete import topics

    return topics(incomplete)


def _usage_error(error: BaseException, arguments: Sequence[str]) -> UsageError:
    """Typer's usage error in our words, with the nearest option or command."""
    words = [word for word in arguments if not word.startswith("-")]
    command = _command_in(words)
    option = getattr(error, "option_name", None)
    spoken = getattr(error, "format_message", None)
    message = str(spoken() if callable(spoken) else error).rstrip(".")
    if message.startswith("No such option") and isinstance(option, str):
        known = [one.flag for one in options_of(command)] or ["--help", "--version"]
        return UsageError(f"unknown option {option!r}", hint=did_you_mean(option, known) or usage_hint(command))
    if message.startswith("No such command"):
        return _unknown_command(words)
    return UsageError(message[:1].lower() + message[1:], hint=usage_hint(command))


def _command_in(words: Sequence[str]) -> str:
    """The command (or group) that the words name, or what stands in its place."""
    names = {command.name for command in COMMANDS}
    pair = " ".join(words[:2])
    return pair if pair in names else (words[0] if words else "")


def _unknown_command(words: Sequence[str]) -> UsageError:
    import os.path

    group = words[0] if words and words[0] in COMMAND_GROUPS else ""
    word = words[1] if group else words[0]
    known = {command.name.removeprefix(f"{group} ") if group else command.name.partition(" ")[0] for command in COMMANDS}
    hint = did_you_mean(word, known)
    if hint is None and not group and os.path.exists(word):
        hint = f"did you mean `modelaudit scan {word}`?"
    return UsageError(f"unknown command {f'{group} {word}'.strip()!r}", hint=hint or usage_hint(group))
