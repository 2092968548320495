"""What the feed says of callees that choose no model."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import cast

import pytest

from modelaudit.extract.shapes import ShapeIndex
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls
from modelaudit.feed.load import load

KNOWN = calls.decode(cast("dict[str, object]", load().section(calls.NAME)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ignored",
    [("assert*",), ("*Error",), ("log_*", "*_hook"), ("patch.*",), ("*logger*.*",), ("*",), ("a*b",), ("get",), ("x[ab]*",)],
)
@pytest.mark.parametrize(
    "dotted", ["", "assert_called", "a.b.ValueError", "mock.patch.object", "my_logger.info", "abc", "ab", "get", "x.get", "xa"]
)
def test_ends_and_beginnings_are_the_globs_that_they_stand_for(ignored: tuple[str, ...], dotted: str) -> None:
    vocabulary = CallVocabulary(ShapeIndex((), KNOWN.names), KNOWN.names._replace(ignored=ignored), ())
    tail = ".".join(dotted.split(".")[-2:])
    expected = any(fnmatchcase(name, glob) for glob in ignored for name in (tail, tail.rpartition(".")[2]))
    assert vocabulary.is_ignored(dotted) == expected
