"""Key paths as patterns: `model_list[].litellm_params.model`. Call shapes use them inside arguments, key rules inside files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TypeAlias

from modelaudit.domain.document import Path
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

Token: TypeAlias = str | int | tuple[str, ...]
"""A key; a position; alternatives; or one of the four marks below."""

ITEM = "[]"
"""Any list item."""
KEY = "{}"
"""Any key."""
DEEP = "**"
"""Any number of keys and items."""

_PIECE = late(r"\{[^{}]*\}|\[\d?\]|[^.\[\]{}]+|\.")


class Pattern(NamedTuple):
    """A key path, ready to match."""

    tokens: tuple[Token, ...]
    last: frozenset[str]
    """The keys one of which must end a path that matches; empty when any may."""
    within: str | None
    """A key that must stand in a path that matches, None when there is none: a quick look before the real one."""

    def matches(self, path: Path) -> bool:
        """Whether a path of a document is one that the pattern means. List positions that the pattern does not name are skipped: formats
        differ in whether a block that may be repeated is a list."""
        tokens = self.tokens
        states = _reached(tokens, {0})
        for part in path:
            states = _reached(tokens, {after for at in states for after in _steps(tokens, at, part)})
            if not states:
                return False
        return len(tokens) in states


@lru_cache(4096)
def compile_path(path: str) -> Pattern:
    """A key path as a pattern; `ValueError` when it is not one."""
    pieces = _PIECE.findall(path)
    if not path or "".join(pieces) != path or path.startswith(".") or path.endswith(".") or ".." in path:
        raise ValueError(f"not a key path: {path!r}")
    tokens = tuple(_token(piece) for piece in pieces if piece != ".")
    keys = [token for token in tokens if token != ITEM and not isinstance(token, int)]
    end = keys[-1] if keys else KEY
    known = end if isinstance(end, tuple) else (end,)
    plain = [token for token in tokens if isinstance(token, str) and token not in (ITEM, KEY) and "*" not in token]
    return Pattern(
        tokens, frozenset() if any(key == KEY or "*" in key for key in known) else frozenset(known), plain[-1] if plain else None
    )


def spell(path: Path) -> str:
    """A path as users read it: `models[0].name`. Keys that hold dots, brackets or braces are put in quotes."""
    made = ""
    for part in path:
        if isinstance(part, int):
            made += f"[{part}]"
        else:
            key = part if part and not re.search(r"[.\[\]{}'\s]", part) else "'" + part.replace("'", "''") + "'"
            made += f".{key}" if made else key
    return made


def undotted(path: Path) -> Path:
    """The path with keys like `spring.ai.openai.chat` taken apart, as in `.properties` files and editors' settings."""
    return tuple(piece for part in path for piece in (part.split(".") if isinstance(part, str) else (part,)))


def _token(piece: str) -> Token:
    if piece.startswith("{"):
        return KEY
    if piece.startswith("["):
        return int(piece[1:-1]) if len(piece) > 2 else ITEM
    if "|" in piece:
        return tuple(piece.split("|"))
    return KEY if piece == "*" else piece


def _steps(tokens: tuple[Token, ...], at: int, part: str | int) -> Iterator[int]:
    """Where in a pattern one may be after a part of the path; all ways are followed at once, so that no path takes long."""
    if isinstance(part, int):
        yield at
    if at < len(tokens):
        if tokens[at] == DEEP:
            yield at
        elif _takes(tokens[at], part):
            yield at + 1


def _reached(tokens: tuple[Token, ...], states: set[int]) -> set[int]:
    """With the places behind each `**`, which may stand for nothing."""
    for at in sorted(states):
        while at < len(tokens) and tokens[at] == DEEP:
            at += 1
            states.add(at)
    return states


def _takes(token: Token, part: str | int) -> bool:
    if isinstance(part, int):
        return token in (ITEM, part)
    if isinstance(token, tuple):
        return part in token
    if not isinstance(token, str) or token == ITEM:
        return False
    return token in (KEY, part) or ("*" in token and fnmatchcase(part, token))
