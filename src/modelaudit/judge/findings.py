"""From cases and rules to findings: each site gets its points and its level, each literal one finding a rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from modelaudit.domain import traces
from modelaudit.domain.facts import Role
from modelaudit.domain.finding import Breaking, Factor, Finding, Risk, SiteRisk
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.risk import lower
from modelaudit.domain.usage import Confidence
from modelaudit.judge.background import background
from modelaudit.judge.case import Case, Context, Point, Ruling, Work, at, record
from modelaudit.judge.difficulty import ADAPT, REVALIDATE, difficulty
from modelaudit.judge.effort import effort, start_by
from modelaudit.judge.exposure import NO_REQUEST, exposure
from modelaudit.judge.fingerprint import fingerprint
from modelaudit.judge.migration import Hit, refused_today
from modelaudit.judge.options import options
from modelaudit.judge.replacement import Target
from modelaudit.judge.rule import Registered

Key: TypeAlias = tuple[str, int, int, str, str, str]

_QUIET = frozenset({Role.CATALOG, Role.COMPARISON})
_LISTED = frozenset({*_QUIET, Role.MENTION})
_VALIDATION = frozenset({"downstream", "tone_review"})
_INFRASTRUCTURE = frozenset({"hcl", "bicep"})
"""Formats in which an ID is changed by a deployment."""
_WITHOUT_ANSWER = frozenset({"embedding", *NO_REQUEST})
"""Operations that give no text whose quality would have to be validated anew."""


class Rated(NamedTuple):
    """A case under a rule, with its three points; the level waits for the finding's effort, which decides whether it is late."""

    case: Case
    ruling: Ruling
    target: Target
    exposure: Point
    difficulty: Point

    @property
    def factors(self) -> tuple[Factor, ...]:
        """All factors, urgency first."""
        return (*self.ruling.factors, *self.exposure.factors, *self.difficulty.factors)

    @property
    def work(self) -> tuple[Work, ...]:
        """All work that the site asks for; nobody validates the answers that a test or an example gets."""
        if self.ruling.level is not None:
            return self.ruling.work
        pieces = (*self.exposure.work, *self.difficulty.work)
        return pieces if self.exposure.value else tuple(piece for piece in pieces if piece.item not in _VALIDATION)


def find(cases: Iterable[Case], rules: tuple[Registered, ...], context: Context) -> tuple[Finding, ...]:
    """Every finding, sorted by path, position and rule."""
    groups: dict[Key, list[Rated]] = {}
    for case in cases:
        if case.usage.role is Role.MENTION and not context.settings.include_mentions:
            continue
        for one in rules:
            ruling = one.judge(case, context)
            if ruling is not None and one.rule.group == "lifecycle":
                ruling = _refused(case, ruling, context)
            if ruling is not None:
                groups.setdefault(_key(case, one.rule.id), []).append(_rated(case, ruling, context))
    found = (_finding(key[3], rated, context) for key, rated in sorted(groups.items()))
    return tuple(fingerprint(found))


def _refused(case: Case, ruling: Ruling, context: Context) -> Ruling:
    """F03: a call that the present model refuses already is down, whatever the dates say."""
    found = refused_today(case, context)
    factors = tuple(_refusal(hit, case, context) for hit in found)
    if not found:
        return ruling
    names = ", ".join(dict.fromkeys(hit.parameter or hit.row.feature for hit in found))
    return ruling._replace(
        urgency=4, factors=(*ruling.factors, *factors), message=f"{ruling.message}; the call is refused already: {names}"
    )


def _refusal(hit: Hit, case: Case, context: Context) -> Factor:
    name = hit.parameter or hit.row.feature
    words = {"argument": name, "model": case.model, "reason": hit.row.why}
    return context.say.factor(
        "F03.refused", "urgency", name, "U4", (*at(case.path, hit.span), *record(f"migrations: {hit.row.id}")), **words
    )


def _key(case: Case, rule: str) -> Key:
    """One literal, one rule, one platform, one model."""
    span = case.usage.literal.span
    return (case.usage.path, span.line, span.column, rule, case.verdict.platform or "", case.model)


def _rated(case: Case, ruling: Ruling, context: Context) -> Rated:
    target = context.targets.of(case.verdict)
    return Rated(case, ruling, target, exposure(case, ruling, context), difficulty(case, ruling, target, context))


def _once(rated: list[Rated]) -> list[Rated]:
    """Each call once, however many spellings of the ID reach it (`us.ID`, `eu.ID`, `ID` of a table of regions): the worst of them."""
    worst: dict[tuple[str, Span, str, bool], Rated] = {}
    for one in rated:
        site = one.case.site
        key = (one.case.path, one.case.span, "" if site is None else site.argument, one.case.usage.fallback)
        if key not in worst or _points(one) > _points(worst[key]):
            worst[key] = one
    return list(worst.values())


