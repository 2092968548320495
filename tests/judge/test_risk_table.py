"""The decision table: total, monotone, and the one of the risk model."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.errors import FeedError
from modelaudit.domain.finding import Risk
from modelaudit.domain.risk import LETTERS, Table, lower
from modelaudit.feed import risk, risk_source

RULES = Path(__file__).parents[2] / "rules"
SHIPPED = risk.decode(risk.build(str(RULES)))

# Written down from the risk model, not from the file.
EXPECTED = {
    4: ("LLLL", "MMHH", "HHCC", "CCCC"),
    3: ("LLLL", "MMMH", "MHHC", "HHCC"),
    2: ("IIII", "LLMM", "MMMH", "MMHH"),
    1: ("IIII", "IILL", "LLLM", "LLMM"),
    0: ("IIII", "IIII", "IIII", "IIII"),
}
STEPS = tuple(product(range(5), range(4), range(4)))


def rows(changes: dict[tuple[int, int], str] | None = None) -> dict[str, dict[str, str]]:
    made = {f"U{u}": {f"E{e}": letters for e, letters in enumerate(columns)} for u, columns in EXPECTED.items()}
    for (u, e), letters in (changes or {}).items():
        made[f"U{u}"][f"E{e}"] = letters
    return made


def test_every_cell_is_the_one_of_the_risk_model() -> None:
    for u, e, d in STEPS:
        assert SHIPPED.table.level(u, e, d) is LETTERS[EXPECTED[u][e][d]], (u, e, d)


def test_distribution_of_the_levels() -> None:
    counts = {level: sum(SHIPPED.table.level(*step) is level for step in STEPS) for level in Risk}
    assert counts == {Risk.INFO: 26, Risk.LOW: 17, Risk.MEDIUM: 16, Risk.HIGH: 12, Risk.CRITICAL: 9}


def assert_monotone(table: Table) -> None:
    for late, u, e, d in product((False, True), range(5), range(4), range(4)):
        rank = table.level(u, e, d, late).rank
        assert table.level(u, e, d, True).rank >= table.level(u, e, d).rank
        assert u == 4 or table.level(u + 1, e, d, late).rank >= rank
        assert e == 3 or table.level(u, e + 1, d, late).rank >= rank
        assert d == 3 or table.level(u, e, d + 1, late).rank >= rank


def test_raising_anything_never_lowers_a_level() -> None:
    assert_monotone(SHIPPED.table)


def test_late_work_rises_one_step_but_not_above_the_outage() -> None:
    assert SHIPPED.table.level(3, 2, 3, True) is Risk.CRITICAL
    assert SHIPPED.table.level(2, 2, 3, True) is Risk.CRITICAL
    assert SHIPPED.table.level(1, 3, 0, True) is Risk.MEDIUM
    assert SHIPPED.table.level(3, 1, 0, True) is Risk.MEDIUM, "the same site is medium once the model is down"
    assert SHIPPED.table.level(4, 1, 0, True) is Risk.MEDIUM
    assert SHIPPED.table.level(0, 3, 3, True) is Risk.INFO


def test_a_replaced_table_is_accepted_when_it_is_sound() -> None:
    table = risk_source.table(rows({(0, 3): "IIIL"}), "mine.toml")
    assert table.level(0, 3, 3) is Risk.LOW
    assert_monotone(table)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({(4, 3): "CCCH"}, "U4 E3 D3"),
        ({(3, 1): "MMHM"}, "U3 E1 D3"),
        ({(2, 3): "IMHH"}, "U2 E3 D0"),
        ({(1, 3): "LLM"}, "table.U1.E3"),
        ({(1, 3): "LLMX"}, "table.U1.E3"),
    ],
)
def test_a_broken_table_names_its_cell(change: dict[tuple[int, int], str], said: str) -> None:
    broken = rows(change)
    with pytest.raises(FeedError, match=said) as caught:
        risk_source.table(broken, "mine.toml")
    assert "mine.toml" in str(caught.value)


def test_a_missing_cell_and_a_surplus_row_are_errors() -> None:
    short = rows()
    del short["U2"]["E1"]
    with pytest.raises(FeedError, match=r"table\.U2\.E1 is missing"):
        risk_source.table(short, "mine.toml")
    long = rows()
    long["U5"] = {"E0": "IIII"}
    with pytest.raises(FeedError, match=r"table\.U5 does not exist"):
        risk_source.table(long, "mine.toml")


@given(st.lists(st.sampled_from("CHMLI"), min_size=80, max_size=80))
def test_what_the_check_accepts_is_monotone(letters: list[str]) -> None:
    text = "".join(letters)
    made = {f"U{u}": {f"E{e}": text[(u * 16 + e * 4) : (u * 16 + e * 4) + 4] for e in range(4)} for u in range(5)}
    try:
        table = risk_source.table(made, "random.toml")
    except FeedError:
        return
    assert_monotone(table)


@given(st.integers(0, 4), st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_every_sum_of_steps_is_accepted(start: int, steps: list[int]) -> None:
    """Tables made monotone by construction pass, whatever their levels."""
    letters = "ILMHC"
    u_steps, e_steps, d_steps = steps[:5], steps[5:9], steps[9:]
    made = {
        f"U{u}": {
            f"E{e}": "".join(letters[min(4, (sum(u_steps[:u]) + sum(e_steps[:e]) + sum(d_steps[:d]) + start) // 4)] for d in range(4))
            for e in range(4)
        }
        for u in range(5)
    }
    assert_monotone(risk_source.table(made, "stepped.toml"))


def test_a_broken_file_is_an_error_with_its_key(tmp_path: Path) -> None:
    text = (RULES / "risk.toml").read_text(encoding="utf-8")
    (tmp_path / "risk.toml").write_text(text.replace("near-days = 90", "near-days = 20"), encoding="utf-8")
    with pytest.raises(FeedError, match=r"risk\.toml: thresholds\.near-days"):
        risk.build(str(tmp_path))
    (tmp_path / "risk.toml").write_text(text.replace("imminent-days = 30", 'imminent-days = "soon"'), encoding="utf-8")
    with pytest.raises(FeedError, match=r"risk\.toml:\d+: thresholds\.imminent-days"):
        risk.build(str(tmp_path))
    with pytest.raises(FeedError, match="cannot be read"):
        risk.build(str(tmp_path / "nowhere"))


def test_a_project_replaces_only_what_its_file_names(tmp_path: Path) -> None:
    letters = "\n".join(f'U{u}.E{e} = "{text}"' for u in range(1, 5) for e, text in enumerate(EXPECTED[u]))
    mine = f'schema = "1"\n[table]\n{letters}\nU0 = {{ E3 = "LLLL", E2 = "IIII", E1 = "IIII", E0 = "IIII" }}\n'
    (tmp_path / "risk.toml").write_text(mine, encoding="utf-8")
    laid = risk.decode({**risk.build(str(RULES)), **risk.build(str(tmp_path))})
    assert laid.table.level(0, 3, 0) is Risk.LOW
    assert laid._replace(table=SHIPPED.table) == SHIPPED
    with pytest.raises(FeedError, match="errors, fallbacks, paths"):
        risk.decode(risk.build(str(tmp_path)))


def test_one_step_lower() -> None:
    assert [lower(level) for level in Risk] == [Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.INFO, Risk.INFO]


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        ('schema = "1"\n[table]\nU4 = { E3 = "CCCC" }\n', "table.U0.E0 is missing"),
        ('schema = "1"\n[table]\n{rows}U4 = {{ E3 = "CCCH", E2 = "HHCC", E1 = "MMHH", E0 = "LLLL" }}\n', "table.U4.E3"),
        ('schema = "1"\n[table]\n{rows}U4 = {{ E3 = "CCC", E2 = "HHCC", E1 = "MMHH", E0 = "LLLL" }}\n', "table.U4.E3"),
        ('schema = "1"\n[thresholds]\nimminent-days = 30\n', "thresholds"),
    ],
)
def test_a_broken_table_of_a_project_ends_the_run(mine: str, said: str, tmp_path: Path) -> None:
    """Exit code 2, and one line that names the file and the key."""
    rows = "".join(f"U{u} = {{ " + ", ".join(f'E{e} = "{letters}"' for e, letters in enumerate(EXPECTED[u])) + " }\n" for u in range(4))
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "risk.toml").write_text(mine.replace("{rows}", rows).replace("{{", "{").replace("}}", "}"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.modelaudit]\nrules = ["bundled", "our-rules"]\n', encoding="utf-8")
    (tmp_path / "a.py").write_text('MODEL = "claude-3-haiku-20240307"\n', encoding="utf-8")
    command = [sys.executable, "-m", "modelaudit", "scan", ".", "--as-of", "2026-11-21"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "our-rules/risk.toml" in done.stderr.replace("\\", "/")
    assert said in done.stderr


def test_a_replaced_table_decides_the_level(tmp_path: Path) -> None:
    """All 160 combinations hold for a replaced table as well, and the run uses it."""
    letters = "".join(f'U{u} = {{ E3 = "MMMM", E2 = "MMMM", E1 = "MMMM", E0 = "LLLL" }}\n' for u in range(1, 5))
    (tmp_path / "our-rules").mkdir()
    mine = f'schema = "1"\n[table]\nU0 = {{ E3 = "IIII", E2 = "IIII", E1 = "IIII", E0 = "IIII" }}\n{letters}'
    (tmp_path / "our-rules" / "risk.toml").write_text(mine, encoding="utf-8")
    assert_monotone(risk.decode({**risk.build(str(RULES)), **risk.build(str(tmp_path / "our-rules"))}).table)
    (tmp_path / "pyproject.toml").write_text('[tool.modelaudit]\nrules = ["bundled", "our-rules"]\n', encoding="utf-8")
    code = 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307", max_tokens=9, messages=m)\n'
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "modelaudit", "scan", ".", "--as-of", "2026-11-21", "--format", "concise"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "a.py:2:46: medium retired-model" in done.stdout, done.stdout + done.stderr
