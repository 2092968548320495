"""What the feed says of one identity on one day, on the platform really called, with the project's own knowledge and licences."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from typing import Protocol

from modelaudit.config.settings import Grant, Settings
from modelaudit.domain.finding import Clock, GrantUse, Verdict
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Life, Model, Replacement, Restriction, Source, Status, Unavailable
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Usage
from modelaudit.judge.binding import binds
from modelaudit.judge.known import as_known, back_as_known
from modelaudit.judge.paths import matches
from modelaudit.judge.status import StatusFact, status

_BADNESS = {Status.RESTRICTED: 5, Status.RETIRED: 4, Status.DEPRECATED: 3, Status.LEGACY: 2}
"""How bad a status is for comparing clocks; the others are all right."""
_PRODUCTS = frozenset({"github-copilot"})
"""Products that offer models to people; no code calls them."""


class Lives(Protocol):
    """What judging asks of the feed."""

    def model(self, key: str) -> Model | None:
        """A model with its lives."""

    def restrictions(self, key: str) -> tuple[Restriction, ...]:
        """The acts that name a model."""


class Bench(NamedTuple):
    """Feed, settings and day of a run: what every verdict rests on."""

    feed: Lives
    settings: Settings
    as_of: date

    @property
    def profiles(self) -> frozenset[str]:
        """The profiles that the project declares; `default` always holds."""
        return frozenset(self.settings.profiles) | {"default"}


class Place(NamedTuple):
    """Where a model is called, as far as code and settings show."""

    platform: str | None
    region: str | None
    version: str | None


def verdict(usage: Usage, identity: Identity, bench: Bench) -> Verdict:
    """Judge one identity where one usage uses it."""
    model = None if identity.model is None else bench.feed.model(identity.model)
    where = _place(usage, identity, bench)
    if model is None:
        return _unknown(identity, where)
    called = where.platform if where.platform is not None and model.life(where.platform) is not None else None
    # Open weights have no publisher's clock: on a platform that the feed does not know, or none, nothing is known of them.
    clock = called or model.home or where.platform or ""
    fact = stand(model, clock, where, bench)
    held: GrantUse | None = None
    acts: tuple[str, ...] = ()
    if fact.status is Status.RESTRICTED:
        acts = _acts(model, clock, where, bench)
        held = _licence(acts, usage, model.key, bench)
    behind = _behind(fact.restriction, model, bench)
    apart = fact if held is None else stand(model, clock, where, bench, held.restrictions)
    deadline = _deadline(apart, model.life(clock))
    return Verdict(
        identity=identity,
        status=apart.status,
        platform=clock or None,
        assumed=called is None,
        since=apart.since,
        deadline=deadline,
        days_left=None if deadline is None else (deadline - bench.as_of).days,
        precision=apart.precision,
        safe_until=apart.safe_until,
        reroute=apart.reroute,
        replacement=_usable(apart.replacement, clock, bench),
        successor=apart.successor,
        restriction=as_known(fact.restriction, bench.as_of),
        available_again=back_as_known(apart.available_again, apart.restriction, bench.as_of),
        worse_elsewhere=() if called is not None else _worse(model, clock, apart, where, identity, bench),
        sources=_each_address_once(apart.sources),
        disputed=apart.disputed,
        grant=held,
        behind=as_known(behind, bench.as_of),
        upcoming=_upcoming(model, clock, bench),
        beside=() if held is not None else _beside(acts, (fact.restriction, behind), model, bench),
    )


def _beside(acts: tuple[str, ...], told: tuple[Restriction | None, ...], model: Model, bench: Bench) -> tuple[Restriction, ...]:
    """The acts among `acts` that are not told already, as known on the day."""
    names = {name for name in acts if all(act is None or act.id != name for act in told)}
    known = (as_known(act, bench.as_of) for act in bench.feed.restrictions(model.key) if act.id in names)
    return tuple(act for act in known if act is not None)


def stand(model: Model, platform: str, where: Place, bench: Bench, without: tuple[str, ...] = ()) -> StatusFact:
    """Status of a model on a platform, as if the acts in `without` did not exist."""
    if without:
        lives = (life._replace(unavailable=tuple(gap for gap in life.unavailable if gap.cause not in without)) for life in model.lives)
        model = model._replace(lives=tuple(lives))
    return status(
        model,
        platform,
        bench.as_of,
        region=where.region,
        version=where.version,
        restrictions=tuple(act for act in bench.feed.restrictions(model.key) if act.id not in without),
        profiles=bench.profiles,
    )


def _place(usage: Usage, identity: Identity, bench: Bench) -> Place:
    """The platform of the spelling, of the site, or of the project's settings, in this order."""
    site = None if usage.site is None else usage.site.site
    region = identity.region or (None if site is None else site.region)
    platform = identity.platform or (None if site is None else site.platform)
    if platform is not None:
        return Place(platform, region, identity.version)
    path = usage.path if usage.site is None else usage.site.path
    names = (identity.model or identity.written, identity.written)
    for hint in bench.settings.platforms:
        if hint.publisher not in (None, identity.publisher) or (hint.paths and not matches(hint.paths, path)):
            continue
        if hint.model is None or any(fnmatchcase(name, hint.model) for name in names):
            return Place(hint.platform, hint.region or region, identity.version)
    return Place(None, region, identity.version)


