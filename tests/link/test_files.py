"""Config files that code reads: from the key in the file to the call in the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

YAML = """
llm:
  model: claude-3-haiku-20240307
  temperature: 0.2
"""
JSON = '{"llm": {\n  "model": "claude-3-haiku-20240307"}}\n'
TOML = '[llm]\nmodel = "claude-3-haiku-20240307"\n'
INI = "[llm]\nmodel = claude-3-haiku-20240307\n"
CALL = "client.messages.create(model={}, max_tokens=9, messages=[])"
HEAD = "import json, os, yaml, tomllib, tomli, toml, configparser\nfrom pathlib import Path\n"
HEAD += "from anthropic import Anthropic\nclient = Anthropic()\n"
"""Four lines: what follows begins on line 5."""


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...
    def reasons(self) -> dict[str, str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]


def ways(join_tree: JoinTree, name: str, text: str, code: str, path: str = "app.py") -> set[str]:
    """The ways that start in the config file and end in the program."""
    return {way for way in join_tree({name: text, path: HEAD + code}).ways() if f"> {path}" in way}


READS = {
    "safe_load of open": ("config.yaml", YAML, 'c = yaml.safe_load(open("config.yaml"))\n' + CALL.format('c["llm"]["model"]'), 2, 6),
    "at once": ("config.yaml", YAML, CALL.format('yaml.safe_load(open("config.yaml"))["llm"]["model"]'), 2, 5),
    "load with a loader": (
        "config.yaml",
        YAML,
        'c = yaml.load(open("config.yaml"), Loader=yaml.SafeLoader)\n' + CALL.format('c["llm"]["model"]'),
        2,
        6,
    ),
    "with": ("config.yaml", YAML, 'with open("config.yaml") as f:\n    c = yaml.safe_load(f)\n' + CALL.format('c["llm"]["model"]'), 2, 7),
    "with path": (
        "conf/app.yaml",
        YAML,
        'with Path("conf/app.yaml").open() as f:\n    c = yaml.safe_load(f.read())\n' + CALL.format('c["llm"]["model"]'),
        2,
        7,
    ),
    "json.load": ("config.json", JSON, 'c = json.load(open("./config.json"))\n' + CALL.format('c["llm"]["model"]'), 2, 6),
    "json.loads": ("x.json", JSON, 'c = json.loads(Path("x.json").read_text())\n' + CALL.format('c["llm"]["model"]'), 2, 6),
    "tomllib.load": ("a.toml", TOML, 'with open("a.toml", "rb") as f:\n    c = tomllib.load(f)\n' + CALL.format('c["llm"]["model"]'), 2, 7),
    "tomli.loads": ("a.toml", TOML, 'c = tomli.loads(Path("a.toml").read_text())\n' + CALL.format('c["llm"]["model"]'), 2, 6),
    "toml.load of a name": ("a.toml", TOML, 'c = toml.load("a.toml")\n' + CALL.format('c["llm"]["model"]'), 2, 6),
    "configparser by item": (
        "a.ini",
        INI,
        'c = configparser.ConfigParser()\nc.read("a.ini")\n' + CALL.format('c["llm"]["model"]'),
        2,
        7,
    ),
    "configparser by get": (
        "a.cfg",
        INI,
        'c = configparser.ConfigParser()\nc.read("a.cfg")\n' + CALL.format('c.get("llm", "model")'),
        2,
        7,
    ),
    "configparser with a fallback": (
        "a.ini",
        INI,
        'c = configparser.ConfigParser()\nc.read(["other.ini", "a.ini"])\n' + CALL.format('c.get("llm", "model", fallback=None)'),
        2,
        7,
    ),
    "get with defaults": (
        "config.yaml",
        YAML,
        'c = yaml.safe_load(open("config.yaml"))\n' + CALL.format('c.get("llm", {}).get("model", None)'),
        2,
        6,
    ),
    "beside the module": (
        "app/config.yaml",
        YAML,
        'P = Path(__file__).resolve().parent / "config.yaml"\nc = yaml.safe_load(P.read_text())\n' + CALL.format('c["llm"]["model"]'),
        2,
        7,
    ),
    "os.path": (
        "app/config.yaml",
        YAML,
        'P = os.path.join(os.path.dirname(__file__), "config.yaml")\nc = yaml.safe_load(open(P))\n' + CALL.format('c["llm"]["model"]'),
        2,
        7,
    ),
    "parents": (
        "config/m.yaml",
        YAML,
        'c = yaml.safe_load((Path(__file__).parents[1] / "config" / "m.yaml").open())\n' + CALL.format('c["llm"]["model"]'),
        2,
        6,
    ),
    "an f-string behind what is not known": (
        "config.yaml",
        YAML,
        'c = yaml.safe_load(open(f"{base()}/config.yaml"))\n' + CALL.format('c["llm"]["model"]'),
        2,
        6,
    ),
    "the default of a variable": (
        "config.yaml",
        YAML,
        'c = yaml.safe_load(open(os.environ.get("CONFIG", "config.yaml")))\n' + CALL.format('c["llm"]["model"]'),
        2,
        6,
    ),
    "an absolute path in a container": (
        "config.yaml",
        YAML,
        'c = yaml.safe_load(open("/app/config.yaml"))\n' + CALL.format('c["llm"]["model"]'),
        2,
        6,
    ),
    "a key in capitals": (
        "c.json",
        '{\n"LLM_MODEL": "gpt-4-0613"}',
        'c = json.load(open("c.json"))\n' + CALL.format('c["LLM_MODEL"]'),
        2,
        6,
    ),
    "an entry of a list": (
        "c.yaml",
        "agents:\n- name: a\n  model: gpt-4-0613\n",
        'c = yaml.safe_load(open("c.yaml"))\nfor a in c["agents"]:\n    ' + CALL.format('a["model"]'),
        3,
        7,
    ),
    "an entry by its key": (
        "c.yaml",
        "agents:\n  writer:\n    model: gpt-4-0613\n",
        'c = yaml.safe_load(open("c.yaml"))\nfor a in c["agents"].values():\n    ' + CALL.format('a["model"]'),
        3,
        7,
    ),
}


@pytest.mark.parametrize("case", READS.values(), ids=READS.keys())
def test_code_that_reads_a_file_is_joined_with_its_keys(join_tree: JoinTree, case: tuple[str, str, str, int, int]) -> None:
    name, text, code, start, end = case
    path = "app/main.py" if "__file__" in code else "app.py"
    assert ways(join_tree, name, text, code, path) == {f"{name}:{start} > {path}:{end}"}
