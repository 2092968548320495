"""Lines of a template that are no YAML: conditions, loops, assignments and comments of Helm, Go templates and Jinja."""

from __future__ import annotations

import re

from modelaudit.domain.document import Kind, Path
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple


class Said(NamedTuple):
    """A string on such a line, by its offsets in the line."""

    start: int
    end: int
    kind: Kind
    path: Path


_COMMENT = late(r"(?P<open>\{\{-?[ \t]*+/\*|\{#-?)(?P<body>.*?)(?P<close>\*/[ \t]*+-?\}\}|-?#\}|\Z)", re.DOTALL)
_CONTROL = late(r"\{%.*%\}[ \t]*+$|\{\{(?![ \t]*+[\"']).*\}\}[ \t]*+$")
_QUOTED = late(r"\"([^\"\\]*)\"|'([^'\\]*)'|`([^`]*)`")
_COMPARES = late(r"[=!]=|\b(?:eq|ne|in|has|contains|hasPrefix)\b")
_ASSIGNS = late(r"(?:\bset[ \t]+|\$)([A-Za-z_]\w*)[ \t]*:?=(?!=)")


def comment(text: str, start: int) -> tuple[int, int, int] | None:
    """The comment of a template that begins at an offset: where it ends, and the lengths of what opens and closes it."""
    match = _COMMENT.match(text, start)
    return (match.end(), len(match["open"]), len(match["close"])) if match else None


def is_control(line: str) -> bool:
    """Whether a line is nothing but a statement of a template. `{{ x }}: value` and `- {{ x }}` are lines of the YAML around it."""
    return _CONTROL.match(line) is not None and ": " not in _QUOTED.sub("", line)


def strings(line: str) -> tuple[Said, ...]:
    """What the strings of such a line are: compared with something, given a name, or merely there."""
    assigned = _ASSIGNS.search(line)
    kind = Kind.CONSTANT if assigned else Kind.COMPARISON if _COMPARES.search(line) else Kind.PROSE
    path: Path = (assigned[1],) if assigned else ("template",)
    return tuple(Said(*match.span(match.lastindex or 0), kind, path) for match in _QUOTED.finditer(line))
