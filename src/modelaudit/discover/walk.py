"""Finding the files: git's own list inside a work tree, a walk that respects ignore files anywhere else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from modelaudit.discover.read import kind_of
from modelaudit.discover.tree import ABSENT, DEFAULT_EXCLUDE, LINK, Collector, Place, SourceFile, Tree, inside, joined, opened
from modelaudit.domain.errors import InputError
from modelaudit.domain.record import NamedTuple

if TYPE_CHECKING:
    from modelaudit.discover import git, gitignore

__all__ = ["DEFAULT_EXCLUDE", "SourceFile", "Tree", "WalkOptions", "discover"]

_OWN_FOLDERS = frozenset({".git", ".hg", ".svn", ".jj"})
_CONTROL = ".git"


class WalkOptions(NamedTuple):
    """What to leave out. Globs mean what a line of `.gitignore` means, relative to the root."""

    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    """Leave out excluded files even when they are named as arguments."""
    respect_gitignore: bool = True
    root: str | None = None
    """Folder that paths are relative to; None takes the common folder of the arguments."""


def discover(paths: tuple[str, ...], options: WalkOptions) -> Tree:
    """Every file to look at below the given files and folders (the current folder when there are none), and what was passed over."""
    places = [(path, _mode(path)) for path in paths or (".",)]
    root = os.path.abspath(options.root) if options.root is not None else _common_folder(places)
    generated = tuple(glob for glob in options.exclude if glob in DEFAULT_EXCLUDE)
    own = tuple(glob for glob in options.exclude if glob not in DEFAULT_EXCLUDE) + options.extend_exclude
    collector = Collector(own, generated, overlapping=len(places) > 1)
    finder = _Finder(collector, options.respect_gitignore)
    for path, mode in places:
        full = os.path.abspath(path)
        relative = _relative(full, root)
        excluded = _why_excluded(collector, relative, stat.S_ISDIR(mode)) if options.force_exclude else None
        if excluded is not None:
            collector.skip(relative, excluded)
        elif stat.S_ISDIR(mode):
            finder.find(Place(relative, _to_open(full)))
        elif stat.S_ISREG(mode):
            collector.add_named(relative, _to_open(full))
        else:
            collector.skip(relative, kind_of(mode))
    return Tree(root, collector.files(), collector.skipped(), tuple(sorted(set(collector.notifications), key=repr)))


class _Finder:
    """Looks through folders. Folders still to be walked wait in a list, so depth is bounded by memory and not by the stack."""

    def __init__(self, collector: Collector, respect_gitignore: bool) -> None:
        self._collector = collector
        self._respect = respect_gitignore
        self._waiting: list[tuple[Place, gitignore.Rules | None]] = []
        # Ignore rules of a walk are told from the top of its work tree: a path loses `strip` characters and gains `lead`.
        self._strip = 0
        self._lead = ""

    def find(self, place: Place) -> None:
        """Everything in one folder given as an argument."""
        from modelaudit.discover import git, gitignore

        real = os.path.realpath(place.full or ".")
        top = git.top_of(real) if self._respect else None
        below = "" if top is None or real == top else os.path.relpath(real, top).replace(os.sep, "/")
        if top is None or not self._listed(place, top, below):
            self._strip = len(place.path) + 1 if place.path else 0
            self._lead = f"{below}/" if below else ""
            self._waiting.append((place, None if top is None else gitignore.inherited(top, below)))
        while self._waiting:
            waiting, rules = self._waiting.pop()
            self._walk(waiting, rules)

    def _listed(self, place: Place, top: str, below: str) -> bool:
        """Takes what git lists. False when git does not answer, or lists nothing in a folder that may be ignored and yet was asked for."""
        from modelaudit.discover import git

        found = git.listing(top, below)
        if found is None:
            hint = "When git says that the folder has a dubious owner, `git config --global --add safe.directory` allows it."
            self._collector.warn("git-unavailable", "git did not list this folder, so it was walked instead", place.path or ".", hint)
            return False
        if below and not any(found):
            return False
        self._take(place, found)
        return True

    def _take(self, place: Place, found: git.Listing) -> None:
        collector = self._collector
        folders = _Folders(collector, place)
        takers = (
            (found.tracked, partial(collector.add_all, tracked=True)),
            (found.untracked, partial(collector.add_all, tracked=False)),
            (found.links, partial(self._pass_over, LINK)),
            (found.absent, partial(self._pass_over, ABSENT)),
            (found.repositories, self._repositories),
        )
        for paths, take in takers:
            for folder, names in _by_folder(paths):
                at = inside(place, folder) if folder else place
                why = folders.why(folder)
                if why is None:
                    take(at, names)
                else:
                    collector.skip_all(*why, [joined(at.path, name) for name in names])

    def _pass_over(self, why: str, at: Place, names: list[str]) -> None:
        for name in names:
            self._collector.skip(joined(at.path, name), why)

    def _repositories(self, at: Place, names: list[str]) -> None:
        for name in names:
            self._repository(inside(at, name), name)

    def _repository(self, place: Place, name: str) -> None:
        """A submodule, or a repository inside this one."""
        why = self._collector.why_folder(place.path, name)
        if why is not None:
            self._collector.skip(place.path + "/", why)
        elif os.path.islink(place.full) or not _has_entries(place.full):
            self._collector.skip(place.path + "/", ABSENT)
        else:
            self._enter(place, None)

    def _enter(self, place: Place, rules: gitignore.Rules | None) -> None:
        """A folder met on the way: a work tree of its own is listed by git, anything else is walked."""
        if self._respect and os.path.lexists(os.path.join(place.full, _CONTROL)):
            real = os.path.realpath(place.full)
            if self._listed(place, real, ""):
                return
        self._waiting.append((place, rules))

    def _walk(self, place: Place, rules: gitignore.Rules | None) -> None:
        from modelaudit.discover import gitignore

        try:
            with os.scandir(place.full or ".") as scanned:
                entries = list(scanned)
        except OSError as error:
            self._unreadable(place, error)
            return
        if self._respect and any(entry.name == gitignore.FILE for entry in entries):
            rules = gitignore.load(opened(place.full, gitignore.FILE), len(self._told(f"{place.path}/" if place.path else "")), rules)
        files: list[str] = []
        for entry in entries:
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and entry.name in _OWN_FOLDERS:
                    continue
                if rules is not None and gitignore.is_ignored(rules, self._told(joined(place.path, entry.name)) + "/" * is_folder):
                    continue
                if is_folder:
                    self._folder(inside(place, entry.name), entry.name, rules)
                elif entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                else:
                    self._collector.skip(joined(place.path, entry.name), kind_of(entry.stat(follow_symlinks=False).st_mode))
            except OSError as error:
                self._unreadable(inside(place, entry.name), error)
        self._collector.add_all(place, files, tracked=False)

    def _folder(self, place: Place, name: str, rules: gitignore.Rules | None) -> None:
        why = self._collector.why_folder(place.path, name)
        if why is None:
            self._enter(place, rules)
        else:
            self._collector.skip(place.path + "/", why)

    def _told(self, path: str) -> str:
        return self._lead + path[self._strip :]

    def _unreadable(self, place: Place, error: OSError) -> None:
        why = "permission denied" if isinstance(error, PermissionError) else ABSENT
        self._collector.skip(place.path or ".", why)
        self._collector.warn("unreadable-folder", f"not looked into: {why}", place.path or ".")


class _Folders:
    """Why the folders of a listing are left out, asked once for each. A folder that is a link now leads out of what git listed."""

    def __init__(self, collector: Collector, place: Place) -> None:
        self._collector = collector
        self._place = place
        self._known: dict[str, tuple[str, str] | None] = {"": None}

    def why(self, folder: str) -> tuple[str, str] | None:
        """What to count for a file of the folder (relative to the place): a path and a reason; None when the file is wanted."""
        unknown: list[str] = []
        while folder not in self._known:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        found = self._known[folder]
        for folder in reversed(unknown):
            if found is None:
                found = self._why_itself(folder)
            self._known[folder] = found
        return found

    def _why_itself(self, folder: str) -> tuple[str, str] | None:
        path, full = inside(self._place, folder)
        why = self._collector.why_folder(path, folder.rpartition("/")[2])
        if why is None:
            try:
                mode = os.lstat(full).st_mode
            except OSError:
                why = ABSENT
            else:
                why = None if stat.S_ISDIR(mode) else kind_of(mode)
        return None if why is None else (path + "/", why)


def _by_folder(paths: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Neighbours of one folder together: the folder, and the names in it."""
    folder = ""
    names: list[str] = []
    for path in paths:
        slash = path.rfind("/")
        # Compared with the slash, so that a file at the top has the empty folder.
        if path[: slash + 1] != folder:
            if names:
                yield folder[:-1], names
            folder, names = path[: slash + 1], []
        names.append(path[slash + 1 :])
    if names:
        yield folder[:-1], names


