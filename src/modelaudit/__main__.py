"""`python -m modelaudit` and the console script. `--version` is answered here, before anything else is imported."""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_RECORDS = 50_000
"""New objects after which Python looks for cycles. Nearly all that a run makes are records that live to its end and form none; looking at
them as often as by default takes a seventh of a long run, and memory is the same."""


def main() -> int:
    """Run the command line and give its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from modelaudit._version import __version__

        print(f"modelaudit {__version__}")
        return 0
    import gc

    from modelaudit.cli import run

    gc.set_threshold(_RECORDS, 20, 100)
    return run(arguments)


def program() -> "NoReturn":
    """The console script: `main`, and the process ends without taking the interpreter apart, which takes a tenth of a small scan.

    `python -m modelaudit` ends the usual way, so that profilers and debuggers that run it see its end.
    """
    import atexit
    import os

    code = main()
    try:
        atexit._run_exitfuncs()  # noqa: SLF001 - what others registered runs as ever
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # as where no console is
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # what could not be written is told the usual way
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
