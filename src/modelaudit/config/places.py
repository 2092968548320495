"""Where a word of the configuration is written: for mistakes that only the rules feed or the disk can tell, long after decoding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from modelaudit.config.decode import Document, spelled
from modelaudit.config.keys import KEYS
from modelaudit.config.lines import Path
from modelaudit.domain.record import NamedTuple


class Source(NamedTuple):
    """A configuration file, or an assignment of the command line, as it was decoded."""

    document: Document
    table: Mapping[str, object]


def place_of(sources: Iterable[Source], setting: str, word: str) -> str | None:
    """`pyproject.toml:4: tool.modelaudit.deny[1].platform`: the first place that gives the setting this word; None when none does."""
    keys = (*_ALSO.get(setting, ()), *(entry.key for entry in KEYS if entry.setting == setting))
    for document, table in sources:
        for key in keys:
            path = next(_paths(table[key], word, (key,)), None) if key in table else None
            if path is not None:
                line = document.line(path)
                place = f"{document.name}:{_line_with(document.text, line, word)}" if line else document.name
                return f"{place}: {spelled((*document.root, *path))}"
    return None


_ALSO = {"policies": ("deny", "allow"), "ignores": ("ignore",)}
"""Keys that fill another key's setting."""


def _paths(value: object, word: str, path: Path) -> Iterator[Path]:
    """Every place below a value that holds the word: as a key, as a text, behind the colon of `publisher:openai`, at the end of a path."""
    if isinstance(value, str):
        if word in (value, value.partition(":")[2].strip(), value.rstrip("/").rpartition("/")[2]):
            yield path
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _paths(entry, word, (*path, index))
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key == word:
                yield (*path, key)
            yield from _paths(entry, word, (*path, str(key)))


def _line_with(text: str, line: int, word: str) -> int:
    """The line of the word at or below the line of its key: an array may go on over many."""
    lines = text.splitlines()
    return next((number for number in range(line, len(lines) + 1) if word in lines[number - 1]), line)
