"""The records of discovery, and the one place that decides which of the files met are looked at."""

from __future__ import annotations

from modelaudit.discover.globs import Globs
from modelaudit.discover.languages import BY_SUFFIX, language_of, language_of_script, suffix_of
from modelaudit.discover.read import head
from modelaudit.domain.facts import Notification
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
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
    "Cargo.lock",
    "Gemfile.lock",
    "bun.lock",
    "composer.lock",
    "flake.lock",
    "mix.lock",
    "yarn.lock",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
)
"""What nobody edits by hand: installed, vendored, built or generated."""

_TELLING_SUFFIX = late(r"\.[a-z][a-z0-9_+-]{0,11}")


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


class Place(NamedTuple):
    """A folder under discovery."""

    path: str
    """Relative to the root, empty for the root itself."""
    full: str
    """What to open; empty for the current folder."""


class Collector:
    """Sorts the files of one tree into those to look at and those passed over, with the reason."""

    def __init__(self, exclude: tuple[str, ...], generated: tuple[str, ...], *, overlapping: bool = False) -> None:
        """Globs of two reasons; `overlapping` when the same file may be met twice, because one argument lies in another."""
        self.notifications: list[Notification] = []
        self._exclude = Globs(exclude)
        self._any = Globs((*exclude, *generated))
        self._files: list[SourceFile] = []
        self._skipped: dict[tuple[str, str], int] = {}
        self._seen: set[str] | None = set() if overlapping else None

    def files(self) -> tuple[SourceFile, ...]:
        """The files taken so far, by path."""
        if self._seen is None:
            return tuple(sorted(self._files))
        merged: dict[str, SourceFile] = {}
        for file in self._files:
            known = merged.get(file.path, file)
            merged[file.path] = known._replace(tracked=known.tracked or file.tracked, named=known.named or file.named)
        return tuple(sorted(merged.values()))

    def skipped(self) -> tuple[Skipped, ...]:
        """Everything passed over so far."""
        return tuple(Skipped(path, why, count) for (path, why), count in sorted(self._skipped.items()))

    def add_all(self, place: Place, names: list[str], tracked: bool) -> None:
        """Takes or counts regular files of one folder that is not excluded."""
        path, full = joined(place.path, ""), opened(place.full, "")
        has_file, add = self._any.has_file, self._files.append
        same = path == full
        for name in names:
            shown = path + name
            # The suffix of most files decides; what it does not decide is rare and may take longer.
            if has_file(shown, name) or (name[name.rfind(".") :] not in BY_SUFFIX and not self._is_source(name, full)):
                self._pass_over(shown, name)
            else:
                add(SourceFile(shown, shown if same else full + name, tracked))

    def add_named(self, path: str, full: str) -> None:
        """Takes a file that the user named, whatever it is called."""
        self._files.append(SourceFile(path, full, False, True))

    def skip(self, path: str, why: str) -> None:
        """Counts one thing passed over."""
        self.skip_all(path, why, [path])

    def skip_all(self, path: str, why: str, members: list[str]) -> None:
        """Counts things passed over under one path."""
        count = len(members)
        if self._seen is not None:
            new = set(members) - self._seen
            self._seen |= new
            count = len(new)
        if count:
            key = (path, why)
            self._skipped[key] = self._skipped.get(key, 0) + count

    def why_folder(self, path: str, name: str) -> str | None:
        """Why a folder is not entered, None when it is."""
        if not self._any.has_folder(path, name):
            return None
        return EXCLUDED if self._exclude.has_folder(path, name) else GENERATED

    def why_file(self, path: str, name: str) -> str | None:
        """Why a file is not wanted, None when it is."""
        if not self._any.has_file(path, name):
            return None
        return EXCLUDED if self._exclude.has_file(path, name) else GENERATED

    def warn(self, code: str, message: str, path: str | None, hint: str | None = None) -> None:
        """Says something that the user should know."""
        self.notifications.append(Notification("warning", code, message, path, None, hint))

    def _is_source(self, name: str, full: str) -> bool:
        return language_of(name) is not None or ("." not in name and language_of_script(head(full + name)) is not None)

    def _pass_over(self, path: str, name: str) -> None:
        why = self.why_file(path, name)
        if why is not None:
            self.skip(path, why)
            return
        suffix = suffix_of(name).lower()
        self.skip_all(f"*{suffix}" if _TELLING_SUFFIX.fullmatch(suffix) else "*", NOT_SOURCE, [path])


def inside(place: Place, path: str) -> Place:
    """A folder below another."""
    return Place(joined(place.path, path), opened(place.full, path))


def joined(folder: str, name: str) -> str:
    """A path below a folder; the empty folder is the root."""
    return f"{folder}/{name}" if folder else name


def opened(folder: str, name: str) -> str:
    """What to open for a path below a folder; the empty folder is the current one. Every system opens `/`."""
    return f"{folder}/{name}" if folder not in ("", "/") else folder + name
