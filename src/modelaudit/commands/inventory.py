"""`modelaudit inventory`: every model in use, good ones too."""

from __future__ import annotations

from modelaudit.auditing import audited, request
from modelaudit.delivery import deliver
from modelaudit.domain.errors import ExitCode
from modelaudit.invocation import Invocation
from modelaudit.options import INVENTORY_FORMATS
from modelaudit.report.registry import inventory_renderer
from modelaudit.terminal import Terminal


def run(invocation: Invocation, terminal: Terminal) -> int:
    """List what is used; whatever it is, that is no failure."""
    report = audited(request(invocation, terminal), terminal, compare=False)
    deliver(report, inventory_renderer(invocation.text("format") or INVENTORY_FORMATS[0]), invocation, terminal)
    return int(ExitCode.CLEAN)
