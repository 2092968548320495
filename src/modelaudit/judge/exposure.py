"""Exposure of a site: who notices when the model stops, from E0 (harmless) to E3 (unprotected)."""

from __future__ import annotations

from modelaudit.domain import traces
from modelaudit.domain.facts import Handler, Role, Site
from modelaudit.domain.finding import Factor
from modelaudit.domain.location import Span
from modelaudit.judge.case import Case, Context, Point, Ruling, Work, at
from modelaudit.judge.fallback import Trial, shared_fate, trials
from modelaudit.judge.handlers import caught, concerns_models, handler_covers
from modelaudit.judge.wording import place

HARMLESS, PROTECTED, DEGRADED, UNPROTECTED = range(4)

NO_REQUEST = frozenset({"tokenizer", "metadata"})
"""Operations that use a model's name and send no request."""

_ROLE_SENTENCES = {Role.CATALOG: "F10.catalog", Role.COMPARISON: "F10.comparison", Role.MENTION: "F10.mention"}


def exposure(case: Case, ruling: Ruling, context: Context) -> Point:
    """The exposure of a case, with every factor that was looked at."""
    ground = _ground(case, context)
    site = case.site
    if ground.value < UNPROTECTED or site is None or site.operation in NO_REQUEST:
        return _limited(ground, ruling)
    reach = _reach(site, case, context)
    if reach.value == HARMLESS:
        return Point(HARMLESS, (*ground.factors, *reach.factors))
    guard = tuple(_guard(trace.text, trace.span, case, context) for trace in site.traces if trace.kind == traces.GUARD)
    if guard or site.operation == "moderation":
        factors = guard or (_guard("moderation", case.span, case, context),)
        return Point(UNPROTECTED, (*ground.factors, *reach.factors, *factors))
    if case.usage.fallback or (case.path, case.span) in context.spares or any(trace.kind == traces.SPARE for trace in site.traces):
        spare = context.say.factor("F12.is-fallback", "exposure", "fallback", "E<=1", at(case.path, case.span))
        return _limited(Point(PROTECTED, (*ground.factors, *reach.factors, spare)), ruling)
    kept = _protection(case, site, context)
    return _limited(Point(kept.value, (*ground.factors, *reach.factors, *kept.factors), kept.work), ruling)


def unruled(case: Case, context: Context) -> Point:
    """The exposure of a case apart from any rule: how well the site stands a withdrawal of its model."""
    return exposure(case, Ruling("", 0, ()), context)


def _ground(case: Case, context: Context) -> Point:
    """What the path (or the kind of configuration) says, and what the literal does there."""
    entry, path = context.paths.most_harmless((case.usage.path, case.path))
    span = case.usage.literal.span if path == case.usage.path else case.span
    words = {"path": path, "class": entry.name}
    factors = [context.say.factor("F10.path", "exposure", entry.name, f"E{entry.exposure}", at(path, span), **words)]
    value = entry.exposure
    kind = context.paths.named(context.shape_exposure.get(case.site.shape, "")) if case.site is not None else None
    if kind is not None and case.site is not None and kind.exposure < value:
        value = kind.exposure
        words = {"shape": case.site.shape, "class": kind.name}
        factors.append(context.say.factor("F10.config", "exposure", kind.name, f"E{value}", at(case.path, case.span), **words))
    here = at(case.usage.path, case.usage.literal.span)
    if case.usage.role in _ROLE_SENTENCES:
        factors.append(context.say.factor(_ROLE_SENTENCES[case.usage.role], "exposure", case.usage.role.value, "low at most", here))
    elif case.site is None:
        factors.append(context.say.factor("F10.unseen", "exposure", "not seen in use", "one step lower", here))
    elif case.site.operation in NO_REQUEST:
        there = at(case.path, case.span)
        factors.append(context.say.factor("F10.no-request", "exposure", case.site.operation, "low at most", there, callee=case.site.callee))
    return Point(value, tuple(factors))


def _reach(site: Site, case: Case, context: Context) -> Point:
    """F11: proven dead code is harmless; where no way is seen, nothing is assumed."""
    for trace in site.traces:
        if trace.kind == traces.UNREACHABLE:
            factor = context.say.factor("F11.unreachable", "exposure", "unreachable", "E0", at(case.path, trace.span), why=trace.text)
            return Point(HARMLESS, (factor,))
    entries = context.reach.to(case.path)
    if not entries:
        return Point(UNPROTECTED, (context.say.factor("F11.unread", "exposure", "not seen", "unknown"),))
    text = ", ".join(f"{entry.name} ({place(entry.path, entry.span)})" for entry in entries)
    where = tuple(one for entry in entries for one in at(entry.path, entry.span))
    return Point(UNPROTECTED, (context.say.factor("F11.reached", "exposure", text, "none", where, entry=text),))


