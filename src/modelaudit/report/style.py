"""How a report may look: colour, width, links, how much is said."""

from __future__ import annotations

from modelaudit.domain.record import NamedTuple


class Style(NamedTuple):
    """Decided once, by the command line, from flags, environment and terminal."""

    color: bool = False
    width: int = 80
    """Columns to fill; text is wrapped to it."""
    links: bool = False
    """True when the terminal shows OSC 8 hyperlinks."""
    verbosity: int = 0
    """-1 quiet, 0 usual, 1 everything."""


PLAIN = Style()

_SGR = {
    "critical": "1;97;41",
    "high": "1;31",
    "medium": "1;33",
    "low": "36",
    "info": "34",
    "strong": "1",
    "dim": "2",
    "gutter": "34",
    "good": "32",
    "warn": "33",
    "mark": "1;31",
    "heading": "1;32",
    "option": "1;36",
    "value": "36",
}
"""Select Graphic Rendition codes, by role: the sixteen colours that every terminal theme defines, no others."""


def paint(text: str, role: str, link: str | None, style: Style) -> str:
    """`text` in the colours of `role` and behind `link`, as far as the style allows; `text` and `link` are already neutralised."""
    if not text:
        return text
    code = _SGR.get(role)
    if style.color and code is not None:
        text = f"\x1b[{code}m{text}\x1b[0m"
    if style.links and link is not None:
        text = f"\x1b]8;;{link}\x1b\\{text}\x1b]8;;\x1b\\"
    return text
