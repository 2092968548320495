"""What a rule and the risk factors look at: one usage with its verdict, and everything that is the same for the whole run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts, Site
from modelaudit.domain.finding import Breaking, Evidence, Factor, Risk, Verdict
from modelaudit.domain.lifecycle import Replacement, Status
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.risk import RiskModel
from modelaudit.domain.usage import Usage
from modelaudit.judge.migration_book import MigrationBook
from modelaudit.judge.paths import PathClasses
from modelaudit.judge.reach import Reach

if TYPE_CHECKING:
    from modelaudit.judge.replacement import Targets


class Standing(NamedTuple):
    """How another model of the feed stands on the day, on one platform."""

    model: str
    """Key."""
    spelling: str
    """The usual ID on the platform."""
    status: Status
    deadline: date | None
    restriction: str | None
    """The act that restricts it; None when it is not restricted."""
    replacement: Replacement | None
    """As known on the day."""
    successor: str | None
    released: date | None = None
    geographies: tuple[str, ...] = ()
    """Bedrock's cross-region profiles that it is offered in."""
    leaving: bool = False
    """True when its publisher has ended it, or announced its end, on the platform of its own."""


class Withdrawal(NamedTuple):
    """A time in which a model was not available to anyone."""

    model: str
    start: date
    end: date | None


class Standings(Protocol):
    """What judging asks of the feed about models other than the one that is judged."""

    def of(self, name: str, platform: str | None, region: str | None) -> Standing | None:
        """The standing of the model that an ID or key names; None when the feed does not know it on that platform."""

    def alternatives(self, publisher: str, platform: str | None, region: str | None) -> tuple[Standing, ...]:
        """Models of a publisher that are active there and not restricted, newest first."""

    def withdrawals(self, publisher: str, line: str) -> tuple[Withdrawal, ...]:
        """Every withdrawal of a line's models that has begun by the day, newest first."""


class Case(NamedTuple):
    """One usage and what the feed says of its model."""

    usage: Usage
    verdict: Verdict
    line: str = ""
    """The model's line (`fable`), empty when the feed does not know the model."""

    @property
    def is_implicit(self) -> bool:
        """True when the call names no model and the library fills it in."""
        return self.usage.site is not None and not self.usage.site.site.argument

    @property
    def site(self) -> Site | None:
        """The site that the literal reaches."""
        return None if self.usage.site is None else self.usage.site.site

    @property
    def model(self) -> str:
        """The model's key, or the ID as written when the feed does not know it."""
        return self.verdict.identity.model or self.verdict.identity.written

    @property
    def path(self) -> str:
        """Where the site stands, or the literal when it reaches none."""
        return self.usage.path if self.usage.site is None else self.usage.site.path

    @property
    def binding(self) -> str:
        """What one edit changes: the place where the ID is written."""
        span = self.usage.literal.span
        return f"{self.usage.path}:{span.line}:{span.column}"

    @property
    def span(self) -> Span:
        """The site, or the literal."""
        return self.usage.literal.span if self.usage.site is None else self.usage.site.site.span


class Work(NamedTuple):
    """A piece of work; equal pieces are done once."""

    item: str
    """Name of the effort prior."""
    key: str
    """What it is done to: the binding, the call, the policy."""


class Ruling(NamedTuple):
    """What a rule says of a case: that it holds, how urgent it is, and in which words."""

    message: str
    urgency: int
    factors: tuple[Factor, ...]
    """Of urgency, and any that the rule alone knows."""
    deadline: date | None = None
    """The day by which the work must be done, for start-by."""
    exposure_at_most: int = 3
    difficulty_at_least: int = 0
    ceiling: Risk = Risk.CRITICAL
    """The level never exceeds this."""
    level: Risk | None = None
    """A level of its own, for rules that the table does not decide."""
    work: tuple[Work, ...] = ()
    """What such a rule asks for; a move to another model is not what it is about."""


class Point(NamedTuple):
    """The value of a decision point at a site, with its reasons."""

    value: int
    factors: tuple[Factor, ...]
    work: tuple[Work, ...] = ()
    breaking: tuple[Breaking, ...] = ()


class Sentences:
    """The sentences of the feed, filled in."""

    def __init__(self, sentences: tuple[tuple[str, str], ...]) -> None:
        self._templates = dict(sentences)

    def factor(self, key: str, point: str, value: str, effect: str, evidence: tuple[Evidence, ...] = (), /, **words: str) -> Factor:
        """A factor with the sentence `key` (`F01.ends`)."""
        return Factor(key.split(".", 1)[0], point, value, effect, self.text(key, **words), evidence)

    def text(self, key: str, /, **words: str) -> str:
        """The sentence `key`."""
        return self._templates[key].format_map(words)


class Permission(NamedTuple):
    """A policy of the project that allows a model by name."""

    path: str
    policy: str
    """`iam`, `litellm`, `claude-code`."""
    allowed: str
    """The ID or resource, as written."""
    span: Span


class Package(NamedTuple):
    """A requirement of the project, or of a part of it."""

    folder: str
    """What it holds for; empty for everything."""
    requirement: str
    """As written: `anthropic>=1.0`."""
    path: str
    span: Span


class Context(NamedTuple):
    """What is the same for every case of a run."""

    standings: Standings
    targets: Targets
    """Where each model is to be replaced."""
    risk: RiskModel
    migrations: MigrationBook
    settings: Settings
    as_of: date
    say: Sentences
    paths: PathClasses
    facts: Mapping[str, FileFacts]
    shape_exposure: Mapping[str, str]
    """Path class that a kind of configuration file stands for, by key rule."""
    shape_status: Mapping[str, str]
    """Call shapes that are not current, with their status."""
    permissions: tuple[Permission, ...]
    couplings: Mapping[str, tuple[Case, ...]]
    """By model: comparisons with its name in production code, and tokenizers chosen by it."""
    places: Mapping[str, tuple[tuple[str, Span], ...]]
    """Where production code writes each model, sorted."""
    logged: frozenset[str]
    """Models of which some handler logs the errors."""
    credentials: frozenset[str]
    """Keys and permissions that the deployment files of the project carry."""
    packages: tuple[Package, ...]
    """The requirements of the project."""
    evaluations: tuple[str, ...]
    """Where evaluation suites were found."""
    recordings: tuple[str, ...]
    """Files that hold recorded answers."""
    healthy_defaults: bool
    """True when library defaults are asked for that are not going yet."""
    fallbacks: Mapping[tuple[str, Span], tuple[Case, ...]]
    """The models that a site falls back to, by path and span of the site."""
    reach: Reach
    """From which entry points files are reached."""
    training: tuple[tuple[str, Span], ...]
    """Where data for training a model was found."""
    shape_package: Mapping[str, str]
    """The package of each call shape, as the shape names it."""
    spares: frozenset[tuple[str, Span]]
    """Sites that stand in a handler of another site: they run only when that one failed."""


def at(path: str, span: Span) -> tuple[Evidence, ...]:
    """Evidence in the tree."""
    return (Evidence(path, span.line, None),)


def record(feed: str | None) -> tuple[Evidence, ...]:
    """Evidence in the feed."""
    return () if feed is None else (Evidence(None, None, feed),)
