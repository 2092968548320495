"""The help of every command, drawn from the table of options: fast, because nothing but the table is loaded, and the only one there is,
because typer's commands ask for it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modelaudit.cli import ASKING
from modelaudit.domain.option import Command, Option
from modelaudit.domain.record import NamedTuple
from modelaudit.options import COMMAND_GROUPS, COMMANDS, GROUPS, PROGRAM, command_named, options_of
from modelaudit.report.style import Style, paint

WIDEST = 100
"""Columns beyond which lines are hard to read."""
_NARROWEST = 40
_MOST_LEFT, _LEAST_RIGHT = 34, 26
"""Columns that names may take, and columns that texts beside them need; else the text goes below the name."""
_BELOW = 10
"""Where a text begins that stands below its name."""
_NOTES = (
    "Every option has an environment variable: --fail-on is MODELAUDIT_FAIL_ON.",
    "Exit codes: 0 clean, 1 findings, 2 usage, 3 incomplete, 4 defect.",
)


class Row(NamedTuple):
    """A name and what is to be said of it."""

    name: str
    value: str
    """Placeholder of what the name takes."""
    text: str


class Section(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


_HELP = Row("-h, --help", "", "Show this message and exit.")
_ABOUT_ALL = (
    _HELP,
    Row("    --version", "", "Print the version and exit."),
    Row("    --install-completion", "", "Install completion for the current shell."),
    Row("    --show-completion", "", "Show completion for the current shell, to copy it or to change the installation."),
)


def topic_of(arguments: Sequence[str]) -> str | None:
    """What a plain question for help is about: a command, a group, or nothing but the program; None for any other command line."""
    *words, last = arguments or ASKING[:1]
    topic = " ".join(words)
    return topic if last in ASKING and (not topic or topic in COMMAND_GROUPS or command_named(topic) is not None) else None


def page(topic: str, width: int, *, color: bool) -> str:
    """The help about a topic, in lines of at most `width` columns."""
    style = Style(color=color, width=min(max(width, _NARROWEST), WIDEST))
    command = command_named(topic)
    sections = _of_command(command) if command is not None else _of_group(topic)
    shared = _column(sections, style.width)
    lines = [*_wrapped(_summary(topic, command), style.width), "", _usage(topic, command, style)]
    for section in sections:
        lines += ("", paint(f"{section.heading}:", "heading", None, style))
        column = shared if command is not None else _column((section,), style.width)
        for row in section.rows:
            lines += _row(row, column, style)
    lines.append("")
    for note in _closing(topic, command):
        lines += _wrapped(note, style.width)
    return "\n".join(lines)


def _summary(topic: str, command: Command | None) -> str:
    return command.summary if command is not None else COMMAND_GROUPS.get(topic, PROGRAM)


def _usage(topic: str, command: Command | None, style: Style) -> str:
    words = "[OPTIONS]" if command is not None else "<COMMAND>"
    arguments = [] if command is None else list(_arguments(command))
    name = paint(" ".join(("modelaudit", *topic.split())), "option", None, style)
    return f"{paint('Usage:', 'heading', None, style)} {name} {paint(' '.join((words, *arguments)), 'value', None, style)}"


def _arguments(command: Command) -> Iterator[str]:
    """The positional arguments, those that may be left out in brackets."""
    names = command.argument.split(" ") if command.argument is not None else []
    for number, name in enumerate(names):
        shown = name if name.startswith("[") else f"<{name}>" if number < command.least else f"[{name}]"
        yield shown + ("..." if command.most is None and number == len(names) - 1 else "")


def _of_command(command: Command) -> tuple[Section, ...]:
    options = options_of(command.name)
    arguments = (Row("", " ".join(_arguments(command)), command.about),) if command.argument is not None else ()
    sections = [Section("Arguments", arguments)]
    sections += (Section(group, tuple(_option(option) for option in options if option.group == group)) for group in GROUPS)
    return tuple(section for section in (*sections, Section("Options", (_HELP,))) if section.rows)


def _of_group(group: str) -> tuple[Section, ...]:
    """The commands of a group; of the program, its commands and its groups, in the order of the table."""
    if group:
        rows = [Row(one.name.partition(" ")[2], "", one.summary) for one in COMMANDS if one.name.startswith(f"{group} ")]
        return Section("Commands", tuple(rows)), Section("Options", (_HELP,))
    names = dict.fromkeys(one.name.partition(" ")[0] for one in COMMANDS)
    return Section("Commands", tuple(Row(name, "", _about(name)) for name in names)), Section("Options", _ABOUT_ALL)


def _about(name: str) -> str:
    """A command, or a group with its commands."""
    command = command_named(name)
    if command is not None:
        return command.summary
    inside = ", ".join(one.name.partition(" ")[2] for one in COMMANDS if one.name.startswith(f"{name} "))
    return f"{COMMAND_GROUPS[name]} [{inside}]"


def _option(option: Option) -> Row:
    takes = "" if option.is_switch else f"<{option.metavar or option.kind.value}>"
    default = f" [default: {option.default}]" if option.default is not None else ""
    choices = f" [one of: {', '.join(option.choices)}]" if option.choices else ""
    return Row(f"{option.short}, {option.flag}" if option.short else f"    {option.flag}", takes, option.help + default + choices)


def _closing(topic: str, command: Command | None) -> tuple[str, ...]:
    if command is not None:
        return _NOTES
    return (f"`modelaudit {f'{topic} ' if topic else ''}COMMAND --help` lists the options of a command.", *(() if topic else _NOTES))


# lines


def _column(sections: Iterable[Section], width: int) -> int:
    """Where the texts begin; 0 when there is no room for them beside the names."""
    widest = max(len(_left(row)) for section in sections for row in section.rows)
    column = min(widest, _MOST_LEFT) + 4
    return column if width - column >= _LEAST_RIGHT else 0


def _left(row: Row) -> str:
    return f"{row.name} {row.value}" if row.name and row.value else row.name or row.value


def _row(row: Row, column: int, style: Style) -> Iterator[str]:
    parts = [paint(text, role, None, style) for text, role in ((row.name, "option"), (row.value, "value")) if text]
    name = "  " + " ".join(parts)
    indent = column or _BELOW
    first, *rest = _wrapped(row.text, style.width - indent)
    used = len(_left(row)) + 4
    if used > column:
        yield name
        yield " " * indent + first
    else:
        yield name + " " * (column - used + 2) + first
    yield from (" " * indent + line for line in rest)


def _wrapped(text: str, width: int) -> list[str]:
    """`textwrap` compiles more expressions than all else here takes."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines
