"""The audit as a function, for programs that want the findings and not a report in text."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from datetime import date

from modelaudit.auditing import audited, request
from modelaudit.cli import read
from modelaudit.domain.errors import UsageError
from modelaudit.domain.report import Gate, Report
from modelaudit.terminal import Terminal
from modelaudit.triage.gate import exit_code


def audit(*paths: str | os.PathLike[str], options: Sequence[str] = ()) -> Report:
    """What `modelaudit scan OPTIONS PATHS` finds, with the configuration of the project that it would use.

    `options` are words of its command line that say what to look at and how to judge it (`["--as-of", "2026-06-20", "--isolated"]`);
    those about output have no effect here, and the environment gives none. `report.gate` holds the exit code. Nothing is printed.
    Raises `ModelAuditError`, of which `ConfigError`, `InputError` and `UsageError` are kinds.
    """
    invocation = read(["scan", *options, "--", *(os.fspath(path) for path in paths)])
    if isinstance(invocation, int) or invocation.command != "scan":
        raise UsageError("these options are none of a scan", hint="`modelaudit scan --help` lists them")
    silent = Terminal(io.StringIO(), io.StringIO(), io.StringIO(), {}, os.getcwd(), date.today)
    wanted = request(invocation, silent)
    report = audited(wanted, silent)
    return report._replace(gate=Gate(wanted.settings.fail_on, int(exit_code(report, wanted.settings))))
