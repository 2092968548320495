"""The digests of this package, without the import of OpenSSL that comes with `hashlib` and takes longer than a small file's extraction."""

from __future__ import annotations

try:
    from _blake2 import blake2b, blake2s
except ImportError:  # another Python than CPython
    from hashlib import blake2b, blake2s

__all__ = ["blake2b", "blake2s"]
