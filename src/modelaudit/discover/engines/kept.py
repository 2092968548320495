"""Small files of built data in the user's cache: whole and unchanged, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterable

from modelaudit.domain.digest import blake2b

_DIGEST = 32


def path_for(folder: str, name: str, ingredients: Iterable[bytes]) -> str:
    """Where data made from these ingredients is kept."""
    digest = blake2b(digest_size=16)
    for ingredient in ingredients:
        digest.update(len(ingredient).to_bytes(8, "big"))
        digest.update(ingredient)
    return os.path.join(folder, f"{name}-{digest.hexdigest()}.bin")


def load(path: str) -> bytes | None:
    """What was saved, None when there is nothing or it was damaged."""
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError:
        return None
    data = content[_DIGEST:]
    return data if blake2b(data, digest_size=_DIGEST).digest() == content[:_DIGEST] else None


def save(path: str, data: bytes) -> None:
    """Writes beside and renames, so that a reader sees all or nothing. A cache that cannot be written is no reason to stop."""
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as stream:
            stream.write(blake2b(data, digest_size=_DIGEST).digest() + data)
        os.replace(beside, path)
    except OSError:
        try:
            os.unlink(beside)
        except OSError:
            return
