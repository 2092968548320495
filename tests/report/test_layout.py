"""Columns of a terminal: widths, wrapping, clipping."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.report.layout import Page, clip, display_width, piece, shorten_path, wrap
from modelaudit.report.style import Style

WORDS = st.lists(st.text("abc模é\u0301 -", max_size=30), max_size=8)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("模型", 4), ("e\u0301", 1), ("ü", 1), ("", 0)])
def test_width_is_counted_in_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@given(WORDS, st.integers(20, 90), st.integers(0, 15))
def test_no_wrapped_line_is_wider_than_the_page_and_no_word_is_lost(texts: list[str], width: int, indent: int) -> None:
    pieces = [piece(text, "dim" if number % 2 else "") for number, text in enumerate(texts)]
    lines = wrap(pieces, width, first=indent, rest=indent)
    assert all(indent + sum(display_width(part.text) for part in line) <= width for line in lines)
    assert "".join(part.text for line in lines for part in line).replace(" ", "") == "".join(texts).replace(" ", "")


def test_an_address_is_never_torn() -> None:
    address = "https://example.org/" + "a" * 90
    lines = wrap([piece("see"), piece(f" {address} there")], 40)
    assert [part.text for line in lines for part in line if "example" in part.text] == [address]


def test_further_lines_hang_below_the_text() -> None:
    out = io.StringIO()
    Page(out, Style(width=40)).text(piece("one two three four five six seven eight nine"), lead=(piece("label "),), indent=6)
    assert out.getvalue().splitlines() == ["label one two three four five six seven", "      eight nine"]


@pytest.mark.parametrize(
    ("path", "width", "shown"),
    [
        ("src/app.py", 20, "src/app.py"),
        ("services/billing/app/llm/providers/client.py", 34, "services/.../providers/client.py"),
        ("services/billing/app/llm/providers/client.py", 24, "services/.../client.py"),
        ("services/a_very_long_module_name_indeed.py", 20, "...e_name_indeed.py"[-20:]),
    ],
)
def test_the_middle_of_a_path_gives_way(path: str, width: int, shown: str) -> None:
    assert display_width(shorten_path(path, width)) <= width
    assert shorten_path(path, width).endswith(shown[-10:])
    if "/..." in shown or path == shown:
        assert shorten_path(path, width) == shown


@given(st.text("ab模 ", min_size=1, max_size=300), st.data())
def test_a_clipped_line_shows_the_marked_stretch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 20)))
    shown, column, marked = clip(text, start, end, 60)
    assert display_width(shown) <= 60
    assert text[start:end] in shown
    assert marked == display_width(text[start:end])
    assert display_width(shown[: shown.index(text[start:end], max(column // 2 - 1, 0))]) <= 60


def test_colour_and_links_only_where_the_style_says() -> None:
    plain, rich = io.StringIO(), io.StringIO()
    Page(plain, Style()).line(piece("x", "critical", link="https://a.example"))
    Page(rich, Style(color=True, links=True)).line(piece("x", "critical", link="https://a.example"))
    assert plain.getvalue() == "x\n"
    assert rich.getvalue() == "\x1b]8;;https://a.example\x1b\\\x1b[1;97;41mx\x1b[0m\x1b]8;;\x1b\\\n"
