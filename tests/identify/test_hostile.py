"""Hostile texts come to an end, and work grows with the length of the text and no faster: processor time in ratios of one run."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from modelaudit.identify import Identifier

TODAY = date(2026, 11, 21)

HARD = [
    "llama-3" + "-8b" * 90, "gpt-4" + "-mini" * 55, "qwen3" + "-8b" * 90, "claude-opus-4" + ".1" * 140, "a/" * 149, "bedrock/" * 37,
    "us." * 99, "ft:" * 99, "\ufffc." * 149, "anthropic.claude-" + "1p" * 140, ":" * 299, "-" * 299, "@" * 299, "gpt-4o:free" * 27,
    "mistral" + "-large" * 48, "titan-text-" + "a-" * 140, "accounts/fireworks/models/" + "1p1" * 90, "claude-opus-4-" + "1" * 280,
    "databricks-" * 27, "gemini-2.5-pro" + "-preview" * 35, "x" * 299, "1" * 299,
]  # fmt: skip


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:16])
def test_texts_of_the_longest_length_are_answered(identifier: Identifier, text: str) -> None:
    """A pattern that tries exponentially many ways never comes back here."""
    assert len(text) <= 300
    for dialect in (None, "litellm"):
        found = identifier.identify(text, dialect=dialect, as_of=TODAY)
        assert found is None or found.written == text
    assert isinstance(identifier.is_candidate(text), bool)
    assert all(0 <= start < end <= len(text) for start, end in identifier.tokens(text))


@pytest.mark.parametrize("unit", ["gpt-4o ", "gpt-4o-x/", "use gpt-4-0613, not my-gpt-4. ", "a1-", "(((", "gpt-4o.", "модель gpt-4o "])
def test_prose_takes_linear_time(identifier: Identifier, unit: str) -> None:
    one, four = (unit * count for count in (20_000, 80_000))
    identifier.tokens(unit)
    assert _best(lambda: identifier.tokens(four)) < 12 * _best(lambda: identifier.tokens(one)) + 0.01


def test_a_long_text_is_never_looked_into(identifier: Identifier) -> None:
    huge = "gpt-4o" * 1_000_000
    assert identifier.identify(huge, as_of=TODAY) is None
    assert not identifier.is_candidate(huge)


def test_memory_is_bounded_and_answers_do_not_depend_on_it(identifier: Identifier) -> None:
    fresh = Identifier(identifier._feed)
    for number in range(40_000):
        fresh.is_candidate(f"word-{number}")
        if number % 10 == 0:
            fresh.identify(f"gpt-4-{number}x", as_of=TODAY)
    assert len(fresh._candidates) < 20_000
    assert len(fresh._matches) < 20_000
    assert fresh.is_candidate("gpt-4o")
    assert not fresh.is_candidate("word-1")
