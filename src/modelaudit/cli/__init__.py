"""The command line: chooses the lane, runs the command, turns what happened into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from modelaudit.domain.errors import ExitCode, ModelAuditError
from modelaudit.terminal import Terminal, close_quietly, columns, is_colored

TYPE_CHECKING = False
"""Help is answered from here: `typing` and what reads a command line would take longer to load than to write it."""
if TYPE_CHECKING:
    from datetime import date

    from modelaudit.invocation import Invocation

_COMPLETION = "_MODELAUDIT_COMPLETE"
ASKING = ("--help", "-h")


def run(arguments: Sequence[str], terminal: Terminal | None = None) -> int:
    """Run a command line and give its exit code; every error ends here."""
    terminal = terminal or _terminal()
    try:
        code = _run(arguments, terminal)
        terminal.out.flush()
        return code
    except ModelAuditError as error:
        terminal.complain(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        terminal.say("interrupted")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        close_quietly(terminal.out)
        return int(ExitCode.CLEAN)
    except Exception as error:  # the last door: a defect is told in one line, and in full when asked
        return _defect(error, arguments, terminal)


def read(arguments: Sequence[str]) -> Invocation | int:
    """What the arguments ask for, by the fast lane where it can and by typer otherwise; an exit code when nothing is left to do."""
    from modelaudit.cli.parse import parse

    invocation = None if _COMPLETION in os.environ else parse(arguments)
    if invocation is not None:
        return invocation
    from modelaudit.cli import app

    return app.read(arguments)


def _run(arguments: Sequence[str], terminal: Terminal) -> int:
    if _COMPLETION not in os.environ and (not arguments or arguments[-1] in ASKING) and _helped(arguments, terminal):
        return int(ExitCode.CLEAN if arguments else ExitCode.USAGE)
    invocation = read(arguments)
    if isinstance(invocation, int):
        return invocation
    from modelaudit.commands import command
    from modelaudit.invocation import with_environment

    return command(invocation.command)(with_environment(invocation, terminal.environ), terminal)


def _helped(arguments: Sequence[str], terminal: Terminal) -> bool:
    """Answer a plain question for help; False when it is none."""
    from modelaudit.cli.help import page, topic_of

    topic = topic_of(arguments)
    if topic is None:
        return False
    is_color = is_colored(terminal.environ.get("MODELAUDIT_COLOR", "auto"), terminal.out, terminal.environ)
    terminal.out.write(page(topic, columns(terminal.out, terminal.environ), color=is_color) + "\n")
    return True


def _today() -> date:
    from datetime import date

    return date.today()


def _terminal() -> Terminal:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character shows its code instead
            stream.reconfigure(errors="backslashreplace")
    return Terminal(sys.stdout, sys.stderr, sys.stdin, os.environ, os.getcwd(), _today)


def _defect(error: Exception, arguments: Sequence[str], terminal: Terminal) -> int:
    terminal.say(f"error: modelaudit failed: {type(error).__name__}: {error}")
    if any(word in {"--verbose", "-v", "-vv"} for word in arguments):
        import traceback

        traceback.print_exception(error, file=terminal.err)
    terminal.say("help: this is a defect of modelaudit; please report it with the output of the same command and -v")
    return int(ExitCode.INTERNAL)
