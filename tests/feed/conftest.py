"""The shipped facts as a feed of their own, without the parts that other tests are about."""

import os
from pathlib import Path

import pytest

from modelaudit.feed.load import Feed, load

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def rules() -> Path:
    """The shipped rules folder."""
    return RULES


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rules folder with the shipped models and restrictions only."""
    folder = tmp_path_factory.mktemp("rules")
    for part in ("models", "restrictions"):
        os.symlink(RULES / part, folder / part)
    return folder


@pytest.fixture(scope="session")
def feed(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Feed:
    """The shipped models and restrictions, compiled."""
    return load(str(facts), str(tmp_path_factory.mktemp("cache")))
