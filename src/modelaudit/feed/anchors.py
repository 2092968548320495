"""Few, long texts of which every known ID contains at least one: what a file is searched for before anything else is done with it."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 14
"""Longer stems find no fewer files and cover fewer IDs."""

SHORTEST = 4
"""Shorter stems occur in any file; an ID that is itself shorter is its own stem."""

COMMON = frozenset(
    (
        "ada",
        "audio",
        "base",
        "batch",
        "chat",
        "code",
        "command",
        "deep",
        "editor",
        "embed",
        "embedding",
        "english",
        "fast",
        "flash",
        "generate",
        "guard",
        "image",
        "instant",
        "instruct",
        "large",
        "latest",
        "light",
        "max",
        "medium",
        "mini",
        "model",
        "models",
        "multilingual",
        "nano",
        "non",
        "online",
        "preview",
        "pro",
        "reasoning",
        "research",
        "router",
        "search",
        "small",
        "sonar",
        "stable",
        "summarize",
        "text",
        "transcribe",
        "tts",
        "turbo",
        "video",
        "vision",
        "voice",
        "whisper",
    )
)
"""Words that many files hold for other reasons."""


def build(texts: Iterable[str]) -> tuple[bytes, ...]:
    """A small set of stems that covers all texts, by greedy choice; texts are casefolded IDs."""
    missing = set(texts)
    groups = _groups(missing)
    chosen: list[str] = []
    while missing:
        best = max(groups, key=lambda stem: (_worth(stem, len(groups[stem])), stem))
        chosen.append(best)
        missing -= groups.pop(best)
        for stem in [stem for stem, covered in groups.items() if covered - missing]:
            groups[stem] &= missing
            if not groups[stem]:
                del groups[stem]
    return tuple(stem.encode() for stem in sorted(_needed(chosen)))


def _groups(texts: set[str]) -> dict[str, set[str]]:
    """Every candidate with the texts that hold it. Candidates start where a word of the ID starts, so that stems read well."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for stem in _candidates(text):
            found.setdefault(stem, set()).add(text)
    return found


def _candidates(text: str) -> set[str]:
    cuts = [0] + [at for at in range(1, len(text)) if _is_seam(text[at - 1], text[at])] + [len(text)]
    starts = [at for at in cuts if at == 0 or not text[at - 1].isalnum()]
    stems = {text[start:end] for start in starts for end in cuts if start < end <= start + LONGEST}
    return {stem for stem in stems if len(stem) >= SHORTEST} | {text}


def _is_seam(before: str, after: str) -> bool:
    """Where a stem may begin or end: at a separator, and where letters meet digits."""
    return not (before.isalpha() and after.isalpha()) and not (before.isdigit() and after.isdigit())


def _worth(stem: str, covered: int) -> float:
    """How much a stem is worth: what it covers, less for stems that any file may hold."""
    word = stem.strip("-_.:/@")
    rarity = min(len(stem), 7) / 7
    if not any(character.isalpha() for character in stem):
        rarity *= 0.01
    elif word in COMMON or (word.isalpha() and stem == word):
        rarity *= 0.1 if stem == word else 0.5
    return covered * rarity**2


def _needed(chosen: list[str]) -> list[str]:
    """Without stems that hold another: who finds the shorter finds the longer."""
    return [stem for stem in chosen if not any(other != stem and other in stem for other in chosen)]
