"""Findings on changed lines: what a pull request is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from modelaudit.domain.finding import Finding
from modelaudit.domain.location import Span

Changed: TypeAlias = Mapping[str, tuple[tuple[int, int], ...]]
"""Path -> (first, last) lines that are new or different; `WHOLE` for a file that is new."""

WHOLE = ((1, 1 << 62),)
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


def read_diff(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """The changed lines in the output of `git diff --unified=0 --no-prefix`.

    Lines that were only taken away leave their neighbours touched: what is left there reads differently now.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    path: str | None = None
    left = 0
    for line in text.split("\n"):
        if left and line[:1] in "+-\\":  # inside a hunk: a line of a file may look like a header
            left -= line[:1] != "\\"
            continue
        if line.startswith("+++ "):
            path = _path(line[4:])
        hunk = _HUNK.match(line)
        if hunk and path is not None:
            start, count = int(hunk[1]), int(hunk[2] if hunk[2] is not None else 1)
            found.setdefault(path, []).append((start, start + count - 1) if count else (start, start + 1))
        if hunk:
            left = _length(line)
    return {name: tuple(lines) for name, lines in found.items()}


def touched(finding: Finding, changed: Changed) -> bool:
    """True when the literal, a call site or a step between them stands on a changed line."""
    return any(_hits(path, span, changed) for path, span in _places(finding))


def _places(finding: Finding) -> Iterable[tuple[str, Span]]:
    yield finding.usage.path, finding.usage.literal.span
    for site in finding.sites:
        if site.placed is not None:
            yield site.placed.path, site.placed.site.span
        for step in site.flow:
            yield step.path, step.span


def _hits(path: str, span: Span, changed: Changed) -> bool:
    return any(first <= span.end_line and span.line <= last for first, last in changed.get(path, ()))


def _path(text: str) -> str | None:
    """The path of a `+++` line; git puts odd ones in quotes, with escapes of C."""
    text = text.split("\t", 1)[0].rstrip("\r")
    if text == "/dev/null":
        return None
    if text.startswith('"') and text.endswith('"'):
        raw = re.sub(rb"\\([0-7]{3}|.)", _unescaped, text[1:-1].encode("utf-8", "surrogateescape"))
        return raw.decode("utf-8", "surrogateescape")
    return text


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if len(code) > 1:
        return bytes((int(code, 8) & 0xFF,))
    return {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}.get(code, code)


def _length(header: str) -> int:
    """Lines of a hunk with no context: those taken away and those added."""
    counts = re.findall(r"[-+]\d+(?:,(\d+))?", header.split("@@")[1])
    return sum(int(count) if count else 1 for count in counts)
