"""The types of configuration values, as data: decoding, the JSON Schema and the reference are all made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from modelaudit.domain.record import NamedTuple


class Text(NamedTuple):
    """A string."""

    what: str = "a string"
    """What is expected, in words."""


class Word(NamedTuple):
    """One of some words."""

    choices: tuple[str, ...]


class Level(NamedTuple):
    """A risk level."""


class Day(NamedTuple):
    """A date, as a TOML date or as text."""


class Flag(NamedTuple):
    """True or false."""


class Number(NamedTuple):
    """A whole number from `least` up."""

    least: int = 0


BUNDLED = "bundled"
"""In place of a path: the rules feed that comes with the program."""


class File(NamedTuple):
    """A path, relative to the file that names it."""


class Many(NamedTuple):
    """An array."""

    item: Type


class Named(NamedTuple):
    """A table with keys of the user's own, read as sorted (key, value) pairs."""

    key: str
    """What a key is, in words."""
    value: Type


class Field(NamedTuple):
    """A key of a `Record`."""

    key: str
    attribute: str
    """The field of the record that it fills."""
    type: Type
    help: str
    required: bool = False


class Record(NamedTuple):
    """A table with known keys, read as a record."""

    name: str
    fields: tuple[Field, ...]
    make: Callable[[Iterable[object]], object]
    """`_make` of the record."""
    attributes: tuple[str, ...]
    """All fields of the record, in order."""
    defaults: tuple[tuple[str, object], ...]
    origin: str | None = None
    """The field that holds where the table was read."""


class Either(NamedTuple):
    """A short form (a string) or a long one (a table)."""

    short: Type
    long: Type


Type: TypeAlias = Text | Word | Level | Day | Flag | Number | File | Many | Named | Record | Either


def expectation(kind: Type) -> str:
    """What a value of the type looks like, for error messages."""
    match kind:
        case Text(what):
            return what
        case Word(choices):
            return f"one of {', '.join(choices)}"
        case Level():
            return "one of critical, high, medium, low, info"
        case Day():
            return "a date such as 2027-01-15"
        case Flag():
            return "true or false"
        case Number(least):
            return f"a whole number from {least} up" if least else "a whole number"
        case File():
            return "a path"
        case Many(item):
            return f"an array; each item {expectation(item)}"
        case Named() | Record():
            return "a table"
        case Either(short, long):
            return f"{expectation(short)}, or {expectation(long)}"
