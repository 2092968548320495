"""The real pipeline over files given as text: extract, link, judge, with the feed of the checkout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol, cast

import pytest

from modelaudit.config.settings import DEFAULT, Settings
from modelaudit.discover.languages import language_of
from modelaudit.domain.facts import FileFacts, Trace
from modelaudit.extract.extractor import Extractor, Vocabulary
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.shapes import ShapeIndex
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls, keys
from modelaudit.feed.load import load
from modelaudit.feed.plain import Plain
from modelaudit.identify import Identifier
from modelaudit.judge.judge import Judged, judge
from modelaudit.link.linker import link


class Pipeline(Protocol):
    """What the fixture offers."""

    def __call__(self, files: Mapping[str, str], day: str, settings: Settings = DEFAULT, left: tuple[Trace, ...] = ()) -> Judged:
        """Judge files by path; `left` is evidence of the project that no file shows."""


class Tracing(Protocol):
    """The same with the facts that judging rested on."""

    def __call__(
        self, files: Mapping[str, str], day: str, settings: Settings = DEFAULT, left: tuple[Trace, ...] = ()
    ) -> tuple[Judged, dict[str, FileFacts]]:
        """Judge files by path."""


@pytest.fixture(scope="session")
def pipeline(trace: Tracing) -> Pipeline:
    """The stages of a run with the rules of the checkout."""

    def run(files: Mapping[str, str], day: str, settings: Settings = DEFAULT, left: tuple[Trace, ...] = ()) -> Judged:
        return trace(files, day, settings, left)[0]

    return run


@pytest.fixture(scope="session")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Tracing:
    """The stages of a run with the rules of the checkout, and the facts between them."""
    feed = load(str(Path(__file__).parents[2] / "rules"), str(tmp_path_factory.mktemp("feed")))
    identifier = Identifier(feed)
    shapes = calls.decode(cast("Mapping[str, Plain]", feed.section(calls.NAME)))
    vocabulary = CallVocabulary(ShapeIndex(shapes.shapes, shapes.names), shapes.names, shapes.platform_hints, shapes.clues)
    index = KeyIndex(keys.decode(cast("Mapping[str, Plain]", feed.section(keys.NAME))))
    extractor = Extractor(Vocabulary(identifier, vocabulary, index))

    def run(
        files: Mapping[str, str], day: str, settings: Settings = DEFAULT, left: tuple[Trace, ...] = ()
    ) -> tuple[Judged, dict[str, FileFacts]]:
        facts: dict[str, FileFacts] = {}
        for path, text in files.items():
            language = language_of(path.rpartition("/")[2])
            assert language is not None
            found = extractor.extract(path, language, text.encode())
            assert isinstance(found, FileFacts)
            facts[path] = found
        if left:
            facts["pyproject.toml"] = FileFacts("pyproject.toml", "toml", traces=left)
        return judge(link(facts.values(), vocabulary), facts, feed, identifier, settings, date.fromisoformat(day)), facts

    return run
