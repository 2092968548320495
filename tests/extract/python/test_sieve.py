"""Which Python files with a stem in them are worth parsing: never too few, and not all that hold an ordinary word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.config.settings import Settings
from modelaudit.engine import call_vocabulary, extractor
from modelaudit.engine.anchors import Anchors
from modelaudit.extract.shapes import default_anchors
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

FEED = load(None, None)
IDENTIFIER = Identifier(FEED)
CALLS = call_vocabulary(Settings(), FEED)
EXTRACTOR = extractor(Settings(), FEED, IDENTIFIER, CALLS)
ANCHORS = Anchors(IDENTIFIER.anchors, default_anchors(CALLS.shapes.shapes))


def is_read(text: str) -> bool:
    return ANCHORS.holds(text.encode(), EXTRACTOR.sieve("python"))


@pytest.mark.parametrize(
    "text",
    [
        'model = "command"',
        "model = 'cohere/command-r'",
        'x = "gpt-4o"',
        "# gpt-4o is old",
        '"""Uses gpt-4o, mostly."""',
        'x = "gpt-" + version',
        'x = "gpt-%s" % version',
        'x = f"gpt-{version}"',
        'x = "claude-" "3-opus-20240229"',
        'x = "use gpt-" "4o now"',
        'x = "o1,o3".split(","); model = x[0]',
        'x = """o1"""; import openai',
        'x = "gpt-4o\\n"',
        'x = "Use this:\\ngpt-4o"',
        "x = 'it\\'s gpt-4o'",
        "db.run(\"SELECT AI_QUERY('gpt-4o', text) FROM t\")",
        'f"{ask("gpt-4o")}"',
        "f\"{ask('gpt-4o')} and more\"",
        "llm = ChatOpenAI()",
        'print(f"{ChatOpenAI().invoke(text)}")',
        'name = "command"  # modelaudit: ignore[retired-model]',
        'MODEL_PRICES = {"o1": 15}',
        'TABLE = {"command": "command"}; model = TABLE["command"]',
        'if model == "command": pass',
        'model = "command',
        'x = "cohere." "command"',
        'x = f"{provider}/command"',
        'x = "%s-command" % provider',
        'x = f"https://host/models/gemini-{version}:generateContent"',
        'x = {"model name": "command"}',
        'from cohere import Client; Client().chat("command")',
        'import os, cohere\nx = "command"',
    ],
)
def test_what_may_be_an_id_is_read(text: str) -> None:
    assert is_read(text)


@pytest.mark.parametrize(
    "text",
    [
        "def run(command):\n    return command\n",
        "# the command is run",
        "run(command, command)",
        '"""Run a command and wait."""',
        'x = {"command": run}',
        'x = row["command"]; y = row.get("command", 1); engine = 1',
        'fail(f"The command {command} failed in {len(x)} s")',
        "from ansible_collections.amazon.aws.plugins import x",
        'ADDRESS = "docs.aws.amazon.com/s3"',
        "# numerical stability.",
        '"""Works like ChatOpenAI()."""',
        "chatopenai = 1",
        "x = 'o365_policy'",
        '# The object model\nx = "command"',
        '"""Works with the object model of a page."""\nx = "command"',
        '# They go together.\nx = "command"',
        'together = 1; x = "command"',
        'x = f"{command}.txt"; y = f"{self.command!r}"',
        'raise Error("No such thing. " "Command line is wrong")',
        'x = "https://docs.aws.amazon.com/"',
        'x = f"/{adom}/command-list"',
        "run(command, *rest)",
        'x = "use the command: " + name',
        'x = "the\\ncommand is run"',
        "x = gpt",
    ],
)
def test_an_ordinary_word_of_a_program_is_none(text: str) -> None:
    assert not is_read(text)


PIECES = st.sampled_from(
    [
        '"',
        "'",
        '"""',
        "#",
        "\n",
        "\\",
        "f",
        "{",
        "}",
        "(",
        ")",
        " ",
        "gpt-4o",
        "command",
        "model",
        " = ",
        "+",
        "x",
        "[",
        "]",
        ":",
        ",",
        "rb",
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join))
def test_no_file_with_a_known_id_is_dropped(text: str) -> None:
    """Whatever the parser finds an ID in has to be read."""
    try:
        compile(text, "program", "exec")
    except (SyntaxError, ValueError):
        return
    facts = EXTRACTOR.extract("program.py", "python", text.encode())
    if getattr(facts, "literals", ()):
        assert is_read(text), text


@given(st.sampled_from(['\\"""', "'''", '"\\', "#", "'", '"']), st.integers(1, 400))
def test_the_lexer_ends_on_hostile_input(piece: str, times: int) -> None:
    is_read(piece * times + " gpt-4o")
