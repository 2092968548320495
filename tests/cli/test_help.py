"""Help: one text, from the table, whichever lane is asked; wrapped, coloured on terminals only, and quick."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from datetime import date

import pytest
from typer.testing import CliRunner

from modelaudit import cli
from modelaudit.cli import app
from modelaudit.cli.help import page, topic_of
from modelaudit.domain.option import Command, Option
from modelaudit.options import COMMAND_GROUPS, COMMANDS, GROUPS, options_of
from modelaudit.terminal import Terminal

TOPICS = ("", *COMMAND_GROUPS, *(command.name for command in COMMANDS))


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(*arguments: str, out: io.StringIO | None = None, environ: Mapping[str, str] | None = None) -> str:
    out = out or io.StringIO()
    environ = environ or {"COLUMNS": "100"}
    assert cli.run(arguments, Terminal(out, io.StringIO(), io.StringIO(), environ, os.getcwd(), lambda: date(2026, 11, 21))) == 0
    return out.getvalue()


def block(text: str, flag: str) -> str:
    """What stands at an option: its line, and the lines that go on with it."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if flag in line.split()[:2] or f"{flag}," in line.split()[:2])
    end = next((number for number in range(start + 1, len(lines)) if lines[number][:8].strip()), len(lines))
    return " ".join(" ".join(lines[start:end]).split())


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("asking", ["--help", "-h"])
def test_typer_shows_the_same_help(topic: str, asking: str) -> None:
    words = [*topic.split(), asking]
    answer = CliRunner().invoke(app.application(), words, env={"COLUMNS": "100"})
    assert (answer.exit_code, answer.stdout) == (0, shown(*words))


def test_help_amid_other_words_is_the_same() -> None:
    words = ["scan", "--format", "json", "src", "--help", "--strict"]
    assert topic_of(words) is None
    assert CliRunner().invoke(app.application(), words, env={"COLUMNS": "100"}).stdout == shown("scan", "--help")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_option_stands_in_its_group_with_all_that_is_known(command: Command, width: int) -> None:
    text = page(command.name, width, color=False)
    for group in GROUPS:
        options = [option for option in options_of(command.name) if option.group == group]
        assert (f"\n{group}:\n" in text) == bool(options)
        part = text.partition(f"\n{group}:\n")[2].partition("\n\n")[0]
        for option in options:
            assert said(option) <= set(block(part, option.flag).split())


def said(option: Option) -> set[str]:
    """The words that help has of an option."""
    words = {*option.help.split(), *((f"{option.short},",) if option.short else ())}
    words |= set() if option.is_switch else {f"<{option.metavar or option.kind.value}>"}
    return words | ({f"{option.default}]"} if option.default and " " not in option.default else set())


def test_choices_and_default_of_an_option() -> None:
    assert block(page("scan", 100, color=False), "--fail-on") == (
        "--fail-on <LEVEL> Exit with 1 from this level up. [default: high] [one of: critical, high, medium, low, info]"
    )


@pytest.mark.parametrize(
    ("topic", "usage"),
    [
        ("", "Usage: modelaudit <COMMAND>"),
        ("rules", "Usage: modelaudit rules <COMMAND>"),
        ("scan", "Usage: modelaudit scan [OPTIONS] [PATHS]..."),
        ("explain", "Usage: modelaudit explain [OPTIONS] <MODEL|RULE|FINGERPRINT> [PATHS]..."),
        ("rules lint", "Usage: modelaudit rules lint [OPTIONS] [FOLDER]"),
        ("rules diff", "Usage: modelaudit rules diff [OPTIONS] <OLD> <NEW>"),
        ("cache info", "Usage: modelaudit cache info [OPTIONS]"),
    ],
)
def test_usage_tells_what_may_be_left_out(topic: str, usage: str) -> None:
    assert usage in page(topic, 100, color=False).splitlines()


def test_the_program_lists_every_command_and_its_own_options() -> None:
    text = page("", 100, color=False)
    rows = {line.split()[0]: line for line in text.splitlines() if line.startswith("  ") and line[2] != " "}
    for command in COMMANDS:
        first, _, second = command.name.partition(" ")
        assert second in text.partition(f"\n  {first} ")[2].partition("\n\n")[0]
    assert {command.name.partition(" ")[0] for command in COMMANDS} == set(rows) - {"-h,"}
    typers = CliRunner().invoke(app.application(), ["--show-completion", "--help"], env={"COLUMNS": "100"})
    assert typers.exit_code == 0
    assert all(flag in text for flag in ("--help", "--version", "--install-completion", "--show-completion"))


@pytest.mark.parametrize("group", COMMAND_GROUPS)
def test_a_group_lists_its_commands(group: str) -> None:
    text = page(group, 200, color=False)
    for command in COMMANDS:
        if command.name.startswith(f"{group} "):
            assert any(line.split()[:1] == [command.name.split()[1]] and line.endswith(command.summary) for line in text.splitlines())


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("width", [1, 40, 59, 60, 80, 100, 120, 500])
def test_no_line_is_too_long(topic: str, width: int) -> None:
    widest = max(len(line) for line in page(topic, width, color=False).splitlines() if not line.startswith("Usage:"))
    assert widest <= max(width, 40)
    assert widest <= 100


@pytest.mark.parametrize(
    ("out", "environ", "colored"),
    [
        (io.StringIO, {}, False),
        (Screen, {}, True),
        (Screen, {"NO_COLOR": "1"}, False),
        (Screen, {"TERM": "dumb"}, False),
        (io.StringIO, {"FORCE_COLOR": "1"}, True),
        (Screen, {"MODELAUDIT_COLOR": "never"}, False),
    ],
)
def test_colours_are_for_terminals(out: type[io.StringIO], environ: dict[str, str], colored: bool) -> None:
    text = shown("scan", "--help", out=out(), environ={"COLUMNS": "80", **environ})
    assert ("\x1b[" in text) == colored


@pytest.mark.parametrize("topic", TOPICS)
def test_colours_change_nothing_else(topic: str) -> None:
    plain = page(topic, 80, color=True)
    for code in ("\x1b[1;32m", "\x1b[1;36m", "\x1b[36m", "\x1b[0m"):
        plain = plain.replace(code, "")
    assert plain == page(topic, 80, color=False)


@pytest.mark.parametrize(
    ("arguments", "topic"),
    [
        ([], ""),
        (["--help"], ""),
        (["scan", "-h"], "scan"),
        (["rules", "--help"], "rules"),
        (["rules", "diff", "--help"], "rules diff"),
        (["scan", "src", "--help"], None),
        (["scan", "--", "--help"], None),
        (["scan"], None),
        (["nothing", "--help"], None),
        (["--help", "scan"], None),
    ],
)
def test_only_a_plain_question_is_answered_without_typer(arguments: list[str], topic: str | None) -> None:
    assert topic_of(arguments) == topic
