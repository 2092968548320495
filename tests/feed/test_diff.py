"""What changed between two feeds, in words a reader acts on."""

from pathlib import Path

import pytest

from modelaudit.feed.diff import diff
from modelaudit.feed.load import Feed, load

FEED = """\
schema = "1"
publisher = "acme"

[source.page]
url = "https://acme.example/models"
official = true

[[model]]
key = "anvil-1"

  [[model.life]]
  platform = "acme"
  ids = ["anvil-1"]
  source = "page"
  events = [
    { kind = "released", on = 2025-01-01 },
    { kind = "shutdown", on = 2026-12-01 },
  ]
  replacement = { drop_in = "anvil-2" }

[[model]]
key = "anvil-2"

  [[model.life]]
  platform = "acme"
  ids = ["anvil-2"]
  source = "page"
  events = [
    { kind = "floor", on = 2027-05-01 },
  ]
"""

ACT = """\
schema = "1"

[source.order]
url = "https://government.example/order"
official = true

[[restriction]]
id = "anvil-ban"
title = "No anvils"
kind = "government_ban"
subjects = ["anvil-1"]
jurisdiction = "Roadrunner County"
bound = "coyotes"
profiles = ["coyote"]
effective = 2026-03-01
grade = "A"
source = "order"
"""


def _load(folder: Path, models: str, acts: str | None = ACT) -> Feed:
    for name, text in (("models", models), ("restrictions", acts)):
        if text is not None:
            (folder / name).mkdir(parents=True)
            (folder / name / "acme.toml").write_text(text, encoding="utf-8")
    return load(str(folder), str(folder / "cache"))


@pytest.fixture
def old(tmp_path: Path) -> Feed:
    return _load(tmp_path / "old", FEED)


def test_nothing_changed(old: Feed, tmp_path: Path) -> None:
    assert diff(old, _load(tmp_path / "new", FEED)) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind", "sentence"),
    [
        ("2026-12-01", "2026-12-31", "end", "anvil-1 on acme: ends 2026-12-31 instead of 2026-12-01, 30 days later"),
        ("2026-12-01", "2026-11-30", "end", "anvil-1 on acme: ends 2026-11-30 instead of 2026-12-01, 1 day earlier"),
        ('{ kind = "shutdown", on = 2026-12-01 },', "", "end", "anvil-1 on acme: no end is announced any more (was 2026-12-01)"),
        ("2027-05-01", "2027-08-01", "floor", "anvil-2 on acme: safe until 2027-08-01 (was 2027-05-01)"),
        ('"floor", on = 2027-05-01', '"shutdown", on = 2027-05-01', "end", "anvil-2 on acme: ends 2027-05-01; no end was known"),
        (
            'drop_in = "anvil-2"',
            'options = ["anvil-2", "anvil-3"]',
            "replacement",
            "anvil-1 on acme: use anvil-2 or anvil-3 instead (was anvil-2)",
        ),
        ('ids = ["anvil-2"]', 'ids = ["anvil-2", "anvil-two"]', "name", "anvil-two on acme names anvil-2"),
        ("2025-01-01 },", '2025-01-01 },\n{ kind = "deprecated", on = 2026-06-01 },', "state", "anvil-1 on acme: deprecated 2026-06-01"),
        (
            "  replacement",
            '  unavailable = [{ from = 2026-02-01, cause = "flood" }]\n  replacement',
            "outage",
            "anvil-1 on acme: calls fail from 2026-02-01 on, no end known (flood)",
        ),
        (
            'key = "anvil-2"\n\n  [[model.life]]\n  platform = "acme"',
            'key = "anvil-2"\n\n  [[model.life]]\n  platform = "emca"',
            "removed",
            "anvil-2 on acme is no longer in the feed",
        ),
    ],
)
def test_a_change_in_words(old: Feed, tmp_path: Path, before: str, after: str, kind: str, sentence: str) -> None:
    assert before in FEED
    changes = diff(old, _load(tmp_path / "new", FEED.replace(before, after, 1)))
    assert (kind, sentence) in [(one.kind, one.sentence) for one in changes]


def test_a_new_model_says_when_it_ends(tmp_path: Path) -> None:
    before = _load(tmp_path / "old", FEED.replace("anvil-1", "anvil-0"), None)
    changes = diff(before, _load(tmp_path / "new", FEED, None))
    assert "anvil-1 on acme is new in the feed; it ends 2026-12-01" in [one.sentence for one in changes]
    assert "anvil-0 on acme is no longer in the feed" in [one.sentence for one in changes]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('source = "order"\n', 'source = "order"\nlifted = { on = 2026-04-01 }\n', "anvil-ban: lifted on 2026-04-01"),
        ("2026-03-01", "2026-03-02", "anvil-ban: in force from 2026-03-02 (was 2026-03-01)"),
        ('["anvil-1"]', '["anvil-*"]', "anvil-ban also restricts anvil-2"),
        ('["coyote"]', '["default"]', "anvil-ban binds the profiles default (was coyote)"),
        ('id = "anvil-ban"', 'id = "new-ban"', "new-ban restricts anvil-1 from 2026-03-01: coyotes"),
    ],
)
def test_a_changed_act(old: Feed, tmp_path: Path, before: str, after: str, sentence: str) -> None:
    changes = diff(old, _load(tmp_path / "new", FEED, ACT.replace(before, after, 1)))
    assert sentence in [one.sentence for one in changes]


def test_changes_are_sorted(old: Feed, tmp_path: Path) -> None:
    changes = diff(old, _load(tmp_path / "new", FEED.replace("2026-12-01", "2026-12-02").replace("2027-05-01", "2027-06-01")))
    assert [one.model for one in changes] == ["anvil-1", "anvil-2"]
