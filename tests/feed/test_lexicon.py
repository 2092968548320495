"""Spellings and stems: every ID that the feed knows can be looked up, and every one holds a stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.lexicon import LexiconEntry
from modelaudit.feed import anchors
from modelaudit.feed.load import Feed


def test_every_id_and_alias_of_every_life_is_there(feed: Feed) -> None:
    wanted = set()
    for key in tuple(feed.keys()):
        model = feed.model(key)
        assert model is not None
        for life in model.lives:
            for text in [*life.ids, *(alias.id for alias in life.aliases)]:
                wanted.add((text.casefold(), life.platform, key))
    there = {(text, entry.platform, entry.model) for text, entries in feed.lexicon.items() for entry in entries}
    assert there == wanted


def test_keys_are_casefolded_and_entries_keep_their_spelling(feed: Feed) -> None:
    assert all(text == text.casefold() for text in feed.lexicon)
    (entry,) = [one for one in feed.lexicon["deepseek-v3-0324"] if one.platform == "azure"]
    assert entry.id == "DeepSeek-V3-0324"


@pytest.mark.parametrize(
    ("text", "platform", "model", "kind", "version"),
    [
        ("gpt-4o", "openai", "gpt-4o-2024-08-06", "alias", None),
        ("gpt-4o", "azure", "gpt-4o", "id", None),
        ("gpt-4o@2024-05-13", "azure", "gpt-4o-2024-05-13", "id", "2024-05-13"),
        ("gpt-35-turbo@0613", "azure", "gpt-3.5-turbo-0613", "id", "0613"),
        ("claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5-20250929", "alias", None),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock", "claude-3-5-sonnet-20241022", "id", None),
        ("anthropic.claude-v2:1", "bedrock", "claude-2.1", "id", None),
        ("claude-3-opus@20240229", "vertex", "claude-3-opus-20240229", "id", None),
        ("claude-opus-4-6@default", "vertex", "claude-opus-4-6", "id", None),
        ("meta/llama-3.3-70b-instruct-maas", "vertex", "llama-3.3-70b-instruct", "id", None),
        ("accounts/fireworks/models/glm-5p2", "fireworks", "glm-5.2", "id", None),
        ("databricks-gemini-2-5-pro", "databricks", "gemini-2.5-pro", "id", None),
        ("claude-3.7-sonnet-thought", "github-copilot", "claude-3-7-sonnet-20250219", "id", None),
        ("zai-org/glm-4.7", "together", "glm-4.7", "id", None),
        ("meta.llama3-3-70b-instruct-v1:0", "bedrock", "llama-3.3-70b-instruct", "id", None),
        ("gpt-4", "openai", "gpt-4-0613", "alias", None),
        ("command-r", "cohere", "command-r-03-2024", "alias", None),
        ("grok-4", "xai", "grok-4-0709", "alias", None),
        ("grok-4", "azure", "grok-4-0709", "id", None),
    ],
)
def test_one_model_by_its_spelling_on_a_platform(feed: Feed, text: str, platform: str, model: str, kind: str, version: str | None) -> None:
    (entry,) = [one for one in feed.lexicon[text] if one.platform == platform]
    assert (entry.model, entry.kind, entry.version) == (model, kind, version)


def test_a_name_that_moved_has_a_date_for_each_model(feed: Feed) -> None:
    entries = feed.lexicon["voxtral-mini-latest"]
    assert entries == (
        LexiconEntry("mistral", "voxtral-mini-2507", "mistral", "voxtral-mini-latest", "alias", "2025-07-15", "2026-02-04", True, None),
        LexiconEntry("mistral", "voxtral-mini-2602", "mistral", "voxtral-mini-latest", "alias", "2026-02-04", None, True, None),
    )


def test_a_lookup_of_nothing_is_nothing(feed: Feed) -> None:
    assert "no-such-model" not in feed.lexicon
    assert feed.lexicon.get("no-such-model", ()) == ()


def test_every_id_holds_a_stem(feed: Feed) -> None:
    for text in feed.lexicon:
        assert any(stem.decode() in text for stem in feed.anchors), text


def test_stems_are_few_lower_case_and_none_holds_another(feed: Feed) -> None:
    stems = feed.anchors
    assert len(stems) <= 130
    assert list(stems) == sorted(stems)
    for stem in stems:
        assert stem == stem.lower()
        assert not any(other != stem and other in stem for other in stems)


def test_the_great_families_are_found_by_their_own_names(feed: Feed) -> None:
    assert {b"claude-", b"gpt-", b"gemini-", b"mistral-", b"grok-", b"text-embedding"} <= set(feed.anchors)


def test_short_stems_are_ids_themselves(feed: Feed) -> None:
    for stem in feed.anchors:
        assert len(stem) >= anchors.SHORTEST or stem.decode() in feed.lexicon


IDS = st.lists(st.from_regex(r"[a-z]{1,6}([-./:@][a-z0-9]{1,5}){0,3}", fullmatch=True), max_size=20)


@given(IDS)
def test_any_ids_are_covered_whatever_their_order(texts: list[str]) -> None:
    stems = anchors.build(texts)
    assert stems == anchors.build(reversed(texts))
    for text in texts:
        assert any(stem.decode() in text for stem in stems)


def test_every_spelling_is_found_by_the_key_of_its_model_unless_that_is_a_word(feed: Feed) -> None:
    for text, found in feed.lexicon.items():
        for entry in found:
            assert (text in feed.spellings.get(entry.model.casefold(), ())) is not entry.model.isalpha()
