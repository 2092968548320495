"""Small trees, extracted with the feed of this checkout and linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import cast

import pytest

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.usage import Linked
from modelaudit.extract.python.module import extract_python_or_lines
from modelaudit.extract.python.sites import CallVocabulary
from modelaudit.extract.shapes import ShapeIndex
from modelaudit.feed import calls
from modelaudit.feed.load import load
from modelaudit.feed.plain import Plain
from modelaudit.identify.identifier import Identifier
from modelaudit.link.linker import link

LinkTree = Callable[[Mapping[str, str]], Linked]
ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    """Knows the IDs of the feed."""
    return Identifier(load(None, None))


@pytest.fixture(scope="session")
def vocabulary() -> CallVocabulary:
    """Knows the call shapes of the feed."""
    known = calls.decode(cast("Mapping[str, Plain]", load(None, None).section(calls.NAME)))
    return CallVocabulary(ShapeIndex(known.shapes, known.names), known.names, known.platform_hints)


@pytest.fixture(scope="session")
def extract_tree(identifier: Identifier, vocabulary: CallVocabulary) -> ExtractTree:
    """The facts of some Python files."""

    def extract(files: Mapping[str, str]) -> tuple[FileFacts, ...]:
        return tuple(extract_python_or_lines(path, dedent(text).lstrip("\n"), identifier, vocabulary) for path, text in files.items())

    return extract


@pytest.fixture(scope="session")
def link_tree(extract_tree: ExtractTree) -> LinkTree:
    """Some Python files, linked."""
    return lambda files: link(extract_tree(files))
