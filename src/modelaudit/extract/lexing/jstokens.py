"""Tokens of JavaScript and TypeScript: enough to tell strings, comments, templates, regular expressions and chains of names apart."""

from __future__ import annotations

from collections.abc import Iterator

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

_INTERPOLATION = r"\$\{[^{}`]*+(?:\{[^{}`]*+\}[^{}`]*+)*+\}"
_TOKEN = late(
    r"(?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|\A\#![^\n]*+)"
    r"|\"(?P<double>[^\"\\\n]*+(?:\\(?:\r\n|[^\r])?[^\"\\\n]*+)*+)(?:\"|(?=\n)|\Z)"
    r"|'(?P<single>[^'\\\n]*+(?:\\(?:\r\n|[^\r])?[^'\\\n]*+)*+)(?:'|(?=\n)|\Z)"
    rf"|`(?P<template>(?:[^`\\$]++|\\[\s\S]?|{_INTERPOLATION}|\$)*+)(?:`|\Z)"
    r"|(?P<name>[A-Za-z_$][\w$]*+(?:!?\??\.[A-Za-z_$\#][\w$]*+)*+)"
    r"|(?P<number>\d[\w.]*+)"
    r"|(?P<mark>===|!==|==|!=|=>|\?\?=?|\|\|=?|&&=?|\?\.|\.\.\.|[<>]=?|[{}\[\]():;,?|&=+*!@-])"
    r"|(?P<slash>/)"
)
_REGEX = late(r"/(?P<regex>(?![*/])(?:[^/\\\[\n]++|\\[^\n]|\[(?:[^\]\\\n]++|\\[^\n])*+\])++)/[a-z]*+")
_LONGEST_REGEX = 2000
"""A slash that no other closes within so much is a division; looking further would read a long line again for each of its slashes."""
_BEFORE_REGEX = frozenset(("(", ",", "=", ":", "[", "!", "&&", "||", "?", "{", "}", ";", "=>", "return", "case", "typeof", ""))
_JSX_TAG = late(r"<([A-Za-z][\w.]*+)(?=[\s>/])")


class Token(NamedTuple):
    """A token; `text` of strings, templates and regular expressions is without their marks."""

    kind: str
    """`string`, `template`, `regex`, `comment`, `name`, `number` or `mark`."""
    text: str
    start: int
    end: int
    """Offsets of `text`; of comments with their marks."""
    after: int
    """Offset behind the whole token."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a program. Whether a slash begins a regular expression is told from the token before it."""
    at, last = 0, ""
    while (match := _TOKEN.search(text, at)) is not None:
        at = match.end()
        kind = match.lastgroup or ""
        if kind == "slash":
            regex = _REGEX.match(text, match.start(), match.start() + _LONGEST_REGEX) if last in _BEFORE_REGEX else None
            if regex is not None:
                at = regex.end()
                yield Token("regex", regex["regex"], *regex.span("regex"), at)
            last = "/"
            continue
        said = match[kind]
        if kind in ("double", "single"):
            kind = "string"
        yield Token(kind, said, *match.span(match.lastgroup or 0), at)
        if kind != "comment":
            last = said if kind in ("mark", "name") else kind


def jsx_tag(text: str, offset: int) -> str | None:
    """The tag that an `<` opens, None for a comparison or a type argument."""
    match = _JSX_TAG.match(text, offset)
    return match[1] if match else None


def chain(name: str) -> tuple[str, ...]:
    """The last parts of `a?.b!.c`; nothing of what is no name."""
    return tuple(name.replace("?", "").replace("!", "").split("."))[-8:] if name[-1:] not in (")", "]") else ()
