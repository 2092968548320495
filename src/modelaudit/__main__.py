"""`python -m modelaudit` and the console script. `--version` is answered here, before anything else is imported."""

import sys

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


if __name__ == "__main__":
    sys.exit(main())
