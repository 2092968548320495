"""`modelaudit baseline`: record the findings of today, drop those that are gone, show what is recorded."""

from __future__ import annotations

import os
from functools import partial
from typing import TextIO

from modelaudit.auditing import DEFAULT_BASELINE, audited, request
from modelaudit.domain.errors import ExitCode, UsageError
from modelaudit.domain.finding import Finding
from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal, write_file
from modelaudit.triage.baseline import Entry, compare, entry, read, write


def run(invocation: Invocation, terminal: Terminal) -> int:
    """One of write, prune and show."""
    wanted = request(invocation, terminal)
    path = wanted.settings.baseline or os.path.join(wanted.settings.base, DEFAULT_BASELINE)
    if invocation.command == "baseline show":
        _show(read(path, path), path, terminal)
        return int(ExitCode.CLEAN)
    known = read(path, path) if invocation.command == "baseline prune" else ()
    findings = [one for one in audited(wanted, terminal, compare=False).findings if one.suppression is None]
    if invocation.command == "baseline prune":
        _prune(known, findings, path, terminal)
    else:
        _save([entry(one) for one in findings], path)
        terminal.say(f"{_count(len(findings))} written to {path}")
    return int(ExitCode.CLEAN)


def _prune(known: tuple[Entry, ...], findings: list[Finding], path: str, terminal: Terminal) -> None:
    """Keep what still applies, as it was recorded; what is new stays out."""
    gone = compare(findings, known).gone
    _save([one for one in known if one not in gone], path)
    terminal.say(f"{_count(len(gone))} dropped from {path}, {len(known) - len(gone)} kept")


def _show(known: tuple[Entry, ...], path: str, terminal: Terminal) -> None:
    for one in sorted(known, key=lambda one: (one.path, one.rule, one.model, one.fingerprint)):
        terminal.out.write(f"{one.path}  {one.rule}  {one.model}  {one.status}  {one.fingerprint}\n")
    terminal.say(f"{_count(len(known))} in {path}")


def _save(entries: list[Entry], path: str) -> None:
    if os.path.isdir(path):
        raise UsageError(f"{path}: is a folder", hint="name the file with --baseline")
    write_file(path, partial(_write, write(entries)))


def _write(text: str, stream: TextIO) -> None:
    stream.write(text)


def _count(number: int) -> str:
    return "1 finding" if number == 1 else f"{number:,} findings"
