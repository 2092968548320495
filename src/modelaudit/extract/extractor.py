"""One file's bytes to its facts: the compiler of the pipeline. It knows syntax, call shapes and spellings; no other file, no date."""

from __future__ import annotations

from modelaudit.discover.decode import decode, is_binary
from modelaudit.domain.facts import FileFacts, Notification, Trace
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.project import REQUIREMENTS, concerns, project_traces
from modelaudit.extract.reports import REPORT, is_report
from modelaudit.extract.sieve import Sieve
from modelaudit.extract.vocabulary import CallVocabulary, Words

BINARY = "binary"
_PROGRAMS = frozenset(("python", "notebook", "javascript", "typescript", "markdown", "sql", "xml"))


class Vocabulary(NamedTuple):
    """What the feed knows of spellings, calls and keys."""

    words: Words
    calls: CallVocabulary
    keys: KeyIndex


class Extractor:
    """Extracts files with one vocabulary. `language` comes from discovery (`discover.languages`)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sieves: dict[str, Sieve] = {}

    def sieve(self, language: str | None) -> Sieve | None:
        """What looks at the stems in a file of a language before it is parsed; None where parsing is the only way to tell."""
        if language is None or language in REQUIREMENTS:
            return None
        found = self._sieves.get(language)
        if found is None:
            found = self._sieves[language] = self._new_sieve(language)
        return found

    def _new_sieve(self, language: str) -> Sieve:
        if language == "python":
            from modelaudit.extract.python.sieve import PythonSieve

            return PythonSieve(self._vocabulary.words, self._vocabulary.calls.roots)
        from modelaudit.extract.config_sieve import ConfigSieve

        return ConfigSieve(self._vocabulary.words, language)

    def extract(self, path: str, language: str, data: bytes) -> FileFacts | Skipped:
        """The facts of a file, or why it has none."""
        if is_binary(data):
            return Skipped(path, BINARY)
        if is_report(language, data):
            return Skipped(path, REPORT)
        decoded = decode(data, python=language == "python")
        try:
            facts = self._text(path, language, decoded.text)
        except Exception as error:  # a defect of ours must cost one file, said aloud, and not the other ten thousand
            facts = FileFacts(path, language, notifications=(_defect(path, error),))
        if decoded.why is None:
            return facts
        note = Notification("note", "encoding", decoded.why, path)
        return facts._replace(notifications=(note, *facts.notifications))

    def project(self, path: str, language: str | None, data: bytes) -> FileFacts | None:
        """What a file without any ID says of the whole project; None when that is nothing."""
        if language is None or language in _PROGRAMS or not concerns(language, path, data) or is_binary(data):
            return None
        found = self._project(path, language, decode(data).text)
        return FileFacts(path, language, traces=found) if found else None

    def _project(self, path: str, language: str, text: str) -> tuple[Trace, ...]:
        return project_traces(language, path, text, self._vocabulary.calls.packages)

    def _text(self, path: str, language: str, text: str) -> FileFacts:
        words, calls, keys = self._vocabulary
        if language in REQUIREMENTS:
            return FileFacts(path, language, traces=self._project(path, language, text))
        if language == "python":
            from modelaudit.extract.python.module import extract_python_or_lines

            return extract_python_or_lines(path, text, words, calls, self._query)
        if language == "notebook":
            from modelaudit.extract.python.notebook import extract_notebook

            return extract_notebook(path, text, words, calls, self._query)
        from modelaudit.extract.config import extract_config

        facts = extract_config(path, text, language, words, keys, self._program)
        more = self._project(path, language, text) if concerns(language, path, text.encode("utf-8", "replace")) else ()
        return facts._replace(traces=(*facts.traces, *more)) if more else facts

    def _query(self, text: str) -> FileFacts:
        """SQL in a string of a program is read as a file of it would be."""
        from modelaudit.extract.config import extract_config

        return extract_config("query.sql", text, "sql", self._vocabulary.words, self._vocabulary.keys)

    def _program(self, text: str) -> FileFacts:
        """Python inside another file; templates make many of them unparsable, which is no news."""
        from modelaudit.extract.python.module import extract_python_or_lines

        facts = extract_python_or_lines("program.py", text, self._vocabulary.words, self._vocabulary.calls)
        return facts._replace(notifications=())


def _defect(path: str, error: Exception) -> Notification:
    message = f"could not be read because of a defect of modelaudit ({type(error).__name__}: {str(error)[:120]})"
    return Notification("error", "internal-error", message, path, hint="please report it; no finding in this file is known")
