"""Finds hard-coded LLM model identifiers, follows them to the calls that use them and reports the migration risk of each call site.

`audit` is the program as a function; `Report`, `Finding` and `Risk` are what it gives, `ModelAuditError` is what it raises. They are loaded
when they are asked for: the program itself starts without them.
"""

TYPE_CHECKING = False
"""`typing` is not worth its import here; type checkers know the name."""
if TYPE_CHECKING:
    from modelaudit._version import __version__
    from modelaudit.api import audit
    from modelaudit.domain.errors import ModelAuditError
    from modelaudit.domain.finding import Finding, Risk
    from modelaudit.domain.report import Report

__all__ = ("Finding", "ModelAuditError", "Report", "Risk", "__version__", "audit")

_HOMES = {
    "Finding": "modelaudit.domain.finding",
    "ModelAuditError": "modelaudit.domain.errors",
    "Report": "modelaudit.domain.report",
    "Risk": "modelaudit.domain.finding",
    "__version__": "modelaudit._version",
    "audit": "modelaudit.api",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
