"""Input that no tidy project has: every kind is read, or counted and told, and none stops a run."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from modelaudit.cli import run
from modelaudit.options import FORMATS
from modelaudit.terminal import Terminal

MODEL = "claude-3-haiku-20240307"
CODE = f"""\
import anthropic

MODEL = "{MODEL}"
anthropic.Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
"""


class Answer:
    """What a run gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def json(self) -> Mapping[str, Sequence[Mapping[str, object]]]:
        return cast("Mapping[str, Sequence[Mapping[str, object]]]", json.loads(self.out))


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scan(*arguments: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, io.StringIO(), {"COLUMNS": "100"}, str(Path.cwd()), lambda: date(2026, 11, 21))
    return Answer(run(["scan", *arguments], terminal), out.getvalue(), err.getvalue())


def read(*arguments: str) -> tuple[list[tuple[object, object]], list[tuple[object, object]], list[object]]:
    """(path, level) of findings, (path, why) of skipped files, codes of notifications."""
    report = scan("--format", "json", *arguments).json()
    findings = [(cast("Mapping[str, object]", one["location"])["path"], one["risk"]) for one in report["findings"]]
    return findings, [(one["path"], one["why"]) for one in report["skipped"]], [one["code"] for one in report["notifications"]]


@pytest.mark.parametrize(
    ("name", "data", "level", "codes"),
    [
        ("a.py", CODE.encode(), "critical", []),
        ("syntax.py", (CODE + "def broken(:\n").encode(), "high", ["parse"]),
        ("newer.py", (CODE + "match = lazy from import\n").encode(), "high", ["parse"]),
        ("deep.py", (CODE + "x = " + "(" * 3000 + ")" * 3000 + "\n").encode(), "high", ["parse"]),
        ("deeper.py", (CODE + "x = " + "-" * 100_000 + "1\n").encode(), "high", ["parse"]),
        ("utf16.py", CODE.encode("utf-16"), "critical", []),
        ("bom.py", b"\xef\xbb\xbf" + CODE.encode(), "critical", []),
        ("latin1.py", (CODE + "# caf\xe9\n").encode("latin-1"), "critical", ["encoding"]),
        ("cookie.py", ("# -*- coding: cp1252 -*-\n# \x80\n" + CODE).encode("latin-1"), "critical", []),
        ("crlf.py", CODE.replace("\n", "\r\n").encode(), "critical", []),
        ("form_feed.py", ("\f\n" + CODE).encode(), "critical", []),
        ("line.py", (f'X = "{"a" * 600_000}"; ' + CODE).encode(), "critical", []),
        ("bad.json", f'{{"model": "{MODEL}",'.encode(), "critical", ["malformed-json"]),
        ("bad.yaml", f"model: {MODEL}\n  x: [\n".encode(), "critical", ["malformed-yaml"]),
        ("tabs.yaml", f"\tmodel: {MODEL}\n".encode(), "critical", ["malformed-yaml"]),
        ("bad.toml", f'model = "{MODEL}"\nx = \n'.encode(), "critical", []),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_findings_are_still_found(tree: Path, name: str, data: bytes, level: str, codes: list[str]) -> None:
    (tree / name).write_bytes(data)
    findings, skipped, notes = read()
    assert [path for path, _ in findings] == [name]
    assert findings[0][1] == level
    assert skipped == []
    assert notes == codes
    assert scan().code == 1
    assert scan("--strict").code == 1, "what was read less well was read"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 1000, b"\xef\xbb\xbf\n", b"\x0c"], ids=repr)
def test_a_file_of_nothing_is_read(tree: Path, data: bytes) -> None:
    (tree / "x.py").write_bytes(data)
    assert read() == ([], [], [])


def test_what_is_no_text_is_counted(tree: Path) -> None:
    (tree / "nul.py").write_bytes(f'MODEL = "{MODEL}"\0'.encode())
    (tree / "big.py").write_bytes(CODE.encode() + b"#" * 6_000_000)
    (tree / "image.yaml").write_bytes(bytes(range(256)) + MODEL.encode())
    _, skipped, _ = read()
    assert skipped == [("big.py", "larger than 5000000 bytes"), ("image.yaml", "binary"), ("nul.py", "binary")]


def test_a_pipe_with_a_source_suffix_is_never_opened(tree: Path) -> None:
    (tree / "a.py").write_text(CODE)
    os.mkfifo(tree / "x.py")
    findings, skipped, _ = read()
    assert findings == [("a.py", "critical")]
    assert skipped == [("x.py", "named pipe")]
    assert read("x.py")[1] == [("x.py", "named pipe")]


