"""Syntax newer than the running Python, read by libcst and written so that the standard parser reads it, every other token at its place.

Run as a program it reads the text from standard input and writes the result, nothing when there is none: see `apart`.

What is lost is blanked out: the braces of an f-string that the old grammar forbids. The calls around are followed. Type parameters are
not its business: `typeparams` blanks them out without a parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.record import NamedTuple

if TYPE_CHECKING:
    import libcst

LONGEST = 1_000_000
"""Characters of a file that libcst is asked to read; it takes about three seconds for so many."""


class Place(NamedTuple):
    """Where a node stands; lines and columns from zero."""

    line: int
    column: int
    end_line: int
    end_column: int


def lowered(text: str) -> str | None:
    """The text in older syntax, of the same lines and columns; None when libcst cannot read it either, or finds nothing newer."""
    strings = _strings(text) if len(text) <= LONGEST else []
    lines = text.splitlines(keepends=True)
    changed = False
    last = (-1, -1)
    for place, node in strings:
        # An f-string inside one that is rewritten is gone.
        if (place.line, place.column) >= last and _plain_string(lines, place, node.end, len(node.start)):
            changed = True
            last = (place.end_line, place.end_column)
    return "".join(lines) if changed else None


def _strings(text: str) -> list[tuple[Place, libcst.FormattedString]]:
    """The f-strings, in the order of the text; nothing when libcst cannot read it."""
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider

    try:
        positions = MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True).resolve(PositionProvider)
    except Exception:  # whatever a foreign parser raises on foreign text means one thing: it cannot read it
        return []
    found = [
        (Place(where.start.line - 1, where.start.column, where.end.line - 1, where.end.column), node)
        for node, where in positions.items()
        if isinstance(node, libcst.FormattedString)
    ]
    return sorted(found, key=lambda entry: (entry[0].line, entry[0].column, -entry[0].end_line, -entry[0].end_column))


def _plain_string(lines: list[str], place: Place, quote: str, opening: int) -> bool:
    """An f-string as a raw string of the same length, its expressions blanked; what the old grammar reads stays as it is."""
    inner = place._replace(column=place.column + opening, end_column=place.end_column - len(quote))
    if not _is_newer(lines, inner, quote):
        return False
    depth = 0
    for row in range(inner.line, inner.end_line + 1):
        line = lines[row]
        left, right = _bounds(line, row, inner)
        kept: list[str] = []
        for character in line[left:right]:
            within = depth > 0 or character == "{"
            depth += (character == "{") - (character == "}")
            kept.append(" " if within or character in f"}}\\{quote[0]}" else character)
        if row < inner.end_line and len(quote) == 1:
            kept[-1:] = ["\\"]  # a line break between braces: the plain string goes on in the next line
        lines[row] = line[:left] + "".join(kept) + line[right:]
    head = lines[place.line]
    prefix = opening - len(quote)
    lines[place.line] = head[: place.column] + "r".rjust(prefix) + head[place.column + prefix :]
    return True


def _is_newer(lines: list[str], inner: Place, quote: str) -> bool:
    """A backslash, a comment, the string's own quotes or a line break between braces."""
    depth = 0
    for row in range(inner.line, inner.end_line + 1):
        left, right = _bounds(lines[row], row, inner)
        body = lines[row][left:right]
        for index, character in enumerate(body):
            depth += (character == "{") - (character == "}")
            if depth > 0 and (character in "\\#" or body.startswith(quote, index)):
                return True
        if depth > 0 and row < inner.end_line and len(quote) == 1:
            return True
    return False


def _bounds(line: str, row: int, inner: Place) -> tuple[int, int]:
    """The part of a line that belongs to the string."""
    return inner.column if row == inner.line else 0, inner.end_column if row == inner.end_line else len(line.rstrip("\n"))


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write((lowered(sys.stdin.buffer.read().decode("utf-8", "surrogatepass")) or "").encode("utf-8", "surrogatepass"))
