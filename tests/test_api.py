"""The audit as a function of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import modelaudit
from modelaudit import ModelAuditError, Report, Risk, audit

JUNE = Path(__file__).parents[1] / "fixtures" / "june-2026"


def test_an_audit_gives_what_the_program_reports(capsys: pytest.CaptureFixture[str]) -> None:
    report = audit(JUNE, options=["--as-of", "2026-06-20"])
    assert isinstance(report, Report)
    assert [finding.risk for finding in report.findings].count(Risk.CRITICAL) == 3
    assert report.gate is not None
    assert report.gate.exit_code == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("options", [["--as-of", "yesterday"], ["--no-such-option"], ["--help"]])
def test_wrong_options_raise(options: list[str]) -> None:
    with pytest.raises(ModelAuditError):
        audit(JUNE, options=options)


def test_every_public_name_is_there() -> None:
    assert all(getattr(modelaudit, name) is not None for name in modelaudit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = modelaudit.nothing


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, modelaudit; print([name for name in sys.modules if name.startswith('modelaudit.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
