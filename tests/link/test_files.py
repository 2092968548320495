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
    "a framework that puts what is in a file in the place of its name": (
        "config/agents.yaml",
        YAML,
        'class Crew:\n    agents_config = "config/agents.yaml"\n    def ask(self):\n        '
        + CALL.format('self.agents_config["llm"]["model"]')
        + "\n",
        2,
        8,
    ),
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


TREES = {
    "a function of the project that reads the file": (
        {
            "config.yaml": YAML,
            "app/config.py": """
            import yaml
            def load_config(path="config.yaml"):
                with open(path) as stream:
                    return yaml.safe_load(stream)
            """,
            "app/chat.py": """
            from app.config import load_config
            def ask(client):
                config = load_config()
                return client.messages.create(model=config["llm"]["model"], max_tokens=9)
            """,
        },
        {"config.yaml:2 > app/chat.py:4"},
    ),
    "a constant of another module": (
        {
            "config/settings.toml": TOML,
            "app/settings.py": """
            import tomllib
            from pathlib import Path
            FILE = Path(__file__).parent.parent / "config" / "settings.toml"
            SETTINGS = tomllib.loads(FILE.read_text())
            """,
            "app/chat.py": """
            from app.settings import SETTINGS
            def ask(client):
                return client.messages.create(model=SETTINGS["llm"]["model"], max_tokens=9)
            """,
        },
        {"config/settings.toml:2 > app/chat.py:3"},
    ),
    "an object that keeps what it read": (
        {
            "config.json": JSON,
            "bot.py": """
            import json
            class Bot:
                def __init__(self, client, path="config.json"):
                    self.client = client
                    with open(path) as stream:
                        self.config = json.load(stream)
                def ask(self):
                    return self.client.messages.create(model=self.config["llm"]["model"], max_tokens=9)
            """,
        },
        {"config.json:2 > bot.py:8"},
    ),
    "a pydantic model made of it": (
        {
            "config.yaml": "model: claude-3-haiku-20240307\nretries: 2\n",
            "app.py": """
            import yaml
            from pydantic import BaseModel
            class Config(BaseModel):
                model: str = "gpt-4-0613"
                retries: int = 1
            config = Config(**yaml.safe_load(open("config.yaml")))
            def ask(client):
                client.messages.create(model=config.model, max_tokens=9)
            """,
        },
        {"config.yaml:1 > app.py:8"},
    ),
    "a model inside a model, validated": (
        {
            "config.yaml": YAML,
            "app.py": """
            import yaml
            from pydantic import BaseModel
            class Llm(BaseModel):
                model: str
            class Config(BaseModel):
                llm: Llm
            config = Config.model_validate(yaml.safe_load(open("config.yaml")))
            def ask(client):
                client.messages.create(model=config.llm.model, max_tokens=9)
            """,
        },
        {"config.yaml:2 > app.py:9"},
    ),
    "a dataclass that reads itself": (
        {
            "conf/models.json": '{\n"model": "claude-3-haiku-20240307"}\n',
            "app.py": """
            import json
            from dataclasses import dataclass
            from pathlib import Path
            @dataclass
            class Config:
                model: str
                @classmethod
                def load(cls, path: str):
                    return cls(**json.loads(Path(path).read_text()))
            config = Config.load("conf/models.json")
            def ask(client):
                client.messages.create(model=config.model, max_tokens=9)
            """,
        },
        {"conf/models.json:2 > app.py:12"},
    ),
    "a field that the file does not set keeps its default": (
        {
            "config.yaml": "other:\n  model: claude-3-haiku-20240307\n",
            "app.py": """
            import yaml
            from pydantic import BaseModel
            class Config(BaseModel):
                model: str = "gpt-4-0613"
            config = Config(**yaml.safe_load(open("config.yaml")))
            def ask(client):
                client.messages.create(model=config.model, max_tokens=9)
            """,
        },
        {"app.py:4 > app.py:7"},
    ),
    "OmegaConf by attributes": (
        {
            "conf/app.yaml": YAML,
            "app.py": """
            from omegaconf import OmegaConf
            cfg = OmegaConf.load("conf/app.yaml")
            def ask(client):
                client.messages.create(model=cfg.llm.model, max_tokens=9)
            """,
        },
        {"conf/app.yaml:2 > app.py:4"},
    ),
    "OmegaConf merged": (
        {
            "conf/app.yaml": YAML,
            "app.py": """
            from omegaconf import OmegaConf
            cfg = OmegaConf.merge(OmegaConf.create({"llm": {"n": 1}}), OmegaConf.load("conf/app.yaml"), OmegaConf.from_cli())
            def ask(client):
                client.messages.create(model=cfg.llm.model, max_tokens=9)
            """,
        },
        {"conf/app.yaml:2 > app.py:4"},
    ),
    "hydra": (
        {
            "conf/config.yaml": YAML,
            "train.py": """
            import hydra
            from omegaconf import DictConfig
            from anthropic import Anthropic
            @hydra.main(version_base=None, config_path="conf", config_name="config")
            def main(cfg: DictConfig) -> None:
                Anthropic().messages.create(model=cfg.llm.model, max_tokens=9)
            """,
        },
        {"conf/config.yaml:2 > train.py:6"},
    ),
    "dynaconf without regard to case": (
        {
            "settings.toml": '[default.llm]\nmodel = "claude-3-haiku-20240307"\n[production.llm]\nmodel = "gpt-4-0613"\n',
            "app.py": """
            from dynaconf import Dynaconf
            settings = Dynaconf(settings_files=["settings.toml", ".secrets.toml"], environments=True)
            def ask(client):
                client.messages.create(model=settings.LLM.model, max_tokens=9)
            """,
        },
        {"settings.toml:2 > app.py:4", "settings.toml:4 > app.py:4"},
    ),
    "pydantic-settings that name a file": (
        {
            "config/app.yaml": "llm_model: claude-3-haiku-20240307\n",
            "app.py": """
            from pydantic_settings import BaseSettings, SettingsConfigDict
            class Settings(BaseSettings):
                model_config = SettingsConfigDict(yaml_file="config/app.yaml")
                llm_model: str
            settings = Settings()
            def ask(client):
                client.messages.create(model=settings.llm_model, max_tokens=9)
            """,
        },
        {"config/app.yaml:1 > app.py:7"},
    ),
    "a file for every environment": (
        {
            "config/dev.yaml": "model: claude-3-haiku-20240307\n",
            "config/prod.yaml": "model: gpt-4-0613\n",
            "other/prod.yaml": "model: gpt-4o-2024-05-13\n",
            "app.py": """
            import os, yaml
            cfg = yaml.safe_load(open(f"config/{os.environ['STAGE']}.yaml"))
            def ask(client):
                client.messages.create(model=cfg["model"], max_tokens=9)
            """,
        },
        {"config/dev.yaml:1 > app.py:4", "config/prod.yaml:1 > app.py:4"},
    ),
    "several files that a name may mean are all reported": (
        {
            "one/config.yaml": "model: claude-3-haiku-20240307\n",
            "two/config.yaml": "model: gpt-4-0613\n",
            "app.py": """
            import yaml
            cfg = yaml.safe_load(open("config.yaml"))
            def ask(client):
                client.messages.create(model=cfg["model"], max_tokens=9)
            """,
        },
        {"one/config.yaml:1 > app.py:4", "two/config.yaml:1 > app.py:4"},
    ),
    "a service has its own file": (
        {
            "a/config.yaml": "model: claude-3-haiku-20240307\n",
            "b/config.yaml": "model: gpt-4-0613\n",
            "a/app.py": """
            import yaml
            cfg = yaml.safe_load(open("config.yaml"))
            def ask(client):
                client.messages.create(model=cfg["model"], max_tokens=9)
            """,
        },
        {"a/config.yaml:1 > a/app.py:4"},
    ),
    "an entry that a variable sets": (
        {
            "config.yaml": "llm:\n  model: ${LLM_MODEL}\n",
            "prod.env": "LLM_MODEL=gpt-4-0613\n",
            "app.py": """
            import os, yaml
            cfg = yaml.safe_load(os.path.expandvars(open("config.yaml").read()))
            def ask(client):
                client.messages.create(model=cfg["llm"]["model"], max_tokens=9)
            """,
        },
        {"prod.env:1 > app.py:4"},
    ),
    "dotenv_values": (
        {
            ".env": "CHAT_MODEL=gpt-4-0613\n",
            "app.py": """
            from dotenv import dotenv_values
            config = dotenv_values(".env")
            def ask(client):
                client.messages.create(model=config["CHAT_MODEL"], max_tokens=9)
            """,
        },
        {".env:1 > app.py:4"},
    ),
    "package data": (
        {
            "src/bot/data/models.json": '{"chat":\n "gpt-4-0613"}\n',
            "src/bot/app.py": """
            import json
            from importlib import resources
            MODELS = json.loads(resources.files("bot").joinpath("data/models.json").read_text())
            def ask(client):
                client.messages.create(model=MODELS["chat"], max_tokens=9)
            """,
        },
        {"src/bot/data/models.json:2 > src/bot/app.py:5"},
    ),
}


