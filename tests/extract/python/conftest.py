"""Python text to facts, with the feed of this checkout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import cast

import pytest

from modelaudit.domain.facts import FileFacts
from modelaudit.extract.python.module import extract_python_or_lines
from modelaudit.extract.shapes import ShapeIndex
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls
from modelaudit.feed.load import load
from modelaudit.feed.plain import Plain
from modelaudit.identify.identifier import Identifier

Extract = Callable[[str], FileFacts]


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    """Knows the IDs of the feed."""
    return Identifier(load(None, None))


@pytest.fixture(scope="session")
def vocabulary() -> CallVocabulary:
    """Knows the call shapes of the feed."""
    known = calls.decode(cast("Mapping[str, Plain]", load(None, None).section(calls.NAME)))
    return CallVocabulary(ShapeIndex(known.shapes, known.names), known.names, known.platform_hints, known.clues)


@pytest.fixture(scope="session")
def extract(identifier: Identifier, vocabulary: CallVocabulary) -> Extract:
    """The facts of a snippet."""
    return lambda text: extract_python_or_lines("case.py", dedent(text).lstrip("\n"), identifier, vocabulary)
