"""The records of discovery, and the one place that decides which of the files met are looked at."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from modelaudit.discover.globs import Globs
from modelaudit.discover.languages import BY_SUFFIX, language_of, language_of_script, suffix_of
from modelaudit.discover.read import head
from modelaudit.domain.facts import Notification
from modelaudit.domain.report import Skipped

NOT_SOURCE = "not a source or config file"
GENERATED = "generated or vendored"
EXCLUDED = "excluded by the settings"
LINK = "symbolic link"
ABSENT = "gone, or not checked out"

DEFAULT_EXCLUDE = (
    "node_modules/",
    "bower_components/",
    "site-packages/",
    ".venv/",
    "venv/",
    ".tox/",
    ".nox/",
    ".eggs/",
    "__pycache__/",
    "__pypackages__/",
    ".mypy_cache/",
    ".pytest_cache/",
    ".ruff_cache/",
    ".hypothesis/",
    ".terraform/",
    ".next/",
    "dist/",
    "build/",
    "vendor/",
    "third_party/",
    "*.min.js",
    "*.lock",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
)
"""What nobody edits by hand: installed, vendored, built or generated."""

_TELLING_SUFFIX = re.compile(r"\.[a-z][a-z0-9_+-]{0,11}")


class SourceFile(NamedTuple):
    """A file to look at."""

    path: str
    """Relative to the root, with `/`."""
    full: str
    """What to open."""
    tracked: bool = False
    """In git's index."""
    named: bool = False
    """Given as an argument, so a link may be followed."""


class Tree(NamedTuple):
    """What discovery found, everything sorted by path."""

    root: str
    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]
    notifications: tuple[Notification, ...]


class Collector:
    """Sorts the files of one tree into those to look at and those passed over, with the reason."""

    def __init__(self, exclude: Globs, generated: Globs, *, overlapping: bool = False) -> None:
        """`overlapping` when the same file may be met twice, because one argument lies in another."""
        self.files: dict[str, SourceFile] = {}
        self.notifications: list[Notification] = []
        self._exclude = exclude
        self._generated = generated
        self._skipped: dict[tuple[str, str], int] = {}
        self._seen: set[str] | None = set() if overlapping else None

    def skip(self, path: str, why: str, *, one: str | None = None) -> None:
        """Counts something passed over; `one` is its path where it is counted with others under `path`."""
        if self._seen is not None:
            one = one or path
            if one in self._seen:
                return
            self._seen.add(one)
        key = (path, why)
        self._skipped[key] = self._skipped.get(key, 0) + 1

    def skipped(self) -> tuple[Skipped, ...]:
        """Everything passed over so far."""
        return tuple(Skipped(path, why, count) for (path, why), count in sorted(self._skipped.items()))

    def why_folder(self, path: str, name: str) -> str | None:
        """Why a folder is not entered, None when it is."""
        if self._exclude.has_folder(path, name):
            return EXCLUDED
        return GENERATED if self._generated.has_folder(path, name) else None

    def why_file(self, path: str, name: str) -> str | None:
        """Why a file is not wanted, None when it is."""
        if self._exclude.has_file(path, name):
            return EXCLUDED
        return GENERATED if self._generated.has_file(path, name) else None

    def add(self, path: str, name: str, full: str, tracked: bool) -> None:
        """Takes or counts a regular file of a folder that is not excluded."""
        why = self.why_file(path, name)
        if why is not None:
            self.skip(path, why)
            return
        suffix = suffix_of(name)
        if suffix in BY_SUFFIX or language_of(name) is not None or (not suffix and language_of_script(head(full)) is not None):
            self.files[path] = SourceFile(path, full, tracked)
            return
        suffix = suffix.lower()
        self.skip(f"*{suffix}" if _TELLING_SUFFIX.fullmatch(suffix) else "*", NOT_SOURCE, one=path)

    def add_named(self, path: str, full: str) -> None:
        """Takes a file that the user named, whatever it is called."""
        known = self.files.get(path)
        self.files[path] = SourceFile(path, full, known is not None and known.tracked, True)

    def warn(self, code: str, message: str, path: str | None, hint: str | None = None) -> None:
        """Says something that the user should know."""
        self.notifications.append(Notification("warning", code, message, path, None, hint))


def joined(folder: str, name: str) -> str:
    """A path below a folder; the empty folder is the root."""
    return f"{folder}/{name}" if folder else name


def opened(folder: str, name: str) -> str:
    """What to open for a path below a folder; the empty folder is the current one."""
    return os.path.join(folder, name) if folder else name
