"""Is an occurrence of a stem in a Python file more than a word? Asked before parsing, which costs a hundred times as much.

Stems such as `command`, `amazon.` and `o1` are in most programs, and nearly always in a comment, a sentence, a name or an address. The
bytes around a stem rule out most of them; for the rest a lexer tells where each stands. Only what stands there as an ID, or as a part that
may be completed to one, sends the file to the parser. Whatever cannot be told for certain does so too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from modelaudit.domain.pattern import late
from modelaudit.extract.nearby import QUOTES, Kind, Nearby, Run
from modelaudit.extract.python.above import MODEL_PARTS
from modelaudit.extract.python.queries import is_query
from modelaudit.extract.python.source import LONGEST_TEXT
from modelaudit.extract.sieve import Hit
from modelaudit.extract.suppressions import MARK
from modelaudit.extract.vocabulary import Words
from modelaudit.identify.reading import HOLE

_TOKENS = late(
    rb"""\#[^\n]*+
    |\"{3}[^"\\]*+(?:(?:\\.|\\\Z|"(?!""))[^"\\]*+)*+(?:\"{3}|\Z)
    |'{3}[^'\\]*+(?:(?:\\.|\\\Z|'(?!''))[^'\\]*+)*+(?:'{3}|\Z)
    |"[^"\\\n]*+(?:(?:\\.|\\\Z)[^"\\\n]*+)*+(?:"|(?=\n)|\Z)
    |'[^'\\\n]*+(?:(?:\\.|\\\Z)[^'\\\n]*+)*+(?:'|(?=\n)|\Z)""",
    re.VERBOSE | re.DOTALL,
)
"""Comments and strings. Possessive throughout: linear on any input."""
_COMMENT = ord("#")
_STRINGS = (b'"', b"'")
_TEMPLATES = frozenset(b"ft")
_ESCAPE = late(r"\\[\s\S]")
_FIELD = late(r"\{[^{}]*\}")
_COMPLETED = late(rf"[-./:_@]\s*\Z|[{{}}%${HOLE}]")
"""A text that something may be added to: it ends where an ID goes on, or has places to fill in."""
_QUOTED = late(r"'([^'\n]{2,300})'")
_PIECES = late(r"[\s,;|]+")
_LISTED = frozenset(b",;|")
"""What separates the elements of a list in a text."""
_NEAR = 80
_LOOKED_UP = late(rb"(?:[\w)\]]\[|\.(?:get|pop|setdefault)\()\Z")
_PREFIX = frozenset((b"", b"f", b"r", b"b", b"u", b"fr", b"rf", b"br", b"rb"))
_NAME = late(rb"\w+")
_MODEL = late("|".join(MODEL_PARTS).encode())


class PythonSieve:
    """Looks at the places where stems occur. `packages` are the import names of libraries whose calls take models."""

    def __init__(self, words: Words, packages: Iterable[str]) -> None:
        self._words = words
        self._packages = frozenset(package.encode() for package in packages)

    def holds(self, data: bytes, hits: Sequence[Hit]) -> bool:
        """False only when no hit can be an ID, a mention of one, or a call with a default model."""
        if MARK.encode() in data:
            return True
        program = _Program(data, self._packages)
        nearby = Nearby(self._words, data)
        seen = -1
        for start, end, called in hits:
            run = nearby.run(start, end)
            if not called and not _may_matter(program, run):
                continue
            at = program.token(start)
            if at is None or program.tokens[at][1] < end:
                if called or _is_quoted(data, run):
                    return True
            elif not called and run.mentions(data, self._words):
                return True
            elif at != seen:
                seen = seen if called else at
                if self._tells(program, at, called=called):
                    return True
        return False

    def _tells(self, program: _Program, at: int, *, called: bool) -> bool:
        """Whether a string is an ID or may be completed to one."""
        data = program.data
        start, end = program.tokens[at]
        if data[start] == _COMMENT:
            return False
        text = _inside(data[start:end]).decode("utf-8", "replace")
        if _is_template(data, start):
            fields = _FIELD.findall(text)
            if any(mark in field for field in fields for mark in ("(" if called else "'\"")):
                return True
            text = _FIELD.sub(HOLE, text)
        if called:
            return False
        around = None if _is_key(data, start, end) else program
        joined = _is_joined(data, program.tokens, at)
        return any(self._is_said(said, around, joined=joined) for said in {text, _ESCAPE.sub(" ", text)})

    def _is_said(self, text: str, around: _Program | None, *, joined: bool) -> bool:
        bare = text.strip().strip("/:")
        if len(bare) <= LONGEST_TEXT and self._words.is_candidate(bare):
            return joined or self._counts(bare, around)
        if is_query(text) and any(self._counts(said, around) for said in _QUOTED.findall(text)):
            return True
        if any(space in bare for space in " \n\t"):
            # Nothing completes a sentence to an ID, but a string may go on in the next one.
            return joined and _COMPLETED.search(text[-1:]) is not None
        return joined or _COMPLETED.search(text) is not None or any(self._counts(said, around) for said in _PIECES.split(text))

    def _counts(self, text: str, around: _Program | None) -> bool:
        """Whether a text is an ID where it stands; `around` None where no model is expected."""
        return self._words.is_candidate(text) and (not self._words.is_weak(text) or (around is not None and around.speaks_of_models))


class _Program:
    """The bytes of a file, and what is found out about them when it is asked for."""

    def __init__(self, data: bytes, packages: frozenset[bytes]) -> None:
        self.data = data
        self._packages = packages

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        """Where comments and strings begin and end."""
        return [token.span() for token in _TOKENS.finditer(self.data)]

    def token(self, at: int) -> int | None:
        """The number of the comment or string in which an offset lies."""
        index = bisect_right(self._starts, at) - 1
        return index if index >= 0 and at < self.tokens[index][1] else None

    @cached_property
    def may_speak_of_models(self) -> bool:
        """Whether words that say model occur at all, or a library is imported whose calls take one."""
        return any(part.encode() in self._lowered for part in MODEL_PARTS) or self._imports_models

    @cached_property
    def speaks_of_models(self) -> bool:
        """Whether a name or a key says model, or such a library is imported: an ID that is an ordinary word counts nowhere else."""
        return self._imports_models or any(self._is_name(match.start()) for match in _MODEL.finditer(self._lowered))

    @cached_property
    def _imports_models(self) -> bool:
        imported = set(_NAME.findall(b" ".join(_lines_with(b"import", self.data))))
        return not imported.isdisjoint(self._packages)

    @cached_property
    def _lowered(self) -> bytes:
        return self.data.lower()

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.tokens]

    def _is_name(self, at: int) -> bool:
        """Part of a name, or of a string that may be a key: no comment, no sentence."""
        index = self.token(at)
        if index is None:
            return True
        first, last = self.tokens[index]
        if self.data[first] == _COMMENT:
            return False
        return b" " not in _inside(self.data[first:last]).strip() or self.data[last : last + _NEAR].lstrip()[:1] in (b":", b"]")


def _lines_with(word: bytes, data: bytes) -> Iterator[bytes]:
    at = data.find(word)
    while at >= 0:
        end = data.find(b"\n", at)
        line = data[data.rfind(b"\n", 0, at) + 1 : end if end >= 0 else len(data)]
        yield line
        at = data.find(word, end) if end >= 0 else -1


def _may_matter(program: _Program, run: Run) -> bool:
    """Whether the bytes around a stem leave anything for the lexer to decide."""
    if run.kind is Kind.WORD:
        return _stands_alone(program.data, run) and program.may_speak_of_models
    return run.kind is Kind.ID


def _stands_alone(data: bytes, run: Run) -> bool:
    """A word that is all of a string, or one element of several in it."""
    before, after = data[max(0, run.start - _NEAR) : run.start], data[run.end : run.end + _NEAR]
    if (before and before[-1] in _LISTED) or (after and after[0] in _LISTED):
        return True
    before, after = before.rstrip(), after.lstrip()
    return (not before or before[-1] in QUOTES) and (not after or after[0] in QUOTES)


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


def _is_quoted(data: bytes, run: Run) -> bool:
    """A word outside of strings with a quote beside it: inside an f-string in an f-string, which the lexer does not see."""
    return data[max(0, run.start - 1) : run.start] in _STRINGS or data[run.end : run.end + 1] in _STRINGS
