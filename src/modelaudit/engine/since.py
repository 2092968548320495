"""The lines of a tree that changed since a revision, worked out for the files that are asked about."""

from __future__ import annotations

import os

from modelaudit.discover.decode import decode
from modelaudit.discover.read import read
from modelaudit.discover.revision import Revision
from modelaudit.triage.changed import WHOLE, Lines, changed_lines


class Since:
    """Compares files of a tree with a revision of the repository that the tree lies in."""

    def __init__(self, root: str, revision: str) -> None:
        """`root` is the folder that paths are relative to."""
        self._root = os.path.realpath(root)
        self._revision = Revision(self._root, revision)
        self._known: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines:
        """The lines of a file that are new or different; all of a file that the revision does not have."""
        if path not in self._known:
            self._known[path] = self._compare(path)
        return self._known[path]

    def _compare(self, path: str) -> Lines:
        full = os.path.join(self._root, path)
        before = self._revision.read(os.path.relpath(full, self._revision.top).replace(os.sep, "/"))
        after = read(full)
        if before is None or not isinstance(after, bytes):
            return WHOLE
        return changed_lines(_lines(before), _lines(after))


def _lines(data: bytes) -> list[str]:
    """Lines as parsers count them; git may have changed their ends on the way out."""
    return decode(data).text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
