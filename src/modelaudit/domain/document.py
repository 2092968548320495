"""What a format reader yields: the values of one file with their places and key paths, its real comments, and pieces in other languages."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from modelaudit.domain.expr import Expr
from modelaudit.domain.facts import Notification
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the root of the file to a value; list positions are integers. Very deep places keep only their first hundred keys."""


class Kind(Enum):
    """How the file holds a value."""

    ENTRY = "entry"
    """The value of a key, or an element of a list."""
    KEY = "key"
    """A key of a mapping, which may itself be an ID (price tables)."""
    ENVIRONMENT = "environment"
    """The value of an environment variable: `.env`, `ENV`, `export`, `environment:`."""
    OPTION = "option"
    """The value of a command-line option: `--model X`."""
    WORD = "word"
    """A word of a command that is no option; the keys before its position are the command so far."""
    ARGUMENT = "argument"
    """An argument of a call in program text; the last key names it, or is its position."""
    CONSTANT = "constant"
    """A name bound in program text."""
    MEMBER = "member"
    """One of the values that a type or a drop-down list allows."""
    COMPARISON = "comparison"
    """Compared with something in program text."""
    PROSE = "prose"
    """Text for people: Markdown, log text, what a lexical reading cannot place."""


class Value(NamedTuple):
    """A scalar of the file."""

    text: str
    span: Span
    """Inside the quotes. For block scalars all lines of the content."""
    path: Path
    key_span: Span | None = None
    kind: Kind = Kind.ENTRY
    plain: bool = True
    """True when the file's text at `span` is `text`; False when escapes, folding or indentation stand between."""
    quoted: bool = False
    """True when written as a string, so that `"1"` and `1` stay apart."""
    origin: Span | None = None
    """Where an alias (`*name`, `<<: *name`) puts the value of another place; `span` is where it is written."""
    expr: Expr | None = None
    """What the value is when it is more than its text: a reference, a default, one of several."""
    call: Span | None = None
    """The call in program text that the value is an argument of, from the first character of what is called to the closing bracket."""


class Comment(NamedTuple):
    """A real comment: `text` without its marks."""

    text: str
    span: Span
    """From the mark to the end of the comment."""
    alone: bool
    """True when nothing but blanks stands before it on its line."""
    body: Span | None = None
    """Where `text` stands; None when it is not in the file like that."""


class Origin(NamedTuple):
    """Where one line of an embedded piece starts in the file."""

    line: int
    column: int
    escapes: tuple[tuple[int, int], ...] = ()
    """(offset in the line, extra width) of characters that the file writes as escapes."""


class Embedded(NamedTuple):
    """A piece in another language: a script in a block scalar, JSON in a string, the cells of a notebook."""

    language: str
    """`python`, the name of a format, or empty for text over several lines that looks like nothing known."""
    text: str
    origins: tuple[Origin, ...]
    """One for each line of `text`."""
    path: Path


class Document(NamedTuple):
    """One file, read."""

    format: str
    values: tuple[Value, ...] = ()
    comments: tuple[Comment, ...] = ()
    notifications: tuple[Notification, ...] = ()
    embedded: tuple[Embedded, ...] = ()
