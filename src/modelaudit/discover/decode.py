"""From bytes to text: byte order marks, declared encodings, UTF-8, and what to do when a file is none of these. Pure functions."""

from __future__ import annotations

import re

from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

_UTF8_MARK = b"\xef\xbb\xbf"
# The marks of UTF-32 come first: the little-endian one begins with that of UTF-16.
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HEAD = 8192
_COOKIE = late(rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_BLANK = late(rb"[ \t\f]*(?:#[^\r\n]*)?\r?$")
# The first two are quadratic on long input, so a hostile file could stall the run; the escapes warn about every odd backslash.
_REFUSED = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


class Decoded(NamedTuple):
    """The text of a file, without its byte order mark, line ends as they were."""

    text: str
    encoding: str
    why: str | None = None
    """What was odd, in words for a notification; None for text that is what it says."""


def decode(data: bytes, *, python: bool = False) -> Decoded:
    """Text of any bytes: by byte order mark, then (for Python) by PEP 263, then UTF-8, then Latin-1, which never fails."""
    wide = _wide(data)
    if wide is not None:
        return _decode_wide(data, *wide)
    marked = data.startswith(_UTF8_MARK)
    body = data[len(_UTF8_MARK) :] if marked else data
    declared = declared_encoding(body) if python and not marked else None
    text = None if declared is None else _as_declared(body, declared)
    if declared is not None and text is not None:
        return Decoded(text, declared)
    odd = f"declares the encoding {declared}, which does not fit" if declared is not None else None
    try:
        return Decoded(body.decode("utf-8"), "utf-8", odd)
    except UnicodeDecodeError:
        return Decoded(body.decode("latin-1"), "latin-1", "not valid UTF-8, read as Latin-1")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a PEP 263 comment in the first two lines names, None for none and for UTF-8."""
    first, _, rest = data[:_HEAD].partition(b"\n")
    found = _COOKIE.match(first)
    if found is None and _BLANK.match(first):
        found = _COOKIE.match(rest.partition(b"\n")[0])
    if found is None:
        return None
    name = re.sub(r"[-_]+", "-", found[1].decode("ascii").lower()).strip("-")
    return None if name in {"utf-8", "utf8"} or name.startswith("utf-8-") else name


def is_binary(data: bytes) -> bool:
    """True for bytes that are no text: a NUL near the start, and no mark of a wide encoding."""
    return data.find(0, 0, _HEAD) >= 0 and _wide(data) is None


def plain_bytes(data: bytes) -> bytes:
    """The bytes in which ASCII text can be searched: UTF-16 and UTF-32 become UTF-8, everything else is given back as it is."""
    wide = _wide(data)
    return data if wide is None else _decode_wide(data, *wide).text.encode("utf-8", "replace")


def _wide(data: bytes) -> tuple[bytes, str] | None:
    # On every file of the tree, so the usual answer costs one comparison.
    if data[:1] not in (b"\xff", b"\xfe", b"\x00"):
        return None
    return next((mark for mark in _WIDE_MARKS if data.startswith(mark[0])), None)


def _decode_wide(data: bytes, mark: bytes, encoding: str) -> Decoded:
    body = data[len(mark) :]
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(body.decode(encoding, "replace"), encoding, f"not valid {encoding[:6].upper()}")


def _as_declared(data: bytes, encoding: str) -> str | None:
    """The text in an encoding that it declares itself; None when that cannot be: an encoding must be able to read its own declaration."""
    if encoding in _REFUSED:
        return None
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return text if "coding" in text[:_HEAD] else None
