"""docs/rules.md says what the docstrings of the rules say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from modelaudit.report.rule_page import rule_page
from modelaudit.triage.triage import all_rules

ROOT = Path(__file__).parents[2]


def test_the_page_is_current(tmp_path: Path) -> None:
    target = tmp_path / "rules.md"
    subprocess.run([sys.executable, str(ROOT / "tools" / "write_rules.py"), str(target)], check=True)
    told = "run `python tools/write_rules.py docs/rules.md`"
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == target.read_text("utf-8"), told


def test_every_rule_has_a_page_with_the_same_headings() -> None:
    for rule in all_rules():
        headings = [line for line in rule_page(rule.id).text.splitlines() if line.startswith("## ")]
        assert headings == ["## What it does", "## Why it matters", "## Example", "## Options", "## Sources"], rule.id


def test_what_speaks_of_resilience_alone_runs_only_when_selected() -> None:
    assert [rule.id for rule in all_rules() if rule.group == "resilience" and rule.default] == []
