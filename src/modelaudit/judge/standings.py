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
            dated = [self._offer(model, platform, region) for model in models if model is not None]
            offers = sorted((pair for pair in dated if pair is not None), key=lambda pair: (-pair[0].toordinal(), pair[1].model))
            self._offers[key] = tuple(standing for _, standing in offers)
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
        model = self._catalogue.model(name)
        if model is None:
            identity = self._names.identify(name, platform=platform, as_of=self._bench.as_of)
            model = None if identity is None or identity.model is None else self._catalogue.model(identity.model)
        if model is None:
            return None
        place = Place(platform, region, None)
        life = model.life(platform or model.home or "")
        return None if life is None else self._standing(model, life, place)

    def _offer(self, model: Model, platform: str | None, region: str | None) -> tuple[date, Standing] | None:
        place = Place(platform, region, None)
        life = model.life(platform or model.home or "")
        released = None if life is None else next((event.on for event in life.events if event.kind is EventKind.RELEASED), None)
        if life is None or released is None or released > self._bench.as_of:
            return None
        standing = self._standing(model, life, place)
        return (released, standing) if standing.status is Status.ACTIVE else None

    def _standing(self, model: Model, life: Life, place: Place) -> Standing:
        fact = stand(model, life.platform, place, self._bench)
        restriction = None
        if fact.status is Status.RESTRICTED:
            restriction = "an outage" if fact.restriction is None else fact.restriction.id
        spelling = life.ids[0] if life.ids else model.key
        return Standing(model.key, spelling, fact.status, fact.deadline, restriction, fact.replacement, fact.successor)
