"""The table of factors in docs/risk.md is whole, and names what exists."""

from __future__ import annotations

import re
from pathlib import Path

from modelaudit.feed import risk

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (F\d\d) .*\| `([^`]+)` \|$", re.MULTILINE)


def test_every_factor_has_its_row_and_what_holds_it_exists() -> None:
    rows = ROW.findall((ROOT / "docs" / "risk.md").read_text("utf-8"))
    spoken = {name.partition(".")[0] for name, _ in risk.decode(risk.build(str(ROOT / "rules"))).sentences}
    told = {name for name in spoken if name.startswith("F")}
    assert sorted(name for name, _ in rows) == sorted({*told, "F40"}), "a waiver has no sentence of its own: it changes no level"
    assert [place for _, place in rows if not (ROOT / place).exists()] == []
    for name, place in rows:
        if place.startswith("tests/") and place.endswith("test_factors.py"):
            assert f'"{name}"' in (ROOT / place).read_text("utf-8"), name
