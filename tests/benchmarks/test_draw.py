"""What a person is given to judge: drawn from everything, the same for a seed, with places that are right."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from benchmarks.accuracy.draw import Tree, draw
from benchmarks.accuracy.plainsearch import Line, lines_with_ids

from modelaudit.config.settings import Settings
from modelaudit.engine import audit

ROOT = Path(__file__).parents[2]
SETTINGS = 'MODEL = "claude-3-haiku-20240307"\n'
CLIENT = """\
import anthropic

from settings import MODEL

# gpt-4-0613 was here before
anthropic.Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
"""
NOTES = "We leave gpt-4-0613 in autumn,\nnot gpt-4-0613-results.json nor my-gpt-4-0613.\nus.anthropic.claude-3-haiku-20240307-v1:0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("settings.py", SETTINGS),
        ("client.py", CLIENT),
        ("notes.txt", NOTES),
        ("deep/unknown.suffix", "x = 'gpt-4-0613'\n"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def tree(folder: Path) -> Tree:
    return Tree(str(folder), audit(Settings(base=str(folder)), (str(folder),), date(2026, 11, 21)))


def test_a_finding_is_drawn_with_its_site_and_the_way_to_it(tree: Tree) -> None:
    (drawn,) = draw([tree], {"finding": 9}, 1, ("settings.py",))
    assert (drawn.kind, drawn.path, drawn.line, drawn.column) == ("finding", "settings.py", 1, 10)
    said = "\n".join(drawn.said)
    assert "retired-model" in said
    assert "site client.py:6:1 anthropic.Anthropic().messages.create [model] gets 'claude-3-haiku-20240307'" in said
    assert "| anthropic.Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])" in said
    assert "via client.py:3" in said
    assert f"quoted: {SETTINGS.strip()}" in said


def test_silent_lines_are_all_that_hold_an_id_and_are_not_reported(tree: Tree) -> None:
    drawn = draw([tree], {"silent": 99}, 1)
    assert [(thing.path, thing.line) for thing in drawn] == [
        ("client.py", 5),
        ("deep/unknown.suffix", 1),
        ("notes.txt", 1),
        ("notes.txt", 3),
    ]
    assert any("mention 'gpt-4-0613'" in said for said in drawn[0].said)
    assert drawn[1].said == ("plain search sees 'gpt-4-0613'", "nothing said")


def test_a_literal_of_a_good_model_can_be_drawn_though_it_is_no_finding(folder: Path) -> None:
    (folder / "settings.py").write_text('MODEL = "claude-haiku-4-5"\n')
    tree = Tree(str(folder), audit(Settings(base=str(folder)), (str(folder),), date(2025, 11, 21)))
    assert [thing.path for thing in draw([tree], {"literal": 9}, 1)] == ["settings.py"]
    assert draw([tree], {"finding": 9}, 1, ("settings.py",)) == []


def test_as_many_are_drawn_as_wanted_and_a_seed_decides_which(tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("".join(f"{number} gpt-4-0613\n" for number in range(50)))
    tree = Tree(str(tmp_path), audit(Settings(base=str(tmp_path)), (str(tmp_path),), date(2026, 11, 21)))
    first, again, other = (draw([tree], {"silent": 7}, seed) for seed in (1, 1, 2))
    assert first == again
    assert len(first) == len(other) == 7
    assert first != other


def test_plain_search_wants_whole_tokens_and_words_in_quotes(tmp_path: Path) -> None:
    known = frozenset(("gpt-4", "o1", "command", "anthropic.claude-v2"))
    rows = [
        "gpt-4o",
        "a gpt-4.",
        "x/gpt-4",
        "`o1` or o1",
        "o1, o2 = f()",
        "command",
        "us.anthropic.claude-v2",
        "pkg.gpt-4",
        "GPT-4: x",
        "'command'",
    ]
    (tmp_path / "a.txt").write_text("\n".join(rows))
    (tmp_path / "b.bin").write_bytes(b"gpt-4\0")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("gpt-4")
    found = list(lines_with_ids(str(tmp_path), known))
    assert [line.number for line in found] == [2, 3, 4, 7, 9, 10]
    assert found[0] == Line("a.txt", 2, "gpt-4")


def test_the_program_shows_the_line_and_what_stands_around_it(folder: Path) -> None:
    command = (sys.executable, "-m", "benchmarks.accuracy.draw", str(folder), "--seed", "3", "--findings", "5", "--silent", "5")
    shown = [
        subprocess.run((*command, *more), cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for more in ((), (), ("--format", "markdown"))
    ]
    assert shown[0] == shown[1]
    assert ">     1 | " + SETTINGS.strip() in shown[0]
    assert "      2 | not gpt-4-0613-results.json" in shown[0]
    assert shown[2].startswith("### 1. finding ")
