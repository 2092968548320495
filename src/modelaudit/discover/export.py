"""The files of a revision, written to a folder byte for byte: a checkout would run the filters that the repository configures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from modelaudit.discover import git
from modelaudit.discover.languages import language_of
from modelaudit.domain.record import NamedTuple

_AT_ONCE = 500
"""Objects asked for in one go; their ids have to fit a command line."""
_REGULAR = frozenset({"100644", "100755"})


class _Blob(NamedTuple):
    """A file of a revision."""

    path: str
    id: str
    size: int


def export(top: str, commit: str, folder: str, *, limit: int) -> None:
    """Write the source and configuration files of a commit, up to a size, below an existing folder."""
    wanted = [blob for blob in _listed(top, commit) if blob.size <= limit and _may_matter(blob.path) and _is_safe(blob.path)]
    sizes = {blob.id: blob.size for blob in wanted}
    contents = dict(_contents(top, sizes))
    for blob in wanted:
        data = contents.get(blob.id)
        if data is not None:
            _write(os.path.join(folder, blob.path), data)


def _listed(top: str, commit: str) -> Iterator[_Blob]:
    output = git.ask(top, "ls-tree", "-r", "-l", "-z", "--full-tree", commit) or b""
    for record in os.fsdecode(output).split("\0"):
        fields, _, path = record.partition("\t")
        parts = fields.split()
        if len(parts) == 4 and parts[0] in _REGULAR and parts[1] == "blob" and parts[3].isdigit():
            yield _Blob(path, parts[2], int(parts[3]))


def _may_matter(path: str) -> bool:
    """Scripts without a suffix are told by their first line, which is not read yet."""
    name = path.rpartition("/")[2]
    return language_of(name) is not None or "." not in name


def _is_safe(path: str) -> bool:
    """Objects can be made by hand: no path leads out of the folder or makes a repository of it."""
    parts = path.replace("\\", "/").split("/")
    return not path.startswith("/") and not any(part.lower() in ("", ".", "..", ".git") for part in parts)


def _contents(top: str, sizes: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Every object with its bytes. Given blobs by their ids, `show` prints them one behind another as they are."""
    ids = sorted(sizes)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        output = git.ask(top, "show", "--no-ext-diff", "--no-textconv", *some, "--")
        if output is not None and len(output) == sum(sizes[one] for one in some):
            yield from _cut(output, ((one, sizes[one]) for one in some))


def _cut(output: bytes, pieces: Iterable[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, size in pieces:
        yield name, output[start : start + size]
        start += size


def _write(path: str, data: bytes) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as stream:
            stream.write(data)
    except OSError:  # a name that this system does not take, or two that it takes for one
        return
