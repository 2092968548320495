"""The commands, one file each: `run(invocation, terminal) -> int`. A command is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal

Run: TypeAlias = Callable[[Invocation, Terminal], int]


def command(name: str) -> Run:
    """The `run` of a command; the commands of a group share a file."""
    from importlib import import_module

    run: Run = import_module(f"modelaudit.commands.{name.partition(' ')[0]}").run
    return run
