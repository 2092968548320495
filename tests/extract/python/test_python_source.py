"""Places of strings and of the parts of f-strings."""

import ast

import pytest

from modelaudit.domain.location import Span
from modelaudit.extract.python.source import Source


def parts(text: str) -> list[str]:
    """What the file reads at the places of an f-string's constant parts."""
    node = ast.parse(text).body[-1]
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.JoinedStr)
    source = Source(text)
    return [read(text, span) for span in source.pieces(node.value)]


def read(text: str, span: Span) -> str:
    """The text at a span."""
    rows = text.split("\n")
    if span.line == span.end_line:
        return rows[span.line - 1][span.column - 1 : span.end_column - 1]
    between = rows[span.line : span.end_line - 1]
    return "\n".join([rows[span.line - 1][span.column - 1 :], *between, rows[span.end_line - 1][: span.end_column - 1]])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('f"a{x}b"', ["a", "b"]),
        ('f"{x}gpt-4"', ["gpt-4"]),
        ('f"ä{x}gpt-4"', ["ä", "gpt-4"]),
        ('f"""one\n{x} two\n three {y}\nfour"""', ["one\n", " two\n three ", "\nfour"]),
        ('1\nf"same{x}same"', ["same", "same"]),
    ],
)
def test_parts_of_an_f_string_stand_where_they_are_written(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


def test_a_part_with_escapes_gets_the_whole_f_string() -> None:
    assert parts('f"a\\n{x}b"') == ['f"a\\n{x}b"', "b"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"gpt-4"', "gpt-4"),
        ("r'gpt-4'", "gpt-4"),
        ('"""gpt-4"""', "gpt-4"),
        ('("ä", "gpt-4")', "gpt-4"),
        ('""', ""),
    ],
)
def test_inside_is_without_prefix_and_quotes(text: str, wanted: str) -> None:
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert read(text, Source(text).inside(strings[-1])) == wanted


def test_strings_put_side_by_side_stand_from_the_first_to_the_last() -> None:
    text = 'x = ("anthropic."\n     "claude")'
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert Source(text).inside(strings[0]) == Span(1, 7, 2, 13)
