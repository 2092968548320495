"""Late expressions are the expressions that `re.compile` gives, compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from modelaudit.domain.pattern import late


def test_a_late_expression_does_what_the_compiled_one_does() -> None:
    for source, flags in ((r"(\w)-(\d+)", 0), (r"gpt", re.IGNORECASE)):
        ours, theirs, text = late(source, flags), re.compile(source, flags), "a-1 b-22 GPT gpt"
        assert ours.findall(text) == theirs.findall(text)
        assert [match.span() for match in ours.finditer(text)] == [match.span() for match in theirs.finditer(text)]
        assert [ours.sub("x", text), ours.split(text)] == [theirs.sub("x", text), theirs.split(text)]
        assert (ours.pattern, ours.groups, ours.match(text) is None) == (theirs.pattern, theirs.groups, theirs.match(text) is None)
    assert late(rb"\d").search(b"a1") is not None


def test_a_wrong_expression_is_an_error_when_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("")
