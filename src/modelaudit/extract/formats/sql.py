"""SQL: strings by the function call or option that they are an argument of, or by the table and column that they are written into."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.positions import Positions

NAME = "sql"
PATTERNS = ("*.sql",)

_TOKEN = late(
    r"(?P<comment>--[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
    r"|'(?P<string>[^']*+(?:''[^']*+)*+)(?:'|\Z)"
    r"|(?P<name>[A-Za-z_][\w.$!]*+|\"[^\"\n]*+\"|`[^`\n]*+`)"
    r"|(?P<number>\d[\w.]*+)"
    r"|(?P<mark>=>|:=|<>|[<>!]=|[(),=;])"
)
_COMPARING = frozenset(("=", "!=", "<>", "LIKE", "ILIKE", "IN", "WHEN", "REGEXP", "RLIKE"))
_GROUPING = frozenset(("", "(", ",", "AND", "OR", "WHERE", "CHECK"))
"""What stands before a bracket that calls nothing."""
_VERBS = frozenset(("INSERT", "REPLACE", "UPDATE", "CREATE", "ALTER", "SELECT", "MERGE", "BEGIN"))
_TABLE_BEFORE = frozenset(("INTO", "UPDATE", "TABLE", "EXISTS", "ONLY", "FUNCTION", "PROCEDURE"))
_ASIDE = frozenset(("IF", "NOT", "EXISTS", "ONLY"))
_CONSTRAINTS = frozenset(("CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "EXCLUDE", "INDEX", "KEY", "LIKE"))
"""What begins an element of a table definition that is no column."""
_COLUMN_BEFORE = frozenset(("COLUMN", "ADD", "SET", ","))
_MAX_DEPTH = 50


def parse(text: str) -> Document:
    """Reads tokens; a string's path is its function in capitals, and its position or name there, or its table and column."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.token(match)
    return Document(NAME, tuple(reader.values), tuple(reader.comments))


class _Call:
    """An open bracket with the name before it."""

    __slots__ = ("columns", "name", "named", "position", "what")

    def __init__(self, name: str, what: str) -> None:
        self.name = name
        self.what = what
        """`columns` that an INSERT names, a `row` that it writes, the `definition` of a table; empty for a call."""
        self.position = 0
        self.named = ""
        self.columns: list[str] = []


class _Statement:
    """What the tokens since the last semicolon say about where a value goes."""

    def __init__(self, verb: str = "") -> None:
        self.verb = verb
        self.table = ""
        """The table, or the function that is made."""
        self.columns: list[str] = []
        self.column = ""
        """The column that is being defined or set."""
        self.setting = False
        self.rows = False


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.calls: list[_Call] = []
        self.statement = _Statement()
        self.last = ""
        self.written = ""
        """The last name as the file spells it; words of a comparison do not count."""
        self.values: list[Value] = []
        self.comments: list[Comment] = []

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "comment":
            close = 2 if match[0].startswith("/*") and match[0].endswith("*/") and len(match[0]) > 3 else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 2, close))
        elif kind == "string":
            self._string(match)
        elif kind == "mark":
            self._mark(match[0])
        else:
            self._name(match[0].strip('"`').rpartition(".")[2], is_name=kind == "name")

    def _name(self, said: str, *, is_name: bool) -> None:
        if not said:  # `public.` before a name in quotes
            return
        word, call, statement = said.upper(), self.calls[-1] if self.calls else None, self.statement
        if call is not None and call.what in ("columns", "definition"):
            if self.last in ("(", ","):
                statement.column = said if word not in _CONSTRAINTS else ""
                call.columns.append(said)
        elif call is None and is_name:
            self._clause(word, said)
        self.last = word
        if word not in _COMPARING and word != "NOT":
            self.written = said

    def _clause(self, word: str, said: str) -> None:
        """A name outside all brackets: the verb, the table, or a column of a statement."""
        statement = self.statement
        if word in _VERBS and self.last != "OR" and not word == statement.verb == "ALTER":
            self.statement = _Statement(word)
        elif word == "SET":
            statement.setting = statement.verb in ("UPDATE", "")
        elif self.last in _TABLE_BEFORE and not statement.table and word not in _ASIDE:
            statement.table = said
        elif word in ("WHERE", "FROM", "RETURNING", "ON"):
            statement.setting, statement.rows = False, False
        elif word in ("VALUES", "VALUE"):
            statement.rows = True
        elif self.last in _COLUMN_BEFORE and word not in ("COLUMN", "DEFAULT", "CONSTRAINT"):
            statement.column = said

    def _mark(self, mark: str) -> None:
        if mark == "(":
            self.calls.append(_Call(self.last, self._opened()))
        elif mark == ")" and self.calls:
            call = self.calls.pop()
            if call.what == "columns":
                self.statement.columns = call.columns
        elif mark == "," and self.calls:
            self.calls[-1].position += 1
            self.calls[-1].named = ""
        elif mark in ("=>", "=") and self.calls:
            self.calls[-1].named = self.last
        elif mark == ";":
            self.calls = []
            self.statement = _Statement()
        self.last = mark

    def _opened(self) -> str:
        """What a bracket holds that opens now."""
        statement = self.statement
        if self.calls:
            return ""
        if self.last == "VALUES" or (statement.rows and self.last == ","):
            return "row"
        if statement.table and self.written == statement.table and self.last == self.written.upper():
            return "definition" if statement.verb == "CREATE" else "columns" if statement.verb in ("INSERT", "REPLACE") else ""
        return ""

    def _string(self, match: re.Match[str]) -> None:
        raw = match["string"]
        path, kind = self._place()
        span = self.positions.span(*match.span("string"))
        self.values.append(Value(raw.replace("''", "'"), span, path, None, kind, "''" not in raw, True))
        self.last = "'"

    def _place(self) -> tuple[Path, Kind]:
        """Where a string stands, and as what."""
        call, statement = self.calls[-1] if self.calls else None, self.statement
        if self.last == "DEFAULT" and statement.column and (call is None or call.what == "definition"):
            return (*((statement.table,) if statement.table else ()), statement.column), Kind.CONSTANT
        if call is None and self.last == "=" and statement.setting:
            return (*((statement.table,) if statement.table else ()), self.written), Kind.CONSTANT
        if call is None and self.last == ":=":
            return (self.written,), Kind.CONSTANT
        if call is not None and call.what == "row" and call.position < len(statement.columns):
            return (statement.table, statement.columns[call.position]), Kind.MEMBER
        if call is None or call.name in _GROUPING:
            return ((self.written,), Kind.COMPARISON) if self.last in _COMPARING else ((self.last or "text",), Kind.ENTRY)
        if call.name in _COMPARING:
            return (self.written,), Kind.COMPARISON
        if call.name == "ENUM":
            return (call.name, call.position), Kind.MEMBER
        names = tuple(inner.name for inner in self.calls[-_MAX_DEPTH:] if inner.name)
        kind = Kind.MEMBER if call.what == "row" else Kind.ARGUMENT
        return ((*names, call.named) if call.named else (*names, call.position)), kind
