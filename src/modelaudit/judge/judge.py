"""The stage: usages in, findings out. The only place that knows dates, restrictions and policy; it asks neither clock nor network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.finding import Finding, Verdict
from modelaudit.domain.identity import Identity
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Use
from modelaudit.domain.usage import Linked, Usage
from modelaudit.feed import calls, keys, migrations, risk
from modelaudit.judge.case import Case
from modelaudit.judge.changes import OUTDATED
from modelaudit.judge.context import Rulebook, make_context
from modelaudit.judge.findings import find
from modelaudit.judge.plausible import plausible
from modelaudit.judge.routers import without_routers
from modelaudit.judge.rule import selected
from modelaudit.judge.rules import registered
from modelaudit.judge.standings import FeedStandings, Names
from modelaudit.judge.verdict import Bench, verdict
from modelaudit.link.values import HOLE

if TYPE_CHECKING:
    from modelaudit.feed.load import Feed


class Judged(NamedTuple):
    """What judging yields, sorted by path, position and rule."""

    findings: tuple[Finding, ...]
    uses: tuple[Use, ...]
    """Every usage of an ID with its verdict, whatever the rules say."""


def judge(linked: Linked, facts: Mapping[str, FileFacts], feed: Feed, identifier: Names, policy: Settings, as_of: date) -> Judged:
    """Judge a linked tree. Pure: the same arguments give the same findings."""
    bench = Bench(feed, policy, as_of)
    verdicts: dict[tuple[object, ...], Verdict] = {}
    every = [case for usage in linked.usages if (case := _case(usage, identifier, bench, verdicts)) is not None]
    cases = plausible(every, feed, {case.usage.value: _spelled(case.usage.value, identifier, as_of) for case in every})
    context = make_context(FeedStandings(bench, feed, identifier), _rulebook(feed), policy, as_of, facts, cases)
    cases = without_routers(cases, context)
    known = registered(selecting=bool(policy.select or policy.extend_select))
    rules = selected(known, policy.select, policy.extend_select, policy.ignore)
    return Judged(find(cases, rules, context), tuple(Use(case.usage, case.verdict) for case in cases))


def _spelled(text: str, identifier: Names, as_of: date) -> str | None:
    """The platform that the text names without its surroundings."""
    identity = identifier.identify(text, as_of=as_of)
    return None if identity is None else identity.platform


def _rulebook(feed: Feed) -> Rulebook:
    """The parts of the feed that risk rests on, models apart."""
    shapes = feed.decoded(calls.NAME, calls.decode).shapes
    return Rulebook(
        risk=feed.decoded(risk.NAME, risk.decode),
        migrations=feed.decoded(migrations.NAME, migrations.decode),
        shape_status={shape.id: shape.status for shape in shapes if shape.status in OUTDATED},
        shape_package={shape.id: shape.package for shape in shapes},
        shape_exposure={rule.id: rule.exposure for rule in feed.decoded(keys.NAME, keys.decode).rules},
    )


def _case(usage: Usage, identifier: Names, bench: Bench, verdicts: dict[tuple[object, ...], Verdict]) -> Case | None:
    """A usage with its verdict, None when its text is no model ID. Equal IDs in equal places have one verdict, worked out once."""
    identity = _identity(usage, identifier, bench)
    if identity is None:
        return None
    model = None if identity.model is None else bench.feed.model(identity.model)
    site = None if usage.site is None else usage.site.site
    by_path = (usage.path, None if usage.site is None else usage.site.path) if bench.settings.platforms or bench.settings.grants else ()
    key = (identity, None if site is None else (site.platform, site.region), by_path)
    if key not in verdicts:
        verdicts[key] = verdict(usage, identity, bench)
    return Case(usage, verdicts[key], "" if model is None else model.line)


def _identity(usage: Usage, identifier: Names, bench: Bench) -> Identity | None:
    """The project's own names first, then the feed; where a value was composed, its whole text, else the literal."""
    site = None if usage.site is None else usage.site.site
    for own in bench.settings.names:
        if own.name in (usage.value, usage.literal.text):
            identity = identifier.identify(own.model, platform=own.platform, as_of=bench.as_of)
            if identity is not None:
                return identity._replace(
                    written=own.name,
                    region=own.region or identity.region,
                    version=own.version or identity.version,
                    evidence="configuration",
                )
    dialect = None if site is None else site.dialect
    platform = None if site is None else site.platform
    identity = identifier.identify(usage.value, dialect=dialect, platform=platform, as_of=bench.as_of)
    if identity is None and usage.value != usage.literal.text:
        identity = identifier.identify(usage.literal.text, dialect=dialect, platform=platform, as_of=bench.as_of)
    if identity is not None and HOLE in identity.written:
        return identity._replace(written=identity.written.replace(HOLE, "…"))
    return identity
