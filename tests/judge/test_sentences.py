"""Sentences are data: each one that the code asks for exists, each one that exists is asked for, and none is shown with a gap."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from modelaudit.feed import risk
from modelaudit.judge.case import Sentences

ROOT = Path(__file__).parents[2]
TEMPLATES = dict(risk.decode(risk.build(str(ROOT / "rules"))).sentences)
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src" / "modelaudit" / "judge").rglob("*.py")))
ASKED = set(re.findall(r'"([FT]\d+\.[a-z-]+)"', SOURCES))
COMPOSED = {f"F29.{how}" for how in ("drop-in", "options", "inferred", "nearest")} | {
    f"F21.{effect}" for effect in ("error", "ignored", "behaviour", "cost", "reindex")
}


def test_every_sentence_that_is_asked_for_exists() -> None:
    assert TEMPLATES.keys() >= ASKED
    assert TEMPLATES.keys() >= COMPOSED


def test_every_sentence_that_exists_is_asked_for() -> None:
    assert TEMPLATES.keys() == ASKED | COMPOSED


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_a_sentence_is_one_short_sentence(key: str) -> None:
    text = TEMPLATES[key]
    assert text
    assert not text.endswith(".")
    assert len(text) < 110
    assert all(name.isidentifier() for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_words_may_have_any_name() -> None:
    made = Sentences((("F22.output", "{value} of {point} for {key}"),)).factor(
        "F22.output", "difficulty", "v", "D>=2", (), value="1", point="2", key="3"
    )
    assert made.sentence == "1 of 2 for 3"
    assert (made.id, made.point, made.value, made.effect) == ("F22", "difficulty", "v", "D>=2")
