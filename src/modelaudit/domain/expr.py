"""The tiny language that one file's facts are written in and that linking evaluates.

`extract` turns the syntax around a model argument into these terms; `link` gives them meaning across files. A term says what the
source says and nothing more: no lookups, no guesses.
"""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple


class Text(NamedTuple):
    """A string written in the file. `span` covers the text inside its quotes."""

    text: str
    span: Span


class Name(NamedTuple):
    """A name looked up in this file: a module-level binding or import (`MODEL`), a parameter (`ask(model)`), a class (`Settings`)."""

    ref: str
    span: Span


class Attribute(NamedTuple):
    """`base.name`: a member of a module, class, instance or enum."""

    base: Expr
    name: str
    span: Span


class Self(NamedTuple):
    """The instance (or class) that a method of `owner` works on; `owner` is a class name in this file."""

    owner: str


class Join(NamedTuple):
    """Text put together: f-string, `+`, `%`, `.format`, `join`, implicit concatenation."""

    parts: tuple[Expr, ...]


class Choice(NamedTuple):
    """One of several values: `a or b`, conditional expression, assignments in branches, elements of a loop."""

    options: tuple[Expr, ...]


SPREAD = "**"
"""Key of an entry whose value is another table poured in: `{**defaults}`, `[*names]`, `defaults | more`."""


class Entry(NamedTuple):
    """One entry of a `Table`. `key` is a constant key, `SPREAD`, or None where the key is not constant."""

    key: str | int | None
    value: Expr
    key_span: Span | None = None
    """Where a text key is written, so that iterating over keys can be followed."""


class Table(NamedTuple):
    """A dict (`mapping`), or a list, tuple or set whose positions are integer keys. Of equal keys the first counts."""

    entries: tuple[Entry, ...]
    mapping: bool


class Item(NamedTuple):
    """`base[key]` or `base.get(key, default)`; an unknown key is an `Unknown` expression and means any entry."""

    base: Expr
    key: Expr
    default: Expr | None
    span: Span


class Env(NamedTuple):
    """An environment variable and the value used when it is not set."""

    name: str
    default: Expr | None
    span: Span


class Result(NamedTuple):
    """What a call gives back: an instance when the callee is a class, the return value when it is a function."""

    callee: Expr
    arguments: tuple[tuple[str | int, Expr], ...]
    """Keyword name or position; `"*"` and `"**"` mark unpacked arguments."""
    span: Span


class Apply(NamedTuple):
    """A string method with constant arguments (`lower`, `strip`, `replace`, `removeprefix`, `split`…), or `keys` for iterating over a
    mapping."""

    method: str
    base: Expr
    arguments: tuple[str, ...]


PATH_JOIN = "os.path.join"
"""Callee of the terms that stand for joining paths, also where it is written `folder / name`."""


class Unknown(NamedTuple):
    """A value that cannot be read from the source, with the reason in words a user understands."""

    why: str


NOTHING = Unknown("no model is given here (None)")
"""The literal None: the default of whoever receives it counts."""

FROM_USER = Unknown("typed in by the user (input)")
"""What `input()` gives."""

ANY_ENTRY = Unknown("any entry")
"""Key of an `Item` that may be any entry of a table."""

ANY_ELEMENT = Unknown("any element")
"""Key of an `Item` that a loop goes through: any element of a list, any key of a mapping, any member of an enum."""

Expr: TypeAlias = Text | Name | Attribute | Self | Join | Choice | Table | Item | Env | Result | Apply | Unknown


def children(expr: Expr) -> tuple[Expr, ...]:
    """The terms directly inside a term, keys and defaults included."""
    match expr:
        case Attribute() | Apply():
            return (expr.base,)
        case Join():
            return expr.parts
        case Choice():
            return expr.options
        case Table():
            return tuple(entry.value for entry in expr.entries)
        case Item():
            return (expr.base, expr.key) if expr.default is None else (expr.base, expr.key, expr.default)
        case Env():
            return () if expr.default is None else (expr.default,)
        case Result():
            return (expr.callee, *(value for _, value in expr.arguments))
        case Text() | Name() | Self() | Unknown():
            return ()
