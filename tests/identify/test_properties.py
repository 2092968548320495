"""What holds for every text and every ID of the feed."""

import string
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from modelaudit.feed.load import Feed
from modelaudit.identify import Identifier

TODAY = date(2026, 11, 21)
DIALECTS = [
    None,
    "openai",
    "anthropic",
    "bedrock",
    "vertex",
    "gemini",
    "azure-deployment",
    "litellm",
    "langchain-prefixed",
    "openrouter",
    "hf",
]
DIALECTS += [
    "ollama",
    "fireworks",
    "pydantic-ai-prefixed",
    "promptfoo",
    "claude-code",
    "portkey",
    "copilot-display-name",
    "no-such-dialect",
]
PLATFORMS = [None, "openai", "azure", "bedrock", "groq", "no-such-platform"]

PIECES = [
    "gpt-4",
    "gpt-4o",
    "claude-opus-4-6",
    "claude-3-haiku",
    "anthropic",
    "openai",
    "bedrock",
    "us",
    "arn:aws:bedrock:us-east-1::",
    "foundation-model/",
]
PIECES += [
    "models/",
    "projects/",
    "accounts/fireworks/models/",
    "ft",
    "azure",
    ":",
    "/",
    ".",
    "@",
    "-",
    "20240307",
    "-v1:0",
    "[1m]",
    "(high)",
    "\ufffc",
    "~",
    " > ",
]
PIECES += [
    "azureml://registries/",
    "publishers/",
    ":free",
    "#",
    "-maas",
    "databricks-",
    "İ",
    "ß",
    "\x00",
    "llama3.1:8b",
    '"',
    "'",
    " ",
    "\n",
    "*",
    "o1",
    "x",
]

ids = st.lists(st.sampled_from(PIECES) | st.text(alphabet=string.ascii_lowercase + string.digits, max_size=3), max_size=9).map("".join)
texts = st.text(max_size=80) | ids

ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=400)


@ANY
@given(text=texts, dialect=st.sampled_from(DIALECTS), platform=st.sampled_from(PLATFORMS))
def test_never_raises_and_points_into_the_text(identifier: Identifier, text: str, dialect: str | None, platform: str | None) -> None:
    found = identifier.identify(text, dialect=dialect, platform=platform, as_of=TODAY)
    if found is None:
        return
    assert found.written == text
    assert 0 <= found.start < found.end <= len(text)
    assert found.matched == text[found.start : found.end]
    assert (found.model is not None) + (found.opaque is not None) + (found.family is not None) + (
        found.model is None and found.alias is not None
    ) == 1
    assert (found.platform is None) == (found.evidence == "")
    assert found.model is None or "\ufffc" not in found.matched


@ANY
@given(text=texts)
@example(text="gpt-4 ")
@example(text="~ gpt-4")
@example(text=" ~openai/gpt-4")
def test_candidates_are_exactly_what_can_be_identified_without_context(identifier: Identifier, text: str) -> None:
    assert identifier.is_candidate(text) == (identifier.identify(text, as_of=TODAY) is not None)


@ANY
@given(text=texts, dialect=st.sampled_from(DIALECTS))
def test_the_matched_part_names_the_same_model_on_that_platform(identifier: Identifier, text: str, dialect: str | None) -> None:
    found = identifier.identify(text, dialect=dialect, as_of=TODAY)
    if found is None or found.model is None or found.version is not None or dialect == "copilot-display-name":
        return
    again = identifier.identify(found.matched, platform=found.platform, as_of=TODAY)
    assert again is not None
    assert (again.model, again.platform) == (found.model, found.platform)


@ANY
@given(text=st.text(max_size=60) | st.lists(ids, max_size=4).map(" ".join))
def test_tokens_are_whole_known_ids(identifier: Identifier, text: str) -> None:
    word = set(string.ascii_letters + string.digits + "_")
    end_before = 0
    for start, end in identifier.tokens(text):
        assert end_before <= start < end <= len(text)
        assert start == 0 or text[start - 1] not in word
        assert end == len(text) or text[end] not in word
        found = identifier.identify(text[start:end], as_of=TODAY)
        assert found is not None
        assert found.model is not None
        end_before = end


@ANY
@given(text=texts, days=st.lists(st.dates(), min_size=2, max_size=4))
def test_the_day_never_decides_whether_a_text_is_an_id(identifier: Identifier, text: str, days: list[date]) -> None:
    assert len({identifier.identify(text, as_of=day) is None for day in days}) == 1


def test_every_spelling_of_the_feed_names_its_own_model_on_its_platform(feed: Feed, identifier: Identifier) -> None:
    checked = 0
    for found in feed.lexicon.values():
        for entry in found:
            same = [other for other in found if other.platform == entry.platform]
            if len(same) > 1:
                continue  # an alias that moved: which model it names is a question of the day
            seen = identifier.identify(entry.id, platform=entry.platform, as_of=TODAY)
            assert seen is not None, entry
            assert (seen.model, seen.platform) == (entry.model, entry.platform)
            assert seen.alias == (entry.id if entry.kind == "alias" else None)
            assert identifier.is_candidate(entry.id), entry
            checked += 1
    assert checked > 1200


def test_every_key_of_the_feed_is_a_candidate_exactly_when_it_names_its_model(feed: Feed, identifier: Identifier) -> None:
    for key in sorted({entry.model for found in feed.lexicon.values() for entry in found}):
        found = identifier.identify(key, as_of=TODAY)
        assert found is None or found.model is not None
        assert identifier.is_candidate(key) == (found is not None)
        assert found is not None or key.isalpha()


def test_every_spelling_of_the_feed_is_known_without_any_context(feed: Feed, identifier: Identifier) -> None:
    for found in feed.lexicon.values():
        seen = identifier.identify(found[0].id, as_of=TODAY)
        assert seen is not None
        assert seen.model in {entry.model for entry in found}


def test_every_spelling_of_the_feed_is_found_in_prose_unless_it_is_a_word(feed: Feed, identifier: Identifier) -> None:
    for found in feed.lexicon.values():
        for entry in found:
            text = f"We call ({entry.id}), see below."
            expected = () if identifier.is_weak(entry.id) else ((9, 9 + len(entry.id)),)
            assert identifier.tokens(text) == expected, entry


def test_every_spelling_of_the_feed_holds_an_anchor(feed: Feed, identifier: Identifier) -> None:
    assert all(any(anchor in key.encode() for anchor in identifier.anchors) for key in feed.lexicon)


def test_the_key_of_a_model_holds_an_anchor(feed: Feed, identifier: Identifier) -> None:
    """`qwen3-32b` and `titan-text-express-v1` are known without what a platform puts before them."""
    keys = {entry.model for found in feed.lexicon.values() for entry in found}
    assert all(any(anchor in key.casefold().encode() for anchor in identifier.anchors) for key in keys if identifier.tokens(key))
