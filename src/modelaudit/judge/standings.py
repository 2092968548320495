"""How other models of the feed stand on the day: replacements, fallbacks, alternatives."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import EventKind, Life, Model, Status
from modelaudit.judge.case import Standing, Withdrawal
from modelaudit.judge.verdict import Bench, Place, stand


class Names(Protocol):
    """What judging asks of identification."""

    def identify(self, text: str, *, dialect: str | None = None, platform: str | None = None, as_of: date) -> Identity | None:
        """The model that a text names."""


class Catalogue(Protocol):
    """All models of the feed."""

    def published(self, publisher: str) -> tuple[str, ...]:
        """The keys of one publisher's models, sorted."""

    def model(self, key: str) -> Model | None:
        """A model with its lives."""


class FeedStandings:
    """Standings read from the feed, each worked out once."""

    def __init__(self, bench: Bench, catalogue: Catalogue, names: Names) -> None:
        self._bench = bench
        self._catalogue = catalogue
        self._names = names
        self._known: dict[tuple[str, str | None, str | None], Standing | None] = {}
        self._gaps: dict[tuple[str, str], tuple[Withdrawal, ...]] = {}
        self._offers: dict[tuple[str, str | None, str | None], tuple[Standing, ...]] = {}

    def of(self, name: str, platform: str | None, region: str | None) -> Standing | None:
        """The standing of the model that an ID or key names; None when the feed does not know it on that platform."""
        key = (name, platform, region)
        if key not in self._known:
            self._known[key] = self._of(name, platform, region)
        return self._known[key]

    def alternatives(self, publisher: str, platform: str | None, region: str | None) -> tuple[Standing, ...]:
        """Models of a publisher that are active there and not restricted, newest first."""
        key = (publisher, platform, region)
        if key not in self._offers:
            models = (self._catalogue.model(name) for name in self._catalogue.published(publisher))
            offers = [offer for model in models if model is not None and (offer := self._offer(model, platform, region)) is not None]
            self._offers[key] = tuple(sorted(offers, key=lambda one: (-(one.released or date.min).toordinal(), one.model)))
        return self._offers[key]

    def withdrawals(self, publisher: str, line: str) -> tuple[Withdrawal, ...]:
        """Every withdrawal of a line's models that has begun by the day, newest first."""
        key = (publisher, line)
        if key not in self._gaps:
            models = (self._catalogue.model(name) for name in self._catalogue.published(publisher))
            found = {
                Withdrawal(model.key, gap.start, gap.end)
                for model in models
                if model is not None and model.line == line
                for life in model.lives
                for gap in life.unavailable
                if gap.start <= self._bench.as_of
            }
            self._gaps[key] = tuple(sorted(found, key=lambda gap: (-gap.start.toordinal(), gap.model, str(gap.end))))
        return self._gaps[key]

    def _of(self, name: str, platform: str | None, region: str | None) -> Standing | None:
        """By key first; a name may be the key of one platform's model and an alias of another's."""
        identity = self._names.identify(name, platform=platform, as_of=self._bench.as_of)
        for key in (name, None if identity is None else identity.model):
            model = None if key is None else self._catalogue.model(key)
            life = None if model is None else model.life(platform or model.home or "")
            if model is not None and life is not None:
                return self._standing(model, life, Place(platform, region, None))
        return None

    def _offer(self, model: Model, platform: str | None, region: str | None) -> Standing | None:
        life = model.life(platform or model.home or "")
        if life is None:
            return None
        standing = self._standing(model, life, Place(platform, region, None))
        is_out = standing.released is not None and standing.released <= self._bench.as_of
        return standing if is_out and standing.status is Status.ACTIVE else None

    def _standing(self, model: Model, life: Life, place: Place) -> Standing:
        fact = stand(model, life.platform, place, self._bench)
        restriction = None
        if fact.status is Status.RESTRICTED:
            restriction = "an outage" if fact.restriction is None else fact.restriction.id
        spelling = life.ids[0] if life.ids else model.key
        released = _release(life) or (None if model.home is None else _release(model.life(model.home)))
        return Standing(
            model.key,
            spelling,
            fact.status,
            fact.deadline,
            restriction,
            fact.replacement,
            fact.successor,
            released,
            life.profiles,
            self._leaves(model, life.platform),
        )

    def _leaves(self, model: Model, platform: str) -> bool:
        if model.home is None or model.home == platform or model.life(model.home) is None:
            return False
        return stand(model, model.home, Place(model.home, None, None), self._bench).status in (Status.DEPRECATED, Status.RETIRED)


def _release(life: Life | None) -> date | None:
    """Where a platform's own day is not recorded, the maker's counts: it is not offered before."""
    return None if life is None else next((event.on for event in life.events if event.kind is EventKind.RELEASED), None)
