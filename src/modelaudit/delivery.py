"""Hands reports over: to standard output, or to files that are written whole or not at all."""

from __future__ import annotations

from functools import partial
from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.invocation import Invocation
from modelaudit.report.registry import Renderer
from modelaudit.report.style import Style
from modelaudit.terminal import Terminal, close_quietly, write_file

_PLAIN_WIDTH = 100
"""Columns of reports in files."""


def to_file(report: Report, render: Renderer, path: str, invocation: Invocation) -> None:
    """Write a report to a file, without colours."""
    write_file(path, partial(_render, render, report, Style(width=_PLAIN_WIDTH, verbosity=verbosity(invocation))))


def deliver(report: Report, render: Renderer, invocation: Invocation, terminal: Terminal) -> None:
    """Write the main report where the invocation wants it; a reader that goes away early is no error."""
    output = invocation.text("output")
    if output is not None and output != "-":
        to_file(report, render, output, invocation)
        return
    try:
        render(report, terminal.out, terminal.style(invocation.text("color") or "auto", verbosity(invocation)))
        terminal.out.flush()
    except BrokenPipeError:
        close_quietly(terminal.out)


def verbosity(invocation: Invocation) -> int:
    """-1 quiet, 0 usual, 1 everything."""
    return -1 if invocation.has("quiet") else min(invocation.number("verbose"), 1)


def _render(render: Renderer, report: Report, style: Style, out: TextIO) -> None:
    render(report, out, style)
