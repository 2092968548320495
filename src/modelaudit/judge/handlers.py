"""What the `except` clauses around a call cover: does a handler notice that a model was withdrawn?"""

from __future__ import annotations

from modelaudit.domain import traces
from modelaudit.domain.facts import Handler, Site
from modelaudit.domain.risk import ErrorClasses

_EVERYTHING = frozenset({"", "Exception", "BaseException"})
_WITHDRAWN_CODES = frozenset({"404", "403", "ResourceNotFoundException", "AccessDeniedException", "ValidationException", "model_not_found"})


def covers_withdrawal(classes: tuple[str, ...], codes: tuple[str, ...], errors: tuple[ErrorClasses, ...]) -> bool:
    """True when these classes catch both a model that is gone (404) and one that is denied (403).

    A bare `except:` has no classes and catches everything. When the handler asks for error codes, one of them must be such a code.
    """
    if codes and not _WITHDRAWN_CODES & set(codes):
        return False
    if not classes or any(_last(name) in _EVERYTHING for name in classes):
        return True
    gone = denied = False
    for name in classes:
        for known in _families(name, errors):
            last = _last(name)
            broad = last in known.broad
            gone = gone or broad or last in known.gone
            denied = denied or broad or last in known.denied
    return gone and denied


def handler_covers(handler: Handler, site: Site, errors: tuple[ErrorClasses, ...]) -> bool:
    """The same for a handler of a site, with the codes it asks for."""
    codes = tuple(trace.text for trace in site.traces if trace.kind == traces.STATUS_CODE and _inside(trace.span.line, handler))
    return covers_withdrawal(handler.classes, codes, errors)


def concerns_models(classes: tuple[str, ...], errors: tuple[ErrorClasses, ...]) -> bool:
    """False for handlers of something else: a missing import, a missing key, broken JSON."""
    if not classes:
        return True
    known = {last for entry in errors for names in entry[1:6] for last in names} | _EVERYTHING
    return any(_last(name) in known or _last(name) == "?" for name in classes)


def caught(handler: Handler) -> str:
    """The classes of a handler, as a sentence names them."""
    names = tuple(_last(name) for name in handler.classes)
    return " or ".join(names) if names else "a bare except"


def _families(name: str, errors: tuple[ErrorClasses, ...]) -> tuple[ErrorClasses, ...]:
    """The SDKs that a class may come from: by its module when it has one, else every SDK that knows the name."""
    module = name.rpartition(".")[0]
    if module:
        return tuple(known for known in errors if module == known.package or module.startswith(known.package + "."))
    return tuple(known for known in errors if name in (*known.gone, *known.denied, *known.broad))


def _inside(line: int, handler: Handler) -> bool:
    return handler.span.line <= line <= handler.span.end_line


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]
