"""Names that stand for a model for a time: which the table lists, and which of them its publisher uses everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

Row = dict[str, str]
Table = dict[str, object]

HOMES = {
    "amazon": "bedrock",
    "anthropic": "anthropic",
    "cohere": "cohere",
    "deepseek": "deepseek",
    "google": "gemini-api",
    "groq": "groq",
    "microsoft": "azure",
    "mistral": "mistral",
    "moonshot": "moonshot",
    "openai": "openai",
    "perplexity": "perplexity",
    "xai": "xai",
}
"""The platform whose clock is the publisher's own."""

_DATED = re.compile(r"\d{4}-\d\d-\d\d$|\d{4,8}$|\d{2}-\d{4}$")


def aliases_of(rows: list[Row], aliases: list[Row], shared: dict[tuple[str, str], list[Row]]) -> list[Table]:
    platform = rows[0]["platform"]
    known = {row["model_id"] for row in rows}
    made: dict[str, Table] = {}
    for row in aliases:
        made[row["model_id"]] = _alias(row["model_id"], row["released"], rows)
    for row in rows + aliases:
        for text in row["aliases"].split(";"):
            if _is_name(platform, text) and text not in known:
                made.setdefault(text, _alias(text, "", rows))
                if len(owners := shared.get((platform, text), [])) > 1:
                    made[text] |= _turn(row, owners)
    return [made[text] for text in sorted(made)]


def _alias(text: str, released: str, rows: list[Row]) -> Table:
    made: Table = {"id": text}
    own = next((row["released"] for row in rows if row["released"]), "")
    if released and own and released > own:
        made["from"] = date.fromisoformat(released)
    if "latest" in text:
        made["floating"] = True
    return made


def _turn(row: Row, owners: list[Row]) -> Table:
    """When a name that moved from model to model meant this one."""
    later = sorted(other["released"] for other in owners if other["released"] > row["released"])
    made: Table = {"from": date.fromisoformat(row["released"])}
    return made | ({"to": date.fromisoformat(later[0])} if later else {})


def shared_aliases(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    owners: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for text in row["aliases"].split(";"):
            if _is_name(row["platform"], text):
                owners[row["platform"], text].append(row)
    return owners


def _is_name(platform: str, text: str) -> bool:
    """Not a spelling that another dialect puts on top: a Bedrock profile, a litellm prefix, Azure's `name-version`."""
    if not text or platform in ("azure", "vertex"):
        return False
    if platform == "bedrock":
        return not re.match(r"(us|eu|apac|au|jp|ca|global|us-gov)\.", text)
    return not text.startswith(("fireworks_ai/", "together_ai/"))


def home_aliases(rows: list[Row]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row["platform"] not in HOMES.values() or row["platform"] in ("azure", "bedrock"):
            continue
        targets = re.findall(r"alias of ([^;\s]+)", row["note"])
        if targets and not _DATED.search(row["model_id"]):
            found[row["model_id"]] = next((text for text in targets if _DATED.search(text)), targets[0])
        for text in row["aliases"].split(";"):
            if text and not _DATED.search(text) and not (text in found and found[text] > row["model_id"]):
                found[text] = row["model_id"]
    return {name: found.get(target, target) for name, target in found.items()}
