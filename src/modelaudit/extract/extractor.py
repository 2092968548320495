"""One file's bytes to its facts: the compiler of the pipeline. It knows syntax, call shapes and spellings; no other file, no date."""

from __future__ import annotations

from typing import NamedTuple

from modelaudit.discover.decode import decode, is_binary
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.report import Skipped
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.python.literals import Words
from modelaudit.extract.python.sites import CallVocabulary

BINARY = "binary"


class Vocabulary(NamedTuple):
    """What the feed knows of spellings, calls and keys."""

    words: Words
    calls: CallVocabulary
    keys: KeyIndex


class Extractor:
    """Extracts files with one vocabulary. `language` comes from discovery (`discover.languages`)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def extract(self, path: str, language: str, data: bytes) -> FileFacts | Skipped:
        """The facts of a file, or why it has none."""
        if is_binary(data):
            return Skipped(path, BINARY)
        decoded = decode(data, python=language == "python")
        facts = self._text(path, language, decoded.text)
        if decoded.why is None:
            return facts
        note = Notification("note", "encoding", f"{path}: {decoded.why}", path)
        return facts._replace(notifications=(note, *facts.notifications))

    def _text(self, path: str, language: str, text: str) -> FileFacts:
        words, calls, keys = self._vocabulary
        if language == "python":
            from modelaudit.extract.python.module import extract_python_or_lines

            return extract_python_or_lines(path, text, words, calls)
        if language == "notebook":
            from modelaudit.extract.python.notebook import extract_notebook

            return extract_notebook(path, text, words, calls)
        from modelaudit.extract.config import extract_config

        return extract_config(path, text, language, words, keys)
