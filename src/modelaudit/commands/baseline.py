"""`modelaudit baseline`: record the findings of today, drop those that are gone, show what is recorded."""

from __future__ import annotations

import os
from functools import partial
from typing import TextIO

from modelaudit.auditing import DEFAULT_BASELINE, Request, audited, request
from modelaudit.domain.errors import ExitCode, UsageError
from modelaudit.domain.finding import Finding
from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal, write_file
from modelaudit.triage.baseline import Entry, compare, entry, read, write


def run(invocation: Invocation, terminal: Terminal) -> int:
    """One of write, prune and show."""
    wanted = request(invocation, terminal)
    path = _shown(wanted.settings.baseline or os.path.join(wanted.settings.base, DEFAULT_BASELINE), terminal.folder)
    if invocation.command == "baseline show":
        _show(read(path, path), path, terminal)
        return int(ExitCode.CLEAN)
    known = read(path, path) if invocation.command == "baseline prune" else ()
    findings = [one for one in audited(wanted, terminal, compare=False).findings if one.suppression is None]
    if invocation.command == "baseline prune":
        _prune(known, findings, wanted, path, terminal)
    else:
        _save([entry(one) for one in findings], path)
        terminal.say(f"{_count(len(findings))} written to {path}")
    return int(ExitCode.CLEAN)


def _prune(known: tuple[Entry, ...], findings: list[Finding], wanted: Request, path: str, terminal: Terminal) -> None:
    """Keep what still applies, as it was recorded, and what was not looked at; what is new stays out."""
    from modelaudit.engine import is_whole

    whole = is_whole(wanted.settings, wanted.paths)
    unmatched = compare(findings, known, whole=whole).gone
    gone = unmatched if whole else tuple(one for one in unmatched if _is_below(one.path, wanted))
    _save([one for one in known if one not in gone], path)
    terminal.say(f"{_count(len(gone))} dropped from {path}, {len(known) - len(gone)} kept")


def _is_below(path: str, wanted: Request) -> bool:
    """Whether a path lies in what was scanned."""
    full = os.path.join(os.path.abspath(os.path.join(wanted.settings.base, path)), "")
    return any(full.startswith(os.path.join(os.path.abspath(scanned), "")) for scanned in wanted.paths)


def _shown(path: str, folder: str) -> str:
    """The path as a person here would write it."""
    inside = os.path.relpath(os.path.join(folder, path), folder)
    return path if inside.startswith("..") else inside


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
