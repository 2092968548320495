"""`modelaudit cache`: what earlier runs kept of the files they read, and how to be rid of it."""

from __future__ import annotations

from modelaudit.domain.errors import ExitCode
from modelaudit.engine.keeping import folder_of
from modelaudit.extract.cache import Info, clean, info
from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal


def run(invocation: Invocation, terminal: Terminal) -> int:
    """One of info and clean. The configuration of the project is not asked: it cannot say where the cache is."""
    folder = folder_of(invocation.text("cache-dir"))
    if invocation.command == "cache clean":
        terminal.out.write(f"{_told(clean(folder))} removed from {folder}\n")
    else:
        terminal.out.write(f"{_told(info(folder))} in {folder}\n")
    return int(ExitCode.CLEAN)


def _told(found: Info) -> str:
    trees = "1 tree" if found.files == 1 else f"{found.files:,} trees"
    return f"facts of {trees}, {found.size / 1_000_000:,.1f} MB,"
