"""Everything that is the same for every case of a run, put together once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from modelaudit.config.settings import Settings
from modelaudit.domain import traces
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.location import Span
from modelaudit.domain.risk import RiskModel
from modelaudit.judge.case import Case, Context, Sentences, Standings
from modelaudit.judge.paths import PathClasses


def make_context(
    standings: Standings,
    risk: RiskModel,
    settings: Settings,
    as_of: date,
    facts: Mapping[str, FileFacts],
    cases: Iterable[Case],
    shape_exposure: Mapping[str, str],
) -> Context:
    """The context of a run over these cases."""
    fallbacks, spares = _fallbacks(tuple(cases))
    return Context(
        standings=standings,
        risk=risk,
        settings=settings,
        as_of=as_of,
        say=Sentences(risk.sentences),
        paths=PathClasses(risk.paths, tuple((hint.paths, hint.exposure) for hint in settings.exposure)),
        facts=facts,
        shape_exposure=shape_exposure,
        credentials=frozenset(trace.text for file in facts.values() for trace in file.traces if trace.kind == traces.CREDENTIAL),
        evaluations=tuple(sorted(path for path, file in facts.items() if any(trace.kind == traces.EVALUATION for trace in file.traces))),
        fallbacks=fallbacks,
        spares=spares,
    )


def _fallbacks(cases: tuple[Case, ...]) -> tuple[dict[tuple[str, Span], tuple[Case, ...]], frozenset[tuple[str, Span]]]:
    """The models that each site falls back to: those that the call itself names, and those called in its handlers."""
    by_path: dict[str, list[Case]] = {}
    for case in cases:
        if case.site is not None:
            by_path.setdefault(case.path, []).append(case)
    found: dict[tuple[str, Span], list[Case]] = {}
    spares: set[tuple[str, Span]] = set()
    for path, some in by_path.items():
        for case in some:
            if case.usage.fallback:
                found.setdefault((path, case.span), []).append(case)
        for span, other in _in_handlers(some):
            found.setdefault((path, span), []).append(other)
            spares.add((path, other.span))
    return {key: tuple(some) for key, some in found.items()}, frozenset(spares)


def _in_handlers(cases: list[Case]) -> list[tuple[Span, Case]]:
    """(site, case inside one of its handlers that call another model) pairs of one file."""
    sites = {case.span: case.site for case in cases if case.site is not None and case.site.handlers}
    return [
        (span, other)
        for span, site in sites.items()
        for handler in site.handlers
        if handler.action == "fallback"
        for other in cases
        if other.span != span and handler.span.line <= other.span.line and other.span.end_line <= handler.span.end_line
    ]
