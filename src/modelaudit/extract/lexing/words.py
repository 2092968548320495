"""Commands as a shell reads them: words, quotes, line continuations; enough to find options and assignments, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from modelaudit.domain.document import Embedded, Kind, Origin, Path, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.lexing.positions import Positions


class Word(NamedTuple):
    """A word of a command."""

    text: str
    """Without its quotes."""
    span: Span
    """Inside the quotes when the whole word is quoted."""
    plain: bool
    quoted: bool = False
    origin: Origin | None = None
    """Where the characters of a quoted word with escapes stand, when it is one line."""
    pattern: bool = False
    """True for a pattern of a `case`, with which its word is compared."""


class Read(NamedTuple):
    """What commands say."""

    values: list[Value]
    embedded: list[Embedded]


_TOKEN = late(
    r"(?P<blank>(?:[ \t\r]|\\\r?\n|`\r?\n)++)"
    r"|(?P<comment>(?:(?<=\s)|\A)\#[^\n]*+)"
    r"|(?P<end>[;\n|&()]++)"
    r"|(?P<word>(?:\$\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}|\$\((?:[^()\n])*+\)|[^\s\"'\\;|&()]"
    r"|\"(?:[^\"\\]++|\\[\s\S]?)*+\"|'[^']*+'|\\[^\n]|[\"'\\])++)"
)
_ASSIGNMENT = late(r"([A-Za-z_][\w.]*)(?:\+|\?|:)?=(?!=)")
_PAIR = late(r"([A-Za-z_][\w.-]*)=([^,;]*)")
_OPTION = late(r"--?[A-Za-z][\w.-]*")
_DECLARERS = frozenset(("export", "env", "local", "declare", "readonly", "typeset", "set", "setx", "ENV", "ARG"))
_PAIR_OPTIONS = frozenset(
    ("-e", "--env", "--build-arg", "--set-env-vars", "--update-env-vars", "--env-vars", "--set", "--set-string", "--substitutions")
)
_MAX_COMMAND_WORDS = 6
_TESTS = frozenset(("[", "[[", "test"))
_COMPARING = frozenset(("=", "==", "!=", "=~", "-eq", "-ne"))
_POWERSHELL = late(r"\$(?:env:)?([A-Za-z_]\w*)", re.IGNORECASE)
_FISH = late(r"-[glUux]+|--export")


def commands(text: str, positions: Positions, start: int = 0, end: int | None = None) -> Iterator[list[Word]]:
    """The simple commands between two offsets; comments are passed over."""
    words: list[Word] = []
    cases = 0
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        if match.lastgroup == "word":
            words.append(_word(text, positions, match.start(), match.end()))
            continue
        if words and match[0][0] in ")|" and match[0][:2] != "||" and (words[0].text == "case" or (cases and len(words) == 1)):
            words[-1] = words[-1]._replace(pattern=True)
        if match.lastgroup == "end" and words:
            cases += (words[0].text == "case") - (words[0].text == "esac" and cases > 0)
            yield words
            words = []
    if words:
        yield words


def read_command(words: Iterable[Word], path: Path) -> Read:
    """The assignments, options and arguments of one command."""
    reader = _Command(list(words), path)
    reader.run()
    return Read(reader.values, reader.embedded)


def part(word: Word, start: int, end: int | None = None) -> tuple[str, Span, bool]:
    """A stretch of a word without the quotes around it: text, span, and whether the file has it like that."""
    end = len(word.text) if end is None else end
    text = word.text[start:end]
    if not word.plain or word.span.line != word.span.end_line:
        return text.strip("\"'"), word.span, False
    column = word.span.column + start
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        text, column = text[1:-1], column + 1
    return text, Span(word.span.line, column, word.span.line, column + len(text)), True


def _word(text: str, positions: Positions, start: int, end: int) -> Word:
    raw = text[start:end]
    if len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0] and raw.count(raw[0]) == 2 + raw.count("\\" + raw[0]):
        inner, span = raw[1:-1], positions.span(start + 1, end - 1)
        if raw[0] == "'" or "\\" not in inner:
            return Word(inner, span, True, True)
        from modelaudit.extract.lexing.escapes import unescape_lines

        said, origins = unescape_lines(inner, span.line, span.column)
        return Word(said, span, False, True, origins[0] if len(origins) == 1 and "\n" not in inner else None)
    return Word(raw, positions.span(start, end), True)


class _Command:
    def __init__(self, words: list[Word], path: Path) -> None:
        self.words = words
        self.path = path
        self.name: list[str] = []
        """The words up to the first option: the program and its subcommand."""
        self.named = False
        self.values: list[Value] = []
        self.embedded: list[Embedded] = []

    def run(self) -> None:
        if not self.words or self._statement():
            return
        read = 0
        while read < len(self.words):
            read += self._word(read)

    def _statement(self) -> bool:
        """Reads what is no call of a program: patterns, tests, loops, assignments of PowerShell and fish."""
        words = [word.text for word in self.words]
        if self.words[-1].pattern:
            self._add(Kind.COMPARISON, ("case",), part(self.words[-1], 0))
        elif not _TESTS.isdisjoint(words[:3]):
            for before, word in zip(("", *words), self.words, strict=False):
                kind = Kind.COMPARISON if before in _COMPARING else Kind.WORD
                self._add(kind, ("test", 0), part(word, 0))
        elif words[0] == "for" and words[2:3] == ["in"]:
            for word in self.words[3:]:
                self._add(Kind.ENVIRONMENT, (words[1],), part(word, 0))
        elif len(words) > 2 and (named := _POWERSHELL.fullmatch(words[0])) and words[1] == "=":
            self._add(Kind.ENVIRONMENT, (named[1],), part(self.words[2], 0))
        elif len(words) > 3 and words[0] == "set" and _FISH.fullmatch(words[1]):
            self._add(Kind.ENVIRONMENT, (words[2],), part(self.words[3], 0))
        else:
            return False
        return True

    def _word(self, at: int) -> int:
        """Reads one word, or an option with its value; the number of words read."""
        word = self.words[at]
        assignment = _ASSIGNMENT.match(word.text)
        declaring = not self.name or self.name[0] in _DECLARERS
        if assignment and declaring and not word.quoted:
            self._add(Kind.ENVIRONMENT, (assignment[1],), part(word, assignment.end()))
            return 1
        if word.text.startswith("-") and not word.quoted and _OPTION.match(word.text):
            self.named = True
            return self._option(at)
        if _is_json(word.text):
            self._embed(word)
        else:
            self._add(Kind.WORD, (" ".join(self.name), len(self.name)), part(word, 0))
        if not self.named and len(self.name) < _MAX_COMMAND_WORDS:
            self.name.append(word.text)
        return 1

    def _option(self, at: int) -> int:
        word = self.words[at]
        name, equals, _ = word.text.partition("=")
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if equals:
            self._value(name, word, len(name) + 1)
            return 1
        if following is None or (following.text.startswith("-") and not following.quoted):
            return 1
        self._value(name, following, 0)
        return 2

    def _value(self, option: str, word: Word, start: int) -> None:
        if option in _PAIR_OPTIONS:
            for pair in _PAIR.finditer(word.text, start):
                kind = Kind.ENVIRONMENT if "." not in pair[1] else Kind.ENTRY
                key = (pair[1],) if kind is Kind.ENVIRONMENT else tuple(pair[1].split("."))
                self._add(kind, key, part(word, pair.start(2), pair.end(2)))
        elif _is_json(word.text[start:]):
            self._embed(word)
        else:
            self._add(Kind.OPTION, (" ".join(self.name), option), part(word, start))

    def _add(self, kind: Kind, keys: Path, found: tuple[str, Span, bool]) -> None:
        text, span, plain = found
        self.values.append(Value(text, span, (*self.path, *keys), None, kind, plain, True))

    def _embed(self, word: Word) -> None:
        """A JSON body in quotes. Its first line starts behind the quote, later lines at column 1."""
        lines = word.text.count("\n")
        if not word.plain and word.origin is None:
            return
        first = word.origin or Origin(word.span.line, word.span.column)
        rest = tuple(Origin(word.span.line + number, 1) for number in range(1, lines + 1))
        self.embedded.append(Embedded("json", word.text, (first, *rest), self.path))


def _is_json(text: str) -> bool:
    return re.match(r"\s*(?:\{\s*\\?\"|\[\s*\\?[\"{\[])", text) is not None
