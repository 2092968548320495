"""One identifier over the shipped models and platforms for all tests of identification."""

import os
import shutil
from datetime import date

import pytest

from modelaudit.feed.load import Feed, load
from modelaudit.identify import Identifier

RULES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "rules")


@pytest.fixture(scope="session")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Feed:
    """The models and platforms of the repository; identification needs no other part."""
    folder = tmp_path_factory.mktemp("rules")
    shutil.copytree(os.path.join(RULES, "models"), folder / "models")
    shutil.copy(os.path.join(RULES, "platforms.toml"), folder)
    return load(str(folder), str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def identifier(feed: Feed) -> Identifier:
    """An identifier of that feed."""
    return Identifier(feed)


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the facts were collected."""
    return date(2026, 11, 21)
