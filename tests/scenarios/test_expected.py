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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from modelaudit.domain.finding import Risk
from modelaudit.options import FORMATS

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROGRAM = Path(sys.executable).with_name("modelaudit")


class Day(NamedTuple):
    """One day of a scenario, perhaps with arguments of its own (`--config grant.toml`), then under a name of its own."""

    folder: Path
    on: str
    expected: Mapping[str, object]

    @property
    def name(self) -> str:
        return str(self.expected.get("name", self.on))

    @property
    def arguments(self) -> list[str]:
        return listed(self.expected.get("arguments"))


class Run(NamedTuple):
    """What the program gave."""

    code: int
    out: str
    err: str


def days() -> list[Day]:
    files = sorted(FIXTURES.glob("*/expected.toml"))
    return [Day(file.parent, str(day["on"]), day) for file in files for day in tomllib.loads(file.read_text(encoding="utf-8"))["day"]]


DAYS = pytest.mark.parametrize("day", days(), ids=lambda day: f"{day.folder.name}-{day.name}")


def scan(day: Day, *arguments: str, command: str = "scan") -> Run:
    """Run the installed program in the project's folder, in an environment that decides nothing."""
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    words = [str(PROGRAM), command, "--as-of", day.on, *day.arguments, *arguments]
    done = subprocess.run(words, cwd=day.folder, env=environ, capture_output=True, encoding="utf-8", check=False)
    return Run(done.returncode, done.stdout, done.stderr)


def listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def tables(value: object) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else []


def allow_gap(request: pytest.FixtureRequest, day: Day, aspect: str) -> None:
    """What is known to be missing stands in the hand-written file with its reason, and fails here once it is there."""
    gaps = day.expected.get("gap")
    if isinstance(gaps, dict) and aspect in gaps:
        request.applymarker(pytest.mark.xfail(reason=str(gaps[aspect]), strict=True))


def spot(finding: dict[str, Any]) -> str:
    return f"{place(finding['location'])}:{finding['location']['column']} {finding['rule']}"


def worst(finding: dict[str, Any]) -> dict[str, Any]:
    """The site that a report shows first."""
    levels = [str(level) for level in Risk.__members__]
    return min(finding["sites"], key=lambda one: levels.index(one["risk"].upper()))


def reason(factor: dict[str, Any]) -> str:
    return " ".join((factor["sentence"], *(place(one) for one in factor["evidence"] if "path" in one)))


def effort(finding: dict[str, Any]) -> dict[str, Any]:
    found = finding["effort"] or {"class": None, "minutes": [0, 0], "items": []}
    items = {one["name"]: one["count"] for one in found["items"]}
    return {"size": found["class"], "days": [round(minutes / 480, 1) for minutes in found["minutes"]], "items": items}


TELLS: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "because": lambda one: [reason(factor) for factor in worst(one)["factors"]],
    "breaking": lambda one: [
        f"{place(item)} {item['parameter']} {item['effect']}" for item in (one["replacement"] or {"breaking": []})["breaking"]
    ],
    "effort": effort,
    "options": lambda one: [(option["do"], option["risk_after"]) for option in one["options"]],
    "start_by": lambda one: one["start_by"],
    "suppressed": lambda one: f"{one['suppression']['until']} {one['suppression']['reason']}",
    "via": lambda one: list(dict.fromkeys(place(step) for step in worst(one)["flow"])),
}
"""What a finding tells of its worst site, in the words of the hand-written file."""


def said() -> list[tuple[Day, str]]:
    """What the hand-written files say of risk, aspect by aspect."""
    return [(day, aspect) for day in days() for aspect in TELLS if any(aspect in one for one in tables(day.expected.get("finding")))]


def place(where: dict[str, object]) -> str:
    return f"{where['path']}:{where['line']}"


def site(one: dict[str, object]) -> str:
    return f"{place(one)} {one['risk']} U{one['urgency']} E{one['exposure']} D{one['difficulty']}"


def key(one: dict[str, Any]) -> str:
    return f"{one['at']} {one['rule']}"