def _guard(why: str, span: Span, case: Case, context: Context) -> Factor:
    return context.say.factor("F16.guard", "exposure", why, "E3", at(case.path, span), why=why)


def _protection(case: Case, site: Site, context: Context) -> Point:
    """The best of what protects a production call: another model, a path without a model, a gateway; else nothing."""
    tried = trials(case, site, context)
    points = [_tried(trial, case, context) for trial in tried]
    handlers = tuple(handler for handler in site.handlers if concerns_models(handler.classes, context.risk.errors))
    points += [_handled(handler, site, case, context) for handler in handlers]
    points += [_repeated(trace.text, trace.span, case, context) for trace in site.traces if trace.kind == traces.RETRY]
    points += [_gateway(trace.text, trace.span, case, context) for trace in site.traces if trace.kind == traces.GATEWAY]
    if site.fallbacks and not tried:
        points.append(Point(UNPROTECTED, (context.say.factor("F12.unresolved", "exposure", "unresolved", "E3", at(case.path, site.span)),)))
    elif all(factor.id != "F12" for point in points for factor in point.factors):
        points.insert(0, Point(UNPROTECTED, (context.say.factor("F12.none", "exposure", "none", "E3", at(case.path, site.span)),)))
    if not handlers and site.function:
        points.append(Point(UNPROTECTED, (context.say.factor("F13.absent", "exposure", "none", "none", at(case.path, site.span)),)))
    value = min(point.value for point in points)
    if any(_swallows(handler, site, context) for handler in site.handlers):
        value = min(value + 1, UNPROTECTED)
    work = tuple(piece for point in points for piece in point.work) if value == UNPROTECTED else ()
    return Point(value, tuple(factor for point in points for factor in point.factors), work)


def _tried(trial: Trial, case: Case, context: Context) -> Point:
    """F12 and F14: what a fallback target is worth."""
    where = at(trial.target.usage.path, trial.target.usage.literal.span)
    words = {"model": trial.target.model, "why": trial.why, "doubt": trial.doubt}
    if trial.failed:
        factors = (context.say.factor("F12.rejected", "exposure", f"test {trial.failed} fails", "E3", where, **words),)
        fate = shared_fate(case, trial.target, context) if trial.failed == 1 else None
        return Point(UNPROTECTED, factors if fate is None else (*factors, fate))
    if trial.doubt:
        return Point(DEGRADED, (context.say.factor("F12.unproven", "exposure", "unproven", "E2", where, **words),))
    return Point(PROTECTED, (context.say.factor("F12.adequate", "exposure", "adequate", "E1", where, **words),))


def _handled(handler: Handler, site: Site, case: Case, context: Context) -> Point:
    """F12 and F13: what an `except` clause around the call is worth. One that calls another model is judged by its target."""
    where = at(case.path, handler.span)
    classes = caught(handler)
    work = (Work("handler", f"{case.path}:{handler.span.line}"),)
    if not handler_covers(handler, site, context.risk.errors):
        return Point(UNPROTECTED, (context.say.factor("F13.narrow", "exposure", classes, "none", where, classes=classes),), work)
    if handler.action == "degrade":
        return Point(DEGRADED, (context.say.factor("F12.degraded", "exposure", "degraded", "E2", where, what=f"the handler of {classes}"),))
    if handler.action == "fallback":
        return Point(UNPROTECTED, ())
    if handler.action == "swallow":
        return Point(UNPROTECTED, (context.say.factor("F13.swallow", "exposure", classes, "E+1", where, classes=classes),), work)
    if handler.action == "retry":
        return Point(UNPROTECTED, (context.say.factor("F13.retry", "exposure", classes, "none", where, what=f"the handler of {classes}"),))
    return Point(UNPROTECTED, (context.say.factor("F13.reraise", "exposure", classes, "none", where, classes=classes),))


def _repeated(what: str, span: Span, case: Case, context: Context) -> Point:
    return Point(UNPROTECTED, (context.say.factor("F13.retry", "exposure", what, "none", at(case.path, span), what=what),))


def _gateway(what: str, span: Span, case: Case, context: Context) -> Point:
    return Point(DEGRADED, (context.say.factor("F12.gateway", "exposure", "unknown", "E2", at(case.path, span), gateway=what),))


def _swallows(handler: Handler, site: Site, context: Context) -> bool:
    return handler.action == "swallow" and handler_covers(handler, site, context.risk.errors)


def _limited(point: Point, ruling: Ruling) -> Point:
    """A model that is answered by another one is never unprotected."""
    return point._replace(value=min(point.value, ruling.exposure_at_most))
