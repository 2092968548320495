"""Wrong configurations: each message names file, line, key, what is expected, and the nearest word or an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit.config.keys import KEYS
from modelaudit.config.load import load
from modelaudit.domain.errors import ConfigError, ExitCode
from modelaudit.invocation import Invocation

STATUS_WORDS = "expected one of unreleased, active, legacy, deprecated, retired, restricted, unknown"
EXPOSURE_WORDS = (
    "expected one of production, generated, test, evaluation, example, documentation, notebook, ci, developer-tool, migration-history"
)
WRONG: dict[str, tuple[str, int, str, str | None]] = {
    "unknown key": ('[tool.modelaudit]\nfail_on = "high"\n', 2, "tool.modelaudit.fail_on: unknown key", "did you mean fail-on?"),
    "unknown level": (
        '[tool.modelaudit]\n\nfail-on = "hihg"\n',
        3,
        "tool.modelaudit.fail-on: unknown level 'hihg'; expected one of critical, high, medium, low, info",
        "did you mean high?",
    ),
    "level of the wrong type": (
        "[tool.modelaudit]\nrisk = 3\n",
        2,
        "tool.modelaudit.risk: the number 3; expected one of critical, high, medium, low, info",
        None,
    ),
    "text in place of an array": (
        '[tool.modelaudit]\nselect = "retired-model"\n',
        2,
        "tool.modelaudit.select: the string 'retired-model'; expected an array; each item the name of a rule or group",
        None,
    ),
    "number in an array": (
        '[tool.modelaudit]\nprofiles = ["eu-licensee", 7]\n',
        2,
        "tool.modelaudit.profiles[1]: the number 7; expected the name of a restriction profile",
        None,
    ),
    "text in place of a switch": (
        '[tool.modelaudit]\nforce-exclude = "yes"\n',
        2,
        "tool.modelaudit.force-exclude: the string 'yes'; expected true or false",
        None,
    ),
    "a day that no calendar has": (
        '[tool.modelaudit]\nas-of = "2026-02-30"\n',
        2,
        "tool.modelaudit.as-of: '2026-02-30' is not a day; expected a date such as 2027-01-15",
        None,
    ),
    "a date of another country": (
        '[[tool.modelaudit.ignore]]\nrule = "retired-model"\nuntil = "15.01.2027"\n',
        3,
        "tool.modelaudit.ignore[0].until: '15.01.2027' is not a day; expected a date such as 2027-01-15",
        None,
    ),
    "a time in place of a date": (
        '[[tool.modelaudit.ignore]]\nrule = "retired-model"\nuntil = 2027-01-15T12:00:00\n',
        3,
        "tool.modelaudit.ignore[0].until: 2027-01-15 12:00:00; expected a date such as 2027-01-15",
        None,
    ),
    "a suppression without a rule": (
        '[tool.modelaudit]\n[[tool.modelaudit.ignore]]\nrule = "legacy-model"\n\n[[tool.modelaudit.ignore]]\nruel = "legacy-model"\n',
        6,
        "tool.modelaudit.ignore[1].ruel: unknown key",
        "did you mean rule?",
    ),
    "a grant without restrictions": (
        '[[tool.modelaudit.grant]]\nuntil = 2026-12-31\nholder = "Acme"\n',
        1,
        "tool.modelaudit.grant[0]: a grant needs 'restrictions': an array; each item the id of a restriction",
        None,
    ),
    "an unknown status in a policy": (
        '[tool.modelaudit]\ndeny = ["status:retried"]\n',
        2,
        "tool.modelaudit.deny[0]: unknown value 'retried'; " + STATUS_WORDS,
        "did you mean retired?",
    ),
    "an unknown key in an inline table": (
        '[tool.modelaudit]\ndeny = [\n  "gpt-4-0613",\n  { publsher = "deepseek" },\n]\n',
        4,
        "tool.modelaudit.deny[1].publsher: unknown key",
        "did you mean publisher?",
    ),
    "an unknown exposure": (
        '[tool.modelaudit.exposure]\n"tools/**" = "developer-tools"\n',
        2,
        "tool.modelaudit.exposure.\"tools/**\": unknown value 'developer-tools'; " + EXPOSURE_WORDS,
        "did you mean developer-tool?",
    ),
    "a name without a model": (
        '[tool.modelaudit.names]\nsummariser = { platform = "azure" }\n',
        2,
        "tool.modelaudit.names.summariser: a name needs 'model': a model ID",
        None,
    ),
    "a number below the least": (
        "[tool.modelaudit]\nmax-suppression-days = 0\n",
        2,
        "tool.modelaudit.max-suppression-days: the number 0; expected a whole number from 1 up",
        None,
    ),
    "a call shape without arguments": (
        '[[tool.modelaudit.calls]]\nmatch = ["app.llm.ask"]\n',
        1,
        "tool.modelaudit.calls[0]: a call needs 'model': a table",
        None,
    ),
    "a table in place of a value": (
        "[tool.modelaudit.rules]\nbundled = true\n",
        1,
        "tool.modelaudit.rules: a table; expected a path, or an array; each item a path",
        None,
    ),
    "an extended file that is not there": (
        '[tool.modelaudit]\nextend = "../common.toml"\n',
        2,
        "tool.modelaudit.extend: ../common.toml: no such file",
        "",
    ),
    "an empty string": ('[tool.modelaudit]\nbaseline = ""\n', 2, "tool.modelaudit.baseline: an empty string; expected a path", None),
}


@pytest.mark.parametrize(("text", "line", "message", "hint"), WRONG.values(), ids=WRONG)
def test_message(text: str, line: int, message: str, hint: str | None, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(Invocation("scan"), (), str(tmp_path))
    assert str(caught.value) == f"pyproject.toml:{line}: {message}"
    assert caught.value.exit_code is ExitCode.USAGE
    key = message.removeprefix("tool.modelaudit.").replace("[", ".").replace(":", ".").split(".")[0]
    examples = {entry.key: f"for example {entry.key} = {entry.example}" for entry in KEYS}
    assert caught.value.hint == (examples[key] if hint is None else hint or None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[tool.modelaudit]\nas-of = 2026-02-30\n",
            "2: tool.modelaudit.as-of: 2026-02-30 is not a day; expected a date such as 2027-01-15",
        ),
        (
            '[[tool.modelaudit.ignore]]\nrule = "x"\n[[tool.modelaudit.ignore]]\nrule = "y"\nuntil = 2026-13-01\n',
            "5: tool.modelaudit.ignore[1].until: 2026-13-01 is not a day; expected a date such as 2027-01-15",
        ),
    ],
)
def test_a_day_that_toml_itself_refuses(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(Invocation("scan"), (), str(tmp_path))
    assert str(caught.value) == f"pyproject.toml:{message}"


def test_a_day_that_is_one_is_not_blamed_for_what_stands_behind_it(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text("as-of = 2026-02-20 x\n")
    with pytest.raises(ConfigError, match=r"modelaudit\.toml:1: not valid TOML"):
        load(Invocation("scan"), (), str(tmp_path))


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "high"\nrisk = \n')
    with pytest.raises(ConfigError, match=r"modelaudit\.toml:2: not valid TOML"):
        load(Invocation("scan"), (), str(tmp_path))


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_bytes(b'baseline = "\xff"\n')
    with pytest.raises(ConfigError, match=r"modelaudit\.toml: not UTF-8 at byte 12"):
        load(Invocation("scan"), (), str(tmp_path))


def test_a_circle_of_extends(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('extend = "other.toml"\n')
    (tmp_path / "other.toml").write_text('risk = "low"\nextend = "modelaudit.toml"\n')
    with pytest.raises(ConfigError, match=r"other\.toml:2: extend: 'modelaudit\.toml' leads back to this file"):
        load(Invocation("scan"), (), str(tmp_path))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("fail-on=hihg", "--config: fail-on: unknown level 'hihg'"),
        ("no-such-key=1", "--config: no-such-key: unknown key"),
        ("= 3", "--config = 3: not a key and a value"),
        ("missing.toml", "missing.toml: no such file"),
    ],
)
def test_config_on_the_command_line(entry: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(Invocation("scan", (), (("config", (entry,)),)), (), str(tmp_path))
    assert str(caught.value).startswith(message)
