"""The hook, the action and the recipes name options that exist, and the action hands its inputs over by the environment only."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from modelaudit.cli.parse import parse
from modelaudit.domain.option import Option
from modelaudit.options import options_of

ROOT = Path(__file__).parent.parent
SCAN = {option.flag: option for option in options_of("scan")}


def variables() -> dict[str, Option]:
    return {option.variable: option for option in SCAN.values()}


def test_the_hook_is_a_plain_scan() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    assert program == "modelaudit"
    found = parse([*arguments, "a.py", "b.py"])
    assert found is not None
    assert found.arguments == ("a.py", "b.py")
    assert found.has("force-exclude")


def test_the_action_passes_inputs_by_the_environment() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        for name in step["env"]:
            assert not name.startswith("MODELAUDIT_") or name in variables()
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(action["inputs"])


def test_the_action_uses_options_that_exist() -> None:
    flags = re.findall(r"(?<=\s)--[a-z-]+", (ROOT / "action.yml").read_text())
    assert {flag for flag in flags if flag != "--quiet"} <= set(SCAN)


def test_recipes_use_options_that_exist() -> None:
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    commands = re.findall(r"modelaudit (scan .*)", page)
    assert commands
    for command in commands:
        assert parse(command.split()) is not None, command
    assert set(re.findall(r"`(--[a-z-]+)", page)) <= set(SCAN)
