"""Whatever bytes a file holds, extracting it ends without a defect, and every place it tells lies inside the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit import engine
from modelaudit.config.settings import Settings
from modelaudit.discover.decode import decode
from modelaudit.discover.languages import language_of
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.location import Span
from modelaudit.extract.extractor import Extractor
from modelaudit.extract.lexing.positions import Positions
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

NAMES = (
    *("a.py", "a.ipynb", "values.yaml", "templates/deployment.yaml", ".github/workflows/ci.yml", ".gitlab-ci.yml", "azure-pipelines.yml"),
    *("compose.yaml", "litellm_config.yaml", "promptfooconfig.yaml", "config/agents.yaml", "template.yaml", "a.json", "settings.jsonc"),
    *("a.jsonl", "config.toml", ".env", "settings.ini", "app.properties", "main.tf", "prod.tfvars", "main.bicep", "Dockerfile", "Makefile"),
    *("run.sh", "run.ps1", "a.js", "a.tsx", "a.sql", "a.xml", "AGENTS.md", "a.prompty", "a.baml", "Modelfile", "Jenkinsfile"),
)
"""At least one of every format, and of files that a key rule or a linker's name knows."""

PIECES = (
    *(b"gpt-4o", b"claude-3-haiku-20240307", b"model", b"MODEL", b"id", b"name", b"value", b"default", b"env", b"providers"),
    *(b"model_list:\n  - litellm_params:\n      model: ", b"  ", b"\n", b"\r\n", b"\t", b" ", b"- ", b": ", b"=", b" = ", b"==", b","),
    *(b'"', b"'", b"`", b"\\", b"#", b"//", b"/*", b"*/", b"<!--", b"---\n", b"{", b"}", b"[", b"]", b"[]", b"(", b")", b"<", b"</", b">"),
    *(b"${", b"${X:-", b"$(X)", b"{{ .Values.x | default ", b"}}", b"{% if ", b"%}", b"|\n  ", b">-\n  ", b"&a ", b"*a", b"<<: *a"),
    *(b"!Sub ", b"!Ref "),
    *(b"RUN ", b"CMD ", b"CMD []\n", b"ENTRYPOINT [", b"ENV ", b"ARG ", b"FROM ", b"<<EOF\n", b"EOF\n", b"--model ", b"-e ", b"export "),
    *(b"case ", b" in ", b"esac", b"if ", b"for ", b"do ", b"done", b"const ", b"process.env.", b"=>", b"?", b"||", b"return "),
    *(b"INSERT INTO t (a, model) VALUES (", b"UPDATE t SET ", b"WHERE ", b";", b'variable "m" {'),
    *(b'module "m" {\n source = "./m"\n', b"var.m"),
    *(b"\xff", b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\x1b[31m", b"0.7", b"true", b"null"),
)
BYTES = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    feed = load(None, None)
    options = Settings()
    return engine.extractor(options, feed, Identifier(feed), engine.call_vocabulary(options, feed))


@pytest.mark.parametrize("path", NAMES)
@settings(max_examples=80, deadline=None)
@given(data=BYTES)
def test_any_bytes_are_read_and_every_place_lies_in_the_file(extractor: Extractor, path: str, data: bytes) -> None:
    language = language_of(path.rpartition("/")[2])
    assert language is not None
    facts = extractor.extract(path, language, data)
    if not isinstance(facts, FileFacts):
        return
    assert not [note for note in facts.notifications if note.level == "error"]
    text = decode(data, python=language == "python").text
    positions = Positions(text)
    for literal in facts.literals:
        said = inside(literal.span, positions, text)
        assert said == literal.text or hides(said, literal.text)
    for binding in facts.bindings:
        inside(binding.span, positions, text)
    for site in facts.sites:
        inside(site.span, positions, text)


def test_an_empty_list_of_words_is_no_command(extractor: Extractor) -> None:
    facts = extractor.extract("Dockerfile", "dockerfile", b'FROM x\nENV MODEL=gpt-4o\nCMD []\nENTRYPOINT ["--model", "gpt-4"]\n')
    assert isinstance(facts, FileFacts)
    assert not facts.notifications
    assert [(literal.text, literal.span) for literal in facts.literals] == [("gpt-4o", Span(2, 11, 2, 17)), ("gpt-4", Span(4, 25, 4, 30))]


def inside(span: Span, positions: Positions, text: str) -> str:
    """The text at a span, which must lie in the file."""
    if span.line == 0:  # something that a call or a class implies and that is written nowhere
        return ""
    start, end = positions.offset(span.line, span.column), positions.offset(span.end_line, span.end_column)
    assert 0 <= start <= end <= len(text)
    assert positions.span(start, end) == span
    return text[start:end]


def hides(said: str, text: str) -> bool:
    """Whether the file writes a text in another way: with escapes, over several lines, in parts, or with a hole in it."""
    return "\\" in said or "\n" in said or "\r" in said or "''" in said or "&" in said or "{" in said or "$" in said or not text
