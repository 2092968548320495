"""`modelaudit explain FINGERPRINT`: from a report or a scan, by its first digits, for people and programs, and with mistakes."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.terminal import Terminal

CODE = """\
import json

import anthropic

client = anthropic.Anthropic()


def ask(text):
    try:
        answer = client.messages.create(model="{}", max_tokens=9, messages=[{{"role": "user", "content": text}}])
    except anthropic.RateLimitError:
        raise
    return json.loads(answer.content[0].text)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text(CODE.format("claude-fable-5"), encoding="utf-8")
    (tmp_path / "app" / "b.py").write_text(CODE.format("claude-mythos-5"), encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text(CODE.format("claude-fable-5"), encoding="utf-8")
    return tmp_path


def modelaudit(folder: Path, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {"COLUMNS": "100"}, str(folder), lambda: date(2026, 6, 15))
    code = run([*words], terminal)
    return code, out.getvalue(), err.getvalue()


def explain(folder: Path, *words: str) -> tuple[int, str, str]:
    return modelaudit(folder, "explain", "--isolated", *words)


@pytest.fixture
def report(project: Path) -> Path:
    file = project / "report.json"
    modelaudit(project, "scan", "--isolated", str(project), "--json-output", str(file))
    return file


def fingerprint(report: Path, path: str) -> str:
    (found,) = [one for one in json.loads(report.read_text("utf-8"))["findings"] if one["location"]["path"].endswith(path)]
    return str(found["fingerprint"])


def test_a_finding_of_a_report(project: Path, report: Path) -> None:
    code, out, err = explain(project, fingerprint(report, "app/a.py"), "--report", str(report))
    told = " ".join(out.split())
    assert (code, err) == (0, "")
    assert out.startswith("CRITICAL restricted-model  claude-fable-5 on the Anthropic API is withdrawn")
    assert "cell U4 down E3 unprotected D2 revalidate: critical" in told
    assert "not lower exposure is unprotected, because" in told
    assert "at E1 protected it would be high" in told
    assert "F13 RateLimitError does not cover a withdrawn model (404 and 403) (app/a.py:11)" in told
    assert "add a fallback to another model that also covers 404 and 403 errors -> high" in told
    assert re.search(r"effort +L, .* edit binding 5-15 min", told)


def test_the_same_from_a_scan(project: Path, report: Path) -> None:
    found = fingerprint(report, "app/a.py")
    assert explain(project, found, str(project)) == explain(project, found, "--report", str(report))


def test_as_data(project: Path, report: Path) -> None:
    found = fingerprint(report, "tests/test_a.py")
    code, out, _ = explain(project, found, "--report", str(report), "--format", "json")
    told = json.loads(out)
    assert (code, told["fingerprint"], told["as_of"], told["risk"]) == (0, found, "2026-06-15", "low")
    (site,) = told["sites"]
    assert (site["cell"], site["urgency"], site["exposure"], site["difficulty"]) == ("U4 down E0 harmless D2 revalidate: low", 4, 0, 2)
    assert "not higher: exposure is only harmless; at E1 protected it would be high" in site["why"]
    assert {"U4", "E0"} <= {factor["effect"] for factor in site["factors"]}
    assert told["options"][0]["risk_after"] == "info"


def test_the_first_digits_are_enough(project: Path, report: Path) -> None:
    found = fingerprint(report, "app/a.py")
    assert explain(project, found[:8], "--report", str(report)) == explain(project, found, "--report", str(report))


def test_digits_that_begin_several_fingerprints_name_them(project: Path, report: Path) -> None:
    data = json.loads(report.read_text("utf-8"))
    for number, one in enumerate(data["findings"]):
        one["fingerprint"] = f"abcd{number}"
    report.write_text(json.dumps(data), encoding="utf-8")
    code, out, err = explain(project, "abcd", "--report", str(report))
    assert (code, out) == (2, "")
    assert err.startswith("error: 'abcd' begins 3 fingerprints\nhelp: abcd0 is restricted-model at app/a.py:10; abcd1 is ")


def test_an_unknown_fingerprint_gives_the_nearest(project: Path, report: Path) -> None:
    found = fingerprint(report, "app/b.py")
    wrong = found[:-1] + ("0" if found[-1] != "0" else "1")
    code, out, err = explain(project, wrong, "--report", str(report))
    assert (code, out) == (2, "")
    assert err == f"error: no finding has the fingerprint {wrong!r}\nhelp: did you mean {found}, restricted-model at app/b.py:10?\n"


def test_without_any_likeness_it_says_where_fingerprints_are_shown(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    code, _, err = explain(project, "00000000", str(project))
    assert (code, err.splitlines()[0]) == (2, "error: no finding has the fingerprint '00000000'")
    assert re.fullmatch(r"help: there are \d+: `modelaudit scan -v` shows their fingerprints", err.splitlines()[1])
    empty = tmp_path_factory.mktemp("empty")
    (empty / "a.py").write_text("x = 1\n", encoding="utf-8")
    assert explain(empty, "00000000", str(empty))[2].splitlines()[1] == "help: there are no findings"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not a JSON report of modelaudit"),
        ('{"schema": "modelaudit-inventory/1"}', "not a JSON report of modelaudit"),
        ('{"schema": "other/1", "as_of": "2026-06-15", "rules": {"digest": ""}, "findings": []}', "a report of schema 'other/1'"),
        ('{"schema": "modelaudit-report/1", "as_of": "2026-06-15", "rules": {"digest": ""}, "findings": [{}]}', "missing required field"),
    ],
)
def test_a_file_that_is_no_report(project: Path, text: str, says: str) -> None:
    file = project / "other.json"
    file.write_text(text, encoding="utf-8")
    code, _, err = explain(project, "abcd", "--report", str(file))
    assert (code, says in err.splitlines()[0]) == (2, True), err
    assert "--json-output" in err.splitlines()[1]


