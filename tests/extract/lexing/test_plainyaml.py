"""Plain YAML has the events of libyaml, and everything else has none."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modelaudit.extract.formats.yaml import parse
from modelaudit.extract.lexing import plainyaml
from modelaudit.extract.lexing.plainyaml import END, LIST, MAPPING, SCALAR, Event, events

PLAIN = """\
# where it runs
llm:
  provider: openai   # the account of the team
  model: gpt-4-0314
  fallback:
    - claude-2.1
    - "gpt-4.1"
  empty:
  limits:
  - name: a
    url: http://example.org/v1#part
  -
    name: 'b'
  - - 1
    - -2
on: [
"""


def libyaml(text: str) -> list[Event] | None:
    """The same from libyaml; None for what is not sound."""
    found: list[Event] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            if isinstance(event, yaml.ScalarEvent):
                assert event.start_mark is not None
                assert event.end_mark is not None
                found.append(Event(SCALAR, event.value, event.start_mark.index, event.end_mark.index, event.style or ""))
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                found.append(Event(MAPPING if isinstance(event, yaml.MappingStartEvent) else LIST))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                found.append(Event(END))
    except yaml.YAMLError:
        return None
    return found


def test_configuration_as_people_write_it() -> None:
    text = PLAIN.removesuffix("on: [\n")
    found = events(text)
    assert found is not None
    assert found == libyaml(text)
    assert [one.value for one in found if one.kind == SCALAR][:6] == ["llm", "provider", "openai", "model", "gpt-4-0314", "fallback"]


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "---\na: b\n", "a: b", "a:", "-", "- a\n-\n- b", "a:\n- b\nc: d\n", "a: b # c\n"]
)
def test_small_texts(text: str) -> None:
    assert events(text) is not None
    assert events(text) == libyaml(text)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "---\n",
        "a: [b]\n",
        "a: {b: c}\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: |\n  b\n",
        "a: >-\n  b\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "a: 'b\n  c'\n",
        'a: "b\\n"\n',
        "a: 'it''s'\n",
        '"a": b\n',
        "a:\tb\n",
        "a: b\r\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.1\n---\na: b\n",
        "a: - b\n",
        "- a\n b: c\n",
        " a: b\nc: d\n",
        "a: b\n c: d\n",
        "a:\n  b: c\n d: e\n",
        "- a\nb: c\n",
        "? a\n: b\n",
        "a: @b\n",
        "a: `b`\n",
        "a: b:\n",
        "{{ a }}: b\n",
        "just text\n",
        "- " * 1000,
        "a: \x07b\n",
        "a: \ufeffb\n",
        "a: b\u2028c: d\n",
    ],
)
def test_everything_else_is_left_to_libyaml(text: str) -> None:
    assert events(text) is None


_SPACES = st.sampled_from(["", "", " ", "  ", "  ", "    "])
_BODIES = st.sampled_from(
    ["a:", "b: c", "d: 'e'", 'f: "g"', "- h", "-", "- i: j", "- - k", "-   l: m", "n", "# o", "p: q # r", "s: t#u",
     "v: 'w' # x", "y : z", "a: -1", "a: -", "a: - b", "a: b: c", "a: b:", "a: :b", "a: ?b", "a: 'b' c", "a: 'b'c",
     "a:b", "---", "...", "- # a", "a: # b", "a.b/c-d: e", "-a", "-- a", "a: é", "é: b", "a:  b  c  ", "- 'a'",
     "- 'a': b", "a: ~", "a: <<", "<<: a", "a: =", "1: a", "a: b#", "a: #b", "a: '#'", "a: \\"]
)  # fmt: skip
_LINES = st.lists(st.builds(str.__add__, _SPACES, _BODIES), max_size=9)
_LETTERS = st.text(st.sampled_from("ab:-# \n'\"{}[]&*!|>%@`?,.~\\"), max_size=30)


@settings(max_examples=1500)
@given(st.one_of(_LINES.map("\n".join), _LINES.map(lambda lines: "\n".join([*lines, ""])), _LETTERS))
@example("a:\n- b\n  c: d")
@example("- a: b\n  c:\n  - d\n- e")
@example("a:\n  - b\n c: d")
@example("-\n  a: b\n-\nc")
def test_events_are_those_of_libyaml_or_none(text: str) -> None:
    found = events(text)
    if found is not None:
        assert found == libyaml(text)


@settings(max_examples=300)
@given(_LINES.map("\n".join))
def test_what_is_made_of_them_is_the_same(text: str) -> None:
    quick = parse(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainyaml, "events", lambda text: None)
        assert parse(text) == quick
