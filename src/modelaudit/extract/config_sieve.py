"""Is an occurrence of a stem in a file that is no Python more than a word? Asked before its structure is read.

Config files are full of `command:` keys, lists of files and sentences. What is left to the reader is every ID, whatever a name may complete
to one, and a word that is an ID as well where it is a value: then the key decides, and only the reader knows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from modelaudit.domain.pattern import late
from modelaudit.extract.nearby import QUOTES, Kind, Nearby, Run
from modelaudit.extract.sieve import Hit
from modelaudit.extract.structure import is_text
from modelaudit.extract.suppressions import MARK
from modelaudit.extract.vocabulary import Words

_QUOTED_ONLY = frozenset(("json", "javascript", "typescript", "toml", "sql", "hcl", "notebook"))
"""Languages in which a text without quotes is no value."""
_SIDES = QUOTES | frozenset(b",;|")
"""What stands directly beside a text, or beside an element of a list in one."""
_SCRIPTS = frozenset(("javascript", "typescript"))
_NEAR = 120
_ENDS = frozenset(b".:-")
"""Behind a word: it is a key, ends a sentence, or begins something else."""
_KEY_BEFORE = late(rb"(?:^|[{,\-\[])\s*\\?[\"'`]\Z")
_KEY_BEHIND = late(rb"\\?[\"'`]\s*(?::|=(?![=>]))")
_OPTION = late(
    rb"(?:(?:^|[\s\"'`\[,(])(?:--?[A-Za-z][\w-]*|(?:ollama|vllm)\s+\w+|[\w.-]+(?:launcher|server)|FROM|ADAPTER)[\"'`,]*\s+|=)[\"'`]?\Z"
)
"""What stands before a word of a command line that may be a model."""
_DEFAULT = late(rb"\$\{[^{}]*+\Z")
"""The beginning of a place to fill in, in which a word is what is taken otherwise."""
_VALUE_BEFORE = late(rb"(?:^|[:=\-\[,|;>]|(?<![{$%])\{)\s*\Z")
_VALUE_BEHIND = frozenset(b",;|#]})<\\\"'`$%{")


class ConfigSieve:
    """Looks at the places where stems occur in files of one language."""

    def __init__(self, words: Words, language: str | None) -> None:
        self._words = words
        self._quoted_only = language in _QUOTED_ONLY
        self._language = language

    def holds(self, data: bytes, hits: Sequence[Hit]) -> bool:
        """False only when no hit can be an ID, a mention of one, or a call with a default model."""
        if MARK.encode() in data:
            return True
        nearby = Nearby(self._words, data)
        prose = self._prose(data)
        return any(
            nearby.run(hit.start, hit.end).mentions(data, self._words)
            if hit.start >= prose
            else hit.called or self._may_matter(data, nearby.run(hit.start, hit.end))
            for hit in hits
        )

    def _prose(self, data: bytes) -> int:
        """Where the settings of a file end and prose begins."""
        if self._language == "markdown":
            return _front_matter(data)
        return 0 if self._language in _SCRIPTS and is_text("javascript", data.decode("utf-8", "replace")) else len(data)

    def _may_matter(self, data: bytes, run: Run) -> bool:
        return run.kind is Kind.ID or (run.kind is Kind.WORD and self._is_value(data, run))

    def _is_value(self, data: bytes, run: Run) -> bool:
        """Whether a word may be all of a value."""
        if data[run.end - 1] in _ENDS:
            return False
        before = data[max(0, run.start - _NEAR) : run.start].rpartition(b"\n")[2]
        behind = data[run.end : run.end + _NEAR].partition(b"\n")[0]
        if before and before[-1] in _SIDES and (not behind or behind[0] in _SIDES):
            return not (_KEY_BEFORE.search(before) and _KEY_BEHIND.match(behind))
        if _OPTION.search(before) or _DEFAULT.search(before):
            return True
        if self._quoted_only:
            return False
        is_part = b":" in data[run.start : run.end] or b"/" in data[run.start : run.end]
        begins = is_part or (bool(before) and before[-1] in QUOTES) or _VALUE_BEFORE.search(before) is not None
        last = behind.lstrip()[:1]
        return begins and (not last or last[0] in _VALUE_BEHIND)


def _front_matter(data: bytes) -> int:
    """Where the settings at the head of a Markdown file end."""
    mark = data.removeprefix(b"\xef\xbb\xbf")[:3]
    if mark not in (b"---", b"+++"):
        return 0
    end = data.find(b"\n" + mark, 3)
    return len(data) if end < 0 else end