def _unknown(identity: Identity, where: Place) -> Verdict:
    """Nothing is known of an ID that is not in the feed, or that names something in an account."""
    return Verdict(
        identity=identity,
        status=Status.UNKNOWN,
        platform=where.platform,
        assumed=where.platform is None,
        since=None,
        deadline=None,
        days_left=None,
        precision=None,
        safe_until=None,
        reroute=None,
        replacement=None,
        successor=None,
        restriction=None,
        available_again=None,
        worse_elsewhere=(),
        sources=(),
        disputed=None,
    )


def _behind(act: Restriction | None, model: Model, bench: Bench) -> Restriction | None:
    """The act that caused another one."""
    if act is None or act.cause is None:
        return None
    return next((other for other in bench.feed.restrictions(model.key) if other.id == act.cause), None)


def _upcoming(model: Model, platform: str, bench: Bench) -> Restriction | None:
    """The next act that is public and not yet in force, unless a licence of the project covers its first day."""
    acts = [
        act
        for act in bench.feed.restrictions(model.key)
        if act.announced is not None
        and act.announced <= bench.as_of < act.effective
        and binds(act, model.key, platform, act.effective, bench.profiles)
    ]
    licensed = {
        name
        for grant in bench.settings.grants
        for name in grant.restrictions
        if not grant.models or any(fnmatchcase(model.key, glob) for glob in grant.models)
    }
    return min((act for act in acts if act.id not in licensed), key=lambda act: (act.effective, act.id), default=None)


def _each_address_once(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Several files of the feed may name one page; the record that says when it was read counts."""
    best: dict[str, Source] = {}
    for source in sources:
        kept = best.setdefault(source.url, source)
        if kept.retrieved is None and source.retrieved is not None:
            best[source.url] = source
    return tuple(best.values())


def _deadline(fact: StatusFact, life: Life | None) -> date | None:
    """The day on which something changes: where calls are answered by another model, the day from which they are."""
    end = None if life is None else life.on_shutdown
    if fact.reroute is not None and end is not None and end.on is not None:
        return end.on
    return fact.deadline


def _usable(named: Replacement | None, platform: str, bench: Bench) -> Replacement | None:
    """The recommendation without models that are not released by then."""
    if named is None:
        return None

    def is_out(name: str) -> bool:
        model = bench.feed.model(name)
        return model is None or status(model, platform, bench.as_of).status is not Status.UNRELEASED

    drop_in = named.drop_in if named.drop_in is not None and is_out(named.drop_in) else None
    return named._replace(drop_in=drop_in, options=tuple(name for name in named.options if is_out(name)))


def _accepts(life: Life, identity: Identity) -> bool:
    """A platform that spells its IDs in another way cannot be the one that is called."""
    spelled = {text.casefold() for text in (*life.ids, *(alias.id for alias in life.aliases))}
    return not spelled or not spelled.isdisjoint({identity.written.casefold(), identity.matched.casefold()})


def _worse(model: Model, clock: str, fact: StatusFact, where: Place, identity: Identity, bench: Bench) -> tuple[Clock, ...]:
    """The clocks on which the same model is worse off, worst first."""
    found: list[tuple[tuple[int, int], Clock]] = []
    for life in model.lives:
        if life.platform == clock or life.platform in _PRODUCTS or not _accepts(life, identity):
            continue
        other = stand(model, life.platform, where, bench)
        if _badness(other) > _badness(fact):
            found.append((_badness(other), Clock(life.platform, other.status, other.deadline)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0][0], -pair[0][1], pair[1].platform)))


def _badness(fact: StatusFact) -> tuple[int, int]:
    """Greater is worse; of two ends the earlier one."""
    return _BADNESS.get(fact.status, 0), -(fact.deadline or date.max).toordinal()


def _acts(model: Model, platform: str, where: Place, bench: Bench) -> tuple[str, ...]:
    """The ids of everything that withholds a model on the day: what is in force, what is left without it, and so on."""
    found: tuple[str, ...] = ()
    life = model.life(platform)
    gaps = () if life is None else tuple(gap.cause for gap in life.unavailable if gap.start <= bench.as_of and _is_open(gap, bench.as_of))
    while (fact := stand(model, platform, where, bench, found)).status is Status.RESTRICTED:
        act = next((cause for cause in gaps if cause not in found), "") if fact.restriction is None else fact.restriction.id
        if not act or act in found:
            break
        found = (*found, act)
    return found


def _is_open(gap: Unavailable, day: date) -> bool:
    return gap.end is None or day < gap.end


def _licence(acts: tuple[str, ...], usage: Usage, model: str, bench: Bench) -> GrantUse | None:
    """The project's licences for the acts that are in force, None when one of them is not covered. The first one to end is the deadline."""
    used = tuple(
        grant
        for grant in bench.settings.grants
        if _holds(grant, usage, model, bench.as_of) and not set(acts).isdisjoint(grant.restrictions)
    )
    if not acts or not set(acts) <= {name for grant in used for name in grant.restrictions}:
        return None
    return GrantUse(tuple(sorted(acts)), min((grant.until for grant in used if grant.until is not None), default=None))


def _holds(grant: Grant, usage: Usage, model: str, as_of: date) -> bool:
    if (grant.start is not None and as_of < grant.start) or (grant.until is not None and as_of > grant.until):
        return False
    if grant.models and not any(fnmatchcase(model, glob) for glob in grant.models):
        return False
    return not grant.paths or matches(grant.paths, usage.path)
