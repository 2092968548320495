"""The full lane: help, version, mistakes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from modelaudit import options
from modelaudit._version import __version__
from modelaudit.cli import app
from modelaudit.domain.errors import UsageError
from modelaudit.domain.option import Kind


def refused(*arguments: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        app.read(arguments)
    return caught.value


def test_an_unknown_option_names_the_nearest() -> None:
    error = refused("scan", "--fial-on", "high")
    assert str(error) == "unknown option '--fial-on'"
    assert error.hint == "did you mean --fail-on?"


def test_an_unknown_command_names_the_nearest() -> None:
    error = refused("scna")
    assert str(error) == "unknown command 'scna'"
    assert error.hint == "did you mean scan?"


def test_a_path_in_place_of_a_command_is_explained(tmp_path: object) -> None:
    error = refused(str(tmp_path))
    assert error.hint == f"did you mean `modelaudit scan {tmp_path}`?"


def test_a_missing_value_names_the_option() -> None:
    error = refused("scan", "--fail-on")
    assert "--fail-on" in str(error)
    assert error.hint == "`modelaudit scan --help` lists the options"


def test_a_value_for_a_switch_is_refused() -> None:
    assert "--exit-zero" in str(refused("scan", "--exit-zero=yes"))


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["scan", "--help"], ["scan", "-h"]], ids=" ".join)
def test_help_exits_with_zero(arguments: list[str]) -> None:
    assert CliRunner().invoke(app.application(), arguments).exit_code == 0


def test_version_without_a_command() -> None:
    result = CliRunner().invoke(app.application(), ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"modelaudit {__version__}\n")


def test_a_bare_command_shows_help_and_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.read([]) == 2
    assert "scan" in capsys.readouterr().out


def test_the_table_is_sound() -> None:
    for command in options.COMMANDS:
        spellings = [word for option in options.options_of(command.name) for word in (option.flag, option.short) if word]
        assert len(spellings) == len(set(spellings))
    for option in options.OPTIONS:
        assert option.group in options.GROUPS
        assert option.help.endswith(".")
        assert (option.kind is Kind.CHOICE) == bool(option.choices)
        assert all(options.command_named(name) for name in option.commands)


def test_every_format_has_its_module() -> None:
    from modelaudit.report.registry import FORMATS

    assert list(options.FORMATS) == list(FORMATS)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("modelaudit scan --fail-", {"--fail-on"}),
        ("modelaudit scan --fail-on c", {"critical"}),
        ("modelaudit expl", {"explain"}),
        ("modelaudit rules st", {"status"}),
        ("modelaudit scan --select reti", {"retired-model"}),
        ("modelaudit scan --ignore legacy-model,resil", {"legacy-model,resilience"}),
        ("modelaudit explain retir", {"retired-model"}),
        ("modelaudit explain claude-3-haiku", {"claude-3-haiku-20240307"}),
    ],
)
def test_the_shell_completes_options_values_and_commands(words: str, expected: set[str]) -> None:
    environ = os.environ | {"_MODELAUDIT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run([sys.executable, "-m", "modelaudit"], capture_output=True, text=True, env=environ, check=False)
    assert set(done.stdout.split()) == expected
