"""What the documentation shows is what the program does.

A line `$ modelaudit …` in a block marked `console` is run in a copy of `fixtures/`. Lines below it are compared with the output, and `...`
stands for anything. `MODELAUDIT_UPDATE_EXPECTED=1 pytest tests/scenarios` renews the output that the picture in the README is a part of.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from modelaudit.domain.errors import ExitCode
from modelaudit.options import COMMANDS, OPTIONS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAM = Path(sys.executable).with_name("modelaudit")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_OTHERS = {"--quiet", "--strict-markers"}
"""Options of other programs that a page shows."""


class Example(NamedTuple):
    """One command of a page and the output that the page shows, if any."""

    page: str
    command: str
    shown: str


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def examples() -> list[Example]:
    found = []
    for page in PAGES:
        for block in blocks(page, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                found.append(Example(page.name, command, shown))
    return found


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "modelaudit", command
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    return subprocess.run([str(PROGRAM), *words[1:]], cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False)


def matches(shown: str, output: str) -> bool:
    """Whether the output is what is shown, `...` being anything within a line, or any lines where it stands alone."""
    lines = (re.escape(line).replace(r"\.\.\.", ".*") + "\n" for line in shown.splitlines())
    return re.fullmatch("".join(r"(?:.*\n)*?" if line == ".*\n" else line for line in lines), output) is not None


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds `fixtures/`, and the reader's project besides."""
    root = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "fixtures", root / "fixtures")
    shutil.copytree(ROOT / "fixtures" / "june-2026" / "summariser", root / "summariser")
    return root


def test_there_is_something_to_run() -> None:
    assert sum(bool(one.shown) for one in examples()) >= 2


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.page}: {one.command}")
def test_a_command_does_what_the_page_shows(example: Example, copy: Path) -> None:
    done = run(example.command, copy)
    assert done.returncode in (ExitCode.CLEAN, ExitCode.FINDINGS), done.stderr
    if example.shown:
        assert matches(example.shown, done.stdout), done.stdout


def test_the_picture_is_a_part_of_what_the_program_prints() -> None:
    (picture,) = blocks(ROOT / "README.md", "text")
    whole = (ROOT / "fixtures" / "june-2026" / "expected" / "2026-06-20.txt").read_text(encoding="utf-8")
    assert picture in whole


def test_the_first_command_scans_and_finds() -> None:
    (line,) = re.findall(r"^python3 -m venv .* && \.venv/bin/(modelaudit scan .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    done = run(line, ROOT)
    assert done.returncode == ExitCode.FINDINGS
    assert "CRITICAL restricted-model" in done.stdout


def test_the_table_of_exit_codes_is_complete() -> None:
    table = re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [int(code) for code in table] == [int(code) for code in ExitCode]


def test_the_counts_of_the_feed_are_current(copy: Path) -> None:
    status = json.loads(run("modelaudit rules status --format json", copy).stdout)
    said = re.search(r"about ([\d,]+) models\s+on (\d+) platforms", (ROOT / "README.md").read_text("utf-8"))
    assert said is not None
    assert [int(number.replace(",", "")) for number in said.groups()] == [status["models"], status["platforms"]]
    noted = re.search(r"([\d,]+) models on (\d+) platforms, (\d+) acts", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert noted is not None
    assert [int(number.replace(",", "")) for number in noted.groups()] == [status["models"], status["platforms"], status["restrictions"]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by, as code hosts make it of them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_a_heading_find_it(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    assert [(name, anchor) for name, anchor in targets if anchor not in anchors(page.parent / name if name else page)] == []


def test_every_page_is_linked_from_the_first() -> None:
    first = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES if page.parent.name == "docs" and f"](docs/{page.name}" not in first] == []


def configurations() -> list[tuple[str, str]]:
    """The configurations that pages show; the reference is held to its tables elsewhere, and the feed's page shows a feed."""
    pages = (page for page in PAGES if page.name not in ("configuration.md", "feed.md"))
    return [(page.name, block) for page in pages for block in blocks(page, "toml")]


@pytest.mark.parametrize(("name", "text"), configurations(), ids=lambda value: value.splitlines()[0])
def test_a_configuration_on_a_page_is_accepted(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "risk.toml").write_text('schema = "1"\n')
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "a.py").write_text('MODEL = "claude-3-haiku-20240307"\n')
    done = run("modelaudit scan --as-of 2026-11-21 --exit-zero --format json", tmp_path)
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, ""), name


def test_the_suppression_on_its_page_suppresses(tmp_path: Path) -> None:
    (text,) = blocks(ROOT / "docs" / "suppressions.md", "python")
    (tmp_path / "a.py").write_text(text)
    done = run("modelaudit scan --as-of 2026-11-21 --show-suppressed --format json", tmp_path)
    assert [one["suppression"]["reason"] for one in json.loads(done.stdout)["findings"]] == ["extended by contract 4711"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_on_a_page_exists(page: Path) -> None:
    known = {option.flag for option in OPTIONS} | {"--help", "--version", "--install-completion", "--show-completion"} | _OTHERS
    spans = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    assert {flag for text in spans for flag in _FLAG.findall(text) if flag not in known} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_exists(page: Path) -> None:
    known = {word for command in COMMANDS for word in (command.name, command.name.partition(" ")[0])}
    said = re.findall(r"`modelaudit ([a-z]+)", page.read_text(encoding="utf-8"))
    assert {word for word in said if word not in known} == set()