def _has_entries(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _mode(path: str) -> int:
    """What an argument is. Links that the user names are followed; one that leads nowhere is just a link."""
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and os.path.islink(path):
            return os.lstat(path).st_mode
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        raise InputError(f"{path}: {reason.lower()}", hint="Give files or folders that exist.") from None


def _common_folder(places: list[tuple[str, int]]) -> str:
    """The folder that paths are told from: the one folder given, or what the arguments share. Files alone are told from the current folder
    when they lie in it, because a hook names files of a project and runs at its top."""
    full = [os.path.abspath(path) for path, _ in places]
    here = os.getcwd()
    if not any(stat.S_ISDIR(mode) for _, mode in places) and all(_is_in(path, here) for path in full):
        return here
    folders = [path if stat.S_ISDIR(mode) else os.path.dirname(path) for path, (_, mode) in zip(full, places, strict=True)]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return here


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


def _relative(full: str, root: str) -> str:
    """Empty for the root itself. A path outside an explicit root stays absolute."""
    if full == root:
        return ""
    found = full[len(os.path.join(root, "")) :] if _is_in(full, root) else full
    return found.replace(os.sep, "/")


def _to_open(full: str) -> str:
    """Relative to the current folder where it can be: shorter to resolve, and often the same string as the path shown."""
    here = os.getcwd()
    if full == here:
        return ""
    return full[len(os.path.join(here, "")) :] if _is_in(full, here) else full


def _why_excluded(collector: Collector, path: str, is_folder: bool) -> str | None:
    """Why a path given as an argument is excluded, by itself or by a folder above it."""
    if not path:
        return None
    folder, _, name = path.rpartition("/")
    return (collector.why_folder(path, name) if is_folder else collector.why_file(path, name)) or _why_excluded(collector, folder, True)
