"""Regular expressions that are compiled when they are first used: a scan of three files loads a hundred of them and needs few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:
    late = re.compile
else:

    def late(source: AnyStr, flags: int = 0) -> _Late:
        """The expression, not compiled yet; a drop-in for `re.compile` at the level of a module."""
        return _Late(source, flags)


class _Late:
    """Takes its methods from the compiled expression when the first of them is asked for; from then on they are its own."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "pattern", "search", "split", "sub", "subn")

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        for member in self.__slots__[2:]:
            setattr(self, member, getattr(compiled, member))
        return getattr(compiled, name)
