"""The speed program, as far as it measures nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.speed.measure import words


def test_the_program_beside_this_python_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an activated environment the name alone is found nowhere, or is another installation."""
    (tmp_path / "modelaudit").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert words("modelaudit scan '--format' json") == [str(tmp_path / "modelaudit"), "scan", "--format", "json"]
    assert words("rg -c x") == ["rg", "-c", "x"]