def check(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """One finding, as the program gives it and as it was written by hand."""
    assert found["risk"] == wanted["risk"], wanted["at"]
    assert [site(where) for where in found["sites"]] == wanted["sites"], wanted["at"]
    assert found["successor"] == wanted.get("successor"), wanted["at"]
    assert [phrase for phrase in wanted["says"] if phrase not in found["message"]] == [], found["message"]
    assert [phrase for phrase in wanted.get("never", ()) if phrase in found["message"]] == [], found["message"]
    if "flow" in wanted:
        assert [step["what"] for step in found["sites"][0]["flow"]] == wanted["flow"], wanted["at"]


def gaps(some: list[Day]) -> list[ParameterSet]:
    """The findings that are known to be missing or wrong, each with the reason."""
    return [
        pytest.param(
            day,
            one,
            id=f"{day.folder.name}-{day.name}-{one['at']}",
            marks=pytest.mark.xfail(reason=str(one["gap"]), raises=(AssertionError, KeyError), strict=True),
        )
        for day in some
        for one in tables(day.expected["finding"])
        if "gap" in one
    ]


@DAYS
def test_the_findings_are_those_written_by_hand(day: Day, request: pytest.FixtureRequest) -> None:
    allow_gap(request, day, "finding")
    run = scan(day, "--format", "json")
    left_open = {key(one) for one in tables(day.expected["finding"]) if "gap" in one}
    found = [one for one in json.loads(run.out)["findings"] if spot(one) not in left_open]
    wanted = [one for one in tables(day.expected["finding"]) if "gap" not in one]
    assert [spot(one) for one in found] == [key(one) for one in wanted]
    for real, one in zip(found, wanted, strict=True):
        check(real, one)
    assert (run.code, run.err) == (day.expected["exit"], "")


@pytest.mark.parametrize(("day", "one"), gaps(days()))
def test_what_is_known_to_be_missing_is_still_missing(day: Day, one: dict[str, Any]) -> None:
    """A finding with `gap`, the reason; one that says `absent` must not be there at all. It fails once the gap is closed."""
    found = {spot(real): real for real in json.loads(scan(day, "--format", "json").out)["findings"]}
    if one.get("absent"):
        assert key(one) not in found
    else:
        check(found[key(one)], one)


@DAYS
def test_what_could_not_be_followed_or_read_is_said(day: Day, request: pytest.FixtureRequest) -> None:
    allow_gap(request, day, "unresolved")
    report = json.loads(scan(day, "--format", "json").out)
    known = day.expected.get("unresolved-gap", {})
    assert isinstance(known, dict), "places that are known to be lost, with the reason"
    assert [place(one) for one in report["unresolved"]] == sorted([*listed(day.expected.get("unresolved")), *known])
    assert [f"{one['path']} {one['code']}" for one in report["notifications"]] == listed(day.expected.get("notes"))


@DAYS
def test_every_id_has_its_role(day: Day, request: pytest.FixtureRequest) -> None:
    """Mentions in Markdown apart: prose names models as it likes."""
    if "literals" not in day.expected:
        pytest.skip("the IDs are not listed")
    allow_gap(request, day, "literals")
    run = scan(day, "--format", "json", "--include-mentions", command="inventory")
    told = [
        f"{place(one['location'])}:{one['location']['column']} {one['role']} {one['written']}"
        for one in json.loads(run.out)["literals"]
        if not one["location"]["path"].endswith(".md")
    ]
    assert sorted(dict.fromkeys(told)) == sorted(listed(day.expected["literals"]))


@pytest.mark.parametrize(("day", "aspect"), said(), ids=lambda one: one if isinstance(one, str) else f"{one.folder.name}-{one.name}")
def test_the_risk_is_told_as_written_by_hand(day: Day, aspect: str, request: pytest.FixtureRequest) -> None:
    wanted = {f"{one['at']} {one['rule']}": one[aspect] for one in tables(day.expected.get("finding")) if aspect in one}
    allow_gap(request, day, aspect)
    found = {spot(one): one for one in json.loads(scan(day, "--format", "json").out)["findings"]}
    told = {at: TELLS[aspect](found[at]) for at in wanted}
    for at, one in wanted.items():
        if aspect == "because":
            assert [phrase for phrase in listed(one) if not any(phrase in sentence for sentence in told[at])] == [], told[at]
        elif aspect == "options":
            assert len(one) == len(told[at]), told[at]
            assert [pair for pair in one if not any(pair[0] in do and pair[1] == after for do, after in told[at])] == [], told[at]
        else:
            assert told[at] == one, at


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
def test_the_whole_output_is_the_one_that_was_read(day: Day, form: str, ending: str, request: pytest.FixtureRequest) -> None:
    if isinstance(day.expected.get("gap"), dict):
        request.applymarker(pytest.mark.xfail(reason="an output with a known gap is not kept", strict=True))
        assert not day.expected["gap"]
    run = scan(day, "--format", form)
    out = without_versions(run.out) if form == "json" else without_feed_day(run.out)
    file = day.folder / "expected" / f"{day.name}.{ending}"
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
