"""What every format reader promises, whatever it is given: no exception, places inside the file, text where the places say, linear time."""

from __future__ import annotations

import time
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.discover.languages import language_of
from modelaudit.domain.document import Document
from modelaudit.domain.location import Span
from modelaudit.extract import formats
from modelaudit.extract.lexing.positions import Positions

READERS = (
    *(
        "baml",
        "bicep",
        "dockerfile",
        "env",
        "groovy",
        "hcl",
        "ini",
        "javascript",
        "json",
        "jsonl",
        "makefile",
        "markdown",
        "modelfile",
        "shell",
        "sql",
    ),
    *("text", "toml", "xml", "yaml"),
)

# Pieces that the formats give a meaning to, so that random joins of them reach deep into the readers.
PIECES = st.sampled_from(
    [
        "gpt-4o",
        "model",
        "MODEL",
        "é😀",
        "\\",
        "\\u00e9",
        "\\n",
        '"',
        "'",
        "`",
        '"""',
        "'''",
        "#",
        "//",
        "/*",
        "*/",
        "<!--",
        "-->",
        "---",
        "+++",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "    ",
        "\u2028",
        "\x85",
        "\x0b",
        "\ufeff",
        "\x00",
        ":",
        ": ",
        "- ",
        "=",
        "==",
        "===",
        "=>",
        "?",
        "||",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "</",
        "/>",
        ",",
        ";",
        ".",
        "&a",
        "*a",
        "|",
        ">-",
        "|\n  ",
        "${",
        "$(",
        "{{",
        "}}",
        "${X:-",
        "$",
        "<<EOF",
        "EOF",
        "<<-EOF\n",
        "\nEOF\n",
        "<<: *a",
        "!Sub ",
        "RUN ",
        "ENV ",
        "case ",
        " in ",
        "[ ",
        "for ",
        "{%",
        "%}",
        "{{/*",
        "*/}}",
        "$env:M = ",
        "ARG ",
        "export ",
        "client<llm> ",
        'resource "a" "b" {',
        "--model ",
        "-e ",
        "const ",
        "process.env.",
        "new ",
        "return ",
        "case ",
        "FROM ",
        "@",
        "0.7",
        "-1",
        "true",
        "<model>",
        "]]>",
        '#"',
        '"#',
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_read_and_every_place_is_right(name: str, text: str) -> None:
    document = formats.parse(name, text)
    check(document, text)


@pytest.mark.parametrize("name", READERS)
def test_an_empty_file_says_nothing(name: str) -> None:
    document = formats.parse(name, "")
    assert not document.values
    assert not document.comments


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "piece",
    [
        *("[", "{", "(", '"', "'", "`", '"\\"', "\\", "{\n", "- ", "- - ", "a:\n ", "a: {", "[a, ", "&a [*a, ", "? ", '"""\\', "'''"),
        *("<a ", "<a b='", "<!--", "/*", "<<A\n", "${", "$(", "${A:-", "{{", "a=b ", "a='b\n", 'a="b\n', "--m x ", "# x\n", "A=1,", "x\n"),
        *("<a>", "ENV a=b \\\n", "`${", "a.b.", "/x", "/[", "[[a]]\n", "a=[\n", "=>", "x ? ", "'''\\", "RUN <<A\n", "cat <<A <<B\n"),
    ],
)
def test_time_grows_with_the_text(name: str, piece: str) -> None:
    small, large = (measure(name, piece * (count // len(piece))) for count in (2_000, 8_000))
    # Four times the text may take ten times as long; a quadratic reader would take sixteen times. Short times are noise.
    assert large < 0.03 or large < 10 * small


def test_every_reader_is_tested_here() -> None:
    assert frozenset(READERS) == formats._READERS


def test_discovery_and_readers_agree_on_file_names() -> None:
    for name in READERS:
        module = import_module(f"modelaudit.extract.formats.{name}")
        assert name == module.NAME
        for pattern in module.PATTERNS if name != "text" else ():
            file = pattern.replace("*", "some")
            assert formats.reader(language_of(file) or "text", file) == name, file


def check(document: Document, text: str) -> None:
    positions = Positions(text)
    for value in document.values:
        inside(value.span, positions, text)
        if value.plain:
            assert at(value.span, positions, text) == value.text
    for comment in document.comments:
        inside(comment.span, positions, text)
        if comment.body is not None:
            assert at(comment.body, positions, text) == comment.text
    for piece in document.embedded:
        assert len(piece.origins) >= piece.text.rstrip("\n").count("\n") + 1
        for origin in piece.origins:
            inside(Span(origin.line, origin.column, origin.line, origin.column), positions, text)


def inside(span: Span, positions: Positions, text: str) -> None:
    start, end = positions.offset(span.line, span.column), positions.offset(span.end_line, span.end_column)
    assert 0 <= start <= end <= len(text)
    assert positions.span(start, end) == span


def at(span: Span, positions: Positions, text: str) -> str:
    return text[positions.offset(span.line, span.column) : positions.offset(span.end_line, span.end_column)]


def measure(name: str, text: str) -> float:
    best = 9.0
    for _ in range(2):
        began = time.process_time()
        formats.parse(name, text)
        best = min(best, time.process_time() - began)
    return best
