"""What compiles in `migrations/` and still is not as it should be: every row shows by example when it speaks and when it does not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase

from modelaudit.feed.lines import KeyPath
from modelaudit.feed.migrations_source import RawExample, RawMigrations, RawRow, expand


def check(raw: RawMigrations) -> Iterator[tuple[KeyPath, str]]:
    """(key path, message) of every mistake."""
    for number, row in enumerate(raw.row):
        for key, one in (("example", row.example), ("counterexample", row.counterexample)):
            place: KeyPath = ("row", number, key)
            if one is None:
                why = "at which it speaks" if key == "example" else "at which it must not speak"
                yield ("row", number), f"{row.id} has no {key}: a snippet {why}"
            else:
                yield from ((place, f"{row.id}: {message}") for message in _snippet(one, row, raw))


def _snippet(one: RawExample, row: RawRow, raw: RawMigrations) -> Iterator[str]:
    try:
        ast.parse(one.code.replace("; ", "\n"))
    except SyntaxError as error:
        yield f"the snippet is no Python ({error.msg})"
        return
    if one.at and one.at not in one.code:
        yield f"{one.at!r} does not stand in the snippet"
    globs = [glob for glob in expand(row.target, raw.set) if not glob.startswith("!")]
    if one is row.example and not any(fnmatchcase(one.to, glob) for glob in globs):
        yield f"{one.to!r} is none of the models that the row leads to"
