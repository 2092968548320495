"""Dotted names as they are written."""

from __future__ import annotations

import ast

_LONGEST = 40
"""Links of a chain that are read."""


def chain(node: ast.expr) -> str | None:
    """`client.chat.completions.create` as written; calls inside show as `()`. None when the expression is not a chain of names."""
    parts: list[str] = []
    present: ast.expr = node
    for _ in range(_LONGEST):
        if isinstance(present, ast.Attribute):
            parts.append(present.attr)
            present = present.value
        elif isinstance(present, ast.Call):
            inner = chain(present.func)
            if inner is None:
                return None
            parts.append(f"{inner}()")
            return ".".join(reversed(parts))
        elif isinstance(present, ast.Await):
            present = present.value
        elif isinstance(present, ast.Name):
            parts.append(present.id)
            return ".".join(reversed(parts))
        else:
            return None
    return None
