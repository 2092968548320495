"""Same tree, feed, settings and day give the same bytes, whatever the hash seed, the order of paths, the processes and the prefilter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

SETTINGS = """\
from pydantic_settings import BaseSettings, SettingsConfigDict

FAST, DEEP = "gpt-4o-mini", "claude-opus-4-1"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")

    chat_model: str = DEEP
    title_model: str = FAST


settings = Settings()
"""
CLIENT = """\
import anthropic
import openai

from app.settings import FAST, settings

MODELS = {{"old": "gpt-4-0613", "new": "gpt-4.1-{number}", "x": "claude-3-haiku-20240307"}}


class Client{number}:
    def __init__(self, model: str = FAST) -> None:
        self.model = model or settings.title_model

    def ask(self, text: str) -> object:
        try:
            return openai.OpenAI().chat.completions.create(model=self.model, messages=[], temperature=0.{number})
        except (openai.NotFoundError, openai.RateLimitError):
            return anthropic.Anthropic().messages.create(model=settings.chat_model, max_tokens=9, messages=[])

    def pick(self, name: str) -> object:
        return openai.OpenAI().chat.completions.create(model=MODELS[name], messages=[])
"""
MAIN = """\
import litellm

from app.client{number} import Client{number}
from elsewhere import choose


def main() -> None:
    Client{number}().ask("x")
    litellm.completion(model=choose(), messages=[], fallbacks=["gpt-4o", "claude-sonnet-4-20250514"])
"""
FILES = {
    "app/__init__.py": "",
    "app/settings.py": SETTINGS,
    **{f"app/client{number}.py": CLIENT.format(number=number) for number in range(8)},
    **{f"app/main{number}.py": MAIN.format(number=number) for number in range(8)},
    "compose.yaml": (
        "services:\n  web:\n    environment:\n      APP_CHAT_MODEL: claude-3-7-sonnet-20250219\n      APP_TITLE_MODEL: gpt-4o\n"
    ),
    "deploy/values.yaml": "llm:\n  model: gpt-4-turbo\n  fallbacks: [gpt-4o, claude-3-opus-20240229]\n",
    "deploy/prod.env": "APP_CHAT_MODEL=claude-opus-4-20250514\nOTHER=1\n",
    "litellm.yaml": "model_list:\n  - model_name: main\n    litellm_params:\n      model: bedrock/anthropic.claude-3-haiku-20240307-v1:0\n",
    "settings.json": '{"models": [{"name": "gpt-4-0613"}, {"name": "o1-mini"}], "model": "gemini-2.5-pro"}\n',
    "pyproject.toml": '[project]\nname = "x"\n[tool.modelaudit]\nselect = ["all"]\ninclude-mentions = true\n',
    "Dockerfile": "FROM python\nENV APP_TITLE_MODEL=gpt-4o-mini\n",
    "README.md": "We use `gpt-4-0613` and claude-3-haiku-20240307.\n",
    "broken.py": 'MODEL = "gpt-4-0613"\ndef broken(:\n',
    "latin1.py": 'MODEL = "gpt-4-0613"  # caf\xe9\n',
    "tests/test_app.py": "from app.client1 import Client1\n\n\ndef test_it():\n    assert Client1('gpt-4-0613').model == 'gpt-4-0613'\n",
    "notebook.ipynb": '{"cells": [{"cell_type": "code", "source": ["import openai\\n", '
    '"openai.OpenAI().responses.create(model=\\"o1-preview\\")"]}]}',
}
PATHS = ("app", "deploy", "compose.yaml", "litellm.yaml", "settings.json", "broken.py", "tests", "latin1.py")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty small files: names that go from file to file, configs, what cannot be parsed or followed."""
    root = tmp_path_factory.mktemp("tree")
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1" if name == "latin1.py" else "utf-8"))
    return root


def scan(tree: Path, *arguments: str, seed: str = "0") -> bytes:
    command = [sys.executable, "-m", "modelaudit", "scan", "--as-of", "2026-11-21", "--format", "json", "--exit-zero", *arguments]
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "PYTHONHASHSEED": seed}
    done = subprocess.run(command, cwd=tree, env=environ, capture_output=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def plain(tree: Path) -> bytes:
    """One process, hash seed 0."""
    out = scan(tree, "--jobs", "1")
    assert len(FILES) == 30
    assert out.count(b'"rule":') > 40
    assert b'"unresolved": []' not in out
    return out


@pytest.mark.parametrize(
    ("arguments", "seed"),
    [
        (("--jobs", "1"), "1"),
        (("--jobs", "1"), "2"),
        (("--jobs", "2"), "0"),
        (("--jobs", "2"), "1"),
        (("--jobs", "1", "--config", "prefilter=false"), "0"),
        (("--jobs", "2", "--config", "prefilter=false"), "2"),
        (("--no-cache",), "0"),
        ((".",), "0"),
    ],
    ids=" ".join,
)
def test_the_same_bytes(tree: Path, plain: bytes, arguments: Sequence[str], seed: str) -> None:
    assert scan(tree, *arguments, seed=seed) == plain


@pytest.mark.parametrize(
    "paths", [PATHS, PATHS[::-1], PATHS[3:] + PATHS[:3], (*PATHS, *PATHS[:2])], ids=("as is", "reversed", "rotated", "twice")
)
def test_the_order_of_paths_does_not_matter(tree: Path, paths: Sequence[str]) -> None:
    assert scan(tree, *paths) == scan(tree, *sorted(PATHS))


def test_processes_really_share_the_work(tree: Path) -> None:
    """Under the smallest trial, so that thirty files are enough to fork for."""
    code = (
        "import modelaudit.parallel as p, sys; p._TRIAL = p._WORTH = -1.0; from modelaudit.cli import run;"
        "sys.exit(run(['scan', '--as-of', '2026-11-21', '--format', 'json', '--exit-zero', '--jobs', sys.argv[1]]))"
    )
    outs = {
        jobs: subprocess.run([sys.executable, "-c", code, jobs], cwd=tree, capture_output=True, check=True).stdout
        for jobs in ("1", "2", "3")
    }
    assert outs["1"] == outs["2"] == outs["3"]
