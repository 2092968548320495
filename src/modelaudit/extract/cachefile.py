"""The files of the facts cache: one for each tree and extractor, written whole, and the secret that signs them."""

from __future__ import annotations

import os
from contextlib import suppress

from modelaudit.domain.record import NamedTuple

DIGEST = 16
"""Bytes of every digest and signature."""
SUFFIX = ".facts"
LARGEST = 64 * 1024 * 1024
"""Bytes of one file; entries beyond are not kept."""
LARGEST_FOLDER = 512 * 1024 * 1024
"""Bytes of all files; those written longest ago go first."""

_MAGIC = b"modelaudit facts 1\n"
_NUMBER = 8
_LENGTH = 4
RECORD = DIGEST + 1 + _LENGTH + DIGEST
"""Digest of the file, runs since it was last used, length of the packed facts, signature."""
_SECRET_FILE = "secret"
_SECRET = 32


class Info(NamedTuple):
    """What a cache folder holds."""

    folder: str
    files: int
    size: int


class Entry(NamedTuple):
    """The packed facts of one file."""

    packed: bytes
    signature: bytes
    unused: int
    """Runs since it was last used."""


class Content(NamedTuple):
    """What one file of the cache holds, not yet verified."""

    entries: dict[bytes, Entry]
    stamps: bytes
    """Signed by `stamps_signature`; `cache` knows what is in it."""
    stamps_signature: bytes


def read_content(path: str) -> Content:
    """The content of a file; none when it is not there or is no file of ours. Lengths that lie give bytes that no signature fits."""
    nothing = Content({}, b"", b"")
    try:
        with open(path, "rb") as stream:
            content = stream.read(2 * LARGEST + 1)
    except OSError:
        return nothing
    head = len(_MAGIC)
    if not content.startswith(_MAGIC) or len(content) > 2 * LARGEST or len(content) < head + 2 * _NUMBER + DIGEST:
        return nothing
    count = int.from_bytes(content[head : head + _NUMBER], "big")
    size = int.from_bytes(content[head + _NUMBER : head + 2 * _NUMBER], "big")
    start = head + 2 * _NUMBER + DIGEST
    records = start + size
    if records + count * RECORD > len(content):
        return nothing
    return Content(_entries(content, records, count), content[start:records], content[start - DIGEST : start])


def write_content(path: str, content: Content) -> bool:
    """Writes beside and renames, so that readers see all or nothing. False when the folder cannot be written."""
    entries = sorted(content.entries.items())
    parts = [_MAGIC, len(entries).to_bytes(_NUMBER, "big"), len(content.stamps).to_bytes(_NUMBER, "big")]
    parts += [content.stamps_signature, content.stamps]
    parts += [digest + bytes((entry.unused,)) + len(entry.packed).to_bytes(_LENGTH, "big") + entry.signature for digest, entry in entries]
    parts += [entry.packed for _, entry in entries]
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as stream:
            stream.writelines(parts)
        os.replace(beside, path)
    except OSError:
        _removed(beside)
        return False
    _prune(os.path.dirname(path), path)
    return True


def secret_in(folder: str) -> bytes | None:
    """The secret of the user's own cache folder, made on first use; None when it can neither be read nor kept.

    `folder` must not be one that a scanned tree can choose.
    """
    path = os.path.join(folder, _SECRET_FILE)
    for _ in range(2):
        try:
            with open(path, "rb") as stream:
                found = stream.read(_SECRET + 1)
            if len(found) == _SECRET:
                return found
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError:
            return None
        if not _make_secret(folder, path):
            return None
    return None


def info(folder: str) -> Info:
    """How much a cache folder holds."""
    files = _files(folder)
    return Info(folder, len(files), sum(size for _, size, _ in files))


def clean(folder: str) -> Info:
    """Removes all facts of a cache folder, and says how much that was."""
    removed = [size for path, size, _ in _files(folder) if _removed(path)]
    return Info(folder, len(removed), sum(removed))


def _entries(content: bytes, records: int, count: int) -> dict[bytes, Entry]:
    entries: dict[bytes, Entry] = {}
    at = records + count * RECORD
    for record in range(records, at, RECORD):
        length = record + DIGEST + 1
        signature = length + _LENGTH
        end = at + int.from_bytes(content[length:signature], "big")
        entries[content[record : record + DIGEST]] = Entry(content[at:end], content[signature : record + RECORD], content[length - 1])
        at = end
    return entries


def _make_secret(folder: str, path: str) -> bool:
    """Linked into place, so that of two runs that start together one wins and both read the same."""
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, os.urandom(_SECRET))
        finally:
            os.close(handle)
        try:
            with suppress(FileExistsError):
                os.link(beside, path)
        finally:
            os.unlink(beside)
    except OSError:
        return False
    return True


def _prune(folder: str, newest: str) -> None:
    size = 0
    for path, length, _ in sorted(_files(folder), key=lambda file: (file[0] != newest, -file[2], file[0])):
        size += length
        if size > LARGEST_FOLDER:
            _removed(path)


def _files(folder: str) -> list[tuple[str, int, int]]:
    """(path, size, time of writing) of the cache's files, those that a killed run left half-written among them."""
    found: list[tuple[str, int, int]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if SUFFIX in entry.name and entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return sorted(found)


def _removed(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
