"""Nested `.gitignore` files where git does not answer. pathspec is imported when the first one is met."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from modelaudit.discover.decode import decode
from modelaudit.discover.read import read
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE = ".gitignore"


class Rules(NamedTuple):
    """The rules in force in one folder: its own file's, then those of the folders above it. The first that has an opinion decides.

    Paths are told from the outermost folder whose rules count.
    """

    spec: GitIgnoreSpec
    prefix: int
    """Length of the path of the folder that holds the file, with its `/`."""
    above: Rules | None


def load(file: str, prefix: int, above: Rules | None) -> Rules | None:
    """The rules of an ignore file on top of those above; just those above when there is none or it cannot be read."""
    data = read(file)
    return above if isinstance(data, Skipped) else Rules(_spec(decode(data).text.splitlines()), prefix, above)


def inherited(top: str, below: str) -> Rules | None:
    """The rules of a work tree for its folder `below`, without that folder's own file. None too for a folder that they ignore: whoever
    names such a folder wants to see what is in it."""
    rules = load(os.path.join(top, ".git", "info", "exclude"), 0, None)
    path = ""
    for part in below.split("/") if below else ():
        rules = load(os.path.join(top, path, FILE), len(path), rules)
        path += part + "/"
        if is_ignored(rules, path):
            return None
    return rules


def is_ignored(rules: Rules | None, path: str) -> bool:
    """True when the path (a folder's ends in `/`) is ignored."""
    while rules is not None:
        opinion = rules.spec.check_file(path[rules.prefix :]).include
        if opinion is not None:
            return opinion
        rules = rules.above
    return False


def _spec(lines: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        # Git passes over a line that it cannot read; pathspec stops at it.
        return GitIgnoreSpec.from_lines(line for line in lines if _is_readable(line))


def _is_readable(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
