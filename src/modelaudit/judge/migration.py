"""What breaks at a call when its model is replaced: the rows of `rules/migrations` that speak at this very call."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain import traces
from modelaudit.domain.facts import Argument, Site
from modelaudit.domain.location import Span
from modelaudit.domain.migration import Condition, Row
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.case import Case, Context
from modelaudit.judge.requirements import holds_for, reaches
from modelaudit.judge.wild import fits, named

_CHATLIKE = frozenset({"chat", "client-construct", "agent-construct", "batch", "eval", "decision", "classify", "fallback-wrapper"})
"""Operations whose arguments are those of a chat."""

Seen: TypeAlias = "tuple[tuple[Span, str], ...]"
"""Where a condition holds, and the argument's name there."""


class Hit(NamedTuple):
    """A row that speaks at a call, and where."""

    row: Row
    parameter: str
    """The argument as written, or the row's feature."""
    span: Span
    model: str
    """The model of the hop that refuses it."""


def hits(case: Case, hops: tuple[str, ...], context: Context) -> tuple[Hit, ...]:
    """Rows that speak on the way from the present model over every hop; each row once, at its first hop."""
    found: dict[tuple[str, Span], Hit] = {}
    step = case.model
    for hop in hops:
        for row in context.migrations.between(case.model, step, hop):
            for span, parameter in seen(row, case, context):
                found.setdefault((row.id, span), Hit(row, parameter, span, hop))
        step = hop
    return tuple(found.values())


def refused_today(case: Case, context: Context) -> tuple[Hit, ...]:
    """Rows by which the present model, its SDK or its endpoint refuses the call already now."""
    if case.site is None or not case.site.typed or _drops(case.site):
        return ()
    return tuple(
        Hit(row, parameter, span, case.model)
        for row in context.migrations.refusing(case.model, context.as_of)
        for span, parameter in seen(row, case, context)
        if _is_certain(span, case)
    )


def refused_arguments(case: Case, replacement: str, context: Context) -> tuple[str, ...]:
    """Arguments at the call that another model refuses."""
    found = (hit for hit in hits(case, (replacement,), context) if hit.row.effect == "error" and not hit.row.check)
    return tuple(sorted({hit.parameter for hit in found}))


def seen(row: Row, case: Case, context: Context) -> Seen:
    """Where a row speaks at a call; empty when it does not. A row without conditions speaks at the call itself."""
    site = case.site
    if site is None or not _concerns(row, case, site):
        return ()
    places: list[tuple[Span, str]] = []
    for condition in row.when:
        held = holds(condition, case, site, context)
        if held is None:
            return ()
        places += held
    if any(holds(condition, case, site, context) is not None for condition in row.unless):
        return ()
    return tuple(dict.fromkeys(places)) or ((site.span, row.feature),)


def holds(condition: Condition, case: Case, site: Site, context: Context) -> Seen | None:
    """Where a condition holds, None when it does not; empty when it holds for the call as a whole."""
    identity = case.verdict.identity
    if condition.fine_tuned is not None and condition.fine_tuned is not identity.fine_tuned:
        return None
    if condition.callee and not named(condition.callee, site.callee):
        return None
    if condition.operation and site.operation not in condition.operation:
        return None
    if condition.absent and not _lacks(condition.absent, site):
        return None
    if condition.package and not _requires(condition, case.path, context):
        return None
    places: list[tuple[Span, str]] = []
    if condition.argument:
        places += [(argument.span, argument.name) for argument in site.arguments if _has(condition, argument)]
        if not places:
            return None
    if condition.trace:
        left = [
            trace for trace in site.traces if trace.kind == condition.trace and (not condition.text or named(condition.text, trace.text))
        ]
        if not left:
            return None
        places += [(left[0].span, left[0].text if condition.trace == traces.TOOL_TYPE else "")]
    return tuple(places)


def _concerns(row: Row, case: Case, site: Site) -> bool:
    """Operation, call shape and platform."""
    if row.operations and site.operation not in row.operations and not ("chat" in row.operations and site.operation in _CHATLIKE):
        return False
    if row.shapes and not named(row.shapes, site.shape):
        return False
    platform = case.verdict.platform or ""
    return (not row.platforms or platform in row.platforms) and platform not in row.not_platforms


def _requires(condition: Condition, path: str, context: Context) -> bool:
    """A requirement that holds for the file brings the package in that release or a later one."""
    return any(holds_for(one.folder, path) and reaches(one.requirement, condition.package, condition.since) for one in context.packages)


def _has(condition: Condition, argument: Argument) -> bool:
    """The argument is one of those asked for, with a value that fits."""
    if not any(_called(glob, argument.name) for glob in condition.argument):
        return False
    if condition.value:
        return argument.literal and any(_same(argument.value, value) for value in condition.value)
    return not (argument.literal and (argument.value is None or any(_same(argument.value, value) for value in condition.not_value)))


def _called(glob: str, name: str) -> bool:
    """`temperature` also calls `config.temperature`."""
    return fits(name, glob) or fits(name, f"*.{glob}")


def _same(value: object, wanted: object) -> bool:
    """Equal, with 1 and 1.0 alike but not 1 and True."""
    return value == wanted and isinstance(value, bool) is isinstance(wanted, bool)


def _lacks(names: tuple[str, ...], site: Site) -> bool:
    """None of the arguments is there, and the call shows all of them."""
    if any(trace.kind in (traces.OPAQUE_ARGUMENTS, traces.OPAQUE_BODY) for trace in site.traces):
        return False
    return not any(_called(name, argument.name) for name in names for argument in site.arguments)


def _is_certain(span: Span, case: Case) -> bool:
    """An argument whose value cannot be read may well be one that is accepted."""
    assert case.site is not None
    here = [argument for argument in case.site.arguments if argument.span == span]
    return all(argument.literal for argument in here)


def _drops(site: Site) -> bool:
    return any(trace.kind == traces.DROPS_ARGUMENTS for trace in site.traces)
