"""`modelaudit scan`: audit some paths, write the reports, exit by the gate."""

from __future__ import annotations

from modelaudit.auditing import Request, audited, files, request
from modelaudit.config.settings import Settings
from modelaudit.delivery import deliver, to_file
from modelaudit.domain.errors import ExitCode, UsageError
from modelaudit.domain.report import Gate, Report
from modelaudit.invocation import Invocation
from modelaudit.options import FORMATS
from modelaudit.report.escape import plain
from modelaudit.report.registry import renderer
from modelaudit.terminal import Terminal, write_bytes

_FIRST = (
    "help: `modelaudit explain MODEL` tells a model's whole story; `modelaudit baseline write` records what is known today, so that\n"
    "      `--baseline` reports only what is new; settings go into [tool.modelaudit] of pyproject.toml"
)
"""Said to a person whose project has decided nothing yet."""
_WITHOUT_WARNINGS = frozenset({"concise", "gitlab", "junit"})
"""Formats that programs read line by line, or that have findings only."""


def run(invocation: Invocation, terminal: Terminal) -> int:
    """Scan and report."""
    wanted = request(invocation, terminal)
    wanted = wanted._replace(settings=_settled(wanted.settings, terminal))
    settings = wanted.settings
    if not wanted.paths:
        terminal.say("warning: --files-from lists no path, nothing was scanned")
        return int(ExitCode.INCOMPLETE if settings.strict else ExitCode.CLEAN)
    if invocation.has("show-files"):
        terminal.out.write("".join(f"{path}\n" for path in files(wanted)))
        return int(ExitCode.CLEAN)
    report = audited(wanted, terminal)
    reason = invocation.text("add-ignore")
    if reason is not None:
        return _add_ignores(report, wanted, reason, terminal)
    from modelaudit.triage.gate import exit_code

    code = ExitCode.CLEAN if invocation.has("exit-zero") else exit_code(report, settings)
    report = report._replace(gate=Gate(settings.fail_on, int(code)))
    if not settings.show_suppressed:
        report = report._replace(findings=tuple(finding for finding in report.findings if finding.suppression is None))
    _write(report, invocation, terminal)
    if code == ExitCode.FINDINGS and wanted.fresh and not invocation.has("quiet") and terminal.out.isatty():
        terminal.say(_FIRST)
    return int(code)


def _add_ignores(report: Report, wanted: Request, reason: str, terminal: Terminal) -> int:
    """Write suppressions and say where; 1 when some finding could not have one."""
    from modelaudit.engine.silencing import edits

    if wanted.text is not None:
        raise UsageError("--add-ignore writes into files; --stdin-filename has none")
    if not reason.strip() or not reason.isprintable() or '"' in reason:
        raise UsageError(f"--add-ignore: {reason!r} cannot be a reason", hint="write one line, without double quotes")
    made = edits(report, wanted.settings, reason.strip())
    for edit in made:
        if edit.done:
            write_bytes(edit.full, edit.data)
        for place in edit.done:
            terminal.out.write(f"{plain(edit.path)}:{place.line}: ignore[{', '.join(place.rules)}]\n")
    failed = [(edit.path, place) for edit in made for place in edit.failed]
    for path, place in failed:
        terminal.say(f"warning: {plain(path)}:{place.line}: no comment can stand here; use [[tool.modelaudit.ignore]] in the configuration")
    number = sum(len(edit.done) for edit in made)
    terminal.say(f"{'1 suppression' if number == 1 else f'{number:,} suppressions'} written")
    return int(ExitCode.FINDINGS if failed else ExitCode.CLEAN)


def _settled(settings: Settings, terminal: Terminal) -> Settings:
    """The settings without what contradicts itself: a finding that fails the run is shown."""
    if settings.risk.rank <= settings.fail_on.rank:
        return settings
    terminal.say(f"warning: findings are shown from {settings.fail_on.value} up, because they fail the run from there")
    return settings._replace(risk=settings.fail_on)


def _write(report: Report, invocation: Invocation, terminal: Terminal) -> None:
    """Every report asked for: files first, so that a reader of standard output who goes early loses none."""
    for name in FORMATS:
        path = invocation.text(f"{name}-output")
        if path is not None:
            to_file(report, renderer(name), path, invocation)
    main = invocation.text("format") or FORMATS[0]
    deliver(report, renderer(main), invocation, terminal)
    if main in _WITHOUT_WARNINGS and not invocation.has("quiet"):
        _warn(report, terminal)
    if invocation.has("statistics"):
        _count(report, terminal)


def _warn(report: Report, terminal: Terminal) -> None:
    """Warnings of the run, for formats that have no place for them."""
    for note in report.notifications:
        if note.level != "note":
            place = f"{note.path}:{note.line}: " if note.path and note.line else f"{note.path}: " if note.path else ""
            hint = f" ({note.hint})" if note.hint else ""
            terminal.say(f"{note.level}: {plain(place + note.message + hint)}")


def _count(report: Report, terminal: Terminal) -> None:
    """Findings by rule and by model, the most first."""
    for title, counts in (("by rule", report.summary.by_rule), ("by model", report.summary.by_model)):
        terminal.say(f"{title}:")
        for name, number in sorted(counts, key=lambda pair: (-pair[1], pair[0])):
            terminal.say(f"{number:7,}  {name}")
