"""What a term can turn out to be. Texts are what sites want; the rest are way stations with the steps that led there."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain.expr import NOTHING, Expr, Table, Text
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Step

HOLE = "\ufffc"
"""Stands in a composed text for a part that is not known."""

READ = "read from"
"""Beginning of the step at which a program parses a file."""

MOST_VALUES = 128
"""Values of one site that are kept: one call of a base class may serve forty providers, each with its own default."""
MOST_COMPOSED = 32
"""Texts that one composed text may become."""

Steps: TypeAlias = tuple[Step, ...]
Arguments: TypeAlias = tuple[tuple[str | int, Expr], ...]


ANY_ARGUMENTS: Arguments = (("*", NOTHING),)
"""Of an object that is known by its class alone: whatever constructions of it in the tree give it."""


class Frame(NamedTuple):
    """The call in whose light a function's body is read: where its arguments are to be evaluated, and the instance it works on."""

    path: str
    function: str
    bound: tuple[tuple[str, Expr], ...]
    """Parameter name and argument, to be evaluated in `caller_path` and `caller`."""
    caller_path: str
    caller: Frame | None
    instance: InstanceValue | None


class Piece(NamedTuple):
    """A written text and where it begins inside a composed one."""

    path: str
    text: Text
    start: int


class TextValue(NamedTuple):
    """A string, with what it was composed of. `sure` is False when a hop was taken on names alone or a part is not known."""

    text: str
    pieces: tuple[Piece, ...]
    steps: Steps
    sure: bool


class TableValue(NamedTuple):
    """A dict or list; entries are evaluated when asked for."""

    path: str
    table: Table
    frame: Frame | None
    steps: Steps
    sure: bool = True
    """False for a file whose name only ends like the one that is opened."""


class PathValue(NamedTuple):
    """A file or folder, and also the file opened or its text: what a parser makes of any of them is the same."""

    text: str
    """With `/`; `HOLE` stands for the parts that are not known."""
    anchored: bool
    """True when the text begins at the root of the tree."""
    steps: Steps
    method: str = ""
    """The method that a call will run."""


class ClassValue(NamedTuple):
    """A class of the project."""

    path: str
    name: str
    steps: Steps


class InstanceValue(NamedTuple):
    """An object of a project class, with the arguments it was made with."""

    path: str
    name: str
    arguments: Arguments
    arguments_path: str
    frame: Frame | None
    steps: Steps


class FunctionValue(NamedTuple):
    """A function or method of the project; `instance` is what a method is bound to."""

    path: str
    name: str
    instance: InstanceValue | None
    steps: Steps


class ModuleValue(NamedTuple):
    """A module or package of the project; `path` None for a folder without `__init__.py`."""

    dotted: str
    path: str | None
    steps: Steps


class ExternalValue(NamedTuple):
    """Something outside the project, by qualified name; `()` marks an instance or result."""

    name: str
    arguments: Arguments
    path: str
    frame: Frame | None


class OptionsValue(NamedTuple):
    """The parsed command line of a file's argument parser."""

    path: str
    steps: Steps


class UnknownValue(NamedTuple):
    """A dead end, with the reason."""

    why: str
    outside: bool = False
    """The value comes from outside the tree."""


Value: TypeAlias = (
    TextValue
    | TableValue
    | PathValue
    | ClassValue
    | InstanceValue
    | FunctionValue
    | ModuleValue
    | ExternalValue
    | OptionsValue
    | UnknownValue
)


def with_steps(value: Value, steps: Steps) -> Value:
    """The value, reached by more steps; a way that comes by the same place again adds nothing."""
    if not steps or isinstance(value, ExternalValue | UnknownValue) or steps[0] in value.steps:
        return value
    return value._replace(steps=value.steps + steps)


def through(value: Value, table: TableValue) -> Value:
    """The value, found in a table: reached by the table's steps, and no surer than it."""
    if not table.sure and isinstance(value, TextValue | TableValue):
        value = value._replace(sure=False)
    return with_steps(value, table.steps)


def distinct(values: list[Value]) -> list[Value]:
    """Each text once, by its shortest way; the rest as it comes. Bounded, since every value is carried through all later hops."""
    if len(values) < 2:
        return values
    texts: dict[tuple[str, tuple[Piece, ...]], TextValue] = {}
    others: list[Value] = []
    for value in values:
        if isinstance(value, TextValue):
            key = (value.text, value.pieces)
            if key not in texts or len(value.steps) < len(texts[key].steps):
                texts[key] = value
        elif value not in others[:16]:
            others.append(value)
    return [*list(texts.values())[:MOST_VALUES], *others[:MOST_COMPOSED]]
