"""Routers: where a call asks for a group, the construction of the router only says what is in it."""

from __future__ import annotations

from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.vocabulary import FALLBACK_WRAPPER
from modelaudit.judge.case import Case, Context


class _Call(NamedTuple):
    """A call by the name of a group."""

    shape: str
    exposure: int
    """Of its path."""


def without_routers(cases: tuple[Case, ...], context: Context) -> tuple[Case, ...]:
    """The cases without the constructions of routers whose groups are called: the call is the site. A construction stays where only tests
    or tools are seen to call it, as something else may, too."""
    calls: dict[tuple[str, Span], list[_Call]] = {}
    for case in cases:
        if case.site is not None and case.site.operation != FALLBACK_WRAPPER:
            made = _Call(case.site.shape, context.paths.of(case.path).exposure)
            calls.setdefault((case.usage.path, case.usage.literal.span), []).append(made)
    return tuple(case for case in cases if not _is_called(case, calls.get((case.usage.path, case.usage.literal.span), []), context))


def _is_called(case: Case, calls: list[_Call], context: Context) -> bool:
    """`litellm.Router` by `litellm.Router.completion`."""
    site = case.site
    if site is None or site.operation != FALLBACK_WRAPPER:
        return False
    own = context.paths.of(case.path).exposure
    return any(call.shape.startswith(f"{site.shape}.") and call.exposure >= own for call in calls)
