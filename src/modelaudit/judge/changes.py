"""F21, F22, F23, F28 and F31: what the replacement refuses, ignores, does or costs otherwise, at this very call."""

from __future__ import annotations

from modelaudit.domain.facts import Argument, Site
from modelaudit.domain.finding import Breaking, Factor
from modelaudit.domain.migration import Price
from modelaudit.judge.case import Case, Context, Point, Work, at, record
from modelaudit.judge.coupling import is_depended_on
from modelaudit.judge.migration import Hit, hits
from modelaudit.judge.replacement import Target
from modelaudit.judge.requirements import holds_for, normal, package_of
from modelaudit.judge.wording import place

_LIMITS = frozenset(
    (
        "max_tokens",
        "max_completion_tokens",
        "max_output_tokens",
        "max_new_tokens",
        "max_tokens_to_sample",
        "maxTokens",
        "maxOutputTokens",
        "num_predict",
        "max_gen_len",
        "maxTokenCount",
    )
)
"""Arguments that limit the answer, in the spellings of the SDKs."""
OUTDATED = frozenset(("legacy", "deprecated", "moved", "removed", "sdk-retired"))
"""States of a call shape that are worth saying."""
_DEARER = 2.0
"""From this ratio of list prices a move has to be decided, not only done."""


def changes(case: Case, target: Target, context: Context) -> tuple[Point, ...]:
    """Everything that differs between the present model and the end of the chain."""
    if target.standing is None:
        return ()
    points = [_changed(hit, case, context) for hit in hits(case, target.hops, context)]
    before, after = context.migrations.price(case.model), context.migrations.price(target.standing.model)
    if after is not None:
        points += _limits(case, target.standing.spelling, before, after, context)
    if before is not None and after is not None:
        points.append(_cost(before, after, context))
    status = None if case.site is None else context.shape_status.get(case.site.shape)
    if case.site is not None and status is not None:
        points += _endpoint(case, case.site, status, context)
    if case.site is not None and (package := context.shape_package.get(case.site.shape, "")):
        points.append(Point(0, (_release(normal(package.partition("[")[0]), case, context),)))
    return tuple(points)


def _release(package: str, case: Case, context: Context) -> Factor:
    """F28: which release of the SDK the tree asks for; without one nothing is said of what the SDK itself refuses."""
    asked = [one for one in context.packages if package_of(one.requirement) == package and holds_for(one.folder, case.path)]
    bound = next(
        (one for one in sorted(asked, key=lambda one: "==" not in one.requirement) if one.requirement.strip("-._").lower() != package), None
    )
    if bound is None:
        return context.say.factor("F28.unpinned", "context", "not visible", "unknown", (), package=package)
    words = {"requirement": bound.requirement, "place": place(bound.path, bound.span)}
    return context.say.factor("F28.release", "context", bound.requirement, "none", at(bound.path, bound.span), **words)


def _changed(hit: Hit, case: Case, context: Context) -> Point:
    """One migration row: its sentence, its difficulty, its work."""
    row = hit.row
    where = at(case.path, hit.span)
    words = {"feature": hit.parameter or row.feature, "replacement": hit.model, "reason": row.why, "callee": _callee(case), "place": ""}
    words["place"] = place(case.path, hit.span)
    if row.check:
        return Point(0, (context.say.factor(f"F21.{row.effect}", "context", row.id, "check", record(f"migrations: {row.id}"), **words),))
    value = _value(hit, case)
    key = {"response": "F23.field", "endpoint": "F28.gone", "store": "F27.change"}.get(row.place, f"F21.{row.effect}")
    effect = "none" if value == 0 else f"D={value}" if value == 3 else f"D>={value}"
    factor = context.say.factor(
        key, "difficulty", hit.parameter or row.feature, effect, (*where, *record(f"migrations: {row.id}")), **words
    )
    if row.place == "id" or (case.site is not None and hit.span == case.site.span and any(one.absent for one in row.when)):
        return Point(value, (factor,), _work(hit, case))
    source = row.sources[0].url if row.sources else ""
    broken = Breaking(hit.parameter or row.feature, row.effect, row.why, source, case.path, hit.span.line)
    return Point(value, (factor,), _work(hit, case), (broken,))


