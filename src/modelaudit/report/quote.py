"""Quotes places of the scanned tree: paths that open on a click, source lines with a mark under the model ID."""

from __future__ import annotations

from modelaudit.domain.location import Span
from modelaudit.domain.report import Report
from modelaudit.report.escape import plain
from modelaudit.report.layout import Page, Piece, clip, piece, shorten_path

_TAB = "    "


class Quotes:
    """What may be quoted of the tree of one report."""

    def __init__(self, report: Report) -> None:
        self._root = report.root
        self._lines = dict(report.lines)

    def line(self, path: str, number: int) -> str | None:
        """The source line, if the report carries it."""
        return self._lines.get((path, number))

    def link(self, path: str) -> str | None:
        """The address of a file, where the root is absolute."""
        from modelaudit.report.uri import file_uri

        return file_uri(self._root, path)

    def place(self, page: Page, path: str, line: int, column: int | None = None, *, width: int | None = None) -> Piece:
        """`path:line:column`, in `width` columns when there is not room for more; in full when everything is asked for."""
        suffix = f":{line}" if column is None else f":{line}:{column}"
        room = (width or page.width) - len(suffix)
        shown = plain(path) if page.style.verbosity > 0 else shorten_path(path, room)
        return Piece(shown + suffix, "", self.link(path) if page.style.links else None, whole=True)

    def snippet(self, page: Page, path: str, span: Span, role: str, label: str) -> bool:
        """Write the source line of `span` with carets and a label below; False when the report does not carry the line."""
        text = self.line(path, span.line)
        if text is None:
            return False
        gutter = len(str(span.line))
        end = span.end_column if span.end_line == span.line else len(text) + 1
        cut = max(span.column - 1, 0)
        head, body, tail = (_clean(text[:cut]).lstrip(" "), _clean(text[cut : max(end - 1, cut)]), _clean(text[max(end - 1, cut) :]))
        indent = min(len(_clean(text[:cut])) - len(head), 4)
        room = page.width - gutter - 3 - indent
        shown, column, marked = clip(head + body + tail.rstrip(), len(head), len(head) + len(body), room)
        bar = Piece(" |", "gutter")
        page.line(Piece(" " * gutter), bar)
        page.line(Piece(f"{span.line}", "gutter"), bar, Piece(" " * (1 + indent) + shown))
        lead = (Piece(" " * gutter), bar, Piece(" " * (1 + indent + column)), Piece("^" * max(marked, 1), role))
        if gutter + 3 + indent + column + marked + 1 + len(label) <= page.width:
            page.line(*lead, Piece(" "), piece(label, role))
        else:
            page.line(*lead)
            page.text(piece(label, role), lead=(Piece(" " * gutter), bar, Piece("   ")), indent=gutter + 5)
        return True


def _clean(text: str) -> str:
    return plain(text.rstrip("\r\n").expandtabs(len(_TAB)))
