"""What a hook pays for on every commit: the modules that a scan of three files loads are pinned."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "argparse",
    "asyncio",
    "concurrent.futures",
    "csv",
    "dataclasses",
    "difflib",
    "email",
    "http",
    "importlib.metadata",
    "importlib.resources",
    "json",
    "logging",
    "multiprocessing",
    "pickle",
    "sqlite3",
    "ssl",
    "subprocess",
    "threading",
    "tomllib",
    "unittest",
    "xml",
}
"""Modules of the standard library that a plain scan can do without."""

ALLOWED = {"modelaudit"}
"""Packages that a scan of three small Python files may load. The matcher comes with more data, the YAML reader with YAML."""


def loaded(folder: Path, *arguments: str) -> set[str]:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        f"sys.argv = ['modelaudit', *{list(arguments)!r}]\n"
        "from modelaudit.__main__ import main\n"
        "main()\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.fixture
def three(tmp_path: Path) -> Path:
    call = 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307", max_tokens=1, messages=[])\n'
    (tmp_path / "a.py").write_text(call)
    (tmp_path / "b.py").write_text("LIMIT = 1\n")
    (tmp_path / "c.py").write_text("from a import anthropic\n")
    return tmp_path


def foreign(modules: set[str]) -> set[str]:
    """Top-level packages that are not of the standard library, without what compiled extensions register for themselves."""
    names = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    return {name for name in names if not name.startswith(("_cython", "cython_runtime")) and not name.endswith("__mypyc")}


def test_a_scan_of_three_files_loads_no_heavy_module(three: Path) -> None:
    loaded(three, "scan", "a.py", "b.py", "c.py", "--as-of", "2026-11-21")  # compiles the feed of a checkout, once
    modules = loaded(three, "scan", "a.py", "b.py", "c.py", "--as-of", "2026-11-21")
    assert modules & HEAVY == set()
    assert foreign(modules) <= ALLOWED


def test_a_configuration_costs_the_toml_reader_only(three: Path) -> None:
    without = loaded(three, "scan", "a.py", "--as-of", "2026-11-21")
    (three / "modelaudit.toml").write_text('fail-on = "critical"\n')
    more = loaded(three, "scan", "a.py", "--as-of", "2026-11-21") - without
    assert foreign(more) == {"modelaudit", "tomli"}
    assert more & HEAVY == set()


def test_a_project_file_of_others_costs_nothing(three: Path) -> None:
    without = loaded(three, "scan", "a.py", "--as-of", "2026-11-21")
    (three / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert loaded(three, "scan", "a.py", "--as-of", "2026-11-21") == without


def test_the_version_loads_almost_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "--version") == {"modelaudit", "modelaudit.__main__", "modelaudit._version"}
