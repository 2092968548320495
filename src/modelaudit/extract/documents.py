"""The documents of a YAML stream: each has its own keys, and what stands beside a value in one says nothing of another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from modelaudit.domain.document import Value
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.positions import Positions

_BEGINNING = late(r"(?:^|(?<=[\n\r]))---(?=[ \t\r\n]|\Z)")


def documents(format: str, text: str, values: Sequence[Value]) -> list[Sequence[Value]]:
    """The values of a file, those of each document of a stream apart; at least one part, in the order of the file."""
    starts = [match.start() for match in _BEGINNING.finditer(text)] if format == "yaml" else []
    if len(starts) < 2:
        return [values]
    positions = Positions(text)
    lines = [positions.line(start) for start in starts]
    parts: list[list[Value]] = [[] for _ in range(len(lines) + 1)]
    for value in values:
        parts[bisect_right(lines, value.span.line)].append(value)
    return [part for part in parts if part] or [values]
