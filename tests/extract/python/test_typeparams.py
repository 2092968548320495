"""Type parameters and aliases are blanked out: lines and columns stay, and the old grammar reads the result."""

import ast
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.facts import FileFacts
from modelaudit.extract.python import apart
from modelaudit.extract.python.typeparams import without_type_parameters

OLDER = {
    "alias": ("type Names = list[str]\n", "pass;Names = list[str]\n"),
    "generic alias": ("if x:\n    type Table[K, V] = dict[K, V]\n", "if x:\n    pass;Table       = dict[K, V]\n"),
    "alias behind another statement": ("x = 1; type A = int\n", "x = 1; pass;A = int\n"),
    "class": ("class Box[T](Base[T]): ...\n", "class Box   (Base[T]): ...\n"),
    "function": ("async def put[U: (int, str)](x: U): ...\n", "async def put               (x: U): ...\n"),
    "brackets in strings": ("def a[T: 'x]'](b): ...\n", "def a         (b): ...\n"),
    "several lines": ("def a[\n    T: int,  # ]\n](b): ...\n", f"def a\\\n{' ' * 15}\\\n (b): ...\n"),
}


@pytest.mark.parametrize("name", OLDER)
def test_the_old_grammar_reads_it_at_the_same_places(name: str) -> None:
    text, older = OLDER[name]
    assert without_type_parameters(text) == older
    ast.parse(older, feature_version=(3, 11))
    if sys.version_info >= (3, 12):
        ast.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "type = 1\n",
        "type[x] = 1\n",
        "print(type, x)\n",
        "(type in [1])\n",
        "'''\ntype X = int\n'''\n",
        "# class A[T]\n",
        "def a[T(b):\n",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert without_type_parameters(text) is None


@pytest.mark.parametrize("piece", ['\\"""\n', "''" + "'", '"\\\n', "def a["])
def test_what_is_never_closed_is_looked_through_once(piece: str) -> None:
    assert without_type_parameters(piece * 20_000) is None


@given(
    st.lists(
        st.sampled_from(["type X = 1\n", "class A[T", "def f[", "]", "(", ")", "\n", ": pass\n", '"', "'", "#", "\\", " "]), max_size=16
    )
)
def test_never_raises_and_keeps_the_shape(pieces: list[str]) -> None:
    text = "".join(pieces)
    older = without_type_parameters(text)
    if older is not None:
        assert [len(line) for line in older.split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it by itself")
def test_calls_are_followed_without_the_second_parser(extract: Callable[[str], FileFacts], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "lowered_apart", lambda text, error: pytest.fail("a process was started"))
    text = 'type Name = str\nMODEL: Name = "gpt-4"\nclass A[T]:\n    def ask[U](self): return OpenAI().responses.create(model=MODEL)\n'
    facts = extract(text)
    assert [(literal.text, literal.span.line) for literal in facts.literals] == [("gpt-4", 2)]
    assert [(site.callee, site.span.line) for site in facts.sites] == [("OpenAI().responses.create", 4)]
    assert [note.message.rpartition("; ")[2] for note in facts.notifications] == ["read without its type parameters"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it by itself")
def test_a_new_string_among_type_parameters_is_left_to_the_second_parser(extract: Callable[[str], FileFacts]) -> None:
    facts = extract('def ask[T](x: T):\n    return OpenAI().responses.create(model="gpt-4", input=f"{x["a"]}")\n')
    assert [literal.text for literal in facts.literals] == ["gpt-4"]
    assert [note.message.rpartition("; ")[2] for note in facts.notifications] == ["read by a second parser"]
