"""Paths as addresses: percent-encoded, byte for byte what the file system holds."""

from __future__ import annotations

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def encode_path(path: str) -> str:
    """`path` percent-encoded; names that are not UTF-8 keep their bytes."""
    data = path.encode("utf-8", "surrogateescape" if _restores_bytes(path) else "backslashreplace")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)


def file_uri(root: str, path: str) -> str | None:
    """The address of a file below `root`, where the root is absolute."""
    if not root.startswith("/"):
        return None
    absolute = path if path.startswith("/") else f"{root.rstrip('/')}/{path}"
    return "file://" + encode_path(absolute)


def _restores_bytes(text: str) -> bool:
    """True when every lone surrogate stands for a byte of a file name."""
    return not any(0xD800 <= ord(character) <= 0xDC7F or 0xDD00 <= ord(character) <= 0xDFFF for character in text)
