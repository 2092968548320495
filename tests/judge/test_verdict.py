"""Verdicts: the platform really called, other clocks, licences, acts to come, the project's own names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from modelaudit.config.settings import DEFAULT, Grant, OwnName, PlatformHint, Settings
from modelaudit.domain.facts import Literal, Role
from modelaudit.domain.finding import Finding, Risk, Verdict
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import (
    Event,
    EventKind,
    Life,
    Model,
    OnShutdown,
    Precision,
    Replacement,
    Restriction,
    Source,
    Status,
    Unavailable,
)
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Confidence, Usage
from modelaudit.judge.judge import Judged
from modelaudit.judge.verdict import Bench, verdict

Pipeline = Callable[..., Judged]
SOURCE = (Source("page", "https://example.com/page", True, None),)
DAY = date(2026, 6, 20)


def event(kind: EventKind, on: date | None) -> Event:
    return Event(kind, on, Precision.EXACT, (), SOURCE, None, None, None, False, None)


def life(platform: str, *events: Event, gaps: tuple[Unavailable, ...] = (), end: OnShutdown | None = None, to: str | None = None) -> Life:
    named = None if to is None else Replacement(to, (), (), None, None, False, ())
    return Life("m", platform, ("m",), (), (event(EventKind.RELEASED, date(2025, 1, 1)), *events), gaps, named, end, None)


def act(name: str, start: date, end: date | None = None, **fields: object) -> Restriction:
    made = Restriction(
        name,
        name,
        "suspension",
        ("m",),
        "worldwide",
        "all customers",
        "x",
        "",
        ("api",),
        ("default",),
        start,
        (),
        end,
        (),
        SOURCE,
        "A",
        None,
        True,
    )
    return made._replace(**fields)  # type: ignore[arg-type]


class Feed:
    """One model, some acts."""

    def __init__(self, *lives: Life, acts: tuple[Restriction, ...] = (), home: str | None = "p") -> None:
        self._model = Model("m", "p", "m", (), lives, home)
        self._acts = acts

    def model(self, key: str) -> Model | None:
        return {"m": self._model, "n": self._model._replace(key="n", lives=())}.get(key)

    def restrictions(self, key: str) -> tuple[Restriction, ...]:
        del key
        return self._acts


def judged(feed: Feed, *, day: date = DAY, settings: Settings = DEFAULT, platform: str | None = None) -> Verdict:
    identity = Identity("m", "m", "p", "m", 0, 1, platform, "", None, None, False, None, False, None, (), None, None)
    usage = Usage("app/a.py", Literal("m", Span(1, 1, 1, 2), Role.BINDING, "M"), Role.BINDING, "m", None, (), False, Confidence.CERTAIN)
    return verdict(usage, identity, Bench(feed, settings, day))


GONE = event(EventKind.SHUTDOWN, date(2026, 6, 1))
LATER = event(EventKind.SHUTDOWN, date(2026, 9, 1))


def test_the_platform_that_is_called() -> None:
    feed = Feed(life("p", LATER), life("q", GONE))
    assert judged(feed, platform="q").status is Status.RETIRED
    assert not judged(feed, platform="q").assumed


def test_an_unseen_platform_is_the_publishers_and_worse_ones_are_named() -> None:
    found = judged(Feed(life("p", LATER), life("q", GONE), life("r")))
    assert (found.status, found.platform, found.assumed) == (Status.DEPRECATED, "p", True)
    assert [(clock.platform, clock.status) for clock in found.worse_elsewhere] == [("q", Status.RETIRED)]


def test_of_two_ends_the_earlier_one_is_worse() -> None:
    sooner = event(EventKind.SHUTDOWN, date(2026, 8, 1))
    found = judged(Feed(life("p", LATER), life("q", sooner), life("r", LATER)))
    assert [clock.platform for clock in found.worse_elsewhere] == ["q"]


def test_open_weights_have_no_clock_of_their_own() -> None:
    found = judged(Feed(life("q", GONE), life("r"), home=None))
    assert (found.status, found.platform) == (Status.UNKNOWN, None)
    assert [clock.platform for clock in found.worse_elsewhere] == ["q"]


def test_a_platform_that_the_feed_does_not_know_is_judged_by_the_publishers_clock() -> None:
    found = judged(Feed(life("p", LATER)), platform="somewhere")
    assert (found.platform, found.assumed) == ("p", True)


def test_the_project_says_where_it_calls() -> None:
    feed = Feed(life("p", LATER), life("q", GONE))
    hints = (PlatformHint("q", publisher="other"), PlatformHint("q", model="m*", paths=("app/**",)))
    assert judged(feed, settings=DEFAULT._replace(platforms=hints)).status is Status.RETIRED
    elsewhere = (PlatformHint("q", paths=("tests/**",)),)
    assert judged(feed, settings=DEFAULT._replace(platforms=elsewhere)).status is Status.DEPRECATED


OUT = Unavailable(date(2026, 6, 12), date(2026, 7, 1), "suspension", SOURCE, "high")
LAW = act("law", date(2026, 6, 12), date(2026, 6, 30), makes_calls_fail=False, kind="export_control")
STOP = act("suspension", date(2026, 6, 12), date(2026, 7, 1), cause="law")
GATE = act("gate", date(2026, 4, 7), kind="access_gate")
HELD = Feed(life("p", gaps=(OUT,)), acts=(LAW, STOP, GATE))


def licensed(*restrictions: str, until: date | None = date(2026, 12, 31)) -> Settings:
    return DEFAULT._replace(grants=(Grant(restrictions, until),))


def test_the_law_behind_an_outage_is_told_apart_from_it() -> None:
    found = judged(HELD)
    assert found.status is Status.RESTRICTED
    assert found.restriction is not None
    assert found.restriction.id == "suspension"
    assert found.behind == LAW._replace(lifted=None), "nobody knew its end on that day"
    assert found.available_again is None


def test_an_end_is_known_from_the_day_it_was_made_public() -> None:
    told = STOP._replace(end_known_from=date(2026, 6, 30))
    found = judged(Feed(life("p", gaps=(OUT,)), acts=(LAW, told, GATE)), day=date(2026, 6, 30))
    assert (found.behind, found.restriction, found.available_again) == (LAW, told, date(2026, 7, 1))


def test_a_licence_must_cover_everything_that_is_in_force() -> None:
    assert judged(HELD, settings=licensed("law", "suspension")).grant is None
    found = judged(HELD, settings=licensed("gate", "law", "suspension"))
    assert found.grant is not None
    assert found.grant.until == date(2026, 12, 31)
    assert set(found.grant.restrictions) == {"gate", "law", "suspension"}
    assert found.status is Status.ACTIVE, "apart from the acts"


def test_what_is_over_needs_no_licence() -> None:
    found = judged(HELD, day=date(2026, 8, 1), settings=licensed("gate"))
    assert found.grant is not None
    assert found.grant.restrictions == ("gate",)


@pytest.mark.parametrize(
    "fields",
    [{"until": date(2026, 6, 19)}, {"start": date(2026, 6, 21)}, {"models": ("other-*",)}, {"paths": ("tests/**",)}],
)
def test_a_licence_that_does_not_hold(fields: dict[str, object]) -> None:
    grant = Grant(("gate", "law", "suspension"), date(2026, 12, 31))._replace(**fields)  # type: ignore[arg-type]
    assert judged(HELD, settings=DEFAULT._replace(grants=(grant,))).grant is None


def test_a_licence_holds_on_its_last_day() -> None:
    assert judged(HELD, settings=licensed("gate", "law", "suspension", until=DAY)).grant is not None


def test_an_announced_act_is_known_before_it_begins() -> None:
    coming = act("ban", date(2026, 9, 1), announced=date(2026, 6, 1))
    assert judged(Feed(life("p"), acts=(coming,))).upcoming == coming
    assert judged(Feed(life("p"), acts=(coming,)), day=date(2026, 5, 31)).upcoming is None
    assert judged(Feed(life("p"), acts=(coming._replace(announced=None),))).upcoming is None, "nobody knew"
    assert judged(Feed(life("p"), acts=(coming._replace(profiles=("elsewhere",)),))).upcoming is None
    assert judged(Feed(life("p"), acts=(coming,)), settings=licensed("ban")).upcoming is None


def test_the_day_of_another_answer_is_the_deadline() -> None:
    end = OnShutdown("reroute", "n", None, date(2026, 12, 1))
    found = judged(Feed(life("p", event(EventKind.SHUTDOWN, date(2026, 10, 16)), end=end)))
    assert (found.reroute, found.deadline, found.days_left) == ("n", date(2026, 12, 1), 164)


def test_what_is_not_released_is_not_recommended() -> None:
    found = judged(Feed(life("p", to="n")))
    assert found.replacement is not None
    assert found.replacement.drop_in == "n", "nothing known against it"


CODE = 'import anthropic\nclient = anthropic.Anthropic()\nclient.messages.create(model="{}", messages=m)\n'


def only(found: Judged) -> Finding:
    (finding,) = found.findings
    return finding


def test_a_licence_is_the_deadline_of_the_finding(pipeline: Pipeline) -> None:
    """Mythos 5 with a licence until New Year for all three acts."""
    acts = ("us-ear-2026-06", "anthropic-suspension-2026-06", "mythos-access-gate")
    settings = licensed(*acts)
    june = only(pipeline({"app/a.py": CODE.format("claude-mythos-5")}, "2026-06-27", settings))
    assert (june.rule, june.sites[0].urgency) == ("restricted-model", 1)
    assert "2026-12-31" in june.message
    assert "187 days left" in june.message
    november = pipeline({"app/a.py": CODE.format("claude-mythos-5")}, "2026-11-21", settings)
    (restricted,) = [finding for finding in november.findings if finding.rule == "restricted-model"]
    assert restricted.sites[0].urgency == 2
    assert "40 days left" in restricted.message
    after = only(pipeline({"app/a.py": CODE.format("claude-mythos-5")}, "2027-01-01", settings))
    assert (after.rule, after.risk) == ("restricted-model", Risk.CRITICAL)


def test_the_projects_own_names(pipeline: Pipeline) -> None:
    settings = DEFAULT._replace(names=(OwnName("prod-chat", "gpt-4o-mini", "azure"),))
    code = (
        "from openai import AzureOpenAI\nclient = AzureOpenAI(azure_endpoint=e)\n"
        'client.chat.completions.create(model="prod-chat", messages=m)\n'
    )
    (use,) = pipeline({"app/a.py": code}, "2026-11-21", settings).uses
    assert use.verdict is not None
    assert (use.verdict.platform, use.verdict.identity.model, use.verdict.identity.written) == (
        "azure",
        "gpt-4o-mini-2024-07-18",
        "prod-chat",
    )