@pytest.mark.parametrize("case", TREES.values(), ids=TREES.keys())
def test_what_is_read_goes_through_the_program(join_tree: JoinTree, case: tuple[dict[str, str], set[str]]) -> None:
    files, wanted = case
    assert {way for way in join_tree(files).ways() if ".py:" in way.partition(">")[2]} == wanted


NOTHING = {
    "another key of the same name": ("other:\n  model: gpt-4-0613\n", 'c = yaml.safe_load(open("config.yaml"))["llm"]["model"]'),
    "a key that only begins alike": ("llm:\n  model_name_shown: gpt-4-0613\n", 'c = yaml.safe_load(open("config.yaml"))["llm"]["model"]'),
    "a file that only ends alike": (YAML, 'c = yaml.safe_load(open("my-config.yaml"))["llm"]["model"]'),
    "a file in another folder": (YAML, 'c = yaml.safe_load(open("deploy/config.yaml"))["llm"]["model"]'),
    "a file whose name nobody knows": (YAML, 'c = yaml.safe_load(open(path))["llm"]["model"]'),
    "a name of which only the ending is known": (YAML, 'c = yaml.safe_load(open(f"{name}.yaml"))["llm"]["model"]'),
    "a file in a home": (YAML, 'c = yaml.safe_load(open(os.path.expanduser("~/config.yaml")))["llm"]["model"]'),
    "a text that is no file": (YAML, 'c = json.loads("config.yaml is read by nobody")["llm"]["model"]'),
}