def test_links_in_a_circle_end(tree: Path) -> None:
    (tree / "pkg").mkdir()
    (tree / "pkg" / "a.py").write_text(CODE)
    (tree / "pkg" / "again").symlink_to(tree / "pkg", target_is_directory=True)
    (tree / "pkg" / "up").symlink_to("..", target_is_directory=True)
    (tree / "self.py").symlink_to("self.py")
    (tree / "gone.py").symlink_to("nowhere.py")
    findings, skipped, _ = read()
    assert findings == [("pkg/a.py", "critical")]
    assert {path for path, _ in skipped} == {"gone.py", "pkg/again", "pkg/up", "self.py"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable for the superuser")
def test_what_may_not_be_read_is_told_and_counts_as_incomplete_when_strict(tree: Path) -> None:
    (tree / "a.py").write_text(CODE)
    (tree / "secret.py").write_text(CODE)
    (tree / "secret.py").chmod(0)
    assert [path for path, _ in read()[1]] == ["secret.py"]
    assert scan("--exit-zero", "--strict").code == 3


def test_a_file_that_vanishes_during_the_run_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "a.py").write_text(CODE)
    (tree / "b.py").write_text(CODE)
    opened = os.open

    def vanishing(path: str, *arguments: int, **named: int) -> int:
        if str(path).endswith("b.py"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return opened(path, *arguments, **named)

    monkeypatch.setattr(os, "open", vanishing)
    findings, skipped, _ = read()
    assert [path for path, _ in findings] == ["a.py"]
    assert [path for path, _ in skipped] == ["b.py"]
    assert scan("--strict").code == 1, "findings weigh more than gaps"
    assert scan("--strict", "--as-of", "2025-01-01").code == 3


def test_nothing_to_scan(tree: Path) -> None:
    (tree / "empty").mkdir()
    (tree / "photo.jpg").write_bytes(b"\xff\xd8")
    answer = scan()
    assert (answer.code, read()[0]) == (0, [])
    assert "nothing-to-scan" in read()[2]
    assert scan("--strict").code == 3
    assert scan("empty", "--strict").code == 3


HOSTILE = "na\x1b[31mme\n::error::pwned\r<img src=x onerror=alert(1)>\u202e.py"
CONTEXT = '{"a\\u001b[2J\\u009b31m\\n::stop-commands::x": {"model": "' + MODEL + '"}}'


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be written there")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("verbosity", [(), ("-v",)], ids=("plain", "verbose"))
def test_text_of_the_tree_acts_on_nothing(tree: Path, form: str, verbosity: tuple[str, ...]) -> None:
    (tree / HOSTILE).write_text(CODE)
    (tree / "settings.json").write_text(CONTEXT)
    (tree / f"broken {HOSTILE}").write_text(CODE + "def broken(:\n")
    answer = scan("--format", form, *verbosity)
    assert answer.code == 1
    assert MODEL in answer.out
    text = answer.out + answer.err
    assert [char for char in text if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f" or char == "\u202e"] == []
    assert [line for line in text.splitlines() if line.startswith(("::error::pwned", "::stop-commands"))] == []
    if form == "html":
        assert "<img" not in text
    if form in ("json", "sarif", "gitlab"):
        json.loads(answer.out)
    if form == "jsonl":
        assert [json.loads(line) for line in answer.out.splitlines()]


def test_a_report_is_written_whole_or_not_at_all(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "a.py").write_text(CODE)
    (tree / "report.json").write_text("before")
    renamed = os.replace

    def refused(source: str, target: str) -> None:
        if str(target).endswith("report.json"):
            raise OSError(28, "No space left on device")
        renamed(source, target)

    monkeypatch.setattr(os, "replace", refused)
    answer = scan("--format", "json", "--output", "report.json")
    assert (answer.code, answer.out) == (2, "")
    assert "report.json: cannot be written: No space left on device" in answer.err
    assert (tree / "report.json").read_text() == "before"
    assert sorted(file.name for file in tree.iterdir()) == ["a.py", "report.json"]


def test_quiet_and_verbose(tree: Path) -> None:
    (tree / "a.py").write_text(CODE)
    (tree / "b.py").write_text("import openai\n\n\ndef f(m):\n    openai.OpenAI().responses.create(model=pick(m), input='')\n# gpt-4\n")
    quiet, plain, loud = scan("-q"), scan(), scan("-v")
    assert quiet.code == plain.code == loud.code == 1
    assert MODEL in quiet.out
    assert "Looked at" not in quiet.out
    assert "Looked at" in plain.out
    assert "b.py:5" not in plain.out
    assert "b.py:5" in loud.out, "what could not be followed"
    assert len(quiet.out) < len(plain.out) < len(loud.out)


@pytest.mark.parametrize(
    ("arguments", "error", "advice"),
    [
        (("--formt", "json"), "unknown option '--formt'", "did you mean --format?"),
        (("--format", "jsn"), "--format", "json"),
        (("--fail-on", "hihg"), "--fail-on", "high"),
        (("--as-of", "yesterday"), "--as-of", ""),
        (("--select", "retired-modle"), "retired-modle", "did you mean retired-model?"),
        (("--config", "fail-no=low"), "fail-no", "did you mean fail-on?"),
        (("nowhere.py",), "nowhere.py", ""),
    ],
    ids=" ".join,
)
def test_a_mistake_is_a_usage_error_with_advice(tree: Path, arguments: tuple[str, ...], error: str, advice: str) -> None:
    (tree / "a.py").write_text(CODE)
    answer = scan(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert error in answer.err
    assert advice in answer.err


def test_an_interrupt_is_one_line_and_leaves_nothing_behind(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "a.py").write_text(CODE)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    answer = scan("--output", "report.txt")
    assert (answer.code, answer.out) == (130, "")
    assert len(answer.err.splitlines()) == 1
    assert sorted(file.name for file in tree.iterdir()) == ["a.py"]


def test_a_notice_names_its_file_once(tree: Path) -> None:
    (tree / "syntax.py").write_text(CODE + "def broken(:\n")
    (tree / "latin1.py").write_bytes((CODE + "# caf\xe9\n").encode("latin-1"))
    notes = scan("--format", "json").json()["notifications"]
    assert [(note["path"], str(note["message"]).count(".py")) for note in notes] == [("latin1.py", 0), ("syntax.py", 0)]
