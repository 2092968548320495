"""Difficulty of a move, from D0 (drop-in) to D3 (rebuild): towards the replacement on the same platform, seen at this very call."""

from __future__ import annotations

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.domain.finding import Factor
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Point, Ruling, Work, at, record
from modelaudit.judge.changes import changes
from modelaudit.judge.coupling import coupling, is_bound
from modelaudit.judge.replacement import Target
from modelaudit.judge.wording import count, listed, place, platform_name

DROP_IN, ADAPT, REVALIDATE, REBUILD = range(4)

_CODE = frozenset({"python", "notebook", "javascript", "typescript"})
"""Languages in which a site is a call; elsewhere it is an entry that some call reads."""


def difficulty(case: Case, ruling: Ruling, target: Target, context: Context) -> Point:
    """The difficulty of a case: the highest of its factors, with the work they ask for."""
    points = (
        _towards(case, target, context),
        *_assets(case, target, context),
        *changes(case, target, context),
        *coupling(case, target, context),
        *_visibility(case, context),
    )
    value = max(ruling.difficulty_at_least, *(point.value for point in points))
    return Point(
        value,
        tuple(factor for point in points for factor in point.factors),
        tuple(piece for point in points for piece in point.work),
        tuple(item for point in points for item in point.breaking),
    )


def _towards(case: Case, target: Target, context: Context) -> Point:
    """F29: is there a replacement of the same publisher on the same platform that can be used?"""
    platform = platform_name(case.verdict.platform)
    publisher = case.verdict.identity.publisher or "the publisher"
    words = {"platform": platform, "publisher": publisher}
    switch = (Work("provider_switch", case.binding),)
    lost = _not_offered(case, target, words, context)
    if target.standing is None:
        return Point(REBUILD, (*lost, context.say.factor("F29.none", "difficulty", "none", "D3", (), **words)), switch)
    words |= {"replacement": target.standing.spelling, "options": listed(() if target.named is None else target.named.options)}
    evidence = record(f"models/{publisher}: {case.model}")
    if target.standing.status is Status.RESTRICTED:
        words["restriction"] = target.standing.restriction or "a restriction"
        work = (*switch, Work("host_model", case.binding), *_calls(case))
        return Point(REBUILD, (context.say.factor("F29.restricted", "difficulty", "restricted", "D3", evidence, **words),), work)
    if target.how == "unnamed":
        words["count"] = count(len(target.offered), "active model")
        value = ADAPT if is_bound(case) else REVALIDATE
        return Point(value, (*lost, context.say.factor("F29.unnamed", "difficulty", "unnamed", f"D>={value}", evidence, **words)))
    named = words | {"replacement": (target.first or target.standing).spelling}
    how = "nearest" if target.how == "inferred" and target.named is not None and target.named.options else target.how
    factors = [context.say.factor(f"F29.{how}", "difficulty", target.standing.model, "none", evidence, **named)]
    if target.first is not None:
        words |= {"first": target.first.spelling, "status": target.first.status.value}
        factors.append(context.say.factor("F29.chain", "difficulty", " -> ".join(target.hops), "none", evidence, **words))
    return Point(DROP_IN, tuple(factors))


def _not_offered(case: Case, target: Target, words: dict[str, str], context: Context) -> tuple[Factor, ...]:
    """The feed names a replacement that it does not know on this platform."""
    named = case.verdict.replacement
    names = () if named is None else tuple(name for name in (named.drop_in, *named.options) if name)
    if not names or target.how not in ("none", "unnamed"):
        return ()
    return (context.say.factor("F29.not-offered", "difficulty", "not offered", "none", (), named=listed(names), **words),)


