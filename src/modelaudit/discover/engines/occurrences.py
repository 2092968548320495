"""Where one literal stands in bytes, overlapping occurrences too."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(data: bytes, pattern: bytes) -> Iterator[int]:
    """End offset of every occurrence."""
    start = data.find(pattern)
    while start >= 0:
        yield start + len(pattern)
        start = data.find(pattern, start + 1)
