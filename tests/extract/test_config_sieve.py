"""Which files that are no Python are worth reading: every one with an ID, and not those with an ordinary word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.config.settings import DEFAULT, OwnName
from modelaudit.discover.languages import language_of
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.shapes import KeyExample
from modelaudit.engine import call_vocabulary, extractor
from modelaudit.engine.anchors import Anchors
from modelaudit.engine.names import stems
from modelaudit.extract.shapes import default_anchors
from modelaudit.feed import keys
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

FEED = load(None, None)
IDENTIFIER = Identifier(FEED)
CALLS = call_vocabulary(DEFAULT, FEED)
EXTRACTOR = extractor(DEFAULT, FEED, IDENTIFIER, CALLS)
NAMES = default_anchors(CALLS.shapes.shapes)
ANCHORS = Anchors(IDENTIFIER.anchors, NAMES)
EXAMPLES = keys.examples(str(Path(__file__).parents[2] / "rules"))


def is_read(language: str, text: str) -> bool:
    return ANCHORS.holds(text.encode(), EXTRACTOR.sieve(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("yaml", "model: command\n"),
        ("yaml", "model:   'command'  # cheap\n"),
        ("yaml", "models:\n  - o1\n  - command-r\n"),
        ("yaml", "models: [o1, command]\n"),
        ("yaml", "a: {model: command}\n"),
        ("yaml", "description: Better than gpt-4o.\n"),
        ("yaml", "# was gpt-4o\na: 1\n"),
        ("yaml", "a: 1  # modelaudit: ignore[retired-model] command\n"),
        ("yaml", "model: gpt-{{ .Values.version }}\n"),
        ("yaml", "model: {{ .Values.provider }}/command\n"),
        ("yaml", "model: ${PROVIDER}/command\n"),
        ("yaml", "model: ${MODEL:-command}\n"),
        ("yaml", "model: ${MODEL:-gpt-4o}\n"),
        ("yaml", 'model: "%X%-command"\n'),
        ("yaml", "url: https://api.example.com/v1/models/gemini-2.5-pro:generateContent\n"),
        ("yaml", "url: https://api.example.com/v1/models/gemini-${VERSION}:generateContent\n"),
        ("yaml", "run: |\n  ollama run command\n"),
        ("yaml", "run: llm -m command 'Say it'\n"),
        ("yaml", 'args: ["--model", "command"]\n'),
        ("yaml", "args: --model=command\n"),
        ("yaml", "list: >-\n  o1\n"),
        ("yaml", "script: |\n  from openai import OpenAI\n  OpenAI()\n"),
        ("json", '{"model": "command"}'),
        ("json", '{"model": "${MODEL:-command}"}'),
        ("json", '{"text": "Use this:\\ngpt-4o"}'),
        ("json", '{"models": ["o1", "x"]}'),
        ("json", '{"models": "o1,x"}'),
        ("json", '{"command": "gpt-4o"}'),
        ("json", '{"model": "openai\\/gpt-4o"}'),
        ("json", '{"model": "command\\u002dr"}'),
        ("json", '{"inner": "{\\"model\\": \\"command\\"}"}'),
        ("toml", 'model = "command"\n'),
        ("env", "MODEL=command\n"),
        ("env", "MODEL='command'\n"),
        ("ini", "[llm]\nmodel: command\n"),
        ("shell", 'export MODEL="gpt-$VERSION"\n'),
        ("shell", "MODEL=$PROVIDER/command\n"),
        ("dockerfile", "ENV MODEL=command\n"),
        ("modelfile", "FROM command\n"),
        ("hcl", 'default = "command"\n'),
        ("hcl", 'model = "${var.family}-command"\n'),
        ("javascript", 'const model = old ? "command" : "x";\n'),
        ("javascript", "const model = `gpt-${version}`;\n"),
        ("javascript", 'const model = "gpt-" + version;\n'),
        ("javascript", 'const model = size + "-embed-v3";\n'),
        ("javascript", "const model = `command`;\n"),
        ("typescript", "type Model = 'o1' | 'o3';\n"),
        ("sql", "select ai_query('command', text) from t;\n"),
        ("xml", "<model>command</model>\n"),
        ("xml", '<bean model="command"/>\n'),
        ("markdown", "---\nmodel: command\n---\nText.\n"),
        ("markdown", "Use **gpt-4o** or [it](https://x/gpt-4o).\n"),
        ("notebook", '{"cells": [{"cell_type": "code", "source": ["model = \\"command\\"\\n"]}]}'),
        ("notebook", '{"cells": [{"cell_type": "code", "source": ["x = \\"gpt-\\" + v\\n"]}]}'),
        ("prompt", "---\nmodel: command\n---\n"),
    ],
)
def test_what_may_choose_a_model_is_read(language: str, text: str) -> None:
    assert is_read(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("yaml", "command: pip install x\n"),
        ("yaml", "- ansible.builtin.command: ls\n"),
        ("yaml", "description: Run the command. It takes long.\n"),
        ("yaml", "description: Which command to run\n"),
        ("yaml", "x: the 'revision' command, and more\n"),
        ("yaml", 'x: "{{ command }}"\n'),
        ("yaml", "x: ${command}\n"),
        ("yaml", "- plugins/modules/command.py\n"),
        ("yaml", "collection: amazon.aws.ec2_instance\n"),
        ("yaml", "url: https://docs.aws.amazon.com/bedrock/\n"),
        ("json", '{"command": "npx", "args": []}'),
        ("json", '{"name": "plugins/modules/command.py"}'),
        ("json", '{"title": "Run a command now"}'),
        ("toml", 'test-command = "pytest"\ncommand = "x"\n'),
        ("ini", "sonar.projectKey=x\ncommand = x\n"),
        ("shell", "command -v git || exit 1\n"),
        ("shell", '"$command" --help\n'),
        ("javascript", "program.command(command, options);\n"),
        ("javascript", 'const x = {"command": 1, command: 2};\n'),
        ("markdown", "Run the `command`: it is short. OpenAI made it.\n"),
        ("markdown", "See [amazon.aws](https://galaxy.ansible.com/amazon/aws).\n"),
    ],
)
def test_an_ordinary_word_is_none(language: str, text: str) -> None:
    assert not is_read(language, text)


def test_minified_programs_are_prose() -> None:
    program = "var a=`command`,b='o1';" * 2000
    assert not is_read("javascript", program)
    assert is_read("javascript", program + "var c='gpt-4o';")


def test_names_of_the_project_are_words_with_any_characters() -> None:
    names = (OwnName("our best (new)", "gpt-4-0613"),)
    settings = DEFAULT._replace(names=names)
    own = extractor(settings, FEED, IDENTIFIER, CALLS)
    anchors = Anchors((*IDENTIFIER.anchors, *(stems(names) or ())), NAMES)
    assert anchors.holds(b'{"model": "our best (new)"}', own.sieve("json"))
    assert anchors.holds(b"model: our best (new)\n", own.sieve("yaml"))
    assert anchors.holds(b'model = "our best (new)"\n', own.sieve("python"))
    assert not anchors.holds(b'{"text": "not our best (new) one"}', own.sieve("json"))


def test_what_has_no_language_is_not_looked_at() -> None:
    assert EXTRACTOR.sieve(None) is None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.rule)
def test_every_example_of_a_rule_with_an_id_is_read(example: KeyExample) -> None:
    language = language_of(example.path.rpartition("/")[2])
    assert language is not None
    facts = EXTRACTOR.extract(example.path, language, example.text.encode())
    assert isinstance(facts, FileFacts)
    if facts.literals and ANCHORS.holds(example.text.encode()):  # the name of a deployment is no ID, and holds no stem
        assert is_read(language, example.text)


PIECES = st.sampled_from(
    ['"', "'", "`", "\n", "\n  ", "\\", " ", ": ", "=", "- ", "model", "model: ", '"model": ', "MODEL=", "gpt-4o", "command", "o1", "x",
     "{", "}", "${", "{{", "}}", "$X", "[", "]", "(", ")", ",", "/", "-", ".", "#", "<model>", "</model>", "--model ", "|", "---\n", "+"]
)  # fmt: skip
PATHS = ("a.yaml", "roles/x/tasks/main.yml", "a.json", "a.toml", ".env", "a.ini", "a.sh", "Dockerfile", "a.tf", "a.js", "a.ts", "a.sql",
         "a.xml", "a.md", "a.prompt", "Modelfile", "Makefile", "Jenkinsfile")  # fmt: skip


@given(st.sampled_from(PATHS), st.lists(PIECES, max_size=20).map("".join))
def test_no_file_with_a_known_id_is_dropped(path: str, text: str) -> None:
    """Whatever a reader finds an ID in has to be read."""
    language = language_of(path.rpartition("/")[2])
    assert language is not None
    facts = EXTRACTOR.extract(path, language, text.encode())
    if getattr(facts, "literals", ()):
        assert is_read(language, text), text
