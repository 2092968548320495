"""Type parameters and type aliases (Python 3.12) blanked out, so that older Pythons read the file: nearly all newer syntax that is in use.

Lines and columns stay, and so does everything else: what a type parameter says is nothing that a model ID can travel through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain.pattern import late

# fmt: off
_PIECES = late(
    r"""\#[^\n]*+
    |\"{3}[^"\\]*+(?:(?:\\.|\\\Z|"(?!""))[^"\\]*+)*+(?:\"{3}|\Z)
    |'{3}[^'\\]*+(?:(?:\\.|\\\Z|'(?!''))[^'\\]*+)*+(?:'{3}|\Z)
    |"[^"\\\n]*+(?:(?:\\.|\\\Z)[^"\\\n]*+)*+(?:"|(?=\n)|\Z)
    |'[^'\\\n]*+(?:(?:\\.|\\\Z)[^'\\\n]*+)*+(?:'|(?=\n)|\Z)
    |(?P<alias>(?:^|[:;])[ \t]*(?=type[ \t]+(?!(?:and|as|else|for|from|if|in|is|not|or)\b)[^\W\d]\w*[ \t]*(?:=(?!=)|\[)))
    |(?P<head>\b(?:def|class)[ \t]+[^\W\d]\w*[ \t]*(?=\[))
    |(?P<open>[\[({])|(?P<close>[\])}])""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
# fmt: on
"""Comments, strings (also unclosed ones), what may be newer, and brackets. Possessive throughout: linear on any input."""
_NAME = late(r"[ \t]*[^\W\d]\w*[ \t]*")


def without_type_parameters(text: str) -> str | None:
    """The text with the same lines and columns; None when it has neither type parameters nor aliases, or they are not closed.
    Asked only of what cannot be parsed: `type` is an ordinary name as well."""
    parts: list[str] = []
    copied = 0
    for start, end, written in _changes(text):
        parts += (text[copied:start], written)
        copied = end
    return "".join((*parts, text[copied:])) if copied else None


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and what stands there instead, in the order of the text."""
    at = 0
    while (piece := _PIECES.search(text, at)) is not None:
        at = piece.end()
        if piece.lastgroup == "alias":
            yield at, at + 5, "pass;"
            name = _NAME.match(text, at + 5)
            at = name.end() if name is not None else at + 5
        elif piece.lastgroup != "head":
            continue
        if text.startswith("[", at):
            end = _closing(text, at)
            if end is None:
                return
            yield at, end, _blank(text[at:end])
            at = end


def _closing(text: str, at: int) -> int | None:
    """Behind the bracket that closes the one at this place."""
    depth = 0
    for piece in _PIECES.finditer(text, at):
        depth += (piece.lastgroup == "open") - (piece.lastgroup == "close")
        if depth == 0 and piece.lastgroup == "close":
            return piece.end()
    return None


def _blank(text: str) -> str:
    """Blanks of the same lines and columns; a line break goes on in the next line."""
    lines = [" " * len(line) for line in text.split("\n")]
    return "\n".join((*(f"{line[:-1]}\\" for line in lines[:-1]), lines[-1]))
