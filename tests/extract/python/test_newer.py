"""Syntax newer than the running Python is rewritten in place: lines and columns stay, and the old grammar reads the result."""

import ast
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.facts import FileFacts
from modelaudit.extract.python.apart import lowered_apart
from modelaudit.extract.python.newer import lowered

NEWER = {
    "quotes": 'x = f"{d["k"]} and {e["l"]!r:>{10}}"\n',
    "backslash": 'x = f"{"\\n".join(parts)}"\n',
    "nested": 'x = f"{f"{f"{1}"}"}"\n',
    "lines": "x = f'{\n    d  # why\n} tail'\ny = 1\n",
    "escaped": 'x = f"\\"{d["k"]}\\""\n',
    "raw": "x = rf'{d['k']}\\d'\n",
}


@pytest.mark.parametrize("name", NEWER)
def test_the_old_grammar_reads_it_at_the_same_places(name: str) -> None:
    text = NEWER[name] + 'call(model="gpt-4")\n'
    older = lowered(text)
    assert older is not None
    assert [len(line) for line in older.splitlines()] == [len(line) for line in text.splitlines()]
    tree = ast.parse(older, feature_version=(3, 11))
    last = tree.body[-1]
    assert ast.get_source_segment(older, last) == 'call(model="gpt-4")'
    assert last.lineno == text.count("\n")


@pytest.mark.parametrize("text", ["x = f'{a} {b!r}'\n", "x = f\"{d['k']}\"\n", "x = 1\n", "x = (\n", "", "f'''{\na}'''\n"])
def test_what_the_old_grammar_reads_or_nobody_does_is_left_alone(text: str) -> None:
    assert lowered(text) is None


@given(st.lists(st.sampled_from(["f'", '"', "{", "}", "a", "\\", "\n", "#", " "]), max_size=14))
def test_never_raises_and_keeps_the_shape(pieces: list[str]) -> None:
    text = "".join(pieces)
    older = lowered(text)
    if older is not None:
        assert [len(line) for line in older.split("\n")] == [len(line) for line in text.split("\n")]


def test_a_text_that_ends_the_second_parser_costs_nothing_but_itself() -> None:
    assert lowered_apart("x = f'{" + "(" * 200_000, SyntaxError("f-string: too many nested parenthesis")) is None


def test_other_errors_are_not_tried() -> None:
    assert lowered_apart("print 'x'\n", SyntaxError("Missing parentheses in call to 'print'")) is None
    assert lowered_apart('x = f"{d["k"]}"\n', SyntaxError("f-string: expecting '}'")) == 'x = r"{d["k"]}"\n'.replace('{d["k"]}', " " * 8)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it by itself")
def test_calls_are_followed_and_a_note_says_so(extract: Callable[[str], FileFacts]) -> None:
    facts = extract('MODEL = "gpt-4"\n' + NEWER["quotes"] + "def ask(): return OpenAI().responses.create(model=MODEL)\n")
    assert [literal.role.value for literal in facts.literals] == ["binding"]
    assert [site.callee for site in facts.sites] == ["OpenAI().responses.create"]
    assert [note.code for note in facts.notifications] == ["newer-syntax"]
