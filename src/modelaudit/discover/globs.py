"""Exclusion globs, with the meaning that a line of `.gitignore` has (without `!`), matched in linear time.

They are on the path of every run, so they cost no import beyond `re`: `node_modules/` and `*.min.js` are looked up, only the rest is
compiled to an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain.pattern import late

_WILD = late(r"[*?\[\\]")


class Globs:
    """A set of globs, asked about one path at a time; a caller that prunes folders need not ask about what is below them."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        names: set[str] = set()
        folders: set[str] = set()
        endings: list[str] = []
        expressions: list[str] = []
        folder_expressions: list[str] = []
        for pattern in patterns:
            body, folder_only = pattern.rstrip("/"), pattern.endswith("/")
            if not body:
                continue
            if "/" not in body and not _WILD.search(body):
                (folders if folder_only else names).add(body)
            elif "/" not in body and body[0] == "*" and not folder_only and not _WILD.search(body, 1):
                endings.append(body[1:])
            else:
                (folder_expressions if folder_only else expressions).append(_expression(body))
        self._names = frozenset(names)
        self._folder_names = frozenset(folders | names)
        self._endings = tuple(endings)
        self._files = _union(expressions)
        self._folders = _union(expressions + folder_expressions)

    def has_file(self, path: str, name: str) -> bool:
        """True when a glob names this file; `name` is the last part of `path`."""
        return name in self._names or name.endswith(self._endings) or (self._files is not None and self._files.fullmatch(path) is not None)

    def has_folder(self, path: str, name: str) -> bool:
        """True when a glob names this folder."""
        return (
            name in self._folder_names
            or name.endswith(self._endings)
            or (self._folders is not None and self._folders.fullmatch(path) is not None)
        )


def _union(expressions: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(expressions), re.DOTALL) if expressions else None


def _expression(body: str) -> str:
    """An expression for a whole path. Each run of parts between two `**` is taken where it first fits and never tried again, which
    changes no answer and keeps a hostile glob from taking exponential time."""
    anchored = "/" in body
    parts = [part for part in body.split("/") if part]
    if not anchored:
        parts.insert(0, "**")
    runs: list[list[str]] = [[]]
    for part in parts:
        if part == "**":
            runs.append([])
        else:
            runs[-1].append(part)
    first, *rest = ["/".join(_part(part) for part in run) for run in runs]
    if not rest:
        return f"(?:{first})"
    *middle, last = rest
    expression = f"{first}/" if first else ""
    expression += "".join(f"(?>(?:[^/]+/)*?{run}/)" for run in middle if run)
    return f"(?:{expression}(?:[^/]+/)*{last})" if last else f"(?:{expression}.+)"


def _part(part: str) -> str:
    """An expression for one part of a path, by the same rule: the text between two stars is taken where it first fits."""
    first, *rest = _between_stars(part)
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>[^/]*?{chunk})" for chunk in middle if chunk) + f"[^/]*{last}(?=/|\\Z)"


def _between_stars(part: str) -> list[str]:
    chunks = [""]
    for token in _tokens(part):
        if token == "*":
            chunks.append("")
        else:
            chunks[-1] += token
    return chunks


def _tokens(part: str) -> Iterator[str]:
    """`*`, or an expression for exactly one character."""
    at = 0
    while at < len(part):
        char = part[at]
        at += 1
        if char == "*":
            yield "*"
        elif char == "?":
            yield "[^/]"
        elif char == "[":
            found, at = _set(part, at)
            yield found
        elif char == "\\" and at < len(part):
            yield re.escape(part[at])
            at += 1
        else:
            yield re.escape(char)


def _set(part: str, at: int) -> tuple[str, int]:
    """A `[...]` that begins before `at`, and where it ends. One that never ends, or that is upside down, is an ordinary `[`."""
    negated = part[at : at + 1] in ("!", "^")
    start = at + negated
    end = part.find("]", start + 1)
    if end < 0:
        return re.escape("["), at
    inside = "".join("\\" + char if char in "[]&|~^\\" else char for char in part[start:end])
    expression = f"(?!/)[{'^' if negated else ''}{inside}]"
    try:
        re.compile(expression)
    except re.error:
        return re.escape("["), at
    return expression, end + 1
