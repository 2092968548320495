"""The errors that cross a stage. Each says what is wrong, what helps, and the exit code it ends with."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command (DESIGN 9)."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    INTERNAL = 4
    INTERRUPTED = 130


class ModelAuditError(Exception):
    """Base of every error shown to the user: a terse message and, where there is one, advice."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(ModelAuditError):
    """The command line does not make sense."""

    exit_code = ExitCode.USAGE


class ConfigError(ModelAuditError):
    """A configuration, baseline or policy file is wrong."""

    exit_code = ExitCode.USAGE


class FeedError(ModelAuditError):
    """A rules feed is missing, broken or inconsistent."""

    exit_code = ExitCode.USAGE


class InputError(ModelAuditError):
    """A path given by the user cannot be scanned."""

    exit_code = ExitCode.USAGE


class InternalError(ModelAuditError):
    """A defect of this program."""
