"""Which model a row of the lifecycle table names: one key for all the spellings of its platforms, and who published it."""

from __future__ import annotations

import re

ALIASES = {
    # Undated names of Anthropic models that are one snapshot wherever they are written.
    "claude-v2": "claude-2.0",
    "claude-v2:1": "claude-2.1",
    "claude-3-haiku": "claude-3-haiku-20240307",
    "claude-3-opus": "claude-3-opus-20240229",
    "claude-3-5-haiku": "claude-3-5-haiku-20241022",
    "claude-3-5-sonnet": "claude-3-5-sonnet-20240620",
    "claude-3-5-sonnet-v2": "claude-3-5-sonnet-20241022",
    "claude-3-7-sonnet": "claude-3-7-sonnet-20250219",
    "claude-3-7-sonnet-thought": "claude-3-7-sonnet-20250219",
    "claude-opus-4-8-fast": "claude-opus-4-8",
    "claude-sonnet-4": "claude-sonnet-4-20250514",
    "claude-opus-4": "claude-opus-4-20250514",
    "claude-opus-4-1": "claude-opus-4-1-20250805",
    "claude-haiku-4-5": "claude-haiku-4-5-20251001",
    "claude-sonnet-4-5": "claude-sonnet-4-5-20250929",
    "claude-opus-4-5": "claude-opus-4-5-20251101",
    # Other publishers: the platform's name for a model that has another name at home.
    "embed-v3-english": "embed-english-v3.0",
    "embed-v3-multilingual": "embed-multilingual-v3.0",
    "embed-english-v3": "embed-english-v3.0",
    "embed-multilingual-v3": "embed-multilingual-v3.0",
    "embed-v-4-0": "embed-v4.0",
    "rerank-v3-5": "rerank-v3.5",
    "rerank-v3-english": "rerank-english-v3.0",
    "rerank-v3-multilingual": "rerank-multilingual-v3.0",
    "command-r-plus-v1": "command-r-plus-04-2024",
    "command-r-v1": "command-r-03-2024",
    "jamba-1-5-large": "jamba-1.5-large",
    "jamba-1-5-mini": "jamba-1.5-mini",
    "deepseek-v3.1-maas": "deepseek-v3.1",
    "deepseek.v3-v1:0": "deepseek-v3.1",
    "deepseek.v3.1": "deepseek-v3.1",
    "deepseek.v3.2": "deepseek-v3.2",
    "deepseek.r1-v1:0": "deepseek-r1",
    "grok-4-20-reasoning": "grok-4.20-reasoning",
    "grok-4-20-non-reasoning": "grok-4.20-non-reasoning",
    "mistral-large-2402-v1": "mistral-large-2402",
    "mistral-large-2407-v1": "mistral-large-2407",
    "mistral-small-2402-v1": "mistral-small-2402",
    "llama3-1-405b-instruct": "llama-3.1-405b-instruct",
    "llama3-1-70b-instruct": "llama-3.1-70b-instruct",
    "llama3-1-8b-instruct": "llama-3.1-8b-instruct",
    "llama3-2-11b-instruct": "llama-3.2-11b-vision-instruct",
    "llama3-2-1b-instruct": "llama-3.2-1b-instruct",
    "llama3-2-3b-instruct": "llama-3.2-3b-instruct",
    "llama3-2-90b-instruct": "llama-3.2-90b-vision-instruct",
    "llama3-3-70b-instruct": "llama-3.3-70b-instruct",
    "llama3-70b-instruct": "llama-3-70b-instruct",
    "llama3-8b-instruct": "llama-3-8b-instruct",
    "llama4-maverick-17b-instruct": "llama-4-maverick-17b-128e-instruct",
    "llama4-scout-17b-instruct": "llama-4-scout-17b-16e-instruct",
    "mistral-7b-instruct-v0:2": "mistral-7b-instruct-v0.2",
    "mixtral-8x7b-instruct-v0:1": "mixtral-8x7b-instruct-v0.1",
    "gpt-oss-120b-1": "gpt-oss-120b",
    "gpt-oss-20b-1": "gpt-oss-20b",
    "zai-glm-5-3": "glm-5.3",
    "qwen-3-235b-a22b-instruct-2507": "qwen3-235b-a22b-instruct-2507",
    "qwen3-235b-a22b-2507": "qwen3-235b-a22b-instruct-2507",
    "qwen-3-32b": "qwen3-32b",
    "qwen3-coder-30b-a3b": "qwen3-coder-30b-a3b-instruct",
    "qwen3-coder-480b-a35b": "qwen3-coder-480b-a35b-instruct",
    "qwen3-next-80b-a3b": "qwen3-next-80b-a3b-instruct",
    "zai-glm-4.7": "glm-4.7",
    "zai-glm-5-2": "glm-5.2",
    "model_router": "model-router",
    "nvidia-nemotron-nano-9b-v2": "nemotron-nano-9b-v2",
}
"""Spellings after the platform's own marks were stripped, and the key they mean."""

