"""What an option of the command line is, and what a command is."""

from __future__ import annotations

from enum import Enum

from modelaudit.domain.record import NamedTuple


class Kind(Enum):
    """What an option takes; the value is the placeholder in help texts."""

    FLAG = ""
    COUNT = "count"
    TEXT = "TEXT"
    PATH = "PATH"
    CHOICE = "WORD"
    DATE = "DATE"
    NUMBER = "N"
    LIST = "NAME,..."
    """Repeatable, and split at commas."""
    REPEAT = "VALUE"
    """Repeatable, taken whole."""


class Option(NamedTuple):
    """One option of one or more commands."""

    name: str
    kind: Kind
    help: str
    group: str
    commands: tuple[str, ...] = ("scan",)
    short: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None
    """What holds when it is not given, for help texts."""
    metavar: str | None = None
    setting: str | None = None
    """The field of `Settings` that it sets."""
    negates: bool = False
    """True for a flag that sets its field to False (`--no-cache`)."""

    @property
    def flag(self) -> str:
        """As typed: `--fail-on`."""
        return f"--{self.name}"

    @property
    def variable(self) -> str:
        """The environment variable that stands for it: `MODELAUDIT_FAIL_ON`."""
        return "MODELAUDIT_" + self.name.upper().replace("-", "_")

    @property
    def is_switch(self) -> bool:
        """True when it takes no value."""
        return self.kind is Kind.FLAG or self.kind is Kind.COUNT

    @property
    def is_repeatable(self) -> bool:
        """True when several values add up."""
        return self.kind is Kind.LIST or self.kind is Kind.REPEAT


class Command(NamedTuple):
    """One command. `name` holds a blank for the commands of a group: `rules list`."""

    name: str
    summary: str
    argument: str | None = None
    """Placeholder of the positional arguments; None when it takes none."""
    least: int = 0
    most: int | None = 0
    """None for any number."""
    about: str = ""
    """What the arguments are."""
