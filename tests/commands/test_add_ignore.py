"""`--add-ignore REASON`: comments where they can stand, nothing else changed, and a word where they cannot."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

MODEL = "claude-3-haiku-20240307"
COMMENT = 'modelaudit: ignore[retired-model] reason="contract 4711"'
WRITTEN = {
    "Python": ("a.py", f'MODEL = "{MODEL}"\n', f'MODEL = "{MODEL}"  # {COMMENT}\n'),
    "Python with another comment": ("a.py", f'MODEL = "{MODEL}"  # old\n', f'# {COMMENT}\nMODEL = "{MODEL}"  # old\n'),
    "Python over several lines": (
        "a.py",
        f'f(\n    model="{MODEL}",\n    x=1,\n)\n',
        f'f(\n    model="{MODEL}",  # {COMMENT}\n    x=1,\n)\n',
    ),
    "a list over several lines": ("a.py", f'M = [\n    "{MODEL}",\n]\n', f'M = [\n    "{MODEL}",  # {COMMENT}\n]\n'),
    "line ends of Windows": ("a.py", f'MODEL = "{MODEL}"\r\nX = 1\r\n', f'MODEL = "{MODEL}"  # {COMMENT}\r\nX = 1\r\n'),
    "a byte order mark": ("a.py", f'\ufeffMODEL = "{MODEL}"\n', f'\ufeffMODEL = "{MODEL}"  # {COMMENT}\n'),
    "no line end": ("a.py", f'MODEL = "{MODEL}"', f'MODEL = "{MODEL}"  # {COMMENT}'),
    "YAML": ("c.yaml", f"a:\n  model: {MODEL}\n", f"a:\n  model: {MODEL}  # {COMMENT}\n"),
    "TOML": ("c.toml", f'model = "{MODEL}"\n', f'model = "{MODEL}"  # {COMMENT}\n'),
    "an environment file": (".env", f"X=1\nANTHROPIC_MODEL={MODEL}\n", f"X=1\n# {COMMENT}\nANTHROPIC_MODEL={MODEL}\n"),
    "INI": ("c.ini", f"[llm]\nmodel = {MODEL}\n", f"[llm]\n# {COMMENT}\nmodel = {MODEL}\n"),
    "Dockerfile": ("Dockerfile", f"FROM x\nENV ANTHROPIC_MODEL={MODEL}\n", f"FROM x\n# {COMMENT}\nENV ANTHROPIC_MODEL={MODEL}\n"),
    "JavaScript": ("a.js", f'f({{ model: "{MODEL}" }});\n', f'f({{ model: "{MODEL}" }});  // {COMMENT}\n'),
    "JSON with comments": ("c.jsonc", f'{{\n  "model": "{MODEL}"\n}}\n', f'{{\n  "model": "{MODEL}"  // {COMMENT}\n}}\n'),
    "Terraform": ("m.tf", f'x "y" "z" {{\n  model = "{MODEL}"\n}}\n', f'x "y" "z" {{\n  model = "{MODEL}"  # {COMMENT}\n}}\n'),
    "SQL": ("q.sql", f"SELECT AI_COMPLETE('{MODEL}', 'x');\n", f"SELECT AI_COMPLETE('{MODEL}', 'x');  -- {COMMENT}\n"),
    "XML": ("c.xml", f"<c>\n  <model>{MODEL}</model>\n</c>\n", f"<c>\n  <model>{MODEL}</model>  <!-- {COMMENT} -->\n</c>\n"),
    "shell": ("r.sh", f"llm -m {MODEL} x\n", f"llm -m {MODEL} x  # {COMMENT}\n"),
}
REFUSED = {
    "strict JSON": ("c.json", f'{{\n  "model": "{MODEL}"\n}}\n', 2),
    "a continued line": ("a.py", f'x = 1 + \\\n    f(model="{MODEL}") + \\\n    2\n', 2),
    "a text over several lines": ("c.yaml", f"args: >-\n  run --model {MODEL}\n  --fast\n", 2),
}


def scan(folder: Path, *arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {}, str(folder), lambda: date(2026, 11, 21))
    return run(["scan", *arguments, str(folder)], terminal), out.getvalue(), err.getvalue()


def rules(folder: Path) -> list[str]:
    return [one["rule"] for one in json.loads(scan(folder, "--format", "json")[1])["findings"]]


@pytest.mark.parametrize(("name", "before", "after"), WRITTEN.values(), ids=WRITTEN)
def test_a_comment_is_written_and_silences(name: str, before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(before.encode())
    assert rules(tmp_path) == ["retired-model"]
    code, _, err = scan(tmp_path, "--add-ignore", "contract 4711")
    assert (code, err) == (0, "1 suppression written\n")
    assert (tmp_path / name).read_bytes().decode() == after
    assert rules(tmp_path) == []


@pytest.mark.parametrize(("name", "text", "line"), REFUSED.values(), ids=REFUSED)
def test_where_no_comment_can_stand_nothing_is_written(name: str, text: str, line: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    assert rules(tmp_path) == ["retired-model"]
    code, out, err = scan(tmp_path, "--add-ignore", "contract 4711")
    assert (code, out) == (1, "")
    assert f"{name}:{line}: no comment can stand here" in err
    assert (tmp_path / name).read_text() == text


def test_several_rules_on_a_line_share_a_comment_and_each_line_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f'A = "{MODEL}"\nB = 1\nC = "{MODEL}"\n')
    (tmp_path / "modelaudit.toml").write_text('deny = ["claude-*"]\nmax-suppression-days = 90\nrequire-reason = true\n')
    code, out, _ = scan(tmp_path, "--add-ignore", "we know gpt-4-0613 is worse")
    assert (code, out) == (0, "a.py:1: ignore[denied-model, retired-model]\na.py:3: ignore[denied-model, retired-model]\n")
    words = '# modelaudit: ignore[denied-model, retired-model] until=2027-02-19 reason="we know gpt-4-0613 is worse"'
    assert (tmp_path / "a.py").read_text() == f'A = "{MODEL}"  {words}\nB = 1\nC = "{MODEL}"  {words}\n'
    assert rules(tmp_path) == []
    assert scan(tmp_path, "--add-ignore", "again") == (0, "", "0 suppressions written\n")


def test_only_what_the_run_reports(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f'A = "{MODEL}"\n')
    (tmp_path / "modelaudit.toml").write_text('deny = ["claude-*"]\n')
    assert scan(tmp_path, "--select", "denied-model", "--add-ignore", "x")[:2] == (0, "a.py:1: ignore[denied-model]\n")
    assert rules(tmp_path) == ["retired-model"]


@pytest.mark.parametrize("reason", ["", " ", "two\nlines", 'a "quoted" word', "\x1b[31m"])
def test_what_can_be_no_reason(reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f'A = "{MODEL}"\n')
    code, _, err = scan(tmp_path, f"--add-ignore={reason}")
    assert code == 2
    assert "--add-ignore" in err
    assert (tmp_path / "a.py").read_text() == f'A = "{MODEL}"\n'


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f'A = "{MODEL}"\n')
    (tmp_path / "a.py").chmod(0o755)
    scan(tmp_path, "--add-ignore", "x")
    assert (tmp_path / "a.py").stat().st_mode & 0o777 == 0o755