PUBLISHERS = (
    (r"amazon\.rerank", "amazon"),
    (r"pplx-embed", "perplexity"),
    (r"playai-", "playai"),
    (r"(deepseek-ai/)?deepseek-r1-distill", "deepseek"),
    (r"nousresearch/", "nousresearch"),
    (r"nvidia/", "nvidia"),
    (r"salesforce/", "salesforce"),
    (r"llama3-groq-", "groq"),
    (r"openpipe/", "openpipe"),
    (r"zai-glm", "zai"),
    (r"luma\.", "luma"),
)
"""Where the table's guess at the publisher is wrong: who published the weights, by the start of the ID."""

_BEDROCK_VENDOR = re.compile(r"(?:[a-z0-9-]+)\.(?=[a-z])")
_BEDROCK_REVISION = re.compile(r"(-v\d+)?:\d+$")
_ANTHROPIC_REVISION = re.compile(r"(?<=\d)-v\d+$")
_KEEP_REVISION = ("amazon", "ai21", "stability", "luma")
"""Publishers whose `-v1:1` tells one model from another."""
_VERSIONED = re.compile(r"^(?P<name>.+)@(?P<version>.+)$")


def publisher(row: dict[str, str]) -> str:
    """Who made the model."""
    written = row["model_id"].casefold()
    for start, name in PUBLISHERS:
        if re.match(start, written):
            return name
    if row["platform"] == "azure" and written == "ada":
        return "openai"
    return row["provider"]


def canonical(platform: str, written: str, maker: str) -> str:
    """The spelling without its platform's marks; aliases of the publisher are not followed yet."""
    text = _STRIP.get(platform, str)(written) if platform != "bedrock" else _bedrock(written, maker)
    return ALIASES.get(text, text)


def azure_version(written: str) -> tuple[str, str] | None:
    """Name and version of `gpt-4o@2024-05-13`."""
    found = _VERSIONED.match(written)
    return (found["name"], found["version"]) if found else None


def _bedrock(written: str, maker: str) -> str:
    if written in ALIASES:
        return written
    text = _BEDROCK_VENDOR.sub("", written, count=1)
    if maker in _KEEP_REVISION or text in ALIASES:
        return text
    text = _BEDROCK_REVISION.sub("", text)
    return _ANTHROPIC_REVISION.sub("", text) if maker == "anthropic" else text


def _azure(written: str) -> str:
    text = written.casefold()
    for prefix in ("meta-", "ai21-", "cohere-"):
        text = text.removeprefix(prefix)
    text = re.sub(r"^gpt-35-", "gpt-3.5-", text)
    if text == "ada":
        return "text-embedding-ada-002"
    return text.replace("@", "-")


def _vertex(written: str) -> str:
    text = written.removesuffix("@default")
    text = text.rsplit("/", 1)[-1].removesuffix("-maas") if "/" in text else text
    if text.startswith("claude-"):
        return re.sub(r"(-v2)?@(\d{8})$", r"-\2", text)
    return re.sub(r"^(jamba-.*)@001$", r"\1", text)


def _hosted(written: str) -> str:
    return re.sub(r"^meta-(?=llama)", "", written.rsplit("/", 1)[-1].casefold())


def _fireworks(written: str) -> str:
    return re.sub(r"(?<=\d)p(?=\d)", ".", written.rsplit("/", 1)[-1])


def _copilot(written: str) -> str:
    if written == "claude-3.5-sonnet":
        return "claude-3-5-sonnet-20241022"  # what the undated name meant in the publisher's own alias by then
    return written.replace(".", "-") if written.startswith("claude-") else written


def _databricks(written: str) -> str:
    text = written.removeprefix("databricks-")
    return text if text.startswith("claude-") else re.sub(r"(?<=[v-]\d)-(?=\d\b)", ".", text)


_STRIP = {
    "azure": _azure,
    "vertex": _vertex,
    "groq": _hosted,
    "together": _hosted,
    "baseten": _hosted,
    "wandb": _hosted,
    "scaleway": _hosted,
    "cerebras": _hosted,
    "fireworks": _fireworks,
    "github-copilot": _copilot,
    "databricks": _databricks,
}
