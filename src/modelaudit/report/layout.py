"""Lays text out in columns of a terminal: display width, wrapping with a hanging indent, clipping, shortened paths.

Text is cleaned when a `Piece` is made, so nothing that came from the scanned tree reaches a terminal as it stood there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from modelaudit.domain.record import NamedTuple
from modelaudit.report.escape import plain
from modelaudit.report.style import Style, paint

ELLIPSIS = "..."
_NARROWEST, _WIDEST = 40, 120
"""Columns; longer lines are hard to read, however wide the terminal."""


class Piece(NamedTuple):
    """A run of clean text in one role; made by `piece`."""

    text: str
    role: str = ""
    link: str | None = None
    whole: bool = False
    """True when the text stays on one line."""


def piece(text: str, role: str = "", *, link: str | None = None, whole: bool = False) -> Piece:
    """A run of text from anywhere, neutralised."""
    return Piece(plain(text), role, link, whole)


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # only text outside ASCII pays for the table

    width = 0
    for character in text:
        if category(character) not in {"Mn", "Me", "Cf"}:
            width += 2 if east_asian_width(character) in "WF" else 1
    return width


def wrap(pieces: Sequence[Piece], width: int, *, first: int = 0, rest: int = 0) -> list[list[Piece]]:
    """`pieces` in lines that end at column `width`, when the first one starts at column `first` and all others at `rest`."""
    line: list[Piece] = []
    lines = [line]
    used = first
    for word, size in _words(pieces, max(width - rest, 1)):
        gap = 1 if line else 0
        if used + gap + size > width and (line or first > rest or size > width - rest):
            line = []
            lines.append(line)
            used, gap = rest, 0
        _join(line, word, gap)
        used += gap + size
    return lines


def shorten_path(path: str, width: int) -> str:
    """`path` in at most `width` columns: the middle gives way, since the first folder and the end say most."""
    path = plain(path)
    if display_width(path) <= width:
        return path
    parts = path.split("/")
    for keep in range(len(parts) - 2, 0, -1):
        short = "/".join((parts[0], ELLIPSIS, *parts[-keep:]))
        if display_width(short) <= width:
            return short
    return clip_left(parts[-1], width)


def clip(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a clean line around offsets `start` to `end` in at most `width` columns, and that stretch's column and width in it."""
    head, body, tail = text[:start], clip_right(text[start:end], width), text[end:]
    room = max(width - display_width(body), 0)
    before = min(display_width(head), max(room - display_width(tail), room * 2 // 3))
    head = clip_left(head, before)
    tail = clip_right(tail, room - display_width(head))
    return head + body + tail, display_width(head), display_width(body)


def clip_right(text: str, width: int) -> str:
    """The beginning of `text` in at most `width` columns."""
    if display_width(text) <= width:
        return text
    kept = _fitting(text, width - len(ELLIPSIS))
    return kept + ELLIPSIS[: max(width, 0)]


def clip_left(text: str, width: int) -> str:
    """The end of `text` in at most `width` columns."""
    if display_width(text) <= width:
        return text
    kept = _fitting(text[::-1], width - len(ELLIPSIS))[::-1]
    return ELLIPSIS[: max(width, 0)] + kept


class Page:
    """Writes laid out lines to a stream."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self.style = style
        self.width = min(max(style.width, _NARROWEST), _WIDEST)

    def line(self, *pieces: Piece) -> None:
        """One line as it is."""
        self._out.write("".join(paint(part.text, part.role, part.link, self.style) for part in pieces) + "\n")

    def text(self, *pieces: Piece, lead: Sequence[Piece] = (), indent: int = 0) -> None:
        """Running text that begins behind `lead` and is wrapped; its further lines begin at column `indent`."""
        taken = sum(display_width(part.text) for part in lead)
        if taken + sum(display_width(part.text) for part in pieces) <= self.width:
            self.line(*lead, *pieces)
            return
        for number, line in enumerate(wrap(pieces, self.width, first=taken, rest=indent)):
            spare = self.width - sum(display_width(part.text) for part in line)
            pad = Piece(" " * min(indent, max(spare, 2)))  # what cannot be torn and is too long begins further left
            self.line(*(lead if number == 0 else (pad,)), *line)


def _join(line: list[Piece], word: list[Piece], gap: int) -> None:
    """Put a word at the end of a line; what looks the same becomes one piece."""
    last = line[-1] if line else None
    if last is not None and not last.whole and len(word) == 1 and not word[0].whole and last[1:] == word[0][1:]:
        line[-1] = Piece(f"{last.text} {word[0].text}" if gap else last.text + word[0].text, last.role, last.link)
        return
    if gap:
        line.append(Piece(" "))
    line.extend(word)


def _words(pieces: Sequence[Piece], width: int) -> Iterator[tuple[list[Piece], int]]:
    """What may not be torn apart, with its width: text up to the next space, through the borders of pieces."""
    word: list[Piece] = []
    for part in pieces:
        if part.whole:
            word.append(part)
            continue
        for number, text in enumerate(part.text.split(" ")):
            if number and word:
                yield from _fit(word, width)
                word = []
            if text:
                word.append(Piece(text, part.role, part.link))
    if word:
        yield from _fit(word, width)


def _fit(word: list[Piece], width: int) -> Iterator[tuple[list[Piece], int]]:
    """A word that fits no line is cut, unless it is an address, which must stay in one to be opened."""
    size = display_width(word[0].text) if len(word) == 1 else sum(display_width(part.text) for part in word)
    if size <= width or any("://" in part.text or part.whole for part in word):
        yield word, size
        return
    for part in word:
        text = part.text
        while text:
            kept = _fitting(text, width) or text[0]
            yield [Piece(kept, part.role, part.link)], display_width(kept)
            text = text[len(kept) :]


def _fitting(text: str, width: int) -> str:
    if text.isascii():
        return text[: max(width, 0)]
    used = 0
    for number, character in enumerate(text):
        used += display_width(character)
        if used > width:
            return text[:number]
    return text
