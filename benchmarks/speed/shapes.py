"""The trees that are written and not downloaded: a small application, tiny files, and files that go to extremes."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

IDS = (
    "gpt-4-0314",
    "gpt-3.5-turbo-0613",
    "claude-2.1",
    "claude-3-opus-20240229",
    "gemini-1.5-pro",
    "text-embedding-ada-002",
    "gpt-4o-2024-05-13",
    "command-r-plus",
)
TINY_FILES = 100_000

_MODULE = '''"""Service module {number}."""
from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Iterable

from app.settings import DEFAULT_MODEL, client

log = logging.getLogger(__name__)
{constant}

@dataclass
class Job{number}:
    name: str
    tags: list[str] = field(default_factory=list)
    retries: int = 3

    def describe(self) -> str:
        return f"{{self.name}} ({{', '.join(self.tags)}}) x{{self.retries}}"


def pick_{number}(items: Iterable[dict[str, Any]], limit: int = {number}) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for row in items:
        if row.get("enabled") and row.get("score", 0) > limit / 100:
            out.append({{**row, "picked_by": "pick_{number}"}})
    return sorted(out, key=lambda r: (-r["score"], r["name"]))


def run_{number}(job: Job{number}, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Summarise the rows of a job."""
    chosen = pick_{number}(rows)
    log.info("job %s has %d rows", job.describe(), len(chosen))
    if not chosen:
        return {{"job": job.name, "summary": "", "rows": 0}}
    answer = {call}
    return {{"job": job.name, "summary": str(answer), "rows": len(chosen)}}
