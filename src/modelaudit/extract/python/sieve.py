"""Is an occurrence of a stem in a Python file more than a word? Asked before parsing, which costs a hundred times as much.

Stems such as `command`, `amazon.` and `o1` are in most programs, and nearly always in a comment, a sentence, a name or an address. A lexer
tells where each stands; only what stands there as an ID, or as a part that may be completed to one, sends the file to the parser. Whatever
cannot be told for certain does so too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from modelaudit.domain.pattern import late
from modelaudit.extract.python.above import MODEL_PARTS
from modelaudit.extract.python.literals import HOLE
from modelaudit.extract.python.queries import is_query
from modelaudit.extract.python.source import LONGEST_TEXT
from modelaudit.extract.sieve import Hit
from modelaudit.extract.suppressions import MARK
from modelaudit.extract.vocabulary import Words

_TOKENS = late(
    rb"""\#[^\n]*+
    |\"{3}[^"\\]*+(?:(?:\\.|\\\Z|"(?!""))[^"\\]*+)*+(?:\"{3}|\Z)
    |'{3}[^'\\]*+(?:(?:\\.|\\\Z|'(?!''))[^'\\]*+)*+(?:'{3}|\Z)
    |"[^"\\\n]*+(?:(?:\\.|\\\Z)[^"\\\n]*+)*+(?:"|(?=\n)|\Z)
    |'[^'\\\n]*+(?:(?:\\.|\\\Z)[^'\\\n]*+)*+(?:'|(?=\n)|\Z)""",
    re.VERBOSE | re.DOTALL,
)
"""Comments and strings. Possessive throughout: linear on any input."""
_QUOTES = (b'"', b"'")
_COMMENT = ord("#")
_TEMPLATES = frozenset(b"ft")
_ESCAPE = late(r"\\[\s\S]")
_FIELD = late(r"\{[^{}]*\}")
_COMPLETED = late(rf"[-./:_@]\s*\Z|[{{}}%${HOLE}]")
"""A text that something may be added to: it ends where an ID goes on, or has places to fill in."""
_QUOTED = late(r"'([^'\n]{2,300})'")
_PIECES = late(r"[\s,;|]+")
_BEFORE = late(rb"[\w.:/@+-]*\Z")
_AFTER = late(rb"[\w.:/@+-]*")
_NEAR = 80
_LOOKED_UP = late(rb"(?:[\w)\]]\[|\.(?:get|pop|setdefault)\()\Z")
_PREFIX = frozenset((b"", b"f", b"r", b"b", b"u", b"fr", b"rf", b"br", b"rb"))


class PythonSieve:
    """Looks at the places where stems occur. `packages` are the import names of libraries whose calls take models."""

    def __init__(self, words: Words, packages: Iterable[str]) -> None:
        self._words = words
        roots = "|".join(sorted({re.escape(package) for package in packages}))
        parts = "|".join(MODEL_PARTS)
        self._expecting = late((rf"(?i:{parts})|\b(?:{roots})\b" if roots else f"(?i:{parts})").encode())

    def holds(self, data: bytes, hits: Sequence[Hit]) -> bool:
        """False only when no hit can be an ID, a mention of one, or a call with a default model."""
        if MARK.encode() in data:
            return True
        tokens = [token.span() for token in _TOKENS.finditer(data)]
        starts = [start for start, _ in tokens]
        expecting = self._expecting.search(data) is not None
        seen = -1
        for start, end, called in hits:
            at = bisect_right(starts, start) - 1
            if at < 0 or tokens[at][1] < end:
                if called or _is_quoted(data, start, end):
                    return True
            elif at != seen:
                seen = seen if called else at
                if self._tells(data, tokens, at, called=called, expecting=expecting):
                    return True
        return False

    def _tells(self, data: bytes, tokens: Sequence[tuple[int, int]], at: int, *, called: bool, expecting: bool) -> bool:
        """Whether a comment or string says anything of models."""
        start, end = tokens[at]
        if data[start] == _COMMENT:
            return not called and bool(self._words.tokens(data[start:end].decode("utf-8", "replace")))
        text = _inside(data[start:end]).decode("utf-8", "replace")
        if _is_template(data, start):
            fields = _FIELD.findall(text)
            if any(mark in field for field in fields for mark in ("(" if called else "'\"")):
                return True
            text = _FIELD.sub(HOLE, text)
        if called:
            return False
        if _is_key(data, start, end):
            expecting = False
        joined = _is_joined(data, tokens, at)
        return any(self._is_said(said, expecting=expecting, joined=joined) for said in {text, _ESCAPE.sub(" ", text)})

    def _is_said(self, text: str, *, expecting: bool, joined: bool) -> bool:
        words = self._words
        bare = text.strip().strip("/:")
        if len(bare) <= LONGEST_TEXT and words.is_candidate(bare):
            return expecting or not words.is_weak(bare)
        if words.tokens(text):
            return True
        if is_query(text) and any(self._counts(said, expecting=expecting) for said in _QUOTED.findall(text)):
            return True
        if any(space in bare for space in " \n\t"):
            # Nothing completes a sentence to an ID, but a string may go on in the next one.
            return joined and _COMPLETED.search(text[-1:]) is not None
        return joined or _COMPLETED.search(text) is not None or any(self._counts(said, expecting=expecting) for said in _PIECES.split(text))

    def _counts(self, text: str, *, expecting: bool) -> bool:
        return self._words.is_candidate(text) and (expecting or not self._words.is_weak(text))


def _inside(token: bytes) -> bytes:
    width = 3 if token[:3] in (b'"""', b"'''") else 1
    return token[width : len(token) - width] if len(token) >= 2 * width and token[-width:] == token[:width] else token[width:]


def _is_template(data: bytes, start: int) -> bool:
    """An f-string, by the letters before its quotes."""
    return bool({*data[max(0, start - 2) : start].lower()} & _TEMPLATES)


def _is_key(data: bytes, start: int, end: int) -> bool:
    """A string by which something is looked up: `row["command"]`, `row.get("command")`. A key of a table may be an ID."""
    before, after = data[max(0, start - _NEAR) : start].rstrip(), data[end : end + _NEAR].lstrip()[:1]
    return _LOOKED_UP.search(before) is not None and after in (b"]", b")", b",")


def _is_joined(data: bytes, tokens: Sequence[tuple[int, int]], at: int) -> bool:
    """Strings with nothing but space between them are one."""
    pairs = ((at - 1, at), (at, at + 1))
    return any(
        left >= 0
        and right < len(tokens)
        and data[tokens[left][0]] != _COMMENT
        and data[tokens[right][0]] != _COMMENT
        and data[tokens[left][1] : tokens[right][0]].strip(b" \t\r\n\\").lower() in _PREFIX
        for left, right in pairs
    )


def _is_quoted(data: bytes, start: int, end: int) -> bool:
    """A word outside of strings with a quote beside it: inside an f-string in an f-string, which the lexer does not see."""
    before = _BEFORE.search(data[max(0, start - _NEAR) : start])
    after = _AFTER.match(data[end : end + _NEAR])
    first = start - len(before.group() if before else b"")
    last = end + len(after.group() if after else b"")
    return data[max(0, first - 1) : first] in _QUOTES or data[last : last + 1] in _QUOTES
