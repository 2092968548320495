"""Facts of files that were extracted before, kept in a cache folder.

A file's facts depend on its path, its bytes, the extractor and the shapes, and on nothing else: these are the key. The dates of the feed,
the day and the policy are not, so what is judged is always fresh.

Everything in the cache is signed with a secret of the user's own cache folder. The folder of the facts may be chosen by the settings of a
project, so a file in it may have been made by anybody, and unpacking it unseen would let a scanned tree run code.
"""

from __future__ import annotations

import os
import pickle

from modelaudit.domain.digest import blake2b
from modelaudit.domain.facts import FileFacts
from modelaudit.extract.cachefile import (
    DIGEST,
    LARGEST,
    RECORD,
    SUFFIX,
    Content,
    Entry,
    Info,
    clean,
    info,
    read_content,
    secret_in,
    write_content,
)

__all__ = ["CLEAN", "COLD", "FactsCache", "Info", "clean", "digest_of", "info", "pack", "secret_in", "stamp_of", "unpack"]

COLD = bytes(DIGEST)
"""In the place of a digest: the file held nothing to extract, but a name of another file may lead to it."""
CLEAN = b"clean".ljust(DIGEST, b"\0")
"""In the place of a digest: the file held nothing to extract, and nothing leads to it."""
MARKS = (COLD, CLEAN)
UNUSED_RUNS = 8
"""Runs after which an entry that none of them used is dropped."""

_STAMP = 40
_SETTLED = 2_000_000_000
"""Nanoseconds that a file must have been left alone before a run for its stamp to be trusted: clocks of file systems tick slowly, and two
changes within one tick look like one."""


class FactsCache:
    """The facts of one tree, made with one extractor. What is damaged, foreign or of another key is as good as absent."""

    def __init__(self, folder: str, key: str, secret: bytes, *, began: int = 0) -> None:
        """`key` names the tree and all that facts depend on but the file; `began` is the time at which this run began to read files, in
        nanoseconds, and 0 trusts no stamps."""
        self._key = key.encode()
        self._secret = secret
        self._began = began
        self._path = os.path.join(folder, blake2b(self._key, digest_size=DIGEST).hexdigest() + SUFFIX)
        content = read_content(self._path)
        self._entries = content.entries
        genuine = self._sign(b"stamps", content.stamps) == content.stamps_signature
        self._stamps = _stamps(content.stamps) if genuine else {}
        self._seen: dict[str, bytes] = {}
        self._used: set[bytes] = set()
        self._changed = False

    def get(self, digest: bytes) -> FileFacts | None:
        """The facts of a file by `digest_of`, None when they are not there."""
        entry = self._entries.get(digest)
        if entry is None:
            return None
        facts = unpack(entry.packed) if self._sign(digest, entry.packed) == entry.signature else None
        if facts is None:
            del self._entries[digest]
            self._changed = True
        else:
            self._used.add(digest)
        return facts

    def __contains__(self, digest: bytes) -> bool:
        """True when `get` may find something; nothing is verified yet."""
        return digest in self._entries

    def put(self, digest: bytes, facts: FileFacts) -> None:
        """Keeps the facts of a file."""
        self.put_packed(digest, pack(facts))

    def put_packed(self, digest: bytes, packed: bytes) -> None:
        """Keeps facts that a worker has packed."""
        self._entries[digest] = Entry(packed, self._sign(digest, packed), 0)
        self._used.add(digest)
        self._changed = True

    def recall(self, path: str, stamp: bytes) -> bytes | None:
        """The digest (or `COLD`) of a file that has not been touched since an earlier run remembered it, without reading it."""
        known = self._stamps.get(path)
        return known[_STAMP:] if known is not None and known[:_STAMP] == stamp else None

    def remember(self, path: str, stamp: bytes, digest: bytes) -> None:
        """Keeps the digest of a file for `recall`, unless the file was touched so late that a later change might not show."""
        if _touched(stamp) < self._began - _SETTLED:
            self._seen[path] = stamp + digest

    def close(self, *, whole: bool = False) -> None:
        """Writes what changed. Several runs may end at once: each writes a whole file, and the last one stays.

        `whole` when the run went through the whole tree and remembered all of it, so that files it did not meet are gone.
        """
        stamps = self._seen if whole else self._stamps | self._seen
        if not self._changed and stamps == self._stamps:
            return
        kept: dict[bytes, Entry] = {}
        size = 0
        for digest, entry in sorted(self._entries.items(), key=self._by_use):
            unused = 0 if digest in self._used else entry.unused + 1
            size += len(entry.packed) + RECORD
            if unused <= UNUSED_RUNS and size <= LARGEST:
                kept[digest] = entry._replace(unused=unused)
        packed = _packed_stamps({path: known for path, known in stamps.items() if known[_STAMP:] in kept or known[_STAMP:] in MARKS})
        if len(packed) > LARGEST:
            packed = b""
        write_content(self._path, Content(kept, packed, self._sign(b"stamps", packed)))
        self._changed = False

    def _by_use(self, item: tuple[bytes, Entry]) -> tuple[bool, int, bytes]:
        return item[0] not in self._used, item[1].unused, item[0]

    def _sign(self, what: bytes, data: bytes) -> bytes:
        signed = blake2b(data, digest_size=DIGEST, key=self._secret)
        signed.update(b"\0" + what + b"\0" + self._key)
        return signed.digest()


def digest_of(path: str, data: bytes) -> bytes:
    """What a file's facts are kept under: its path counts, because key rules look at it."""
    digest = blake2b(data, digest_size=DIGEST)
    digest.update(b"\0" + os.fsencode(path))
    return digest.digest()


def stamp_of(status: os.stat_result) -> bytes:
    """What changes whenever a file's bytes do. The time of the last change of the file's record cannot be set back, unlike the other."""
    numbers = (max(status.st_mtime_ns, status.st_ctime_ns), status.st_mtime_ns, status.st_size, status.st_ino, status.st_dev)
    return b"".join((number & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8, "big") for number in numbers)


def pack(facts: FileFacts) -> bytes:
    """Facts as bytes, to keep or to send."""
    return pickle.dumps(facts, pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> FileFacts | None:
    """Facts from bytes that this user's own runs packed; None when they no longer fit. Never for bytes of unknown origin."""
    try:
        facts: object = pickle.loads(packed)
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError, LookupError):
        return None
    return facts if isinstance(facts, FileFacts) else None


def _touched(stamp: bytes) -> int:
    return int.from_bytes(stamp[:8], "big")


def _packed_stamps(stamps: dict[str, bytes]) -> bytes:
    """All paths, then all stamps with their digests: two pieces are faster to take apart than ten thousand."""
    names = sorted(stamps)
    paths = "\0".join(names).encode("utf-8", "surrogateescape")
    return len(paths).to_bytes(8, "big") + paths + b"".join(stamps[name] for name in names)


def _stamps(packed: bytes) -> dict[str, bytes]:
    if not packed:
        return {}
    start = 8 + int.from_bytes(packed[:8], "big")
    names = packed[8:start].decode("utf-8", "surrogateescape").split("\0") if start > 8 else []
    size = _STAMP + DIGEST
    return {name: packed[at : at + size] for name, at in zip(names, range(start, len(packed), size), strict=True)}
