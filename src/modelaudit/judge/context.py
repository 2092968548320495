"""Everything that is the same for every case of a run, put together once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from modelaudit.config.settings import Settings
from modelaudit.domain import traces
from modelaudit.domain.facts import FileFacts, Role, Trace
from modelaudit.domain.location import Span
from modelaudit.domain.migration import Migrations
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.risk import RiskModel
from modelaudit.judge.case import Case, Context, Package, Permission, Sentences, Standings
from modelaudit.judge.migration_book import MigrationBook
from modelaudit.judge.paths import PathClasses
from modelaudit.judge.reach import Reach
from modelaudit.judge.replacement import Targets
from modelaudit.judge.requirements import folder_of


class Rulebook(NamedTuple):
    """What the feed says of risk, apart from models."""

    risk: RiskModel
    migrations: Migrations
    shape_status: Mapping[str, str]
    """Call shapes that are not current."""
    shape_exposure: Mapping[str, str]
    """Path class that a kind of configuration file stands for."""
    shape_package: Mapping[str, str] = {}
    """The package of each call shape, as the shape names it."""


def make_context(
    standings: Standings, rulebook: Rulebook, settings: Settings, as_of: date, facts: Mapping[str, FileFacts], cases: tuple[Case, ...]
) -> Context:
    """The context of a run over these cases."""
    risk = rulebook.risk
    paths = PathClasses(risk.paths, tuple((hint.paths, hint.exposure) for hint in settings.exposure))
    fallbacks, spares = _fallbacks(cases)
    asked = {*settings.select, *settings.extend_select}
    left = [(path, trace) for path in sorted(facts) for trace in facts[path].traces]
    return Context(
        standings=standings,
        targets=Targets(standings),
        risk=risk,
        migrations=MigrationBook(rulebook.migrations),
        settings=settings,
        as_of=as_of,
        say=Sentences(risk.sentences),
        paths=paths,
        facts=facts,
        shape_exposure=rulebook.shape_exposure,
        shape_status=rulebook.shape_status,
        permissions=tuple(_permission(path, trace) for path, trace in left if trace.kind == traces.PERMISSION),
        couplings=_couplings(cases, paths),
        places=_places(cases, paths),
        logged=frozenset(
            case.model for case in cases if case.site is not None and any(one.kind == traces.HANDLER_LOG for one in case.site.traces)
        ),
        credentials=frozenset(trace.text for path, trace in left if trace.kind == traces.CREDENTIAL and paths.of(path).exposure > 1),
        packages=tuple(
            sorted({Package(folder_of(path), trace.text, path, trace.span) for path, trace in left if trace.kind == traces.PACKAGE})
        ),
        evaluations=tuple(dict.fromkeys(path for path, one in left if one.kind == traces.EVALUATION and _evaluates(path, facts, paths))),
        recordings=tuple(dict.fromkeys(path for path, trace in left if trace.kind == traces.RECORDING)),
        healthy_defaults=not asked.isdisjoint({"all", "resilience", "implicit-default"}),
        fallbacks=fallbacks,
        spares=spares,
        reach=Reach(facts),
        training=tuple((path, trace.span) for path, trace in left if trace.kind == traces.FINE_TUNING_DATA),
        shape_package=rulebook.shape_package,
    )


def _evaluates(path: str, facts: Mapping[str, FileFacts], paths: PathClasses) -> bool:
    """Code of the product that imports an evaluation library offers it to others; it is no suite of the project."""
    return facts[path].language != "python" or paths.of(path).exposure <= 1


def _permission(path: str, trace: Trace) -> Permission:
    policy, _, allowed = trace.text.partition(" ")
    return Permission(path, policy, allowed, trace.span)


def _couplings(cases: tuple[Case, ...], paths: PathClasses) -> dict[str, tuple[Case, ...]]:
    """Comparisons with a model's name where they can do harm, and tokenizers."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        is_tokenizer = case.site is not None and case.site.operation == "tokenizer"
        is_branch = case.usage.role is Role.COMPARISON and paths.of(case.usage.path).exposure > 1
        if is_tokenizer or is_branch:
            found.setdefault(case.model, []).append(case)
    return {model: tuple(some) for model, some in found.items()}


def _places(cases: tuple[Case, ...], paths: PathClasses) -> dict[str, tuple[tuple[str, Span], ...]]:
    """Where production code writes a model so that it selects it."""
    found: dict[str, set[tuple[str, Span]]] = {}
    for case in cases:
        if case.usage.role in (Role.ARGUMENT, Role.BINDING) and not case.is_implicit and paths.of(case.usage.path).exposure > 1:
            found.setdefault(case.model, set()).add((case.usage.path, case.usage.literal.span))
    return {model: tuple(sorted(some)) for model, some in found.items()}


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
