"""The labelled cases: snippets and small projects whose lines say what is to be found in them.

A case begins with `=== SHAPE | what it shows`; `--- path` begins a file of it (one file named `case.py` needs none). A line may end in
labels, `code  #= label ; label`, which are cut off before anything reads the line:

* `ID role` — that ID is a literal of this line with this role, and reaches no call (`argument/binding`: either is right);
* `ID role > name name` — it reaches the sites of these names;
* `ID role >> callee` — it reaches the site that begins on this line (`>> *`: whatever its callee; `>> ?`: its sites are not judged);
* `ID role at KEY.PATH` — this holds it, in the file's own words; may stand before `>` and `>>`;
* `@name callee` — a site called `name` begins on this line;
* `@@ callee` — a site begins on this line whose model cannot be followed: it must be listed as unresolved.

What carries no label must not be found. A `.ipynb` is written as cells after `# %%` and `# %% [markdown]`, or as the JSON it is. Shapes
that begin with `config.` are of files that are no Python; the callee of a site in such a file is its key path.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import NamedTuple

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
SUFFIX = ".case"
MARK = "#="
ANY = "*"
"""The callee of a site that may read anything."""
CONFIG = "config."


class Place(NamedTuple):
    """A call site: where its callee begins, and the callee as written."""

    path: str
    line: int
    callee: str


class Key(NamedTuple):
    """A literal: where it stands and what it reads."""

    path: str
    line: int
    text: str


class Expected(NamedTuple):
    """A labelled literal."""

    key: Key
    roles: tuple[str, ...]
    sites: frozenset[Place] | None
    """None when the sites are not judged."""
    context: str | None = None
    """What holds it; None when that is not judged."""


class Case(NamedTuple):
    """One snippet or project with its labels."""

    shape: str
    name: str
    origin: str
    """Where it is written, for people."""
    files: tuple[tuple[str, str], ...]
    literals: tuple[Expected, ...]
    unresolved: frozenset[Place]

    @property
    def is_project(self) -> bool:
        """More than one file."""
        return len(self.files) > 1

    @property
    def is_config(self) -> bool:
        """About files that are no Python."""
        return self.shape.startswith(CONFIG)


class _Label(NamedTuple):
    key: Key
    roles: tuple[str, ...]
    targets: tuple[str | Place, ...] | None
    context: str | None


def load(folder: str = FOLDER) -> tuple[Case, ...]:
    """All cases of a folder, in the order of the files."""
    found: list[Case] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(SUFFIX):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found.extend(read(file.read(), name))
    return tuple(found)


def read(text: str, origin: str) -> list[Case]:
    """The cases of one file."""
    found: list[Case] = []
    block: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), "=== end |"], 1):
        if not line.startswith("=== "):
            block.append(line)
            continue
        if start:
            found.append(_case(block, f"{origin}:{start}"))
        block, start = [line], number
    return found


def _case(block: list[str], origin: str) -> Case:
    shape, _, name = block[0].removeprefix("=== ").partition("|")
    files: list[tuple[str, list[str]]] = []
    for line in block[1:]:
        if line.startswith("--- "):
            files.append((line.removeprefix("--- ").strip(), []))
        elif files:
            files[-1][1].append(line)
        elif line.strip():
            files.append(("case.py", [line]))
    labels: list[_Label] = []
    sites: dict[str, Place] = {}
    unresolved: set[Place] = set()
    written = tuple((path, _file(path, rows, labels, sites, unresolved, origin)) for path, rows in files)
    try:
        literals = tuple(Expected(label.key, label.roles, _places(label.targets, sites), label.context) for label in labels)
    except KeyError as error:
        raise ValueError(f"{origin}: no site is called {error}") from None
    return Case(shape.strip(), name.strip(), origin, written, literals, frozenset(unresolved))


def _places(targets: tuple[str | Place, ...] | None, sites: dict[str, Place]) -> frozenset[Place] | None:
    return None if targets is None else frozenset(sites[target] if isinstance(target, str) else target for target in targets)


def _file(path: str, rows: list[str], labels: list[_Label], sites: dict[str, Place], unresolved: set[Place], origin: str) -> str:
    while rows and not rows[-1].strip():
        rows.pop()
    code = [row.partition(MARK)[0].rstrip() if MARK in row else row for row in rows]
    cells = path.endswith(".ipynb") and code[:1] != ["{"]
    text, lines = _notebook(code) if cells else ("\n".join(code) + "\n", list(range(1, len(code) + 1)))
    for row, line in zip(rows, lines, strict=True):
        for label in filter(None, (part.strip() for part in row.partition(MARK)[2].split(" ; "))):
            _label(label, path, line, labels, sites, unresolved, origin)
    return text


def _label(label: str, path: str, line: int, labels: list[_Label], sites: dict[str, Place], unresolved: set[Place], origin: str) -> None:
    if label.startswith("@@"):
        unresolved.add(Place(path, line, label[2:].strip()))
        return
    if label.startswith("@"):
        name, _, callee = label[1:].partition(" ")
        if name in sites:
            raise ValueError(f"{origin}: two sites are called {name}")
        sites[name] = Place(path, line, callee.strip())
        return
    said, _, here = label.partition(" >> ")
    said, _, named = said.partition(" > ")
    said, _, context = said.partition(" at ")
    identifier, _, roles = said.strip().rpartition(" ")
    if not identifier or not roles:
        raise ValueError(f"{origin}: {label!r} is no label")
    targets: tuple[str | Place, ...] | None = (Place(path, line, here.strip()),) if here else tuple(named.split())
    if here.strip() == "?":
        targets = None
    labels.append(_Label(Key(path, line, identifier.strip()), tuple(roles.split("/")), targets, context.strip() or None))


def _notebook(rows: Iterable[str]) -> tuple[str, list[int]]:
    """Cells as a notebook file with one line of it for every row, and the line of each row."""
    out = ["{", ' "cells": [']
    lines: list[int] = []
    cells: list[tuple[str, list[str]]] = []
    for row in rows:
        if row.startswith("# %%"):
            cells.append(("markdown" if "[markdown]" in row else "code", []))
        elif cells:
            cells[-1][1].append(row)
        else:
            raise ValueError("a notebook begins with # %%")
    for index, (kind, code) in enumerate(cells):
        out += ["  {", f'   "cell_type": "{kind}",', '   "metadata": {},']
        if kind == "code":
            out += ['   "execution_count": null,', '   "outputs": [],']
        out.append('   "source": [')
        lines.append(len(out))
        for number, row in enumerate(code):
            last = number == len(code) - 1
            out.append(f"    {json.dumps(row + ('' if last else chr(10)))}{'' if last else ','}")
            lines.append(len(out))
        out += ["   ]", "  }" + ("" if index == len(cells) - 1 else ",")]
    return "\n".join([*out, " ],", ' "metadata": {},', ' "nbformat": 4,', ' "nbformat_minor": 5', "}"]) + "\n", lines
