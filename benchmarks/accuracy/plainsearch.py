"""Known model IDs in a tree by plain text search: what a person with `grep` would find, without discovery, parsers or identification."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+-]*")
_JOINTS = re.compile(r"[/:]|[a-z]{2,6}(?:-gov)?\.(?=[a-z0-9]+\.)")
"""Where an ID may begin inside a run: behind a provider (`openai/`), a router (`bedrock:`), a region (`us.anthropic.`)."""
_QUOTES = "\"'`"
_HEAD = 8192
_LARGEST = 5_000_000
_LONGEST_LINE = 5_000


class Line(NamedTuple):
    """A line of a text file that holds a known ID as a whole token."""

    path: str
    """Relative to the tree, with `/`."""
    number: int
    """As editors count: only line feeds end a line."""
    spelled: str
    """The first such ID, as written."""


def lines_with_ids(tree: str, spellings: Collection[str]) -> Iterator[Line]:
    """Every such line of every text file below a folder, in order. `spellings` are casefolded.

    Words that are IDs as well (`command`, `o1`) count between quotes only. Version control's own folder is left out, nothing else is.
    """
    for path in _files(tree):
        for number, line in enumerate(text_lines(os.path.join(tree, path)), 1):
            if len(line) <= _LONGEST_LINE:
                spelled = next(_ids(line, spellings), None)
                if spelled is not None:
                    yield Line(path, number, spelled)


def text_lines(path: str) -> list[str]:
    """The lines of a text file; none of anything else."""
    if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > _LARGEST:
        return []
    with open(path, "rb") as file:
        data = file.read()
    if b"\0" in data[:_HEAD]:
        return []
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _files(tree: str) -> Iterator[str]:
    for folder, folders, names in os.walk(tree):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), tree).replace(os.sep, "/")


def _ids(line: str, spellings: Collection[str]) -> Iterator[str]:
    for run in _RUN.finditer(line):
        text = run.group().rstrip(".:/")
        for start in (0, *(joint.end() for joint in _JOINTS.finditer(text))):
            spelled = text[start:]
            if spelled.casefold() in spellings and (not _is_weak(spelled) or _is_quoted(line, run.start() + start, spelled)):
                yield spelled
                break


def _is_weak(spelled: str) -> bool:
    return spelled.isalpha() or len(spelled) < 3


def _is_quoted(line: str, start: int, spelled: str) -> bool:
    before, after = line[start - 1 : start], line[start + len(spelled) : start + len(spelled) + 1]
    return bool(before) and before in _QUOTES and before == after
