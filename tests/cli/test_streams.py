"""What goes where, and how a run ends when it is cut short or goes wrong: the installed program in a process of its own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from modelaudit import cli, commands
from modelaudit.invocation import Invocation
from modelaudit.terminal import Progress, Terminal, is_colored, write_file

CALL = 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307", max_tokens=1, messages=[])\n'
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def terminal(err: io.StringIO | None = None) -> Terminal:
    return Terminal(io.StringIO(), err or io.StringIO(), io.StringIO(), {}, str(Path.cwd()), lambda: date(2026, 11, 21))


def failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(invocation: Invocation, terminal: Terminal) -> int:
        raise error

    monkeypatch.setattr(commands, "command", lambda name: run)


def test_a_defect_is_one_line_and_where_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(ValueError("boom"), monkeypatch)
    place = terminal()
    assert cli.run(["scan"], place) == 4
    assert place.err.getvalue() == (  # type: ignore[attr-defined]
        "error: modelaudit failed: ValueError: boom\n"
        "help: this is a defect of modelaudit; please report it with the output of the same command and -v\n"
    )


def test_a_defect_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(ValueError("boom"), monkeypatch)
    err = io.StringIO()
    assert cli.run(["scan", "-v"], terminal(err)) == 4
    assert "Traceback (most recent call last)" in err.getvalue()


def test_an_interrupt_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(KeyboardInterrupt(), monkeypatch)
    err = io.StringIO()
    assert cli.run(["scan"], terminal(err)) == 130
    assert err.getvalue() == "interrupted\n"


@POSIX
def test_a_reader_that_goes_early_is_no_error(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"m{number}.py").write_text(CALL)
    command = [sys.executable, "-m", "modelaudit", "scan", "--as-of", "2026-11-21", "-v"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as scan:
        assert scan.stdout is not None
        assert scan.stderr is not None
        scan.stdout.readline()
        scan.stdout.close()
        assert scan.stderr.read() == b""
        assert scan.wait() == 1


@POSIX
def test_an_interrupted_run_leaves_no_half_written_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CALL)
    os.mkfifo(tmp_path / "list")
    command = [sys.executable, "-m", "modelaudit", "scan", "--files-from", "list", "-o", "report.txt"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as scan:
        with open(tmp_path / "list", "w"):  # the program has begun to wait for paths
            time.sleep(0.1)
            scan.send_signal(signal.SIGINT)
            assert scan.wait() == 130
        assert scan.stderr is not None
        assert scan.stderr.read() == b"interrupted\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "list"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    place = tmp_path / "report.txt"
    place.write_text("old")

    def write(stream: io.TextIOBase) -> None:
        stream.write("new, but")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(str(place), write)  # type: ignore[arg-type]
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@POSIX
def test_what_is_no_file_is_written_straight(tmp_path: Path) -> None:
    write_file("/dev/null", lambda stream: None)
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real").chmod(0o640)
    write_file(str(tmp_path / "link"), lambda stream: print("new", file=stream))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new\n"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("choice", "screen", "environ", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(choice: str, screen: bool, environ: dict[str, str], expected: bool) -> None:
    assert is_colored(choice, Screen() if screen else io.StringIO(), environ) is expected


@POSIX
def test_progress_shows_only_on_a_terminal_and_only_when_it_lasts() -> None:
    for err, seconds, shown in ((Screen(), 0.5, True), (Screen(), 0.05, False), (io.StringIO(), 0.5, False)):
        with Progress(terminal(err), wanted=True):
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                time.sleep(0.02)
        assert ("scanning" in err.getvalue()) is shown
        assert not shown or err.getvalue().endswith("\r\x1b[K")


@POSIX
def test_progress_can_be_switched_off() -> None:
    err = Screen()
    with Progress(terminal(err), wanted=False):
        time.sleep(0.35)
    assert err.getvalue() == ""