def _assets(case: Case, target: Target, context: Context) -> tuple[Point, ...]:
    """F27: what was made with this model and does not carry over."""
    found: list[Point] = []
    here = at(case.usage.path, case.usage.literal.span)
    if case.verdict.identity.fine_tuned:
        tuned = context.say.factor("F27.fine-tuned", "difficulty", "fine-tune", "D3", here)
        found.append(Point(REBUILD, (tuned, _training(context)), (Work("retrain", case.binding),)))
    if case.site is None:
        return tuple(found)
    if case.site.operation == "embedding":
        found.append(_vectors(case, target, context))
    elif case.site.operation == "assistant":
        factor = context.say.factor(
            "F27.assets", "difficulty", "assistant", "D3", at(case.path, case.span), what="what the assistant stores"
        )
        found.append(Point(REBUILD, (factor,), (Work("endpoint_rewrite", f"{case.path}:{case.span.line}"),)))
    return tuple(found)


def _training(context: Context) -> Factor:
    """Whether the data to train again is in the tree."""
    if not context.training:
        return context.say.factor("F27.no-data", "effort", "not found", "unknown")
    path, span = context.training[0]
    return context.say.factor("F27.data", "effort", path, "none", at(path, span), place=place(path, span))


def _vectors(case: Case, target: Target, context: Context) -> Point:
    """Vectors of two models never mix; a write that is seen is named, one that is not seen is assumed."""
    replacement = "another model" if target.standing is None else target.standing.spelling
    words = {"model": case.model, "replacement": replacement}
    factors = [context.say.factor("F27.embedding", "difficulty", "embedding", "D3", at(case.path, case.span), **words)]
    if not _of(case, traces.VECTOR_WRITE):
        factors.append(context.say.factor("F27.unwritten", "difficulty", "not visible", "unknown", at(case.path, case.span)))
    for trace in _of(case, traces.VECTOR_WRITE):
        where = at(case.path, trace.span)
        factors.append(context.say.factor("F27.vectors", "difficulty", trace.text, "D3", where, place=place(case.path, trace.span)))
    for trace in _of(case, traces.DIMENSION):
        where = at(case.path, trace.span)
        words = {"value": trace.text, "place": place(case.path, trace.span)}
        factors.append(context.say.factor("F27.dimension", "difficulty", trace.text, "D3", where, **words))
    return Point(REBUILD, tuple(factors), (Work("reindex", case.binding),))


def _visibility(case: Case, context: Context) -> tuple[Point, ...]:
    """F43: what the call does not show cannot be called compatible."""
    if case.site is None:
        return (Point(ADAPT, (context.say.factor("F43.unseen", "difficulty", "not visible", "D>=1", ()),)),)
    if not _is_call(case, context):
        return (Point(ADAPT, (context.say.factor("F43.config", "difficulty", "not visible", "D>=1", at(case.path, case.span)),)),)
    hidden = (*_of(case, traces.OPAQUE_ARGUMENTS), *_of(case, traces.OPAQUE_BODY))
    if not hidden and not case.site.operation and _is_python(case, context):
        # A callee that no shape knows may need anything of the model.
        where = at(case.path, case.span)
        factor = context.say.factor("F43.callee", "difficulty", case.site.callee, "D>=1", where, callee=case.site.callee)
        return (Point(ADAPT, (factor,)),)
    return tuple(Point(ADAPT, (_hidden(case, trace, context),)) for trace in hidden)


def _hidden(case: Case, trace: Trace, context: Context) -> Factor:
    where = at(case.path, trace.span)
    return context.say.factor("F43.arguments", "difficulty", trace.text, "D>=1", where, place=place(case.path, trace.span))


def _is_call(case: Case, context: Context) -> bool:
    """False for a config entry: its call is elsewhere. A program inside a config file calls where it stands."""
    facts = context.facts.get(case.path)
    is_inside = case.site is not None and case.site.receiver is not None
    return facts is None or facts.language in _CODE or is_inside


def _is_python(case: Case, context: Context) -> bool:
    facts = context.facts.get(case.path)
    return facts is not None and facts.language in ("python", "notebook")


def _of(case: Case, kind: str) -> tuple[Trace, ...]:
    return () if case.site is None else tuple(trace for trace in case.site.traces if trace.kind == kind)


def _calls(case: Case) -> tuple[Work, ...]:
    """Another provider's API is called in another way."""
    return () if case.site is None else (Work("edit_call", f"{case.path}:{case.span.line}"),)
