"""Any text gives facts or one of the errors that readers expect, and every span says where its text stands."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.domain.expr import Expr, Name, Text, children
from modelaudit.domain.facts import FileFacts, Role
from modelaudit.domain.location import Span
from modelaudit.extract.python.module import PARSE_ERRORS, extract_python, extract_python_or_lines
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.identify.identifier import Identifier

NAMES = st.sampled_from(["model", "MODEL", "client", "self", "kwargs", "f", "x", "os.environ", "π", "cfg.llm"])
TEXTS = st.sampled_from(["gpt-4", "gpt-4o", "o1", "openai/gpt-4o", "claude-3-haiku-20240307", "näh", "", "a b", "{}", "%s"])


def quoted(text: str) -> str:
    return repr(text)


ATOMS = st.one_of(NAMES, TEXTS.map(quoted), st.just("None"), st.integers(-3, 9).map(str))


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda two: f"({two[0]} or {two[1]})"),
        pair.map(lambda two: f"({two[0]} + {two[1]})"),
        pair.map(lambda two: f"({two[0]} if x else {two[1]})"),
        pair.map(lambda two: f"{{'model': {two[0]}, {two[1]}: 1, **{two[0]}}}"),
        pair.map(lambda two: f"[{two[0]}, *{two[1]}]"),
        pair.map(lambda two: f"({two[0]})[{two[1]}]"),
        pair.map(lambda two: f"client.chat.completions.create(model={two[0]}, **{two[1]})"),
        pair.map(lambda two: f"({two[0]}).get('model', {two[1]})"),
        inner.map(lambda one: f"f'openai/{{({one})}}'" if "'" not in one and "\\" not in one else one),
        inner.map(lambda one: f"(lambda model={one}: model)()"),
        inner.map(lambda one: f"[m for m in {one}]"),
        inner.map(lambda one: f"({one}).split('/')[-1]"),
        inner.map(lambda one: f"partial(f, {one})"),
        inner.map(lambda one: f"dict(model={one})"),
    )


EXPRESSIONS = st.recursive(ATOMS, _larger, max_leaves=12)
SIMPLE = st.one_of(
    st.tuples(st.sampled_from(["model", "cfg.llm", "self.model", "d['model']", "a, *b", "os.environ['M']"]), EXPRESSIONS).map(
        lambda two: f"{two[0]} = {two[1]}"
    ),
    EXPRESSIONS.map(lambda one: f"f(model={one})"),
    EXPRESSIONS.map(lambda one: f"model += {one}"),
    EXPRESSIONS.map(lambda one: f"return {one}"),
    st.sampled_from(["from openai import OpenAI", "import os", "global model", "pass  # gpt-4 here", "client = OpenAI()"]),
)


def _blocks(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    heads = st.sampled_from(
        ["if x:", "while x:", "for model in MODELS:", "def f(self, model='gpt-4'):", "class C(Base):", "try:", "with x as model:"]
    )

    def block(parts: tuple[str, list[str]]) -> list[str]:
        head, body = parts
        tail = ["except Exception:", "    model = 'gpt-4o'"] if head == "try:" else []
        return [head, *(f"    {line}" for line in body), *tail]

    return st.lists(st.tuples(heads, inner).map(block), min_size=1, max_size=3).map(lambda blocks: [line for one in blocks for line in one])


PROGRAMS = st.recursive(st.lists(SIMPLE, min_size=1, max_size=4), _blocks, max_leaves=5).map(
    lambda lines: "def main(self, **kwargs):\n" + "".join(f"    {line}\n" for line in lines)
)


@settings(max_examples=150, deadline=None)
@given(PROGRAMS)
def test_programs_give_facts_whose_places_hold(identifier: Identifier, vocabulary: CallVocabulary, text: str) -> None:
    try:
        facts = extract_python("case.py", text, identifier, vocabulary)
    except PARSE_ERRORS:
        return
    check(facts, text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("\"'gpt-4o()[]{}=,.:#\\ \t\nfrbxé\x00\u2028")), max_size=80))
def test_any_text_is_read_one_way_or_the_other(identifier: Identifier, vocabulary: CallVocabulary, text: str) -> None:
    check(extract_python_or_lines("case.py", text, identifier, vocabulary), text)


@pytest.mark.parametrize(
    "text",
    ["x = " + "(" * 5000 + ")" * 5000, "x = " + "+".join(["1"] * 20000), "x = " + "[" * 90 + '"gpt-4"' + "]" * 90, "a." * 5000 + "b"],
    ids=["brackets", "sum", "lists", "attributes"],
)
def test_deep_nesting_ends(identifier: Identifier, vocabulary: CallVocabulary, text: str) -> None:
    check(extract_python_or_lines("case.py", text, identifier, vocabulary), text)


def test_a_file_with_any_line_ends_has_the_same_places(extract: Callable[[str], FileFacts]) -> None:
    text = 'a = 1\nMODEL = "gpt-4"  # gpt-4o\n'
    places = [[literal.span for literal in extract(text.replace("\n", end)).literals] for end in ("\n", "\r\n", "\r")]
    assert places[0] == places[1] == places[2] == [Span(2, 10, 2, 15), Span(2, 20, 2, 26)]


def test_a_very_long_line_is_told_by_what_is_near(identifier: Identifier, vocabulary: CallVocabulary) -> None:
    line = "x = " + "a.b" * 100_000 + "+" * 10_000 + '(model="gpt-4o", y == "gpt-4")'
    facts = extract_python_or_lines("a.py", line, identifier, vocabulary)
    assert [(literal.text, literal.role) for literal in facts.literals] == [("gpt-4o", Role.ARGUMENT), ("gpt-4", Role.COMPARISON)]


def check(facts: FileFacts, text: str) -> None:
    """Facts travel between processes, spans lie in the file, and the file reads as plain literals say."""
    assert pickle.loads(pickle.dumps(facts)) == facts
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for span in _spans(facts):
        assert 1 <= span.line <= span.end_line <= len(rows)
        assert 1 <= span.column <= len(rows[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(rows[span.end_line - 1]) + 1
    for literal in facts.literals:
        span = literal.span
        written = rows[span.line - 1][span.column - 1 : span.end_column - 1]
        if span.line == span.end_line and "\\" not in written and literal.context != "implicit default":
            assert literal.text in written or "'" in written or '"' in written


def _spans(facts: FileFacts) -> Iterator[Span]:
    yield from (literal.span for literal in facts.literals)
    yield from (site.span for site in facts.sites)
    yield from (call.span for call in facts.calls)
    yield from (function.span for function in facts.functions)
    yield from (binding.span for binding in facts.bindings if binding.span.line)
    for binding in facts.bindings:
        yield from _inside(binding.value)


def _inside(value: Expr) -> Iterator[Span]:
    waiting = [value]
    while waiting:
        present = waiting.pop()
        if isinstance(present, Text | Name) and present.span.line:
            yield present.span
        waiting += children(present)
