"""The files of a repository as they were at a revision, read from its objects: no filter, hook or text conversion is run."""

from __future__ import annotations

import os

from modelaudit.discover import git
from modelaudit.domain.errors import UsageError


class Revision:
    """Where the work on hand left another line of history: the merge base of a revision and HEAD."""

    def __init__(self, folder: str, name: str) -> None:
        """`folder` lies in the repository; `name` is anything that git takes for a commit."""
        top = git.top_of(os.path.realpath(folder))
        if top is None:
            raise UsageError(f"--diff-base {name}: {folder} is not in a git repository")
        self.top = top
        commit = _line(git.ask(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))
        if not commit:
            raise UsageError(f"--diff-base {name}: git knows no such revision", hint="a shallow clone may lack it: fetch it first")
        self.commit = _line(git.ask(top, "merge-base", commit, "HEAD")) or commit
        self._renames: dict[str, str] | None = None

    def read(self, path: str) -> bytes | None:
        """The bytes of a file (`path` relative to `top`) at the revision, under its former name if it was renamed; None when it is new."""
        former = self.renames.get(path, path)
        return git.ask(self.top, "cat-file", "blob", f"{self.commit}:{former}")

    @property
    def renames(self) -> dict[str, str]:
        """Present name -> former name of files that were renamed since, in commits or in the index."""
        if self._renames is None:
            # Only objects and the index are compared: looking at files of the work tree would run the filters that a repository configures.
            options = ("--cached", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv")
            fields = os.fsdecode(git.ask(self.top, "diff-index", *options, self.commit) or b"").split("\0")
            self._renames = {new: old for _, old, new in zip(fields[::3], fields[1::3], fields[2::3], strict=False)}
        return self._renames


def _line(output: bytes | None) -> str:
    return "" if output is None else os.fsdecode(output).strip()
