"""docs/configuration.md says what the tables say."""

from __future__ import annotations

from pathlib import Path

import tomli

from modelaudit.config.keys import KEYS
from modelaudit.config.reference import reference
from modelaudit.config.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run `python tools/write_configuration.py docs/configuration.md`"


def test_every_example_is_toml() -> None:
    for entry in KEYS:
        assert list(tomli.loads(f"{entry.key} = {entry.example}")) == [entry.key]


def test_every_key_fills_a_setting() -> None:
    assert {entry.setting for entry in KEYS} - {"", "deny", "allow"} <= set(Settings._fields)


def test_exposure_words_are_the_path_classes_of_the_feed() -> None:
    from modelaudit.config.records import EXPOSURES

    data = tomli.loads((PAGE.parents[1] / "rules" / "risk.toml").read_text("utf-8"))
    assert sorted(EXPOSURES) == sorted(entry["class"] for entry in data["path"])


def test_statuses_are_those_of_the_domain() -> None:
    from modelaudit.config.records import STATUSES
    from modelaudit.domain.lifecycle import Status

    assert list(STATUSES) == [status.value for status in Status]
