"""The 41 spellings of one model ID, each with real examples, and what each must resolve to.

Written from the table of spellings, not from the program: form, text, dialect of the place, model, platform that the text names.
"""

from datetime import date
from typing import NamedTuple

import pytest

from modelaudit.identify import Identifier


class Row(NamedTuple):
    form: int
    text: str
    model: str | None
    platform: str | None = None
    dialect: str | None = None
    matched: str | None = None


SONNET_35_V2 = "claude-3-5-sonnet-20241022"
SONNET_45 = "claude-sonnet-4-5-20250929"
HAIKU_3 = "claude-3-haiku-20240307"

KNOWN = [
    # 1: dated IDs, five styles of date
    Row(1, "gpt-4o-2024-08-06", "gpt-4o-2024-08-06"),
    Row(1, "claude-sonnet-4-5-20250929", SONNET_45),
    Row(1, "gpt-3.5-turbo-0125", "gpt-3.5-turbo-0125"),
    Row(1, "command-r-08-2024", "command-r-08-2024"),
    Row(1, "mistral-large-2411", "mistral-large-2411"),
    Row(1, "grok-4-0709", "grok-4-0709"),
    # 2: undated and pinned
    Row(2, "claude-opus-4-6", "claude-opus-4-6"),
    Row(2, "claude-fable-5", "claude-fable-5"),
    Row(2, "gemini-2.5-pro", "gemini-2.5-pro"),
    Row(2, "gpt-5.6-sol", "gpt-5.6-sol"),
    # 3: undated aliases
    Row(3, "gpt-4o", "gpt-4o-2024-08-06"),
    Row(3, "claude-sonnet-4-5", SONNET_45),
    Row(3, "command-r", "command-r-03-2024"),
    Row(3, "grok-4", "grok-4-0709"),
    # 5: near names are different models
    Row(5, "o1", "o1-2024-12-17"),
    Row(5, "o1-mini", "o1-mini-2024-09-12"),
    Row(5, "o1-pro", "o1-pro-2025-03-19"),
    Row(5, "gpt-4", "gpt-4-0613"),
    Row(5, "gpt-4.1", "gpt-4.1-2025-04-14"),
    Row(5, "gpt-image-1", "gpt-image-1"),
    Row(5, "gpt-image-1-mini", "gpt-image-1-mini"),
    Row(5, "gpt-image-1.5", "gpt-image-1.5-2025-12-16"),
    Row(5, "claude-3-5-haiku", "claude-3-5-haiku-20241022"),
    # 6, 7: fine-tunes
    Row(6, "ft:gpt-3.5-turbo-0125:org::id", "gpt-3.5-turbo-0125", matched="gpt-3.5-turbo-0125"),
    Row(6, "ft:gpt-4o-mini-2024-07-18:acme:sup:9abc", "gpt-4o-mini-2024-07-18", matched="gpt-4o-mini-2024-07-18"),
    Row(6, "ft:gpt-4o-mini-2024-07-18:acme:sup:9abc:ckpt-step-80", "gpt-4o-mini-2024-07-18", matched="gpt-4o-mini-2024-07-18"),
    Row(7, "davinci:ft-org-2022-10-20-12-00-00", "davinci", matched="davinci"),
    Row(7, "curie:ft-org-2022-10-20-12-00-00", "curie", matched="curie"),
    # 8: Bedrock base IDs
    Row(8, "anthropic.claude-sonnet-4-5-20250929-v1:0", SONNET_45, "bedrock"),
    Row(8, "anthropic.claude-3-5-sonnet-20241022-v2:0", SONNET_35_V2, "bedrock"),
    Row(8, "anthropic.claude-v2:1", "claude-2.1", "bedrock"),
    Row(8, "anthropic.claude-opus-4-6-v1", "claude-opus-4-6", "bedrock"),
    Row(8, "anthropic.claude-fable-5", "claude-fable-5", "bedrock"),
    Row(8, "anthropic.claude-3-5-sonnet-20240620-v1:0", "claude-3-5-sonnet-20240620", "bedrock"),
    # 9: context and throughput
    Row(9, "anthropic.claude-3-haiku-20240307-v1:0:200k", HAIKU_3, "bedrock", matched="anthropic.claude-3-haiku-20240307-v1:0"),
    Row(9, "amazon.titan-text-lite-v1:0:4k", "titan-text-lite-v1", "bedrock"),
    Row(9, "bedrock/us-east-1/1-month-commitment/anthropic.claude-v2:1", "claude-2.1", "bedrock", "litellm"),
    # 10: cross-region profiles
    *(
        Row(
            10,
            f"{profile}.anthropic.claude-sonnet-4-5-20250929-v1:0",
            SONNET_45,
            "bedrock",
            None,
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
        )
        for profile in ("us", "eu", "apac", "au", "jp", "ca", "global", "us-gov")
    ),
    # 11: ARNs
    Row(11, "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
    Row(11, "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
    Row(11, "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
    # 13: Bedrock mantle
    Row(13, "anthropic.claude-opus-5-5", "claude-opus-5-5", "bedrock"),
    Row(13, "bedrock_mantle/openai.gpt-oss-120b", "gpt-oss-120b", "bedrock", "litellm"),
    Row(13, "bedrock-mantle:openai.gpt-5.6-sol", "gpt-5.6-sol", "bedrock", "pydantic-ai-prefixed"),
    # 14: Vertex partners
    Row(14, "claude-haiku-4-5@20251001", "claude-haiku-4-5-20251001", "vertex"),
    Row(14, "claude-opus-4-8@default", "claude-opus-4-8", "vertex"),
    Row(14, "publishers/anthropic/models/claude-3-5-sonnet-v2@20241022", SONNET_35_V2, "vertex"),
    Row(14, "projects/p/locations/us-east5/publishers/anthropic/models/claude-3-opus@20240229", "claude-3-opus-20240229", "vertex"),
    # 15: Vertex first party
    Row(15, "gemini-2.5-pro", "gemini-2.5-pro", "vertex", "vertex"),
    Row(15, "text-embedding-004", "text-embedding-004", "vertex", "vertex"),
    Row(15, "textembedding-gecko@003", "textembedding-gecko@003", "vertex"),
    Row(15, "multimodalembedding@001", "multimodalembedding@001", "vertex"),
    Row(15, "publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro", "vertex"),
    # 16: Vertex model as a service
    Row(16, "meta/llama-3.3-70b-instruct-maas", "llama-3.3-70b-instruct", "vertex"),
    Row(16, "deepseek-ai/deepseek-v3.2-maas", "deepseek-v3.2", "vertex"),
    # 18: Gemini resource names
    Row(18, "models/gemini-2.5-flash", "gemini-2.5-flash", "gemini-api", matched="gemini-2.5-flash"),
    Row(18, "models/embedding-001", "embedding-001", "gemini-api", matched="embedding-001"),
    # 20, 21: Azure
    Row(20, "gpt-4o@2024-05-13", "gpt-4o-2024-05-13", "azure"),
    Row(20, "gpt-35-turbo@0613", "gpt-3.5-turbo-0613", "azure"),
    Row(20, "text-embedding-ada-002@2", "text-embedding-ada-002", "azure", "azure"),
    # Azure's catalogue spells open weights as their hub does, and so do other hosts (SambaNova, Friendli): the model is sure, the
    # platform is not.
    Row(21, "Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b-instruct", None),
    Row(21, "meta-llama-3.1-8b-instruct", "llama-3.1-8b-instruct", "azure", "azure"),
    Row(21, "Cohere-command-r-08-2024", "command-r-08-2024", "azure"),
    Row(21, "DeepSeek-V3-0324", "deepseek-v3-0324", None),
    Row(21, "FW-GLM-5.1", "fw-glm-5.1", "azure"),
    # Azure names microsoft--phi-4 as the replacement of Phi-4: another entry of the catalogue with a clock of its own.
    Row(21, "microsoft--phi-4", "microsoft--phi-4", "azure"),
    Row(21, "mistral--mistral-large-2411", "mistral-large-2411", "azure"),
    Row(21, "azureml://registries/azure-openai/models/gpt-4o/versions/2024-05-13", "gpt-4o-2024-05-13", "azure", matched="gpt-4o"),
    # 22, 23: litellm
    Row(22, "bedrock/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "litellm"),
    Row(22, "bedrock/converse/us.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "litellm"),
    Row(22, "bedrock/invoke/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "litellm"),
    Row(22, "bedrock/us-gov-west-1/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "litellm"),
    Row(22, "vertex_ai/claude-3-opus@20240229", "claude-3-opus-20240229", "vertex", "litellm"),
    Row(22, "vertex_ai_beta/gemini-2.5-pro", "gemini-2.5-pro", "vertex", "litellm"),
    Row(22, "gemini/gemini-2.5-pro", "gemini-2.5-pro", "gemini-api", "litellm"),
    Row(22, "anthropic/claude-3-haiku-20240307", HAIKU_3, "anthropic", "litellm"),
    Row(22, "openai/gpt-4-0613", "gpt-4-0613", "openai", "litellm"),
    Row(22, "azure/gpt-4-0613", "gpt-4-0613", "azure", "litellm"),
    Row(22, "azure_ai/Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b-instruct", "azure", "litellm"),
    Row(22, "together_ai/deepseek-ai/DeepSeek-V3.1", "deepseek-v3.1", "together", "litellm"),
    Row(22, "fireworks_ai/accounts/fireworks/models/deepseek-v4-pro", "deepseek-v4-pro", "fireworks", "litellm"),
    Row(22, "groq/llama-3.3-70b-versatile", "llama-3.3-70b-versatile", "groq", "litellm"),
    Row(22, "mistral/mistral-large-2411", "mistral-large-2411", "mistral", "litellm"),
    Row(22, "codestral/codestral-2501", "codestral-2501", "mistral", "litellm"),
    Row(22, "cohere_chat/command-r-08-2024", "command-r-08-2024", "cohere", "litellm"),
    Row(22, "xai/grok-4-0709", "grok-4-0709", "xai", "litellm"),
    Row(22, "github_copilot/gpt-4.1", "gpt-4.1-2025-04-14", "github-copilot", "litellm"),
    Row(22, "databricks/databricks-claude-sonnet-4", "claude-sonnet-4-20250514", "databricks", "litellm"),
    Row(22, "litellm_proxy/bedrock/us.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "litellm"),
    Row(22, "text-completion-openai/gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct", "openai", "litellm"),
    Row(22, "hosted_vllm/meta-llama/Llama-3.3-70B-Instruct", "llama-3.3-70b-instruct", "self-hosted", "litellm"),
    Row(23, "azure/eu/gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "azure", "litellm"),
    Row(23, "azure/us/o1-2024-12-17", "o1-2024-12-17", "azure", "litellm"),
    Row(23, "azure/global-standard/gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "azure", "litellm"),
    # 24, 25: routers
    Row(24, "anthropic/claude-3.5-sonnet", SONNET_35_V2, "openrouter", "openrouter"),
    Row(24, "anthropic/claude-sonnet-4.5", SONNET_45, "openrouter", "openrouter"),
    *(
        Row(24, f"openai/gpt-4o:{variant}", "gpt-4o-2024-08-06", "openrouter", "openrouter", "gpt-4o")
        for variant in ("free", "beta", "thinking", "nitro", "floor", "online", "exacto")
    ),
    Row(24, "openrouter/anthropic/claude-3-haiku", HAIKU_3, "openrouter", "litellm"),
    Row(24, "openrouter/openai/gpt-oss-20b", "gpt-oss-20b", "openrouter", "litellm"),
    Row(25, "anthropic/claude-fable-5.2", "claude-fable-5-2", "vercel", "vercel"),
    Row(25, "anthropic/claude-4-opus", "claude-opus-4-20250514", "vercel", "vercel"),
    # 26: GitHub
    Row(26, "claude-opus-4.8-fast", "claude-opus-4-8", "github-copilot", "github-copilot"),
    Row(26, "claude-3.7-sonnet-thought", "claude-3-7-sonnet-20250219", "github-copilot", "github-copilot"),
    Row(26, "openai/gpt-4.1", "gpt-4.1-2025-04-14", "github-models", "github-models"),
    Row(26, "gpt-4o-mini", "gpt-4o-mini-2024-07-18", "github-models", "github-models"),
    # 27, 28: Databricks and Snowflake
    Row(27, "databricks-claude-sonnet-4", "claude-sonnet-4-20250514", "databricks"),
    Row(27, "databricks-meta-llama-3-3-70b-instruct", "llama-3.3-70b-instruct", "databricks"),
    Row(27, "databricks-gemini-2-5-pro", "gemini-2.5-pro", "databricks"),
    Row(27, "system.ai.claude-sonnet-4", "claude-sonnet-4-20250514", "databricks"),
    Row(28, "claude-4-opus", "claude-opus-4-20250514", "snowflake", "snowflake"),
    Row(28, "claude-haiku-4-5", "claude-haiku-4-5-20251001", "snowflake", "snowflake"),
    Row(28, "snowflake/llama3.1-70b", "llama3.1-70b", "snowflake", "litellm"),
    Row(28, "openai-gpt-4.1", "gpt-4.1-2025-04-14", "snowflake", "snowflake"),
    # 29: Fireworks
    Row(29, "accounts/fireworks/models/deepseek-v4-pro", "deepseek-v4-pro", "fireworks"),
    Row(29, "accounts/fireworks/models/glm-5p2", "glm-5.2", "fireworks"),
    Row(29, "fireworks_ai/glm-5p2", "glm-5.2", "fireworks", "litellm"),
    Row(29, "accounts/fireworks/models/glm-5p2#accounts/acme/deployments/d1", "glm-5.2", "fireworks"),
    # 30 to 32: hubs and hosts of open weights
    Row(30, "meta-llama/Llama-3.3-70B-Instruct", "llama-3.3-70b-instruct", "huggingface", "hf"),
    Row(30, "openai/gpt-oss-120b", "gpt-oss-120b", "huggingface", "hf"),
    Row(30, "openai/gpt-oss-120b:together", "gpt-oss-120b", "huggingface", "hf"),
    Row(30, "meta-llama/Llama-3.3-70B-Instruct@6f6073b", "llama-3.3-70b-instruct", "huggingface", "hf"),
    Row(31, "meta-llama/Llama-3.3-70B-Instruct-Turbo", "llama-3.3-70b-instruct-turbo", "together", "together"),
    Row(31, "Qwen/Qwen3-235B-A22B-Instruct-2507-tput", "qwen3-235b-a22b-instruct-2507-tput", "together", "together"),
    Row(32, "llama-3.3-70b-versatile", "llama-3.3-70b-versatile", "groq"),
    Row(32, "openai/gpt-oss-120b", "gpt-oss-120b", "groq", "groq"),
    Row(32, "groq/compound", "compound", "groq"),
    # 33: Ollama
    Row(33, "llama3.1:8b", "llama3.1-8b", "ollama", "ollama"),
    Row(33, "gpt-oss:120b-cloud", "gpt-oss-120b", "ollama-cloud", "ollama"),
    # 34 to 36: provider:model
    Row(34, "openai:gpt-4-0613", "gpt-4-0613", "openai", "langchain-prefixed"),
    Row(34, "anthropic:claude-sonnet-4-5", SONNET_45, "anthropic", "langchain-prefixed"),
    Row(34, "google_genai:gemini-2.5-pro", "gemini-2.5-pro", "gemini-api", "langchain-prefixed"),
    Row(34, "google_vertexai:gemini-2.5-pro", "gemini-2.5-pro", "vertex", "langchain-prefixed"),
    Row(34, "bedrock:anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "langchain-prefixed"),
    Row(34, "bedrock_converse:us.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "langchain-prefixed"),
    Row(34, "azure_openai:gpt-4-0613", "gpt-4-0613", "azure", "langchain-prefixed"),
    Row(34, "mistralai:mistral-large-2411", "mistral-large-2411", "mistral", "langchain-prefixed"),
    Row(34, "anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock", "langchain-prefixed"),
    Row(34, "gemini-2.5-pro", "gemini-2.5-pro", "vertex", "langchain-prefixed"),
    Row(35, "anthropic:claude-fable-5-2", "claude-fable-5-2", "anthropic", "pydantic-ai-prefixed"),
    Row(35, "openai-chat:gpt-5.6-luna", "gpt-5.6-luna", "openai", "pydantic-ai-prefixed"),
    Row(35, "google:gemini-2.5-pro", "gemini-2.5-pro", "gemini-api", "pydantic-ai-prefixed"),
    Row(35, "google-gla:gemini-2.5-pro", "gemini-2.5-pro", "gemini-api", "pydantic-ai-prefixed"),
    Row(35, "google-cloud:gemini-2.5-pro", "gemini-2.5-pro", "vertex", "pydantic-ai-prefixed"),
    Row(35, "google-vertex:gemini-2.5-pro", "gemini-2.5-pro", "vertex", "pydantic-ai-prefixed"),
    Row(35, "bedrock:global.anthropic.claude-fable-5-2", "claude-fable-5-2", "bedrock", "pydantic-ai-prefixed"),
    Row(35, "gateway/openai:gpt-5.6-luna", "gpt-5.6-luna", "openai", "pydantic-ai-prefixed"),
    Row(35, "xai:grok-3", "grok-3", "xai", "pydantic-ai-prefixed"),
    Row(36, "anthropic:claude-opus-4-5", "claude-opus-4-5-20251101", "anthropic"),
    Row(36, "openai > gpt-4-0613", "gpt-4-0613", "openai"),
    # 37: what a caller adds
    Row(37, "claude-fable-5[1m]", "claude-fable-5", matched="claude-fable-5"),
    Row(37, "anthropic/claude-3.7-sonnet:thinking", "claude-3-7-sonnet-20250219", "openrouter", "openrouter"),
    Row(37, "gemini-3.7-flash-high", "gemini-3.7-flash", matched="gemini-3.7-flash"),
    Row(37, "gpt-5-codex(high)", "gpt-5-codex", matched="gpt-5-codex"),
    Row(37, "o3-mini-high", "o3-mini-2025-01-31", matched="o3-mini"),
    # 39: completion aliases of the past
    Row(39, "gpt-3.5-turbo-completions", "gpt-3.5-turbo-0125"),
    Row(39, "gpt-4-0613-completions", "gpt-4-0613"),
]

OPAQUE = [
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", None, "bedrock"),
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/xyz", None, "bedrock"),
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abc", None, "bedrock"),
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:imported-model/abc", None, "bedrock"),
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:prompt-router/abc", None, "bedrock"),
    Row(12, "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1", None, "bedrock"),
    Row(12, "bedrock/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", None, "bedrock", "litellm"),
    Row(17, "projects/p/locations/us-central1/endpoints/123", None, "vertex"),
    Row(17, "projects/p/locations/us-central1/models/456", None, "vertex"),
    Row(17, "tunedModels/x", None, "gemini-api"),
    Row(19, "my-gpt4", None, "azure", "azure-deployment"),
    Row(22, "azure/my-gpt4", None, "azure", "litellm"),
    Row(29, "accounts/acme/models/mine#accounts/acme/deployments/d1", None, "fireworks"),
    Row(33, "llama3.1:8b-instruct-q4_K_M", None, "ollama", "ollama"),
    Row(33, "deepseek-r1:32b", None, "ollama", "ollama"),
    Row(33, "gpt-oss:20b", None, "ollama"),
    Row(33, "my-own-model", None, "ollama", "ollama"),
]

MOVING = [
    Row(38, name, None, "anthropic", "claude-code") for name in ("opus", "sonnet", "haiku", "fable", "opusplan", "default", "sonnet[1m]")
]

NOTHING = [
    Row(40, "Claude Sonnet 4.5", None),
    Row(40, "GPT-4o", None),
    Row(40, "GPT-4o", None, None, "openai"),
    Row(41, "textembedding-gecko@003*", None),
    *(Row(38, name, None) for name in ("opus", "sonnet", "haiku", "fable", "opusplan", "default")),
]


def _name(row: Row) -> str:
    return f"{row.form}-{row.text}-{row.dialect or ''}"


@pytest.mark.parametrize("row", KNOWN, ids=_name)
def test_names_the_model(identifier: Identifier, today: date, row: Row) -> None:
    found = identifier.identify(row.text, dialect=row.dialect, as_of=today)
    assert found is not None
    assert (found.model, found.platform) == (row.model, row.platform)
    assert found.written == row.text
    assert found.matched == row.text[found.start : found.end]
    assert row.matched in (None, found.matched)
    assert found.platform is None or found.evidence
    assert found.opaque is None
    assert found.fine_tuned == (row.form in (6, 7))


@pytest.mark.parametrize("row", [row for row in KNOWN if row.dialect is None], ids=_name)
def test_is_a_candidate(identifier: Identifier, row: Row) -> None:
    assert identifier.is_candidate(row.text)


@pytest.mark.parametrize("row", OPAQUE, ids=_name)
def test_says_opaque_and_guesses_nothing(identifier: Identifier, today: date, row: Row) -> None:
    found = identifier.identify(row.text, dialect=row.dialect, as_of=today)
    assert found is not None
    assert found.opaque
    assert (found.model, found.nearest, found.platform) == (None, None, row.platform)


@pytest.mark.parametrize("row", MOVING, ids=_name)
def test_reports_short_names_of_tools_as_floating_at_most(identifier: Identifier, today: date, row: Row) -> None:
    found = identifier.identify(row.text, dialect=row.dialect, as_of=today)
    assert found is not None
    assert (found.model, found.floating, found.alias) == (None, True, row.text.removesuffix("[1m]"))


@pytest.mark.parametrize("row", NOTHING, ids=_name)
def test_says_nothing(identifier: Identifier, today: date, row: Row) -> None:
    assert identifier.identify(row.text, dialect=row.dialect, as_of=today) is None


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("claude-3-5-sonnet-latest", True),
        ("mistral-large-latest", True),
        ("claude-sonnet-4-5", False),
        ("gpt-4o-2024-08-06", False),
    ],
)
def test_form_4_says_which_aliases_move_silently(identifier: Identifier, today: date, text: str, moves: bool) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is not None
    assert found.floating is moves


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("claude-fable-53", "claude-fable-5"), ("claude-opus-4-86", "claude-opus-4-8"), ("claude-haiku-3-5", "claude-haiku-5-5")],
)
def test_forms_5_and_41_do_not_take_a_near_name_for_the_model(identifier: Identifier, today: date, text: str, nearest: str) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is not None
    assert (found.model, found.family, found.nearest) == (None, "claude", nearest)


@pytest.mark.parametrize(("text", "family"), [("mistral-tiny", "mistral"), ("gpt-oss-40b", "gpt-oss")])
def test_an_id_of_which_nothing_is_known_has_its_family(identifier: Identifier, today: date, text: str, family: str) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is not None
    assert (found.model, found.family) == (None, family)
    assert identifier.is_candidate(text)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", "us-east-1"),
        ("arn:aws:bedrock:*::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", None),
        ("bedrock/us-gov-west-1/anthropic.claude-3-haiku-20240307-v1:0", "us-gov-west-1"),
        ("projects/p/locations/europe-west4/publishers/google/models/gemini-2.5-pro", "europe-west4"),
        ("projects/p/locations/global/publishers/google/models/gemini-2.5-pro", None),
        ("us.anthropic.claude-3-haiku-20240307-v1:0", None),
    ],
)
def test_reads_the_region_that_the_text_names(identifier: Identifier, today: date, text: str, region: str | None) -> None:
    found = identifier.identify(text, as_of=today)
    assert found is not None
    assert found.region == region


def test_form_4_an_alias_without_a_known_target_floats(identifier: Identifier, today: date) -> None:
    found = identifier.identify("~anthropic/claude-opus-latest", dialect="openrouter", as_of=today)
    assert found is not None
    assert (found.model, found.floating, found.platform) == (None, True, "openrouter")


def test_form_20_keeps_the_version(identifier: Identifier, today: date) -> None:
    for text, dialect, version in (("gpt-4o@2024-05-13", None, "2024-05-13"), ("text-embedding-ada-002@2", "azure", "2")):
        found = identifier.identify(text, dialect=dialect, as_of=today)
        assert found is not None
        assert found.version == version


def test_form_19_says_that_a_deployment_name_only_equals_an_id(identifier: Identifier, today: date) -> None:
    found = identifier.identify("gpt-4-0613", dialect="azure-deployment", as_of=today)
    assert found is not None
    assert (found.model, found.platform) == ("gpt-4-0613", "azure")
    assert "deployment name" in found.evidence


def test_strips_in_order_and_says_what(identifier: Identifier, today: date) -> None:
    found = identifier.identify(
        "litellm_proxy/bedrock/us-east-1/us.anthropic.claude-3-haiku-20240307-v1:0:200k", dialect="litellm", as_of=today
    )
    assert found is not None
    assert found.stripped == ("litellm_proxy/", "bedrock/", "us-east-1/", "us.", ":200k")
    assert (found.model, found.region) == (HAIKU_3, "us-east-1")
