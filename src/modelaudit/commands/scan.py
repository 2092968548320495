"""`modelaudit scan`: audit some paths, write the reports, exit by the gate."""

from __future__ import annotations

from modelaudit.auditing import audited, files, request
from modelaudit.config.settings import Settings
from modelaudit.delivery import deliver, to_file
from modelaudit.domain.errors import ExitCode
from modelaudit.domain.report import Gate, Report
from modelaudit.invocation import Invocation
from modelaudit.options import FORMATS
from modelaudit.report.registry import renderer
from modelaudit.terminal import Terminal


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
    from modelaudit.triage.gate import exit_code

    code = ExitCode.CLEAN if invocation.has("exit-zero") else exit_code(report, settings)
    report = report._replace(gate=Gate(settings.fail_on, int(code)))
    if not settings.show_suppressed:
        report = report._replace(findings=tuple(finding for finding in report.findings if finding.suppression is None))
    _write(report, invocation, terminal)
    return int(code)


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
    deliver(report, renderer(invocation.text("format") or FORMATS[0]), invocation, terminal)
    if invocation.has("statistics"):
        _count(report, terminal)


def _count(report: Report, terminal: Terminal) -> None:
    """Findings by rule and by model, the most first."""
    for title, counts in (("by rule", report.summary.by_rule), ("by model", report.summary.by_model)):
        terminal.say(f"{title}:")
        for name, number in sorted(counts, key=lambda pair: (-pair[1], pair[0])):
            terminal.say(f"{number:7,}  {name}")
