"""Git's own list of the files of a work tree.

A repository may be hostile: its configuration can name programs that git would run. So git is asked for one thing only, listing, with
everything that could run a program or reach the network switched off; its own refusal (`safe.directory`) is respected, and the caller
walks the tree instead.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from modelaudit.domain.record import NamedTuple

_NUL = os.devnull
_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={_NUL}",
    "-c",
    "core.pager=cat",
    "-c",
    "core.sshCommand=false",
    "-c",
    "core.askPass=",
    "-c",
    "credential.helper=",
    "-c",
    "protocol.allow=never",
    "-c",
    "safe.bareRepository=explicit",
)
_SWITCHED_OFF = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# What the user may set for git on purpose. The rest (GIT_DIR, GIT_INDEX_FILE, GIT_TRACE…) belongs to a command that happens to run us.
_KEPT = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_KEY_",
    "GIT_CONFIG_VALUE_",
    "GIT_EXEC_PATH",
)
_USUAL = "H 10"
"""How the record of a regular file begins that is tracked and checked out."""
_PATIENCE = 120_000
"""Milliseconds without a byte from git after which the tree is walked: a pipe in the place of the index would keep it waiting for ever."""


class Listing(NamedTuple):
    """Paths relative to the listed folder, in git's order."""

    tracked: list[str]
    """Regular files of the index."""
    untracked: list[str]
    links: list[str]
    repositories: list[str]
    """Submodules, and repositories inside this one."""
    absent: list[str]
    """Left out by a sparse checkout."""


def top_of(folder: str) -> str | None:
    """The folder at or above `folder` (a real path) that holds `.git`, whatever that is."""
    while True:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def listing(top: str, below: str) -> Listing | None:
    """Tracked files, and untracked ones that are not ignored, of the folder `below` (relative to `top`, empty for all of it).

    None when git is missing, refuses or fails.
    """
    program = _program()
    if program is None:
        return None
    # The work tree is named because `core.worktree` could point anywhere. Listing starts at the folder that holds `.git`, and not above it:
    # a folder further down could pretend to be a bare repository, a broken `.git` would make git go on to the repository around this one.
    arguments = [program, "-C", top, *_OPTIONS, f"--work-tree={top}", "ls-files", "-z", "-t", "-s", "-c", "-o", "--exclude-standard"]
    if below:
        arguments += ["--", below]
    output = _run(arguments, _environment(top))
    return None if output is None else _understood(output, len(below) + 1 if below else 0)


def ask(top: str, *arguments: str) -> bytes | None:
    """What git prints for a command that only reads objects; None when git is missing, refuses or fails.

    Never ask for anything that looks at files of the work tree: comparing them runs the filters that the repository configures.
    """
    program = _program()
    return None if program is None else _run([program, "-C", top, *_OPTIONS, *arguments], _environment(top))


def _understood(output: bytes, prefix: int) -> Listing:
    """Records are `? path` or `TAG MODE OBJECT STAGE<tab>path`. Nearly all are regular files that are checked out, and their paths begin
    at the same place, so those are taken together."""
    records = os.fsdecode(output).split("\0")
    usual = next((record for record in records if record[:4] == _USUAL), "\t")
    start = usual.index("\t") + 1 + prefix
    found = Listing([record[start:] for record in records if record[:4] == _USUAL], [], [], [], [])
    if len(found.tracked) + 1 < len(records):
        for record in records:
            if record and record[:4] != _USUAL:
                _sort_in(found, record, prefix)
    return found


def _sort_in(found: Listing, record: str, prefix: int) -> None:
    if record[:2] == "? ":
        path = record[2 + prefix :]
        if path[-1:] == "/":
            found.repositories.append(path[:-1])
        else:
            found.untracked.append(path)
        return
    path = record[record.index("\t") + 1 + prefix :]
    mode = record[2:8]
    kind = found.tracked
    if record[0] == "S":
        kind = found.absent
    elif mode == "120000":
        kind = found.links
    elif mode == "160000":
        kind = found.repositories
    # A path in conflict comes once for each stage.
    if not kind or kind[-1] != path:
        kind.append(path)


def _environment(top: str) -> dict[str, str]:
    # How git runs is the one thing here that depends on the environment: where programs, the user's configuration and `safe.directory` are.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _SWITCHED_OFF | {"GIT_CEILING_DIRECTORIES": os.path.dirname(top)}


def _program() -> str | None:
    """Git's full path. A name would, on some systems, first be looked for in the current folder, which may be the scanned one."""
    names = ("git.exe",) if sys.platform == "win32" else ("git",)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isabs(folder) and os.access(path, os.X_OK) and os.path.isfile(path):
                return path
    return None


if sys.platform == "win32":

    def _run(arguments: list[str], environment: dict[str, str]) -> bytes | None:
        import subprocess

        try:
            done = subprocess.run(
                arguments,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE / 1000,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None

else:

    def _run(arguments: list[str], environment: dict[str, str]) -> bytes | None:
        """Standard output of a program that ended well. `subprocess` would cost half as much to import as git needs to answer."""
        reading, writing = os.pipe()
        quiet = (os.POSIX_SPAWN_OPEN, 2, _NUL, os.O_WRONLY, 0)
        deaf = (os.POSIX_SPAWN_OPEN, 0, _NUL, os.O_RDONLY, 0)
        try:
            actions = (deaf, quiet, (os.POSIX_SPAWN_DUP2, writing, 1))
            child = os.posix_spawn(arguments[0], arguments, environment, file_actions=actions)
        except OSError:
            os.close(reading)
            return None
        finally:
            os.close(writing)
        output = None
        try:
            output = _all_of(reading)
        finally:
            os.close(reading)
            if output is None:
                _end(child)
            _, status = os.waitpid(child, 0)
        return output if os.waitstatus_to_exitcode(status) == 0 else None

    def _all_of(reading: int) -> bytes | None:
        import select

        _widen(reading)
        waiting = select.poll()
        waiting.register(reading, select.POLLIN)
        pieces: list[bytes] = []
        while waiting.poll(_PATIENCE):
            piece = os.read(reading, 1 << 20)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
        return None

    def _widen(pipe: int) -> None:
        """Room for more at once, where the system allows it: git and we take turns less often."""
        import fcntl

        with suppress(AttributeError, OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)

    def _end(child: int) -> None:
        import signal

        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            return
