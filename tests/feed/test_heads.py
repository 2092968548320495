"""The words by which a text is known to be no ID."""

from __future__ import annotations

from modelaudit.feed import heads
from modelaudit.feed.load import load


def test_the_last_parts_of_a_spelling_give_their_first_words() -> None:
    assert heads.build(["gpt-4", "anthropic/claude-3", "a/b/c:d", "eu.anthropic.claude-v1:0"]) == ("anthropic", "c", "claude", "d", "gpt")


def test_every_known_id_holds_one() -> None:
    feed = load()
    assert set(feed.heads) == set(heads.build(feed.lexicon))
    assert all(any(word in text for word in feed.heads) for text in feed.lexicon if any(map(str.isalpha, text)))
