"""What a hook pays for on every commit: the modules that a scan of three files loads are pinned."""

from __future__ import annotations

import os
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
"""Packages that a scan of three small files may load. The matcher comes with more data, the YAML reader with YAML that is not plain."""

UNNEEDED = {
    "modelaudit.discover.git",
    "modelaudit.discover.gitignore",
    "modelaudit.engine.search",
    "modelaudit.engine.vocabulary",
    "modelaudit.extract.lexing.jsontext",
    "modelaudit.extract.lexing.yamllines",
    "modelaudit.extract.relocate",
    "modelaudit.feed.compile",
    "modelaudit.feed.restrictions_source",
    "modelaudit.identify.resources",
    "modelaudit.judge.rules.floating_alias",
    "modelaudit.judge.rules.swallowed_error",
    "modelaudit.link.calls",
    "modelaudit.link.demand",
    "modelaudit.link.members",
    "modelaudit.link.parameters",
    "modelaudit.link.texts",
    "modelaudit.report.html",
    "modelaudit.triage.baseline",
    "modelaudit.triage.changed",
    "modelaudit.triage.suppress",
}
"""What a scan of named files does without, as long as nothing in them asks for it."""

IDLE = {"modelaudit.judge", "modelaudit.judge.wording", "modelaudit.link", "modelaudit.link.modules"}
"""All of judging and linking that is loaded where there is nothing to judge: how days and names are put into words."""


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


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    """A Python file, YAML and a Dockerfile, each with an ID."""
    (tmp_path / "settings.py").write_text('import os\nMODEL = os.environ.get("MODEL", "gpt-4-0613")\n')
    (tmp_path / "dev.yaml").write_text("llm:\n  model: gpt-4-0314 # for now\n  fallback:\n    - claude-2.1\n")
    (tmp_path / "Dockerfile").write_text("FROM python:3.13-slim\nENV MODEL=gpt-4-0613\n")
    return tmp_path


def foreign(modules: set[str]) -> set[str]:
    """Top-level packages that are not of the standard library, without what compiled extensions register for themselves."""
    names = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    return {name for name in names if not name.startswith(("_cython", "cython_runtime")) and not name.endswith("__mypyc")}


def test_a_scan_of_three_files_loads_no_heavy_module(three: Path) -> None:
    loaded(three, "scan", "a.py", "b.py", "c.py", "--as-of", "2026-11-21")  # compiles the feed of a checkout, once
    modules = loaded(three, "scan", "a.py", "b.py", "c.py", "--as-of", "2026-11-21")
    assert modules & HEAVY == set()
    assert not modules & {
        "modelaudit.triage.baseline",
        "modelaudit.engine.vocabulary",
        "modelaudit.extract.config",
        "modelaudit.feed.compile",
    }
    assert foreign(modules) <= ALLOWED


def test_files_of_other_kinds_load_no_more_than_their_readers(kinds: Path) -> None:
    arguments = ("scan", "settings.py", "dev.yaml", "Dockerfile", "--as-of", "2026-11-21", "--exit-zero")
    loaded(kinds, *arguments)
    modules = loaded(kinds, *arguments)
    assert modules & (HEAVY | UNNEEDED) == set()
    assert foreign(modules) <= ALLOWED
    readers = {name for name in modules if name.startswith("modelaudit.extract.formats.")}
    assert readers == {"modelaudit.extract.formats.yaml", "modelaudit.extract.formats.dockerfile"}


def test_files_without_ids_are_neither_linked_nor_judged(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from b import LIMIT\n\nprint('a model, and a command', LIMIT)\n")
    (tmp_path / "b.py").write_text("LIMIT = 1\n")
    (tmp_path / "c.yaml").write_text("limit: 1\n")
    modules = loaded(tmp_path, "scan", "a.py", "b.py", "c.yaml", "--as-of", "2026-11-21")
    assert modules & (HEAVY | UNNEEDED) == set()
    assert {name for name in modules if name.startswith(("modelaudit.judge", "modelaudit.link"))} <= IDLE
    assert not modules & {"modelaudit.extract.config", "modelaudit.extract.python.module", "modelaudit.report.finding_block"}


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


def test_help_loads_the_table_and_nothing_else(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "scan", "--help")
    assert modules & {*HEAVY, "datetime", "re", "textwrap", "typing"} == set()
    assert {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names} == {
        "modelaudit",
        "modelaudit.__main__",
        "modelaudit.cli",
        "modelaudit.cli.help",
        "modelaudit.domain",
        "modelaudit.domain.errors",
        "modelaudit.domain.option",
        "modelaudit.domain.record",
        "modelaudit.options",
        "modelaudit.report",
        "modelaudit.report.style",
        "modelaudit.terminal",
    }


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_console_script_ends_like_the_module(three: Path) -> None:
    """It leaves without taking the interpreter apart, and nothing may be lost by that."""
    arguments = ("scan", "a.py", "--as-of", "2026-11-21", "--statistics")
    script = "from modelaudit.__main__ import program; import sys, atexit; atexit.register(print, 'bye'); program()"
    usual = run(sys.executable, "-m", "modelaudit", *arguments, cwd=three)
    quick = run(sys.executable, "-c", script, *arguments, cwd=three)
    assert usual.returncode == 1
    assert (quick.returncode, quick.stdout, quick.stderr) == (1, usual.stdout + "bye\n", usual.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_told(three: Path) -> None:
    script = "from modelaudit.__main__ import program; program()"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", script, "--version"],
            cwd=three,
            env=buffered,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 120
    assert "No space left on device" in done.stderr