@pytest.mark.parametrize("case", NOTHING.values(), ids=NOTHING.keys())
def test_what_only_looks_alike_is_not_joined(join_tree: JoinTree, case: tuple[str, str]) -> None:
    text, code = case
    joined = join_tree({"config.yaml": text, "app.py": HEAD + code + "\n" + CALL.format("c")})
    assert {way for way in joined.ways() if "> app.py" in way} == set()


def test_the_way_says_file_and_key(join_tree: JoinTree) -> None:
    code = HEAD + 'c = yaml.safe_load(open("config.yaml"))\n' + CALL.format('c["llm"]["model"]')
    steps = join_tree({"config.yaml": YAML, "app.py": code}).steps("config.yaml:2", "app.py:6")
    assert steps == ["config.yaml:2 config key llm.model", "app.py:5 read from config.yaml", "app.py:5 variable c"]


def test_what_is_not_joined_has_a_reason(join_tree: JoinTree) -> None:
    code = HEAD + 'c = yaml.safe_load(open("config.yaml"))\nd = yaml.safe_load(open(path))\n'
    code += CALL.format('c["llm"]["name"]') + "\n" + CALL.format('d["llm"]["model"]') + "\n"
    code += CALL.format('yaml.safe_load(open("x.yaml"))["model"]') + "\n" + CALL.format('"gpt-4-0613"')
    reasons = join_tree({"config.yaml": YAML, "app.py": code}).reasons()
    assert reasons == {
        "app.py:7": "config.yaml has no model ID at that key below llm",
        "app.py:8": "an entry of what yaml.safe_load() gives",
        "app.py:9": "no file x.yaml with a model ID is in the scanned tree",
    }


def test_a_letter_of_a_text_is_in_no_file(join_tree: JoinTree) -> None:
    code = 'name = "config.yaml"\nclient.messages.create(model=name[0], max_tokens=9, messages=[])\n'
    assert ways(join_tree, "config.yaml", YAML, code, "app.py") == set()
    absent = 'names = "other.yaml"\nclient.messages.create(model=names["llm"]["model"], max_tokens=9, messages=[])\n'
    assert ways(join_tree, "config.yaml", YAML, absent, "app.py") == set()
