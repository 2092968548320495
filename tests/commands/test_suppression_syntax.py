"""A suppression in a real comment of every format that has comments; the same words in prose or in a value do nothing."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.discover.languages import BY_SUFFIX
from modelaudit.terminal import Terminal

MODEL = "claude-3-haiku-20240307"
"""Retired on every day after 2026-04-20."""
WORDS = "modelaudit: ignore[retired-model] reason=contract"

COMMENTS = {
    "behind Python": ("app.py", 'MODEL = "{model}"  # {words}\n'),
    "above Python": ("app.py", '# {words}\nMODEL = "{model}"\n'),
    "a cell": (
        "n.ipynb",
        '{{"cells": [{{"cell_type": "code", "source": [\n"import os\\n",\n"MODEL = \\"{model}\\"  # {words}"\n]}}], "nbformat": 4}}\n',
    ),
    "behind YAML": ("c.yaml", "model: {model}  # {words}\n"),
    "above YAML": ("c.yaml", "llm:\n  # {words}\n  model: {model}\n"),
    "JSON with comments": ("c.jsonc", '{{\n  "model": "{model}" // {words}\n}}\n'),
    "JSON with block comments": ("c.json5", '{{\n  /* {words} */\n  "model": "{model}"\n}}\n'),
    "TOML": ("c.toml", 'model = "{model}"  # {words}\n'),
    "an environment file": (".env", "# {words}\nANTHROPIC_MODEL={model}\n"),
    "behind an environment entry": (".env", "ANTHROPIC_MODEL={model} # {words}\n"),
    "INI, semicolon": ("c.ini", "[llm]\n; {words}\nmodel = {model}\n"),
    "INI, hash": ("c.cfg", "[llm]\n# {words}\nmodel = {model}\n"),
    "properties": ("c.properties", "! {words}\nllm.model={model}\n"),
    "Terraform, hash": ("main.tf", 'resource "x" "y" {{\n  model = "{model}" # {words}\n}}\n'),
    "Terraform, slashes": ("main.tf", 'resource "x" "y" {{\n  model = "{model}" // {words}\n}}\n'),
    "Terraform, block": ("main.tf", 'resource "x" "y" {{\n  /* {words} */\n  model = "{model}"\n}}\n'),
    "Bicep": ("main.bicep", "// {words}\nparam modelName string = '{model}'\n"),
    "Dockerfile": ("Dockerfile", "FROM x\n# {words}\nENV ANTHROPIC_MODEL={model}\n"),
    "Makefile": ("Makefile", "ANTHROPIC_MODEL = {model} # {words}\n"),
    "shell": ("run.sh", "export ANTHROPIC_MODEL={model}  # {words}\n"),
    "above shell": ("run.sh", "# {words}\nexport ANTHROPIC_MODEL={model}\n"),
    "behind JavaScript": ("app.js", 'client.messages.create({{ model: "{model}" }}); // {words}\n'),
    "above TypeScript": ("app.ts", '/* {words} */\nclient.messages.create({{ model: "{model}" }});\n'),
    "JSDoc": ("app.ts", '/**\n * {words}\n */\nclient.messages.create({{ model: "{model}" }});\n'),
    "behind SQL": ("q.sql", "SELECT AI_COMPLETE('{model}', 'x'); -- {words}\n"),
    "block above SQL": ("q.sql", "/* {words} */\nSELECT AI_COMPLETE('{model}', 'x');\n"),
    "XML": ("c.xml", "<c>\n  <!-- {words} -->\n  <model>{model}</model>\n</c>\n"),
    "a prompt file": ("p.prompty", "---\nmodel:\n  configuration:\n    # {words}\n    name: {model}\n---\nhi\n"),
    "BAML": ("c.baml", 'client<llm> X {{\n  provider anthropic\n  options {{\n    // {words}\n    model "{model}"\n  }}\n}}\n'),
    "a model file": ("Modelfile", "# {words}\nFROM {model}\n"),
    "a Jenkinsfile": ("Jenkinsfile", "environment {{\n  // {words}\n  ANTHROPIC_MODEL = '{model}'\n}}\n"),
    "Markdown": ("README.md", "<!-- {words} -->\nUse {model}.\n"),
    "Python in YAML": ("job.yaml", 'script: |\n  import anthropic\n  MODEL = "{model}"  # {words}\n'),
    "shell in YAML": ("job.yaml", "script: |\n  set -e\n  llm --model {model} x  # {words}\n"),
}
VALUES = {
    "a docstring": ("app.py", '"""{words}"""\nMODEL = "{model}"\n'),
    "a string behind": ("app.py", 'MODEL, WHY = "{model}", "# {words}"\n'),
    "a JSON value": ("c.json", '{{"why": "// {words}", "model": "{model}"}}\n'),
    "a YAML value": ("c.yaml", 'why: "# {words}"\nmodel: {model}\n'),
    "a YAML block": ("c.yaml", "why: |\n  # {words}\nmodel: {model}\n"),
    "a TOML value": ("c.toml", 'why = """\n# {words}\n"""\nmodel = "{model}"\n'),
    "an environment value": (".env", "WHY='# {words}'\nANTHROPIC_MODEL={model}\n"),
    "an INI value": ("c.ini", "[llm]\nwhy = {words}\nmodel = {model}\n"),
    "a Terraform text": ("main.tf", 'resource "x" "y" {{\n  why = "# {words}"\n  model = "{model}"\n}}\n'),
    "a Terraform document": ("main.tf", 'resource "x" "y" {{\n  why = <<E\n# {words}\nE\n  model = "{model}"\n}}\n'),
    "a label": ("Dockerfile", 'FROM x\nLABEL why="# {words}"\nENV ANTHROPIC_MODEL={model}\n'),
    "an echo": ("run.sh", "echo '# {words}'\nexport ANTHROPIC_MODEL={model}\n"),
    "a template": ("app.js", '`\n// {words}\n`; client.messages.create({{ model: "{model}" }});\n'),
    "an SQL text": ("q.sql", "SELECT '-- {words}', AI_COMPLETE('{model}', 'x');\n"),
    "an XML text": ("c.xml", "<c>\n  <why>{words}</why>\n  <model>{model}</model>\n</c>\n"),
    "a raw cell": (
        "n.ipynb",
        '{{"cells": [{{"source": ["# {words}"],"cell_type": "raw"}}, {{"source": [\n"MODEL = \\"{model}\\""\n],"cell_type": "code"}}]}}\n',
    ),
    "Markdown text": ("README.md", "{words}\nUse {model}.\n"),
}


