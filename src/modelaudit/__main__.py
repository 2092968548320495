"""`python -m modelaudit` and the console script. `--version` is answered here, before anything else is imported."""

import sys


def main() -> int:
    """Run the command line and give its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from modelaudit._version import __version__

        print(f"modelaudit {__version__}")
        return 0
    from modelaudit.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
