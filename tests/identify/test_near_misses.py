"""Look-alikes: what begins, ends or sounds like a model ID and is none."""

from datetime import date

import pytest

from modelaudit.identify import Identifier

NOTHING = [
    # a name built around an ID
    "my-gpt-4-wrapper", "my-gpt-bot", "gpt-helper", "claude-tools", "gpt-4-wrapper", "acme-gpt-4o", "gpt-4o-proxy", "gpt4-cache",
    "not-gpt-4", "gpt-4-is-here",
    # files, folders and runs
    "gpt-4-0613-results.json", "gpt-4-turbo-results.json", "gpt-4o.json", "claude-3-opus-20240229.yaml", "runs/claude-3/", "runs/gpt-4",
    "./gpt-4",
    "logs/gpt-4o/", "prompts/claude-3-haiku-20240307", "gpt-4-0613.log", "models/gpt-4", "models/llama",
    # addresses and anchors
    "https://example.com/gpt-4", "https://api.openai.com/v1/models/gpt-4o", "/blog/gpt-4-is-here", "#gpt-4o", "api.openai.com/gpt-4",
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent", "mailto:gpt-4@example.com",
    "gpt-4@example.com",
    # images and CI actions
    "ghcr.io/acme/gpt-4:latest", "acme/gpt-4o:1.2", "gpt-4:latest", "docker.io/library/llama:latest", "azure/login@v2",
    "anthropics/claude-code-action@v1",
    # packages
    "langchain-openai", "langchain-mistralai>=0.2", "llama-index", "claude-agent-sdk", "openai==1.2.3", "mistralai", "cohere>=5",
    "gpt-4all",
    # modules and classes
    "pkg.llms.llama.Client", "anthropic.types", "openai.chat.completions", "mistral.client", "meta.key", "cohere.rerank",
    "google.genai", "amazon.com",
    # keys and secrets
    "gemini-api-key", "GPT4_KEY", "OPENAI_API_KEY", "claude-api-key", "sk-gpt-4",
    # placeholders
    "test-model", "gpt-test", "gpt-fake", "claude-test", "fake-gpt-4", "gpt-x",
    # words and versions
    "command-line", "nova-scotia", "sonar-scanner", "o1.2", "o3d", "-O3", "v4.1", "4o", "gpt", "claude", "gemini", "embedding", "grok",
    "llama", "mistral-api",
    # families, display names and half IDs
    "GPT-4", "Claude 3", "gpt-3", "gpt-2", "claude-3", "claude-sonnet", "gemini-2", "gpt-4 turbo", "Gpt-4o", "CLAUDE-3-OPUS-20240229",
    # patterns and several IDs
    "gpt-4*", "gpt-*", "anthropic.claude-*", "anthropic.claude-opus-4-*", "gpt-4|gpt-4o", "gpt-4,gpt-4o", "gpt-4/gpt-4o",
    "gpt-4 or gpt-4o", "^gpt-4",
    "arn:aws:bedrock:*::foundation-model/*", "arn:aws:s3:::claude-3-haiku-20240307",
    "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/*",
    # an ID with something more
    "gpt-4o-", "-gpt-4o", "gpt-4o.", "gpt--4o", "gpt-4o_", "gpt-4ox", "xgpt-4o", "gpt-4o/", "/gpt-4o", ":gpt-4o", "gpt-4o:",
    "gpt-4o-2024-08-06-x",
    "claude-3-haiku-20240307-final", "us.us.anthropic.claude-3-haiku-20240307-v1:0", "mars.anthropic.claude-3-haiku-20240307-v1:0",
    "ft:", "ft:gpt-4o-acme",
    # odd sizes
    "", "g", " ", "\n", "a" * 5000, "gpt-4o" * 100, "sha256:o1o3gpt4", "\ufffc", "\ufffc\ufffc",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_resolves_to_nothing(identifier: Identifier, today: date, text: str) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is None
    assert not identifier.is_candidate(text)


@pytest.mark.parametrize("text", ["gpt-4-0613-results.json", "my-gpt-4-wrapper", "command-line", "GPT-4o"])
@pytest.mark.parametrize("dialect", ["openai", "anthropic", "bedrock", "vertex", "litellm", "langchain-prefixed", "openrouter", "hf"])
def test_no_dialect_turns_a_look_alike_into_a_known_model(identifier: Identifier, today: date, text: str, dialect: str) -> None:
    found = identifier.identify(text, dialect=dialect, as_of=today)
    assert found is None or found.model is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("gpt-4o-mini", "gpt-4o"),
        ("gpt-4o", "gpt-4"),
        ("gpt-4.1", "gpt-4"),
        ("gpt-4-32k", "gpt-4"),
        ("o1-mini", "o1"),
        ("gpt-image-1.5", "gpt-image-1"),
        ("claude-opus-4-1", "claude-opus-4"),
        ("gemini-2.5-pro-preview-05-06", "gemini-2.5-pro"),
        ("text-embedding-3-small", "text-embedding-3-large"),
    ],
)
def test_near_names_are_different_models(identifier: Identifier, today: date, text: str, other: str) -> None:
    one, two = (identifier.identify(each, as_of=today) for each in (text, other))
    assert one is not None
    assert two is not None
    assert one.model not in (None, two.model)


@pytest.mark.parametrize(
    ("text", "family", "publisher"),
    [
        ("gpt-7", "gpt", "openai"),
        ("gpt-4o-2031-01-01", "gpt", "openai"),
        ("openai/gpt-9-mini", "gpt", "openai"),
        ("o9-mini", "o-series", "openai"),
        ("claude-opus-9", "claude", "anthropic"),
        ("anthropic.claude-opus-9-20310101-v1:0", "claude", "anthropic"),
        ("us.anthropic.claude-opus-9-v1:0", "claude", "anthropic"),
        ("claude-opus-9@20310101", "claude", "anthropic"),
        ("anthropic/claude-opus-9.2", "claude", "anthropic"),
        ("gemini-9-pro", "gemini", "google"),
        ("models/gemini-9-flash", "gemini", "google"),
        ("mistral-large-2912", "mistral", "mistral"),
        ("command-r-09-2031", "command", "cohere"),
        ("grok-9", "grok", "xai"),
        ("deepseek-ai/DeepSeek-V9", "deepseek", "deepseek"),
        ("Qwen/Qwen9-32B-Instruct", "qwen", "alibaba"),
    ],
)
def test_an_unknown_id_of_a_known_family_is_unknown(identifier: Identifier, today: date, text: str, family: str, publisher: str) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is not None
    assert (found.model, found.opaque, found.family, found.publisher) == (None, None, family, publisher)
    assert identifier.is_candidate(text)


@pytest.mark.parametrize(
    "text", ["o1", "o3", "command", "sonar", "ada", "davinci", "curie", "tts-1", "chat-latest", "model-router", "COMMAND"]
)
def test_ids_that_are_words_are_weak(identifier: Identifier, text: str) -> None:
    assert identifier.is_weak(text)


@pytest.mark.parametrize(
    "text", ["gpt-4", "o4-mini", "o1-2024-12-17", "openai:o1", "openai/o3", "command-r", "claude-opus-4-6", "nothing", ""]
)
def test_other_texts_are_not_weak(identifier: Identifier, text: str) -> None:
    assert not identifier.is_weak(text)


@pytest.mark.parametrize("text", ["o1", "o3", "o4-mini", "command", "sonar"])
def test_weak_ids_are_candidates_all_the_same(identifier: Identifier, text: str) -> None:
    assert identifier.is_candidate(text)
