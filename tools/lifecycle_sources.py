"""The source columns of the lifecycle table as source objects of the feed: where a fact stands, and through whom it was read."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

Source = dict[str, str | bool | date]
Sources = dict[str, Source]

TOOLS = {
    "ai-sdk": "https://github.com/vercel/ai",
    "depdesk": "https://pypi.org/project/depdesk/",
    "deprecations.info": "https://deprecations.info/",
    "flake8-llm-sunset": "https://pypi.org/project/flake8-llm-sunset/",
    "lastorders": "https://pypi.org/project/lastorders/",
    "litellm": "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
    "llm-sunset": "https://github.com/Ashveil1/llm-sunset",
    "model-eol": "https://github.com/thossullivan/model-eol",
    "model-retire": "https://pypi.org/project/bydtech-model-retire/",
    "models-dev": "https://models.dev/",
    "anthropic-sdk": "https://github.com/anthropics/anthropic-sdk-python",
    "openai-sdk": "https://github.com/openai/openai-python",
}
"""Who else carries lifecycle facts."""

READ = {
    "ai-sdk": date(2026, 11, 15),
    "depdesk": date(2026, 9, 24),
    "deprecations.info": date(2026, 7, 24),
    "flake8-llm-sunset": date(2026, 10, 14),
    "lastorders": date(2026, 10, 23),
    "litellm": date(2026, 11, 5),
    "llm-sunset": date(2026, 9, 30),
    "model-eol": date(2026, 8, 18),
    "model-retire": date(2026, 10, 16),
    "models-dev": date(2026, 6, 1),
    "anthropic-sdk": date(2026, 11, 19),
    "openai-sdk": date(2026, 11, 10),
}
"""The newest day on which each was read."""

_HOSTS = {
    "ai.google.dev": "gemini",
    "api-docs.deepseek.com": "deepseek",
    "cloud.google.com": "vertex",
    "docs.cloud.google.com": "vertex",
    "console.groq.com": "groq",
    "developers.openai.com": "openai",
    "platform.openai.com": "openai-platform",
    "docs.aws.amazon.com": "aws",
    "docs.baseten.co": "baseten",
    "docs.cohere.com": "cohere",
    "docs.databricks.com": "databricks",
    "docs.fireworks.ai": "fireworks",
    "fireworks.ai": "fireworks",
    "docs.github.com": "copilot",
    "docs.mistral.ai": "mistral",
    "docs.perplexity.ai": "perplexity",
    "docs.together.ai": "together",
    "docs.x.ai": "xai",
    "inference-docs.cerebras.ai": "cerebras",
    "learn.microsoft.com": "microsoft",
    "platform.claude.com": "claude",
    "platform.moonshot.ai": "moonshot",
}
_PRIMARY = re.compile(r"(?P<tool>\S+(?: page)?)(?: (?P<release>[\d.]+))? @(?P<on>\d{4}-\d\d-\d\d)(?: \((?P<third>third-party[^)]*)\))?")


def primary(row: dict[str, str]) -> tuple[str, Source]:
    """Key and object of the source that decided a row."""
    found = _PRIMARY.fullmatch(row["primary_source"])
    if found is None:
        raise ValueError(f"{row['platform']} {row['model_id']}: primary source {row['primary_source']!r}")
    tool, on = found["tool"], date.fromisoformat(found["on"])
    page = row["source_url"]
    if not page:
        return tool_key(tool), known_tool(tool)
    source: Source = {"url": page, "official": found["third"] is None, "retrieved": on}
    key = f"{_slug(page)}-{on.isoformat()}"
    if tool != "official page":
        key = f"{_slug(page)}-via-{tool_key(tool)}-{on.isoformat()}"
        source["title"] = f"read through {tool} {found['release'] or ''}".strip()
    if found["third"] and (tool == "official page" or tool.startswith(("openai", "anthropic"))):
        key += "-secondhand"
    return key, source


def known_tool(tool: str) -> Source:
    """The source object of an aggregator or SDK as a whole."""
    return {"url": TOOLS[tool], "official": tool.endswith("-sdk") and tool != "ai-sdk", "retrieved": READ[tool]}


def tool_key(tool: str) -> str:
    """A name of TOML's bare kind."""
    return tool.replace(".", "-")


def agreeing(row: dict[str, str]) -> list[str]:
    """Tools that give the same date as the primary source; an `official page` among them is the row's own page."""
    names = [name.split(" ")[0] for name in row["corroborated_by"].split(";") if name and name != "official page"]
    return sorted({name for name in names if name in TOOLS})


def _slug(url: str) -> str:
    parts = urlsplit(url)
    host = _HOSTS[parts.netloc]
    path = [part.removesuffix(".html") for part in parts.path.split("/") if part and part not in ("docs", "overview")]
    if "getting-started" in path:
        path[-1] = "getting-started"
    last = re.sub(r"[^a-z0-9]+", "-", path[-1].lower()) if path else "docs"
    return f"{host}-{last}"
