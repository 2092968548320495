"""Text from a scanned tree acts on nothing that shows it."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.report import escape

HOSTILE = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("\x1b\x9b\u202e\u200b:#[]()<>&`|*@\n\r\t ab\udcff\U000e0041"), max_size=30
)


@given(HOSTILE)
def test_plain_text_holds_nothing_invisible_and_stays_on_one_line(text: str) -> None:
    shown = escape.plain(text)
    assert not [character for character in shown if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff") & set(shown)
    shown.encode("utf-8")


@given(HOSTILE)
def test_plain_text_starts_no_command_wherever_it_is_wrapped(text: str) -> None:
    shown = escape.plain(text)
    assert not [word for word in shown.split() if word.startswith("::")]
    assert not re.search(r"##(\[|vso\[|teamcity\[)", shown, re.IGNORECASE)


@given(HOSTILE)
def test_neutralising_twice_changes_nothing(text: str) -> None:
    assert escape.plain(escape.plain(text)) == escape.plain(text)


@given(HOSTILE)
def test_markup_has_no_live_character_and_shows_the_plain_text(text: str) -> None:
    shown = escape.markup(text)
    assert not set("<>\"'") & set(shown)
    assert html.unescape(shown) == escape.plain(text)


@given(HOSTILE)
def test_an_annotation_stays_one_command(text: str) -> None:
    assert not set("\r\n") & set(escape.command_data(text))
    assert not set("\r\n:,") & set(escape.command_property(text))


@pytest.mark.parametrize("text", ["src/models.py", "ünïcödé/模型.py", "a::b", "std::string x", "# a comment", "gpt-4-0613 -> gpt-5"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert escape.plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb", "a\\x0ab"),
        ("a\tb", "a b"),
        ("evil\u202egnp.py", "evil\\u202egnp.py"),
        ("caf\udce9.py", "caf\\xe9.py"),
        ("::error::x", "\\x3a:error::x"),
        ("see ::error::x", "see \\x3a:error::x"),
        ("##[group]x", "\\x23#[group]x"),
        ("##vso[task]", "\\x23#vso[task]"),
    ],
)
def test_what_acts_becomes_visible(text: str, shown: str) -> None:
    assert escape.plain(text) == shown


@pytest.mark.parametrize(
    "text", ["@everyone", "fixes #1", "**bold**", "[x](javascript:alert(1))", "<img src=x>", "https://evil.example", "www.evil.example"]
)
def test_markdown_words_are_only_words(text: str) -> None:
    shown = escape.markdown(text)
    assert not re.search(r"(?<!\\)[*_\[\]<>`]", shown)
    assert not re.search(r"[@#]\w", shown.replace("&#", ""))
    assert "://" not in shown
    assert "www." not in shown


@pytest.mark.parametrize("text", ["a`b", "``", "`x`", "a|b", "", "x``y`z"])
def test_a_code_span_cannot_be_left(text: str) -> None:
    span = escape.code(text, cell=True)
    fence = re.match(r"`+", span)
    assert fence is not None
    inside = span[len(fence[0]) : -len(fence[0])]
    assert span.endswith(fence[0])
    assert len(fence[0]) not in {len(run) for run in re.findall(r"`+", inside)}
    assert not re.search(r"(?<!\\)\|", inside)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a.example/\x1b", 'https://a.example/"x', "file:///etc/passwd", "https://ü.example"]
)
def test_odd_addresses_are_no_links(text: str) -> None:
    assert escape.url(text) is None


def test_a_page_of_a_provider_is_a_link() -> None:
    assert escape.url("https://ai.google.dev/gemini-api/docs/deprecations") is not None


def test_data_for_programs_is_exact_save_for_bytes_that_no_encoding_carries() -> None:
    assert escape.well_formed("a\x1b\u202eü") == "a\x1b\u202eü"
    assert escape.well_formed("caf\udce9") == "caf\\xe9"
