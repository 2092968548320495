"""Ways that no program takes: a model ID that is followed to a client of somebody else's platform, beside one where it belongs.

Following is not aware of branches: where a factory makes one client for each provider from one `model`, every ID reaches every client. The
feed knows which of them can answer. Only followed ways are dropped, and only beside a site that fits; what is written at a call stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from modelaudit.domain.lifecycle import Model
from modelaudit.domain.location import Span
from modelaudit.judge.case import Case

_OPEN = frozenset({"openai", "azure", "sagemaker", "replicate", "ollama", "self-hosted", "huggingface"})
"""Platforms whose interface others speak as well, or where users choose the names: anything may be called there."""
_KIN = {"vertex": "gemini-api", "gemini-api": "vertex"}
"""Platforms that one client library calls."""
_NAMED = {"azure-deployment": "azure", "gemini": "gemini-api", "hf": "huggingface", "claude-code": "anthropic"}
"""Dialects that do not have their platform's name."""
_OWN_SPELLING = frozenset({"bedrock"})
"""Platforms whose IDs nobody else takes."""


class Models(Protocol):
    """What is asked of the feed."""

    def model(self, key: str) -> Model | None:
        """A model with its lives."""


def plausible(cases: Iterable[Case], models: Models, spelled: Mapping[str, str | None]) -> tuple[Case, ...]:
    """The cases without those at the wrong client. `spelled` is the platform that each literal's text names by itself."""
    grouped: dict[tuple[str, Span], list[Case]] = {}
    for case in cases:
        grouped.setdefault((case.usage.path, case.usage.literal.span), []).append(case)
    return tuple(case for group in grouped.values() for case in _of_literal(group, models, spelled))


def _of_literal(group: list[Case], models: Models, spelled: Mapping[str, str | None]) -> list[Case]:
    if len(group) == 1:
        return group
    fits = [_fits(case, models, spelled.get(case.usage.value)) for case in group]
    if not any(fit and case.usage.site is not None for fit, case in zip(fits, group, strict=True)):
        return group
    return [case for fit, case in zip(fits, group, strict=True) if fit or not case.usage.flow]


def _fits(case: Case, models: Models, spelled: str | None) -> bool:
    """Whether the platform that the site calls can answer to this ID, as far as the feed knows."""
    identity = case.verdict.identity
    site = case.usage.site
    if site is None or identity.model is None:
        return True
    native = _called_natively(site.site.dialect)
    if spelled in _OWN_SPELLING and native not in (None, spelled):
        return False
    called = site.site.platform or native
    if called is None or called in _OPEN:
        return True
    model = models.model(identity.model)
    if model is None or not model.lives:
        return True
    return any(model.life(name) is not None for name in (called, _KIN.get(called, called)))


def _called_natively(dialect: str) -> str | None:
    """The platform of a library that calls one only; None for routers, whose dialects have prefixes or serve anybody."""
    if dialect in ("", "any", "custom-openai", "portkey", "mem0", "llm-alias") or dialect.startswith("litellm") or "prefixed" in dialect:
        return None
    return _NAMED.get(dialect, dialect)
