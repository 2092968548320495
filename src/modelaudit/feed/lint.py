"""`rules lint`: everything that is wrong with a rules folder, each with file, line and key path.

Compiling stops at the first mistake; this goes on and also finds what compiles but cannot be true.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple, TypeVar, cast

from modelaudit.domain.errors import FeedError
from modelaudit.feed import lint_links, lint_migrations, lint_models, lint_restrictions
from modelaudit.feed import models_source as raw
from modelaudit.feed.compile import Section
from modelaudit.feed.lines import KeyPath, find_line, spell
from modelaudit.feed.migrations_source import RawMigrations
from modelaudit.feed.reading import Trouble, attempt, read_text, toml_files
from modelaudit.feed.restrictions_source import RawActs
from modelaudit.feed.stamp import SECTIONS

T = TypeVar("T")


class Diagnostic(NamedTuple):
    """One mistake."""

    file: str
    """Relative to the rules folder, with `/` on every system."""
    line: int | None
    key_path: str
    """`model[3].life[0].events[2]`; empty for the file as a whole."""
    message: str


class _File(NamedTuple):
    name: str
    text: str


def lint(folder: str) -> tuple[Diagnostic, ...]:
    """Check a rules folder; the mistakes sorted by file, line and message."""
    found: list[Diagnostic] = []
    publishers = _parse(folder, "models", raw.RawPublisher, found)
    acts = _parse(folder, "restrictions", RawActs, found)
    for file, publisher in publishers:
        stem = file.name.rpartition("/")[2].removesuffix(".toml")
        found += [_placed(file, *one) for one in lint_models.check(publisher, stem)]
    for file, act in acts:
        found += [_placed(file, *one) for one in lint_restrictions.check(act)]
    names = {file.name: file for file, _ in [*publishers, *acts]}
    # What a file that cannot be decoded holds would look missing in all others.
    is_whole = len(names) == sum(len(toml_files(os.path.join(folder, part))) for part in ("models", "restrictions"))
    links = lint_links.check([(f.name, p) for f, p in publishers], [(f.name, a) for f, a in acts]) if is_whole else ()
    for name, path, message in links:
        found.append(_placed(names[name], path, message))
    # Building reports what cannot be decoded.
    found += [
        _placed(file, *one) for file, raw_rows in _parse(folder, "migrations", RawMigrations, []) for one in lint_migrations.check(raw_rows)
    ]
    found += _others(folder)
    if not any(os.path.exists(os.path.join(folder, part)) for _, part in SECTIONS):
        found.append(Diagnostic(".", None, "", f"no rules here: a rules folder holds {', '.join(part for _, part in SECTIONS)}"))
    return tuple(sorted(set(found), key=lambda one: (one.file, one.line or 0, one.key_path, one.message)))


def _parse(folder: str, part: str, kind: type[T], found: list[Diagnostic]) -> list[tuple[_File, T]]:
    """The files of one part that can be decoded; what cannot be is reported."""
    parsed = []
    for path in toml_files(os.path.join(folder, part)):
        name = f"{part}/{os.path.basename(path)}"
        try:
            text = read_text(path)
        except FeedError as error:
            found.append(Diagnostic(name, None, "", str(error)))
            continue
        made = attempt(text, kind)
        if isinstance(made, Trouble):
            hint = f" ({made.hint})" if made.hint else ""
            found.append(Diagnostic(name, made.line, spell(made.path), made.message + hint))
        else:
            parsed.append((_File(name, text), made))
    return parsed


def _placed(file: _File, path: KeyPath, message: str) -> Diagnostic:
    return Diagnostic(file.name, find_line(file.text, path), spell(path), message)


def _others(folder: str) -> list[Diagnostic]:
    """The other parts check themselves when they are built, up to the first mistake of each."""
    found = []
    for name, part in SECTIONS:
        if name in ("models", "restrictions") or not os.path.exists(os.path.join(folder, part)):
            continue
        try:
            cast("Section", import_module(f"modelaudit.feed.{name}")).build(folder)
        except FeedError as error:
            file, line, message = _taken_apart(str(error), folder)
            found.append(Diagnostic(file or part, line, "", message + (f" ({error.hint})" if error.hint else "")))
    return found


def _taken_apart(message: str, folder: str) -> tuple[str, int | None, str]:
    """File, line and rest of `path:line: …`."""
    head, _, rest = message.partition(": ")
    path, _, line = head.rpartition(":") if head.rpartition(":")[2].isdigit() else (head, "", "")
    if not path.startswith(folder):
        return "", None, message
    return os.path.relpath(path, folder).replace(os.sep, "/"), int(line) if line else None, rest
