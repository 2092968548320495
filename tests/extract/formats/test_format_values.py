"""What the readers of YAML, TOML, JSON and .env read, compared with the parsers of those languages."""

from __future__ import annotations

import json
import tomllib

import yaml
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.document import Document, Kind, Path
from modelaudit.extract import formats

KEYS = st.text(alphabet="abcXYZ-_. é/:\"'", min_size=1, max_size=8).filter(lambda key: key.strip() == key and key != "<<")
SCALARS = st.text(alphabet="gpt-4o {}[]#:,'\"\\/é😀\n\t", max_size=20)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3), max_leaves=12
)
TABLES = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)


@given(tree=TABLES)
def test_json_says_what_json_says(tree: dict[str, object]) -> None:
    for text in (json.dumps(tree), json.dumps(tree, indent=2, ensure_ascii=False)):
        assert entries(formats.parse("json", text)) == flat(tree)


@given(tree=TABLES, style=st.sampled_from([None, "'", '"', "|", ">"]), flow=st.booleans())
def test_yaml_says_what_yaml_says(tree: dict[str, object], style: str | None, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_style=style, default_flow_style=flow, allow_unicode=True)
    wanted = [(path, value) for path, value in flat(yaml.safe_load(text)) if value]
    assert [(path, value) for path, value in entries(formats.parse("yaml", text)) if value] == wanted


@given(tree=TABLES)
def test_toml_says_what_toml_says(tree: dict[str, object]) -> None:
    text = "".join(f"{json.dumps(key)} = {inline(value)} # {key}\n" for key, value in tree.items())
    assert entries(formats.parse("toml", text)) == flat(tomllib.loads(text))


def test_toml_tables_and_arrays_of_tables() -> None:
    text = 'a.b = "1"\n[x]\ny = "2"\n[[p]]\nq = "3"\n[[p]]\nq = """\nfour"""\n[p.r]\ns = \'5\'\n["d.o".t]\nu = [\n  "6", # six\n  "7",\n]\n'
    assert entries(formats.parse("toml", text)) == flat(tomllib.loads(text))


def test_a_line_that_is_no_toml_does_not_hide_the_next() -> None:
    text = 'model = = [\n[llm]\nmodel = "gpt-4"\n'
    document = formats.parse("toml", text)
    assert (("llm", "model"), "gpt-4") in entries(document)
    assert [note.code for note in document.notifications] == ["malformed-toml"]


def test_env_reads_quotes_exports_and_comments() -> None:
    text = 'A=1 # one\nexport B=\'two # 2\'\nC="a\\nb"\n# D=4\nE=\nF=x=y\nG="over\nlines"\n'
    document = formats.parse("env", text)
    assert [(value.path, value.text) for value in document.values] == [
        (("A",), "1"),
        (("B",), "two # 2"),
        (("C",), "a\nb"),
        (("E",), ""),
        (("F",), "x=y"),
        (("G",), "over\nlines"),
    ]
    assert [comment.text for comment in document.comments] == ["one", "D=4"]


def test_a_quote_that_is_never_closed_does_not_swallow_the_next_variable() -> None:
    document = formats.parse("env", 'A="unclosed\nB="two"\n')
    assert [(value.path, value.text) for value in document.values] == [(("A",), '"unclosed'), (("B",), "two")]


def test_templates_in_yaml_are_read_by_lines() -> None:
    text = (
        "{{- if .Values.x }}\na:\n  - name: M\n"
        '    value: {{ .Values.m | default "gpt-4" }}\n  - b: |\n      text\n{{- end }}\nc: [x, "y"] # end\n'
    )
    document = formats.parse("yaml", text)
    assert entries(document) == [
        (("a", 0, "name"), "M"),
        (("a", 0, "value"), '{{ .Values.m | default "gpt-4" }}'),
        (("a", 1, "b"), "text"),
        (("c", 0), "x"),
        (("c", 1), "y"),
    ]
    assert [note.code for note in document.notifications] == ["malformed-yaml"]


def test_comments_in_yaml_are_only_real_ones() -> None:
    text = "a: 'x # y' # one\nb: |  # two\n  text # not\n# three\nc: d#e\n"
    assert [comment.text for comment in formats.parse("yaml", text).comments] == ["one", "two", "three"]


def entries(document: Document) -> list[tuple[Path, str]]:
    return [(value.path, value.text) for value in document.values if value.kind is Kind.ENTRY and (value.quoted or value.text)]


def flat(tree: object, path: Path = ()) -> list[tuple[Path, str]]:
    if isinstance(tree, dict):
        return [entry for key, value in tree.items() for entry in flat(value, (*path, key))]
    if isinstance(tree, list):
        return [entry for number, value in enumerate(tree) for entry in flat(value, (*path, number))]
    return [(path, str(tree))]


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)