def _points(one: Rated) -> tuple[int, int, int]:
    return one.ruling.urgency, one.exposure.value, one.difficulty.value


def _finding(rule: str, rated: list[Rated], context: Context) -> Finding:
    rated = _once(rated)
    listed = all(one.case.usage.role in _LISTED for one in rated)
    work = None if listed else effort({piece for one in rated for piece in (*one.work, *_shared_work(one, context))}, context.risk)
    deadline = min((one.ruling.deadline for one in rated if one.ruling.deadline is not None), default=None)
    start = start_by(deadline, work) if deadline is not None and deadline > context.as_of else None
    late = start is not None and context.as_of > start
    sites = tuple(_site(one, len(rated), late, context) for one in rated)
    order = sorted(range(len(sites)), key=lambda index: (-sites[index].risk.rank, index))
    worst = rated[order[0]]
    return Finding(
        rule=rule,
        risk=sites[order[0]].risk,
        message=worst.ruling.message,
        verdict=worst.case.verdict,
        usage=worst.case.usage,
        sites=sites,
        effort=work,
        start_by=start,
        options=() if worst.case.usage.role in _LISTED else options(worst.case, worst.ruling, worst.target, sites[order[0]], work, context),
        breaking=_breaking(rated),
        fingerprint="",
    )


def _shared_work(one: Rated, context: Context) -> tuple[Work, ...]:
    """What every move asks for: the edit of the binding, and a check of the output once per prompt."""
    if one.ruling.urgency == 0 or one.ruling.level is not None or one.case.usage.role in _LISTED:
        return ()
    binding = one.case.binding
    facts = context.facts.get(one.case.usage.path)
    edit: tuple[Work, ...] = (Work("edit_binding", binding),)
    if facts is not None and facts.language in _INFRASTRUCTURE:
        edit = (*edit, Work("edit_iac", binding))
    site = one.case.site
    if site is None or not one.exposure.value or one.difficulty.value < ADAPT or site.operation in _WITHOUT_ANSWER:
        return edit
    prompt = f"{one.case.path}:{site.function or site.span.line}"
    if context.evaluations:
        return (*edit, Work("reval_eval", prompt))
    return (*edit, Work("reval_noeval", prompt)) if one.difficulty.value >= REVALIDATE else edit


def _site(one: Rated, sites: int, late: bool, context: Context) -> SiteRisk:
    case, ruling = one.case, one.ruling
    level = context.risk.table.level(ruling.urgency, one.exposure.value, one.difficulty.value, late)
    return SiteRisk(
        placed=case.usage.site,
        usage=case.usage,
        risk=_toned(level if ruling.level is None else ruling.level, case, ruling),
        urgency=ruling.urgency,
        exposure=one.exposure.value,
        difficulty=one.difficulty.value,
        late=late and ruling.urgency in (1, 2, 3),
        confidence=_confidence(case),
        flow=case.usage.flow,
        factors=(*one.factors, *background(case, sites, context)),
    )


def _toned(level: Risk, case: Case, ruling: Ruling) -> Risk:
    """How loud a literal may be, by what it does where it is written."""
    role = case.usage.role
    if role is Role.MENTION:
        return Risk.INFO
    if case.site is None and role not in _QUIET:
        level = lower(level)
    ceiling = ruling.ceiling
    if role in _QUIET or (case.site is not None and case.site.operation in NO_REQUEST):
        ceiling = min(ceiling, Risk.LOW, key=lambda risk: risk.rank)
    return min(level, ceiling, key=lambda risk: risk.rank)


def _confidence(case: Case) -> Confidence:
    """The weakest of identity, flow, receiver, platform, and of what the call shows."""
    levels = [case.usage.confidence]
    if case.verdict.identity.model is None:
        levels.append(Confidence.POSSIBLE)
    if case.verdict.assumed or case.is_implicit or (case.site is not None and not case.site.typed):
        levels.append(Confidence.LIKELY)
    if case.site is not None and any(trace.kind in (traces.OPAQUE_ARGUMENTS, traces.OPAQUE_BODY) for trace in case.site.traces):
        levels.append(Confidence.POSSIBLE)
    return max(levels, key=lambda confidence: confidence.rank)


def _breaking(rated: list[Rated]) -> tuple[Breaking, ...]:
    """What breaks, each place once, in order."""
    seen = {item for one in rated for item in one.difficulty.breaking}
    return tuple(sorted(seen, key=lambda item: (item.path, item.line, item.parameter, item.effect, item.reason)))
