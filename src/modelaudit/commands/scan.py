"""`modelaudit scan`: audit some paths, write the reports, exit by the gate."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TextIO

from modelaudit.config.load import load
from modelaudit.config.settings import Settings
from modelaudit.domain.errors import ExitCode, InputError
from modelaudit.domain.report import Gate, Report
from modelaudit.invocation import Invocation
from modelaudit.options import FORMATS
from modelaudit.report.registry import renderer
from modelaudit.report.style import Style
from modelaudit.terminal import Terminal, close_quietly, write_file

_PLAIN_WIDTH = 100


def run(invocation: Invocation, terminal: Terminal) -> int:
    """Scan and report."""
    paths = _paths(invocation, terminal)
    settings = _settled(load(invocation, paths, terminal.folder).settings, terminal)
    if not paths:  # an empty list names nothing; without one the current folder is meant
        terminal.say("warning: --files-from lists no path, nothing was scanned")
        return int(ExitCode.INCOMPLETE if settings.strict else ExitCode.CLEAN)
    report = _audit(settings, paths, settings.as_of or terminal.today())
    from modelaudit.triage.gate import exit_code

    code = ExitCode.CLEAN if invocation.has("exit-zero") else exit_code(report, settings)
    report = report._replace(gate=Gate(settings.fail_on, int(code)))
    if not settings.show_suppressed:
        report = report._replace(findings=tuple(finding for finding in report.findings if finding.suppression is None))
    try:
        _write(report, invocation, terminal)
    except BrokenPipeError:
        close_quietly(terminal.out)
    return int(code)


def _settled(settings: Settings, terminal: Terminal) -> Settings:
    """The settings without what contradicts itself: a finding that fails the run is shown."""
    if settings.risk.rank <= settings.fail_on.rank:
        return settings
    terminal.say(f"warning: findings are shown from {settings.fail_on.value} up, because they fail the run from there")
    return settings._replace(risk=settings.fail_on)


def _audit(settings: Settings, paths: tuple[str, ...], as_of: date) -> Report:
    from modelaudit.engine import audit

    baseline = None
    if settings.baseline is not None:
        from modelaudit.triage.baseline import read

        baseline = read(settings.baseline, settings.baseline)
    changed = None
    if settings.diff_base is not None:
        from modelaudit.engine.since import Since

        changed = Since(settings.base, settings.diff_base)
    return audit(settings, paths, as_of, baseline=baseline, changed=changed)


def _paths(invocation: Invocation, terminal: Terminal) -> tuple[str, ...]:
    listed = invocation.text("files-from")
    more = () if listed is None else _listed(listed, terminal.source)
    return (*invocation.arguments, *more) if invocation.arguments or listed is not None else (".",)


def _listed(path: str, source: TextIO) -> tuple[str, ...]:
    """Paths of a list, one a line, or ended by NUL as `git ls-files -z` and `find -print0` write them."""
    try:
        if path == "-":
            text = source.read()
        else:
            with open(path, encoding="utf-8", errors="surrogateescape") as stream:
                text = stream.read()
    except OSError as error:
        raise InputError(f"--files-from: {path}: {error.strerror}") from error
    return tuple(part for part in (text.split("\0") if "\0" in text else text.splitlines()) if part)


def _write(report: Report, invocation: Invocation, terminal: Terminal) -> None:
    """Every report asked for: files first, so that a reader of standard output who goes early loses none."""
    plain = Style(width=_PLAIN_WIDTH, verbosity=_verbosity(invocation))
    for name in FORMATS:
        path = invocation.text(f"{name}-output")
        if path is not None:
            write_file(path, partial(_render, name, report, plain))
    name = invocation.text("format") or FORMATS[0]
    output = invocation.text("output")
    if output is not None and output != "-":
        write_file(output, partial(_render, name, report, plain))
    else:
        style = terminal.style(invocation.text("color") or "auto", _verbosity(invocation))
        _render(name, report, style, terminal.out)
        terminal.out.flush()


def _render(name: str, report: Report, style: Style, out: TextIO) -> None:
    renderer(name)(report, out, style)


def _verbosity(invocation: Invocation) -> int:
    return -1 if invocation.has("quiet") else min(invocation.number("verbose"), 1)