def found(folder: Path, name: str, text: str) -> list[tuple[str, bool]]:
    """Rule and whether suppressed, of every finding."""
    (folder / name).write_text(text, encoding="utf-8")
    out = io.StringIO()
    terminal = Terminal(out, io.StringIO(), io.StringIO(), {}, str(folder), lambda: date(2026, 11, 21))
    options = ("--format", "json", "--show-suppressed", "--include-mentions", "--isolated", "--no-cache")
    run(["scan", *options, str(folder)], terminal)
    return [(one["rule"], one["suppression"] is not None) for one in json.loads(out.getvalue())["findings"]]


@pytest.mark.parametrize(("name", "text"), COMMENTS.values(), ids=COMMENTS)
def test_a_comment_suppresses(name: str, text: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, text.format(model=MODEL, words=WORDS)) == [("retired-model", True)]


@pytest.mark.parametrize(("name", "text"), COMMENTS.values(), ids=COMMENTS)
def test_prose_in_a_comment_does_nothing(name: str, text: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, text.format(model=MODEL, words=f"write # {WORDS} behind it")) == [("retired-model", False)]


@pytest.mark.parametrize(("name", "text"), VALUES.values(), ids=VALUES)
def test_the_words_in_a_value_do_nothing(name: str, text: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, text.format(model=MODEL, words=WORDS)) == [("retired-model", False)]


def test_no_language_is_forgotten() -> None:
    """Every language that files are read as stands above, by a file of it."""
    names = {name for name, _ in COMMENTS.values()}
    suffixes = {f".{name.rpartition('.')[2]}" for name in names}
    others = {"dockerfile", "makefile", "modelfile"}  # known by their names
    seen = {BY_SUFFIX[suffix] for suffix in suffixes if suffix in BY_SUFFIX} | {name.lower() for name in names if name.lower() in others}
    assert set(BY_SUFFIX.values()) - seen == set()
