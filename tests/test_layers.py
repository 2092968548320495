"""The layers of CONTRIBUTING.md hold: `lint-imports` as a test, and the stages that must not ask the clock or the environment do not."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "modelaudit"
ASKING = {"cli", "commands", "terminal.py", "__main__.py"}
"""What may ask the clock and the environment."""


def test_imports_keep_to_the_layers() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def _files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in ASKING)


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_stages_do_not_ask_the_clock(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    asked = [
        ast.unparse(call.func) for call in calls if ast.unparse(call.func) in {"date.today", "datetime.now", "time.time", "datetime.utcnow"}
    ]
    assert asked == []


def test_nothing_imports_click() -> None:
    """typer carries its own; the package of that name is not a dependency."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not any(name.partition(".")[0] == "click" for name in names), path
