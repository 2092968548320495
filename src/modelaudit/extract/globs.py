"""Globs on paths, matched without compiling a regular expression for each: a run looks at most of them once or never."""

from __future__ import annotations

from collections.abc import Sequence


class Glob:
    """`**/config/*.y*ml`: `**` crosses folders, `*` stays inside a name; without `**/` a glob begins at the root."""

    __slots__ = ("_parts",)

    def __init__(self, glob: str) -> None:
        self._parts = tuple(tuple(part.split("*")) if part != "**" else None for part in glob.split("/"))

    def matches(self, path: Sequence[str]) -> bool:
        """Whether a path, given as its parts, is one that the glob means."""
        last = self._parts[-1]
        if last is not None and not _name_fits(last, path[-1]):
            return False
        return self._fits(0, path, 0)

    def _fits(self, at: int, path: Sequence[str], position: int) -> bool:
        for index in range(at, len(self._parts)):
            pieces = self._parts[index]
            if pieces is None:
                if index + 1 == len(self._parts):
                    return position < len(path)
                return any(self._fits(index + 1, path, start) for start in range(position, len(path)))
            if position == len(path) or not _name_fits(pieces, path[position]):
                return False
            position += 1
        return position == len(path)


def _name_fits(pieces: tuple[str, ...], name: str) -> bool:
    """Whether a name is the pieces in order, with anything between them."""
    first = pieces[0]
    if len(pieces) == 1:
        return name == first
    last = pieces[-1]
    if len(name) < len(first) + len(last) or not name.startswith(first) or not name.endswith(last):
        return False
    position = len(first)
    for piece in pieces[1:-1]:
        found = name.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return position <= len(name) - len(last)
