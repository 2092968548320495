"""`modelaudit config`: each setting with its origin, and a schema that agrees with what is accepted."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import tomli

from modelaudit.cli import run
from modelaudit.config.keys import KEYS, Key
from modelaudit.config.load import load
from modelaudit.config.schema import schema
from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal


def config(*arguments: str, environ: dict[str, str] | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), environ or {}, str(Path.cwd()), lambda: date(2026, 11, 21))
    return run(["config", *arguments], terminal), out.getvalue(), err.getvalue()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_setting_with_its_origin(tree: Path) -> None:
    (tree / "base.toml").write_text('risk = "low"\nprofiles = ["eu-licensee"]\n')
    (tree / "pyproject.toml").write_text(
        '[tool.modelaudit]\nextend = "base.toml"\ndeny = ["publisher:deepseek"]\n\n[[tool.modelaudit.ignore]]\nrule = "legacy-model"\n'
    )
    code, out, _ = config("show", "--fail-on", "medium", environ={"MODELAUDIT_AS_OF": "2026-06-20"})
    lines = {line.split(" ")[0]: line for line in out.splitlines()}
    assert code == 0
    assert lines["fail-on"].split("  # ") == [lines["fail-on"].split("  # ")[0], "--fail-on"]
    assert lines["fail-on"].startswith('fail-on = "medium"')
    assert lines["risk"].endswith("# base.toml:1")
    assert lines["profiles"].endswith("# base.toml:2")
    assert lines["policy"].startswith('policy = [{ deny = [{ publisher = "deepseek" }] }]')
    assert lines["policy"].endswith("# pyproject.toml:3")
    assert lines["ignore"].startswith('ignore = [{ rule = "legacy-model" }]')
    assert lines["ignore"].endswith("# pyproject.toml:5")
    assert lines["as-of"].endswith("# MODELAUDIT_AS_OF")
    assert lines["force-exclude"].endswith("# default")


def test_suppressions_are_shown_beside_the_rules_that_are_off(tree: Path) -> None:
    (tree / "modelaudit.toml").write_text('ignore = ["legacy-model", { rule = "retired-model", until = 2027-01-15, reason = "x" }]\n')
    _, out, _ = config("show")
    (line,) = (line for line in out.splitlines() if line.startswith("ignore = "))
    shown, _, origin = line.partition("  # ")
    assert shown.rstrip() == 'ignore = ["legacy-model", { rule = "retired-model", until = 2027-01-15, reason = "x" }]'
    assert origin == "modelaudit.toml:1"


def values() -> dict[str, str]:
    _, out, _ = config("show", "--format", "json")
    return {key: one["value"] for key, one in json.loads(out)["settings"].items()}


def test_what_is_shown_is_a_configuration_that_says_the_same(tree: Path) -> None:
    (tree / "modelaudit.toml").write_text(f"{EVERYTHING}\n{RECORDS}")
    before = values()
    _, shown, _ = config("show")
    (tree / "modelaudit.toml").write_text(shown)
    assert values() == before
    assert before["grant"] == '[{ restrictions = ["us-ear-2026-06"], from = 2026-06-12 }]'
    assert before["names"] == '{ "a b" = { model = "gpt-4o", platform = "azure" }, summariser-prod = { model = "gpt-4o" } }'
    assert before["calls"] == '[{ match = ["app.llm.ask"], model = { model = 1 }, id = "app.llm.ask", several = true }]'
    assert before["exposure"] == '{ "tools/**" = "developer-tool" }'
    assert before["per-file-ignores"] == '{ "tests/**" = ["deprecated-model"] }'


def test_what_has_no_effect_is_told(tree: Path) -> None:
    (tree / "modelaudit.toml").write_text('cache-dir = "here"\n')
    assert config("show")[2].startswith("warning: modelaudit.toml:1: cache-dir has no effect here")


def test_the_default_excludes_are_shown(tree: Path) -> None:
    assert values()["exclude"].startswith('["node_modules/", ')
    (tree / "modelaudit.toml").write_text('exclude = ["data"]\n')
    assert values()["exclude"] == '["data"]'


SPECIAL = {"extend", "baseline", "rules", "names", "calls", "grant"}
RECORDS = """\
names = { summariser-prod = "gpt-4o", "a b" = { model = "gpt-4o", platform = "azure" } }
calls = [{ match = ["app.llm.ask"], model = { model = 1 }, several = true }]
grant = [{ restrictions = ["us-ear-2026-06"], from = 2026-06-12 }]
"""
EVERYTHING = "\n".join(f"{entry.key} = {entry.example}" for entry in KEYS if entry.key not in SPECIAL)


@pytest.mark.parametrize("entry", KEYS, ids=lambda entry: entry.key)
def test_every_example_is_accepted_and_fits_the_schema(entry: Key, tree: Path) -> None:
    (tree / "project").mkdir()
    (tree / "modelaudit.toml").write_text("")
    (tree / "project" / "modelaudit.toml").write_text(f"{entry.key} = {entry.example}\n")
    load(Invocation("scan"), (), str(tree / "project"))
    value = json.loads(json.dumps(tomli.loads(f"{entry.key} = {entry.example}"), default=str))
    jsonschema.validate(value, schema())


@pytest.mark.parametrize("wrong", [{"fail_on": "high"}, {"fail-on": "hihg"}, {"ignore": [{"path": "x"}]}, {"jobs": 3}, {"risk": 3}])
def test_the_schema_refuses_what_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def test_the_schema_is_one() -> None:
    code, out, _ = config("schema")
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))
