"""Where a node of a syntax tree stands: what is above it, the key it is the value of, and whether a name says model."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.domain.record import NamedTuple

MODEL_PARTS = ("model", "llm", "engine", "deployment", "foundation")
"""Parts of names that say model."""


class Above(NamedTuple):
    """The way up from a node: its parent, the parent's field it stands in, and so on."""

    node: ast.AST
    field: str
    above: Above | None


def climb(above: Above | None) -> Iterator[tuple[ast.AST, str]]:
    """Parents from the nearest up, as many as can matter."""
    for _ in range(8):
        if above is None:
            return
        yield above.node, above.field
        above = above.above


def key_of(table: ast.Dict, value: ast.AST) -> ast.expr | None:
    """The key under which a value stands. Looked up once for a table, since generated ones hold tens of thousands of entries."""
    known: dict[int, ast.expr | None] | None = getattr(table, "modelaudit_keys", None)
    if known is None:
        known = {id(item): key for key, item in zip(table.keys, table.values, strict=True)}
        setattr(table, "modelaudit_keys", known)  # noqa: B010 - a mark of ours on a tree that is ours
    return known.get(id(value))


def is_model_name(name: str) -> bool:
    """A variable, keyword or key whose name says that it holds a model."""
    lowered = name.lower()
    return any(part in lowered for part in MODEL_PARTS)
