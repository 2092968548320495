"""The examples of docs/feed.md are sound rules files."""

import re
from pathlib import Path

import pytest

from modelaudit.feed.lint import lint

DOCS = Path(__file__).parents[2] / "docs" / "feed.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.partition("key =")[2][:12] or "act")
def test_an_example_is_sound(tmp_path: Path, text: str) -> None:
    part = "restrictions" if "[[restriction]]" in text else "models"
    (tmp_path / part).mkdir()
    (tmp_path / part / "acme.toml").write_text(text, encoding="utf-8")
    assert lint(str(tmp_path)) == ()
