"""What the compiled index may hold: the builtins that `marshal` writes, and the shapes of our own records among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plain: TypeAlias = "bool | int | float | str | bytes | Sequence[Plain] | Mapping[str, Plain] | None"
"""A section in the index. Days are ISO 8601 texts. Decoding trusts the shape: it was built by the same module, checked by a digest."""

PlainSource: TypeAlias = tuple[str, str, bool, str | None, str]
PlainSources: TypeAlias = tuple[PlainSource, ...]
PlainEvent: TypeAlias = tuple[
    str, str | None, str, tuple[str, ...], tuple[PlainSource, ...], str | None, str | None, str | None, bool, str | None
]
PlainUnavailable: TypeAlias = tuple[str, str | None, str, tuple[PlainSource, ...], str]
PlainReplacement: TypeAlias = tuple[
    str | None, tuple[str, ...], tuple[str, ...], str | None, str | None, bool, tuple[PlainSource, ...], "PlainReplacement | None"
]
PlainAlias: TypeAlias = tuple[str, str | None, str | None, bool]
PlainShutdown: TypeAlias = tuple[str, str | None, str | None, str | None]
PlainLife: TypeAlias = tuple[
    str,
    tuple[str, ...],
    tuple[PlainAlias, ...],
    tuple[PlainEvent, ...],
    tuple[PlainUnavailable, ...],
    PlainReplacement | None,
    PlainShutdown | None,
    str | None,
    tuple[str, ...],
    tuple[tuple[str, str], ...],
]
PlainModel: TypeAlias = tuple[str, str, str, tuple[tuple[str, str | None], ...], tuple[PlainLife, ...], str | None]
"""Key, publisher, line, successors, lives, home."""
