"""The fast lane: plain `scan` command lines, read from the table of options without importing typer."""

from __future__ import annotations

from collections.abc import Sequence

from modelaudit.invocation import Invocation, invocation
from modelaudit.options import options_of

COMMAND = "scan"


def parse(arguments: Sequence[str]) -> Invocation | None:
    """The invocation of a plain `scan` command line, None for anything unusual: then typer reads it, and says what is wrong with it.

    Plain means: `scan`, known options spelled out, values that do not begin with a dash. Whatever is accepted here, typer reads the same
    way (a test compares the lanes); a value that its option does not take raises the same `UsageError` as there.
    """
    if not arguments or arguments[0] != COMMAND:
        return None
    options = {spelling: option for option in options_of(COMMAND) for spelling in (option.flag, option.short) if spelling}
    paths: list[str] = []
    raw: dict[str, list[str]] = {}
    rest = iter(arguments[1:])
    for word in rest:
        if word == "--":
            paths.extend(rest)
        elif not word.startswith("-") or word == "-":
            paths.append(word)
        else:
            name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
            option = options.get(name)
            if option is None or (equals and (option.is_switch or not value)):
                return None
            if not option.is_switch and not equals:
                value = next(rest, "")
                if not value or (value.startswith("-") and value != "-"):
                    return None
            raw.setdefault(option.name, []).append(value)
    return invocation(COMMAND, paths, raw)
