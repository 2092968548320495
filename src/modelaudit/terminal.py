"""The terminal and the environment of a run: streams, colour, width, advice on standard error, files written whole or not at all.

Only `cli` and `commands` import this module; nothing below them knows where it runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from modelaudit.domain.errors import InputError, ModelAuditError
from modelaudit.domain.record import NamedTuple
from modelaudit.report.style import Style

TYPE_CHECKING = False
"""Help, which loads this module, is written before `typing` and `datetime` would be loaded."""
if TYPE_CHECKING:
    from datetime import date
    from typing import TextIO

_PLAIN_WIDTH = 100
"""Columns of reports that go to a file or a pipe."""
_PATIENCE, _TICK = 0.3, 0.5
"""Seconds before the first sign of progress, and between two."""
_LINK_VARIABLES = ("VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
_LINK_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "Tabby"})


class Terminal(NamedTuple):
    """Where a command writes and what it may ask of its surroundings."""

    out: TextIO
    err: TextIO
    source: TextIO
    """Standard input."""
    environ: Mapping[str, str]
    folder: str
    """The current folder."""
    today: Callable[[], date]

    def say(self, text: str) -> None:
        """One line on standard error."""
        print(text, file=self.err)

    def complain(self, error: ModelAuditError) -> None:
        """An error and its advice on standard error."""
        self.say(f"error: {error}")
        if error.hint is not None:
            self.say(f"help: {error.hint}")

    def style(self, color: str, verbosity: int) -> Style:
        """How a report on standard output may look."""
        return Style(
            color=is_colored(color, self.out, self.environ),
            width=columns(self.out, self.environ),
            links=_has_links(self.out, self.environ),
            verbosity=verbosity,
        )


class Progress:
    """Tells on a terminal that a long run is under way, and takes the line away at the end.

    A timer signal writes it: a thread would forbid the scan to fork its workers.
    """

    def __init__(self, terminal: Terminal, *, wanted: bool) -> None:
        self._err = terminal.err
        self._clock: Callable[[], float] | None = None
        self._wanted = wanted and terminal.err.isatty() and terminal.environ.get("TERM") != "dumb" and hasattr(os, "fork")
        self._shown = False

    def __enter__(self) -> None:
        if self._wanted:
            import signal
            from time import monotonic

            start = monotonic()
            self._clock = lambda: monotonic() - start
            signal.signal(signal.SIGALRM, self._show)
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _TICK)

    def __exit__(self, *_: object) -> None:
        if self._clock is not None:
            import signal

            signal.setitimer(signal.ITIMER_REAL, 0)
        if self._shown:
            self._err.write("\r\x1b[K")
            self._err.flush()

    def _show(self, *_: object) -> None:
        if self._clock is not None:
            self._err.write(f"\r\x1b[Kscanning ... {self._clock():.0f} s")
            self._err.flush()
            self._shown = True


def is_colored(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """`--color` decides; then `NO_COLOR`, `FORCE_COLOR`, and whether the stream is a terminal that knows colours."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def write_file(path: str, write: Callable[[TextIO], None]) -> None:
    """Write a file beside its place and move it there, so that nobody ever sees half of it; what is no plain file is written straight."""
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "w", encoding="utf-8", newline="\n") as straight:
                write(straight)
            return
        _write_beside(target, write)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_bytes(path: str, data: bytes) -> None:
    """Replace a file by other bytes, whole or not at all; a link stays a link."""
    target = os.path.realpath(path)
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(beside, "xb") as stream:
            stream.write(data)
        os.chmod(beside, os.stat(target).st_mode & 0o7777)
        os.replace(beside, target)
    except OSError as error:
        if os.path.exists(beside):
            os.unlink(beside)
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def close_quietly(stream: TextIO) -> None:
    """For a stream whose reader has gone: keeps the interpreter from complaining when it flushes at exit."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):
        return


def _write_beside(target: str, write: Callable[[TextIO], None]) -> None:
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as stream:
            write(stream)
        if os.path.exists(target):
            os.chmod(beside, os.stat(target).st_mode & 0o7777)
        os.replace(beside, target)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    """How wide to write: `COLUMNS`, the terminal, or what suits a file."""
    wanted = environ.get("COLUMNS", "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _PLAIN_WIDTH
    except (OSError, ValueError):
        return _PLAIN_WIDTH


def _has_links(stream: TextIO, environ: Mapping[str, str]) -> bool:
    if not stream.isatty() or environ.get("TERM") == "dumb":
        return False
    return environ.get("TERM_PROGRAM") in _LINK_PROGRAMS or any(name in environ for name in _LINK_VARIABLES)
