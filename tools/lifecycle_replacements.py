"""The replacement column, read for what a fixer may do: one ID that swaps in, several to choose from, or words only."""

from __future__ import annotations

import re

Row = dict[str, str]
Table = dict[str, object]

NOT_A_SWAP: tuple[tuple[str, str, list[str], str], ...] = (
    # (platform, IDs, arguments that belong to the swap, why the ID alone is not enough)
    ("openai azure", r"(o1|o3|gpt-5)-pro\b", ["reasoning.mode=pro"], "not an ID swap: pro is a mode of the replacement"),
    ("openai azure", r"o\d(-mini)?-deep-research", [], "not an ID swap: deep research is the replacement plus tools"),
    ("openai", r"(ft[-:])?(babbage|davinci)-002", [], "replacements do not serve the completions endpoint"),
    ("openai", r"ft[-:]", [], "fine-tuned weights do not carry over"),
    ("openai", r"gpt-3\.5-turbo-instruct", [], "the replacement does not serve the completions endpoint"),
    ("openai", r"dall-e", [], "image parameters differ: response_format, style, quality"),
    ("openai", r"whisper|gpt-4o(-mini)?-transcribe", [], "check timestamp granularities, verbose_json and prompt handling"),
    ("openai azure cohere vertex gemini-api bedrock", r".*(embed|similarity|text-search|code-search)", [], "always a re-index"),
    ("gemini-api", r"imagen|veo", [], "another method: generate_content instead of generate_images or generate_videos"),
    ("xai", r".*-non-reasoning", ["reasoning_effort=none"], "behaves the same only without reasoning"),
)
_PROSE = re.compile(r"\s|\bavailable\b")
_VERSION = re.compile(r"^(\S+) \(([\w-]+)\)$")
_SPELLED = {
    ("bedrock", "meta.llama3-1-8b-instruct-v1"): "meta.llama3-1-8b-instruct-v1:0",
    ("bedrock", "meta.llama3-1-70b-instruct-v1"): "meta.llama3-1-70b-instruct-v1:0",
    ("openai", "omni-moderation"): "omni-moderation-latest",
}


def replacement(row: Row, every: list[Row]) -> Table | None:
    """What the row (or, for words, its platform) says to use instead."""
    named = row["replacement"].strip()
    if not named:
        return None
    made = _choice(row, named)
    disputed = sorted(
        part.strip().removeprefix("replacement: ")
        for other in every
        for part in other["conflict"].split("|")
        if part.strip().startswith("replacement:") and "(reasoning.mode: pro)" not in part
    )
    if disputed:
        made["note"] = "; ".join([str(made["note"]), *disputed] if "note" in made else disputed)
    return made


def _choice(row: Row, named: str) -> Table:
    if " or " in named:
        return {"options": named.split(" or ")}
    if found := _VERSION.match(named):
        named = f"{found[1]}@{found[2]}"
    if _PROSE.search(named):
        return {"note": named}
    named = _SPELLED.get((row["platform"], named), named)
    for platforms, pattern, parameters, why in NOT_A_SWAP:
        if row["platform"] in platforms.split() and re.match(pattern, row["model_id"], re.IGNORECASE):
            made: Table = {"options": [named], "note": why}
            return made | ({"with": parameters} if parameters else {})
    return {"drop_in": named}
