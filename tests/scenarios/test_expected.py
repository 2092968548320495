"""The scenarios end to end: the installed program, run in each project of `fixtures/`, against what was written by hand from the facts.

`fixtures/<scenario>/expected.toml` says for every day what must be found; `expected/<day>.txt` and `.json` beside it are whole outputs that
were read line by line. `MODELAUDIT_UPDATE_EXPECTED=1 pytest tests/scenarios` writes the outputs anew, and never the hand-written file.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from modelaudit.options import FORMATS

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROGRAM = Path(sys.executable).with_name("modelaudit")


class Day(NamedTuple):
    """One day of a scenario."""

    folder: Path
    on: str
    expected: Mapping[str, object]


class Run(NamedTuple):
    """What the program gave."""

    code: int
    out: str
    err: str


def days() -> list[Day]:
    files = sorted(FIXTURES.glob("*/expected.toml"))
    return [Day(file.parent, str(day["on"]), day) for file in files for day in tomllib.loads(file.read_text(encoding="utf-8"))["day"]]


DAYS = pytest.mark.parametrize("day", days(), ids=lambda day: f"{day.folder.name}-{day.on}")


def scan(day: Day, *arguments: str) -> Run:
    """Run the installed program in the project's folder, in an environment that decides nothing."""
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    command = [str(PROGRAM), "scan", "--as-of", day.on, *arguments]
    done = subprocess.run(command, cwd=day.folder, env=environ, capture_output=True, encoding="utf-8", check=False)
    return Run(done.returncode, done.stdout, done.stderr)


def listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def place(where: dict[str, object]) -> str:
    return f"{where['path']}:{where['line']}"


def site(one: dict[str, object]) -> str:
    return f"{place(one)} {one['risk']} U{one['urgency']} E{one['exposure']} D{one['difficulty']}"


@DAYS
def test_the_findings_are_those_written_by_hand(day: Day) -> None:
    run = scan(day, "--format", "json")
    report = json.loads(run.out)
    wanted = day.expected["finding"]
    assert isinstance(wanted, list)
    assert [f"{place(one['location'])}:{one['location']['column']}" for one in report["findings"]] == [one["at"] for one in wanted]
    for found, one in zip(report["findings"], wanted, strict=True):
        assert (found["rule"], found["risk"]) == (one["rule"], one["risk"]), one["at"]
        assert [site(where) for where in found["sites"]] == one["sites"], one["at"]
        assert found["successor"] == one.get("successor"), one["at"]
        assert [phrase for phrase in one["says"] if phrase not in found["message"]] == [], found["message"]
        assert [phrase for phrase in one.get("never", ()) if phrase in found["message"]] == [], found["message"]
        if "flow" in one:
            assert [step["what"] for step in found["sites"][0]["flow"]] == one["flow"]
    assert (run.code, run.err) == (day.expected["exit"], "")
    assert report["unresolved"] == report["notifications"] == []


@DAYS
def test_no_format_tells_what_nobody_knew(day: Day, tmp_path: Path) -> None:
    places = {form: tmp_path / f"report.{form}" for form in FORMATS}
    run = scan(day, "-v", *(word for form, file in places.items() for word in (f"--{form}-output", str(file))))
    assert run.code == day.expected["exit"]
    for file in places.values():
        text = file.read_text(encoding="utf-8")
        assert text, file.name
        assert [phrase for phrase in listed(day.expected.get("nowhere")) if phrase in text] == [], file.name


@DAYS
def test_the_law_and_the_outage_have_rows_of_their_own(day: Day) -> None:
    text = " ".join(scan(day).out.split())
    assert [row for row in listed(day.expected.get("rows")) if row not in text] == []


@DAYS
@pytest.mark.parametrize(("form", "ending"), [("full", "txt"), ("json", "json")])
def test_the_whole_output_is_the_one_that_was_read(day: Day, form: str, ending: str) -> None:
    run = scan(day, "--format", form)
    out = without_versions(run.out) if form == "json" else without_feed_day(run.out)
    file = day.folder / "expected" / f"{day.on}.{ending}"
    if os.environ.get("MODELAUDIT_UPDATE_EXPECTED"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(out, encoding="utf-8", newline="\n")
    assert out == file.read_text(encoding="utf-8")


def without_versions(out: str) -> str:
    """The version of the program and what says which feed it was, replaced by placeholders: they change with every release."""
    report = json.loads(out)
    marks = (
        ("version", report["tool"]["version"]),
        ("digest", report["rules"]["digest"]),
        ("generated", report["rules"]["generated"]),
        ("models", report["rules"]["models"]),
    )
    for key, value in marks:
        before = f'"{key}": {json.dumps(value)}'
        assert before in out
        out = out.replace(before, f'"{key}": "[{key}]"', 1)
    # Git lists the files of a folder that is passed over, a walk does not look inside.
    return re.sub(r'("path": "expected/", .*"count": )\d+', r'\1"[files]"', out)


def without_feed_day(out: str) -> str:
    """The day of the feed's newest source, replaced by a placeholder."""
    head, found, tail = out.rpartition("by the rules feed of ")
    assert found
    return f"{head}{found}[generated]{tail[len('2026-11-21') :]}"