def _value(hit: Hit, case: Case) -> int:
    """An error at an argument adapts, in the response revalidates, at an endpoint or in a store rebuilds."""
    row = hit.row
    if row.difficulty is not None:
        return row.difficulty
    if row.place in ("endpoint", "store") or row.effect == "reindex":
        return 3
    if row.place == "response":
        return 2
    if row.effect == "behaviour":
        return 2 if is_depended_on(case) else 1
    return 0 if row.place == "id" or row.effect == "cost" else 1


def _work(hit: Hit, case: Case) -> tuple[Work, ...]:
    here = f"{case.path}:{case.span.line}"
    if hit.row.place == "endpoint":
        return (Work("endpoint_rewrite", here),)
    if hit.row.place == "response":
        return (Work("response_path", here),)
    return (Work("edit_call", here),) if hit.row.effect in ("error", "ignored") and hit.row.place == "argument" else ()


def _limits(case: Case, replacement: str, before: Price | None, after: Price, context: Context) -> list[Point]:
    """F22: a literal above the new ceiling, a smaller context."""
    points: list[Point] = []
    for argument in () if case.site is None else case.site.arguments:
        if after.max_output is not None and _exceeds(argument, after.max_output):
            words = {
                "argument": argument.name,
                "value": str(argument.value),
                "ceiling": f"{after.max_output:,}",
                "replacement": replacement,
            }
            where = at(case.path, argument.span)
            factor = context.say.factor("F22.output", "difficulty", str(argument.value), "D>=2", where, **words)
            reason = f"above the {after.max_output:,} output tokens of {replacement}"
            broken = Breaking(argument.name, "error", reason, after.source.url, case.path, argument.span.line)
            points.append(Point(2, (factor,), (Work("edit_call", f"{case.path}:{case.span.line}"),), (broken,)))
    if before is not None and before.context is not None and after.context is not None and after.context < before.context:
        words = {"replacement": replacement, "context": f"{after.context:,}", "model": case.model, "before": f"{before.context:,}"}
        points.append(Point(1, (context.say.factor("F22.context", "difficulty", f"{after.context:,}", "D>=1", (), **words),)))
    return points


def _exceeds(argument: Argument, ceiling: int) -> bool:
    value = argument.value
    return argument.name.rpartition(".")[2] in _LIMITS and isinstance(value, int) and not isinstance(value, bool) and value > ceiling


def _cost(before: Price, after: Price, context: Context) -> Point:
    """F31: twice the price, in or out, is a decision; the rest is good to know."""
    ratio = max(after.input / before.input, after.output / before.output)
    shown = f"{ratio:.3g}x"
    words = {"ratio": shown, "before": f"{before.input:g}/{before.output:g}", "after": f"{after.input:g}/{after.output:g}"}
    evidence = record(f"migrations: {after.source.title or after.source.url}")
    if ratio >= _DEARER:
        return Point(1, (context.say.factor("F31.ratio", "difficulty", shown, "D>=1", evidence, **words),))
    return Point(0, (context.say.factor("F31.ratio", "context", shown, "none", evidence, **words),))


def _endpoint(case: Case, site: Site, status: str, context: Context) -> list[Point]:
    """F28: a callable that its package calls legacy, or has removed."""
    value = 2 if status in ("legacy", "removed", "sdk-retired") else 0
    factor: Factor = context.say.factor(
        "F28.legacy",
        "difficulty" if value else "context",
        status,
        "D>=2" if value else "none",
        at(case.path, site.span),
        callee=site.callee,
        status=status,
    )
    return [Point(value, (factor,))]


def _callee(case: Case) -> str:
    return "" if case.site is None else case.site.callee