'''


def write_small(root: Path) -> None:
    """An application of 60 files in which one module in five calls a model of its own and one the default."""
    files = dict(_modules())
    files["app/settings.py"] = (
        'import os\nfrom openai import OpenAI\n\nDEFAULT_MODEL = os.environ.get("MODEL", "gpt-4-0613")\n\n\n'
        "def client() -> OpenAI:\n    return OpenAI()\n"
    )
    for folder in ("app", "app/api", "app/jobs"):
        files[f"{folder}/__init__.py"] = ""
    for number, stage in enumerate(("dev", "staging", "prod")):
        files[f"config/{stage}.yaml"] = f"llm:\n  provider: openai\n  model: {IDS[number]}\n  fallback:\n    - {IDS[number + 2]}\n"
        files[f"config/{stage}.json"] = json.dumps({"llm": {"model": IDS[number + 3], "temperature": 0}}, indent=2) + "\n"
    files["deploy/values.yaml"] = "env:\n  - name: MODEL\n    value: gpt-4-0314\n"
    files["deploy/main.tf"] = 'resource "x" "y" {\n  model_id = "anthropic.claude-v2:1"\n}\n'
    files["docker-compose.yml"] = "services:\n  app:\n    environment:\n      MODEL: gpt-3.5-turbo-0613\n"
    files["Dockerfile"] = "FROM python:3.13-slim\nENV MODEL=gpt-4-0613\n"
    files[".env.example"] = "MODEL=claude-2.1\nEMBEDDING_MODEL=text-embedding-ada-002\n"
    files["pyproject.toml"] = '[project]\nname = "app"\nversion = "1.0"\n[tool.app]\nmodel = "gpt-4o-2024-05-13"\n'
    files["README.md"] = "# app\n\nUses `gpt-4o-2024-05-13`.\n"
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": [],
        "source": ["import openai\n", 'MODEL = "gpt-4-0314"\n'],
    }
    files["notebooks/eval.ipynb"] = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
    files["Makefile"] = "test:\n\tpytest -q\n"
    files["scripts/run.sh"] = "#!/bin/sh\nexec python -m app\n"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _modules() -> list[tuple[str, str]]:
    found = []
    for number in range(40):
        constant, call = "", "[row['name'] for row in chosen][: job.retries]"
        if number % 5 == 0:
            constant = f'MODEL_{number} = "{IDS[(number // 5) % len(IDS)]}"\n'
            call = f'client().chat.completions.create(model=MODEL_{number}, messages=[{{"role": "user", "content": str(chosen)}}])'
        elif number % 5 == 1:
            call = "client().chat.completions.create(model=DEFAULT_MODEL, messages=[])"
        name = f"app/{'api' if number % 2 else 'jobs'}/module_{number:02}.py"
        found.append((name, _MODULE.format(number=number, constant=constant, call=call)))
    return found


def write_tiny(root: Path) -> None:
    """One line a file, a model ID in one of a thousand."""
    for number in range(TINY_FILES):
        folder = root / f"d{number // 1000:03}"
        if number % 1000 == 0:
            folder.mkdir(parents=True)
        (folder / f"f{number}.py").write_text('m = "gpt-4-0314"\n' if number % 1000 == 7 else f"x = {number}\n")


def write_extreme(root: Path) -> None:
    """What breaks scanners. Every text file holds one model ID, so that a file passed over shows."""
    _write_huge(root)
    for name, content in _hostile().items():
        (root / name).write_bytes(content)
    os.symlink("loop_a.py", root / "loop_b.py")
    os.symlink("loop_b.py", root / "loop_a.py")
    os.mkfifo(root / "pipe.py")


def _write_huge(root: Path) -> None:
    chance = random.Random(7)
    words = ["alpha", "model", "value", "config", "gpt", "nova", "temperature", "list", "item", "return", "0.5"]
    lines = "\n".join(chance.choices(words, k=15_000)) + "\n"
    with open(root / "text_200mb.md", "w") as stream:
        stream.writelines([lines] * (200_000_000 // len(lines)))
        stream.write('model = "gpt-4-0314"\n')
    rows = [f'x{number} = {{"name": "row {number}", "v": [{number}, {number + 1}]}}\n' for number in range(450_000)]
    (root / "python_25mb.py").write_text("".join(rows) + 'model = "gpt-4-0314"\n')
    small = ",".join(f'{{"id":{number},"model":"m-{number}","t":[1,2,3],"n":{{"a":null}}}}' for number in range(580_000))
    (root / "line_34mb.json").write_text('{"rows":[' + small + '],"model":"gpt-4-0314"}')
    (root / "line_32mb.js").write_text("var a=[" + ",".join(f'"x{number}"' for number in range(3_000_000)) + ',"gpt-4-0314"];')
    with open(root / "yaml_50mb.yaml", "w") as stream:
        stream.writelines(
            f"row_{number}:\n  name: item {number}\n  model: m-{number}\n  on: true\n  tags: [a, b]\n" for number in range(700_000)
        )
        stream.write("last:\n  model: gpt-4-0314\n")
    (root / "binary_20mb.py").write_bytes(chance.randbytes(20 * 1024 * 1024) + b'"gpt-4-0314"')


def _hostile() -> dict[str, bytes]:
    one = '"gpt-4-0314"'
    bomb = ["a: &a [gpt-4-0314]"] + [
        f"{chr(98 + number)}: &{chr(98 + number)} [" + ",".join([f"*{chr(97 + number)}"] * 9) + "]" for number in range(20)
    ]
    texts = {
        "deep_parens.py": "x = " + "(" * 5000 + one + ")" * 5000,
        "deep_list.py": "x = " + "[" * 10_000 + one + "]" * 10_000,
        "long_sum.py": "x = " + "+".join([one] * 100_000),
        "long_chain.py": "x = a" + ".b" * 100_000 + f"({one})",
        "deep_unary.py": "x = " + "-" * 100_000 + f"1\nm = {one}",
        "deep_indent.py": "".join("  " * depth + "if x:\n" for depth in range(99)) + "  " * 99 + f"m = {one}",
        "long_elif.py": "if a == 0:\n  pass\n" + "".join(f"elif a == {number}:\n  pass\n" for number in range(1, 20_000)) + f"m = {one}",
        "many_lambdas.py": "x = " + "lambda: " * 20_000 + one,
        "escapes.py": '\\"""\n' * 8_000 + f"m = {one}",
        "deep.json": "[" * 100_000 + one + "]" * 100_000,
        "deep.yaml": "[" * 10_000 + "gpt-4-0314" + "]" * 10_000,
        "bomb.yaml": "\n".join(bomb),
        "dashes.md": "gpt-" + "a-" * 2_000_000 + "\n" + "claude-" * 1_000_000 + "\ngpt-4-0314",
    }
    found = {name: text.encode() + b"\n" for name, text in texts.items()}
    found["utf16.py"] = f"model = {one}\n".encode("utf-16")
    found["latin1.py"] = b'# -*- coding: latin-1 -*-\nname = "caf\xe9"\nmodel = "gpt-4-0314"\n'
    found["bad_utf8.py"] = b'name = "caf\xe9"\nmodel = "gpt-4-0314"\n'
    found["nul.py"] = b'm = "gpt-4-0314"\x00\n'
    found["empty.py"] = b""
    return found
