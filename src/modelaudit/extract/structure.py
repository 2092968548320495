"""Which files are read as mere text: their structure costs much and tells nothing."""

from __future__ import annotations

LARGEST = 5_000_000
"""Characters up to which a file is read with its structure."""
_LARGEST_PROGRAM = 20_000
_MINIFIED = 500
"""Characters in a line, on average."""


def is_text(format: str, text: str) -> bool:
    """Whether a file is too large to be read with its structure, or minified."""
    if len(text) > LARGEST:
        return True
    return format == "javascript" and len(text) > _LARGEST_PROGRAM and len(text) / (text.count("\n") + 1) > _MINIFIED
