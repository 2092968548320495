"""The compiled feed: one file with a header, a table of contents and one `marshal` blob a section, each decoded when it is asked for."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from modelaudit.domain.digest import blake2b
from modelaudit.domain.errors import FeedError
from modelaudit.domain.record import NamedTuple

if TYPE_CHECKING:
    from modelaudit.feed.plain import Plain

MAGIC = b"modelaudit-feed\n"
FORMAT = 5
"""Raised when the shape of any section changes: older files are then built anew."""
MARSHAL = 4
"""The oldest `marshal` version that every supported Python reads."""

_PREAMBLE = len(MAGIC) + 16


class Header(NamedTuple):
    """What is known of a feed without decoding any section."""

    digest: str
    """SHA-256 of the rules that it was compiled from."""
    generated: str
    """The newest day on which any of its sources was read."""
    models: int
    stamp: str
    """Names, sizes and times of the files it was compiled from, for telling whether they changed; empty in a shipped file."""
    notes: tuple[tuple[str, str], ...]
    """(code, message) pairs to show: what one layer replaced in another."""


class Index:
    """A compiled feed in memory."""

    __slots__ = ("_data", "_toc", "header", "path")

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        size = _head_size(data, path)
        try:
            fields, self._toc = marshal.loads(data[_PREAMBLE : _PREAMBLE + size])
        except (EOFError, ValueError, TypeError) as error:
            raise broken(path) from error
        self._data = data
        self.header = Header(*fields)

    def names(self) -> tuple[str, ...]:
        """The sections, sorted."""
        return tuple(sorted(self._toc))

    def section(self, name: str) -> Plain:
        """A section as its module built it; `KeyError` when the feed has none of that name."""
        start, size = self._toc[name]
        blob = memoryview(self._data)[start : start + size]
        section: Plain = marshal.loads(blob)
        return section

    def digest(self, names: Iterable[str]) -> bytes:
        """What changes whenever one of these sections does; a section that is not there counts as empty."""
        found = blake2b(digest_size=16)
        for name in names:
            start, size = self._toc.get(name, (0, 0))
            found.update(size.to_bytes(8, "little"))
            found.update(memoryview(self._data)[start : start + size])
        return found.digest()


def write(header: Header, sections: Mapping[str, Plain]) -> bytes:
    """A compiled feed as bytes; equal contents give equal bytes."""
    blobs = {name: marshal.dumps(cast("str", _shared(sections[name], {})), MARSHAL) for name in sorted(sections)}
    toc: dict[str, tuple[int, int]] = dict.fromkeys(blobs, (0, 0))
    # Positions are written with the width they need, so the table is laid out until its own size no longer moves them.
    while True:
        head = marshal.dumps((tuple(header), toc), 2)
        position, placed = _PREAMBLE + len(head), dict[str, tuple[int, int]]()
        for name, blob in blobs.items():
            placed[name] = (position, len(blob))
            position += len(blob)
        if placed == toc:
            break
        toc = placed
    body = head + b"".join(blobs.values())
    rest = len(head).to_bytes(8, "little") + body
    return MAGIC + FORMAT.to_bytes(4, "little") + _checksum(rest).to_bytes(4, "little") + rest


def read(path: str) -> Index:
    """Open a compiled feed."""
    try:
        with open(path, "rb") as file:
            return Index(file.read(), path)
    except OSError as error:
        raise FeedError(f"{path}: cannot be read: {error.strerror}") from error


def is_compiled(path: str) -> bool:
    """Whether a file is a compiled feed, of this format or another."""
    try:
        with open(path, "rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def write_beside(path: str, data: bytes) -> None:
    """Write a file so that readers see the old or the new one, never half of one."""
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    beside = f"{path}.{os.getpid()}.new"
    try:
        with open(beside, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except OSError:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def broken(path: str) -> FeedError:
    """The error for a file that is no readable feed."""
    return FeedError(f"{path}: not a compiled rules feed, or damaged", hint="compile it again, or give the folder of the rules")


def _head_size(data: bytes, path: str) -> int:
    """The length of the header, once the file has proved to be whole and of this format."""
    if data[: len(MAGIC)] != MAGIC or len(data) < _PREAMBLE:
        raise broken(path)
    at = len(MAGIC)
    version = int.from_bytes(data[at : at + 4], "little")
    if version != FORMAT:
        raise FeedError(
            f"{path}: compiled for another version of modelaudit (format {version}, this one reads {FORMAT})",
            hint="compile it again, or give the folder of the rules",
        )
    if int.from_bytes(data[at + 4 : at + 8], "little") != _checksum(memoryview(data)[at + 8 :]):
        raise broken(path)
    return int.from_bytes(data[at + 8 : at + 16], "little")


def _checksum(rest: bytes | memoryview) -> int:
    from zlib import crc32

    return crc32(rest)


def _shared(value: Plain, seen: dict[tuple[type, Plain], Plain]) -> Plain:
    """The value with equal parts made one object: smaller files, and bytes that do not depend on how the parts came to be."""
    match value:
        case dict():
            return {_shared(key, seen): _shared(item, seen) for key, item in value.items()}  # type: ignore[misc]
        case list():
            return [_shared(item, seen) for item in value]
        case tuple():
            made = tuple(_shared(item, seen) for item in value)
            return _one(made, seen)
        case _:
            return _one(value, seen)


def _one(value: Plain, seen: dict[tuple[type, Plain], Plain]) -> Plain:
    try:
        return seen.setdefault((type(value), value), value)
    except TypeError:
        return value
