"""Reading one file: regular files only, without ever blocking, following a link or raising."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import overload

from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Skipped

GONE = "gone, or not checked out"
DENIED = "permission denied"
_NOT_READABLE = "not readable"

_PIECE = 4 * 1024 * 1024

# O_NONBLOCK: opening a named pipe nobody writes to would wait for ever. O_NOFOLLOW: a link may lead out of the tree.
_FLAGS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)
_FOLLOWING = _FLAGS & ~getattr(os, "O_NOFOLLOW", 0)


class Oversized(NamedTuple):
    """A file larger than the caller wants whole; `windows` reads it piece by piece."""

    path: str
    size: int


class Window(NamedTuple):
    """A piece of a file. It repeats the end of the piece before it, so that nothing is cut in two."""

    offset: int
    """Of `data` in the file."""
    newlines: int
    """Line feeds of the file before `data`."""
    data: bytes


@overload
def read(path: str, limit: None = None, *, follow: bool = False) -> bytes | Skipped: ...
@overload
def read(path: str, limit: int, *, follow: bool = False) -> bytes | Skipped | Oversized: ...
def read(path: str, limit: int | None = None, *, follow: bool = False) -> bytes | Skipped | Oversized:
    """The bytes of a regular file, or why there are none. `follow` is for a path that the user named himself."""
    try:
        handle = os.open(path, _FOLLOWING if follow else _FLAGS)
    except (OSError, ValueError) as error:
        return Skipped(path, _why_closed(path, error))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Skipped(path, kind_of(status.st_mode))
        if limit is not None and status.st_size > limit:
            return Oversized(path, status.st_size)
        # One byte more than the file had, so that the usual file ends with a single read.
        data = os.read(handle, status.st_size + 1)
        return data if len(data) == status.st_size else _read_on(handle, data)
    except (OSError, MemoryError) as error:
        return Skipped(path, _why(error))
    finally:
        os.close(handle)


def head(path: str, size: int = 128) -> bytes:
    """The first bytes of a regular file; none of anything else."""
    found = next(windows(path, size=size, overlap=0), None)
    return b"" if found is None else found.data


def windows(path: str, *, size: int = _PIECE, overlap: int = 1024, follow: bool = False) -> Iterator[Window]:
    """A huge file in pieces of bounded size; nothing at all when it cannot be read (`read` says why)."""
    try:
        handle = os.open(path, _FOLLOWING if follow else _FLAGS)
    except (OSError, ValueError):
        return
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return
        yield from _windows(handle, size, overlap)
    except OSError:
        return
    finally:
        os.close(handle)


def is_failure(why: str) -> bool:
    """Whether a reason of `read` means that something went wrong, and not that the file is of a kind that is never read."""
    return why in (GONE, DENIED) or why.startswith(_NOT_READABLE)


def kind_of(mode: int) -> str:
    """What something that is not a regular file is, as a reason for not reading it."""
    if stat.S_ISDIR(mode):
        return "a folder where a file was listed"
    if stat.S_ISLNK(mode):
        return "symbolic link"
    if stat.S_ISFIFO(mode):
        return "named pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def _windows(handle: int, size: int, overlap: int) -> Iterator[Window]:
    offset = newlines = 0
    kept = b""
    while piece := os.read(handle, size):
        data = kept + piece
        yield Window(offset, newlines, data)
        kept = data[-overlap:] if overlap else b""
        newlines += data.count(b"\n", 0, len(data) - len(kept))
        offset += len(data) - len(kept)


def _read_on(handle: int, data: bytes) -> bytes:
    """The rest of a file that a signal cut short or that grew or shrank since it was measured."""
    pieces = [data]
    while piece := os.read(handle, _PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def _why_closed(path: str, error: OSError | ValueError) -> str:
    """Why a file could not be opened. A link refused by O_NOFOLLOW and a socket give errors that say something else to most readers."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError):
        return _why(error)
    return _why(error) if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else kind_of(mode)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return GONE
    if isinstance(error, PermissionError):
        return DENIED
    if isinstance(error, OSError) and error.strerror:
        return f"{_NOT_READABLE}: {error.strerror.lower()}"
    return _NOT_READABLE
