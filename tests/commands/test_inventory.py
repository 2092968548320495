"""`modelaudit inventory`: every model in use, whatever its status, and never a failure."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from modelaudit import options
from modelaudit.cli import run
from modelaudit.report import registry
from modelaudit.terminal import Terminal


@pytest.mark.parametrize("name", options.INVENTORY_FORMATS)
def test_every_format_lists_good_and_bad(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    call = 'import anthropic\nanthropic.Anthropic().messages.create(model="{}", max_tokens=9, messages=[])\n'
    (tmp_path / "a.py").write_text(call.format("claude-3-haiku-20240307"))
    (tmp_path / "b.py").write_text(call.format("claude-haiku-4-5-20251001"))
    out = io.StringIO()
    terminal = Terminal(out, io.StringIO(), io.StringIO(), {}, str(tmp_path), lambda: date(2026, 11, 21))
    assert run(["inventory", "--format", name], terminal) == 0
    assert "claude-3-haiku-20240307" in out.getvalue()
    assert "claude-haiku-4-5-20251001" in out.getvalue()
    if name != "table":
        json.loads(out.getvalue())


def test_the_table_of_options_names_the_formats_there_are() -> None:
    assert list(options.INVENTORY_FORMATS) == list(registry.INVENTORY_FORMATS)
