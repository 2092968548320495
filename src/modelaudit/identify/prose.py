"""IDs inside longer text: comments, docstrings, log messages, Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from modelaudit.domain.pattern import late

_RUN = late(r"[A-Za-z0-9][A-Za-z0-9._:@/-]*")
"""A whole run of the characters that IDs are made of. `~` and `(` and quotes end it; so does every letter that is not ASCII."""

_BEFORE = frozenset("#_\\-./@:%$&=?+~")
"""A run after one of these is the rest of something else: an anchor, a path, a switch, a parameter of an address."""

_AFTER = frozenset("_\\%~")
"""A star after a run makes it a pattern, unless one before it makes it emphasis."""
_LONGEST = 300


def tokens(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Start and end of every run that is a known ID as a whole; only the marks that end a sentence are taken off it."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if end - start < 2 or (start and text[start - 1] in _BEFORE and not _is_assigned(text, start)):
            continue
        if end < len(text) and (text[end] in _AFTER or (text[end] == "*" and text[start - 1 : start] != "*")):
            continue
        stop = start + len(run.group().rstrip(".:")) if text[end - 1] in ".:" else end
        if stop - start <= _LONGEST and is_known(text[start:stop]):
            yield start, stop


def _is_assigned(text: str, start: int) -> bool:
    """`MODEL=gpt-4` and `--model=gpt-4` name a model; `?model=gpt-4` in an address does as well."""
    return text[start - 1] == "="
