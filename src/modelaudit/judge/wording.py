"""Words that messages and sentences share: platforms as people call them, counts, days, places."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.lifecycle import Source
from modelaudit.domain.location import Span

_PLATFORMS = {
    "ai21": "AI21",
    "anthropic": "the Anthropic API",
    "aws": "AWS",
    "azure": "Azure",
    "bedrock": "Amazon Bedrock",
    "cerebras": "Cerebras",
    "cohere": "the Cohere API",
    "databricks": "Databricks",
    "deepseek": "the DeepSeek API",
    "fireworks": "Fireworks",
    "gemini": "the Gemini API",
    "gemini-api": "the Gemini API",
    "github-models": "GitHub Models",
    "groq": "Groq",
    "huggingface": "Hugging Face",
    "mistral": "the Mistral API",
    "openai": "the OpenAI API",
    "openrouter": "OpenRouter",
    "perplexity": "the Perplexity API",
    "replicate": "Replicate",
    "together": "Together",
    "vertex": "Vertex AI",
    "watsonx": "watsonx",
    "xai": "the xAI API",
}


def platform_name(platform: str | None) -> str:
    """`the Anthropic API`, `Amazon Bedrock`; a platform without a name of its own by its key."""
    return "an unknown platform" if platform is None else _PLATFORMS.get(platform, platform)


def count(number: int, noun: str) -> str:
    """`1 day`, `2 days`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def days(number: int) -> str:
    """`18 days`; the sign is the sentence's business."""
    return count(abs(number), "day")


def relative(day: date, as_of: date) -> str:
    """`in 18 days`, `29 days ago`, `today`."""
    left = (day - as_of).days
    if left == 0:
        return "today"
    return f"in {days(left)}" if left > 0 else f"{days(left)} ago"


def listed(words: tuple[str, ...], last: str = "or") -> str:
    """`a, b or c`."""
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def place(path: str, span: Span | int) -> str:
    """`path:line`."""
    return f"{path}:{span if isinstance(span, int) else span.line}"


def authority(sources: tuple[Source, ...]) -> str:
    """Who says so: the host of the first official source, else of the first; empty without sources."""
    best = next((source for source in sources if source.official), sources[0] if sources else None)
    if best is None:
        return ""
    host = best.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
    return f"{host} says" if best.official else f"{host} reports"
