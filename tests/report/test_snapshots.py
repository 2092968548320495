"""Every format renders the same golden report; the pictures are kept beside the test, were looked at, and change only on purpose.

`MODELAUDIT_UPDATE_SNAPSHOTS=1 pytest tests/report/test_snapshots.py` writes them anew.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
import report_examples as examples

from modelaudit.report import registry
from modelaudit.report.style import PLAIN

SNAPSHOTS = Path(__file__).with_name("snapshots")


def compare(name: str, text: str) -> None:
    """Compare with the stored picture, byte for byte."""
    file = SNAPSHOTS / name
    if os.environ.get("MODELAUDIT_UPDATE_SNAPSHOTS"):
        file.write_bytes(text.encode("utf-8"))
    assert file.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize("name", registry.FORMATS)
def test_the_golden_report_looks_as_it_did(name: str) -> None:
    out = io.StringIO()
    registry.renderer(name)(examples.golden(), out, PLAIN)
    compare(f"golden.{name}.txt", out.getvalue())


@pytest.mark.parametrize("name", registry.INVENTORY_FORMATS)
def test_the_golden_inventory_looks_as_it_did(name: str) -> None:
    out = io.StringIO()
    registry.inventory_renderer(name)(examples.golden(), out, PLAIN)
    compare(f"inventory.{name}.txt", out.getvalue())


@pytest.mark.parametrize("verbosity", [-1, 1])
def test_the_full_report_looks_as_it_did_when_quiet_and_when_everything_is_asked_for(verbosity: int) -> None:
    out = io.StringIO()
    registry.renderer("full")(examples.golden(), out, PLAIN._replace(verbosity=verbosity))
    compare(f"golden.full{verbosity:+d}.txt", out.getvalue())


def test_the_act_of_june_looks_as_it_did() -> None:
    out = io.StringIO()
    registry.renderer("full")(examples.june(), out, PLAIN)
    compare("june.full.txt", out.getvalue())