def test_a_report_that_is_not_there(project: Path) -> None:
    code, _, err = explain(project, "abcd", "--report", str(project / "none.json"))
    assert (code, err.startswith("error: --report: ")) == (2, True)


@pytest.mark.parametrize("words", [("claude-fable-5", "app"), ("claude-fable-5", "--report", "report.json")])
def test_paths_and_reports_go_with_fingerprints_only(project: Path, words: tuple[str, ...]) -> None:
    code, _, err = explain(project, *words)
    assert code == 2
    assert err.startswith("error: 'claude-fable-5' is no fingerprint")


def test_a_rule_that_is_off_is_explained_too(project: Path) -> None:
    file = project / "resilience.json"
    modelaudit(
        project,
        "scan",
        "--isolated",
        str(project),
        "--select",
        "retry-without-fallback,unmonitored-model-errors",
        "--json-output",
        str(file),
    )
    found = json.loads(file.read_text("utf-8"))["findings"][0]
    code, out, _ = explain(project, found["fingerprint"], str(project))
    assert (code, found["rule"] in out) == (0, True)
    assert "the rule has a level of its own" in out


def test_a_report_of_another_feed_is_said_to_be_one(project: Path, report: Path) -> None:
    found = fingerprint(report, "app/a.py")
    report.write_text(re.sub(r'"digest": "[^"]*"', '"digest": "other"', report.read_text("utf-8")), encoding="utf-8")
    assert "the report was made by another rules feed" in explain(project, found, "--report", str(report))[1]


def test_foreign_text_in_a_report_does_nothing_to_the_terminal(project: Path, report: Path) -> None:
    data = json.loads(report.read_text("utf-8"))
    found = data["findings"][0]
    found["message"] = found["context"] = found["sites"][0]["callee"] = found["options"][0]["do"] = "\x1b[31mred\x07"
    found["sites"][0]["factors"][0]["sentence"] = "\x1b]8;;http://example.com\x1b\\"
    report.write_text(json.dumps(data), encoding="utf-8")
    _, out, _ = explain(project, found["fingerprint"], "--report", str(report))
    assert "\x1b" not in out
    assert "\x07" not in out


def test_all_sites_with_v(project: Path, report: Path) -> None:
    calls = "".join(f"\n\ndef {name}(m):\n    c.messages.create(model=MODEL, messages=m)\n" for name in "ab")
    head = "MODEL = 'claude-fable-5'\nimport anthropic\nc = anthropic.Anthropic()\n"
    (project / "c.py").write_text(head + calls, encoding="utf-8")
    _, out, _ = modelaudit(project, "scan", "--isolated", str(project / "c.py"), "--format", "concise", "-v")
    shown = re.search(r"[0-9a-f]{16}(?=\])", out)
    assert shown is not None, "concise shows the fingerprint with -v"
    brief, full = (explain(project, shown[0], str(project / "c.py"), *more)[1] for more in ((), ("-v",)))
    assert brief.count("F12 no other model is tried") == 1
    assert full.count("F12 no other model is tried") == 2


def test_full_shows_the_fingerprint_with_v(project: Path, report: Path) -> None:
    found = fingerprint(report, "app/a.py")
    assert found not in modelaudit(project, "scan", "--isolated", str(project))[1]
    assert f"fingerprint     {found}" in modelaudit(project, "scan", "--isolated", str(project), "-v")[1]
