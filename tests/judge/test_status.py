"""Status by platform, region and day: the answers that the facts give, and what holds for any facts."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.lifecycle import (
    Event,
    EventKind,
    Life,
    Model,
    OnShutdown,
    Precision,
    Relief,
    Replacement,
    Restriction,
    Source,
    Status,
    Successor,
    Unavailable,
)
from modelaudit.feed.load import Feed, load
from modelaudit.judge.status import StatusFact, status

RULES = Path(__file__).parents[2] / "rules"
SOURCE = Source("page", "https://example.com/page", True, date(2026, 1, 1))


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Feed:
    folder = tmp_path_factory.mktemp("rules")
    for part in ("models", "restrictions"):
        os.symlink(RULES / part, folder / part)
    return load(str(folder), str(tmp_path_factory.mktemp("cache")))


def judge(feed: Feed, key: str, platform: str, day: str, **more: str | tuple[str, ...]) -> StatusFact:
    model = feed.model(key)
    assert model is not None
    region, profiles = more.get("region"), more.get("profiles", ("default",))
    known_at = more.get("known_at")
    return status(
        model,
        platform,
        date.fromisoformat(day),
        region=region if isinstance(region, str) else None,
        restrictions=feed.restrictions(key),
        profiles=profiles,
        known_at=date.fromisoformat(known_at) if isinstance(known_at, str) else None,
    )


def event(kind: EventKind, on: str | None, precision: Precision = Precision.EXACT, scopes: tuple[str, ...] = ()) -> Event:
    return Event(kind, date.fromisoformat(on) if on else None, precision, scopes, (SOURCE,), None, None, None, False, None)


def life(
    *events: Event, platform: str = "here", unavailable: tuple[Unavailable, ...] = (), versions: tuple[tuple[str, str], ...] = ()
) -> Life:
    return Life("m", platform, ("m",), (), events, unavailable, None, None, None, (), versions)


def model(*lives: Life, successors: tuple[Successor, ...] = (), home: str | None = "here") -> Model:
    return Model("m", "maker", "line", successors, lives, home)


ACT = Restriction(
    id="act",
    title="An act",
    kind="procurement",
    subjects=("m",),
    jurisdiction="somewhere",
    bound="some",
    issuer="somebody",
    legal_basis="a law",
    applies_to=("api",),
    profiles=("default",),
    effective=date(2026, 3, 1),
    relief=(),
    lifted=date(2026, 4, 1),
    conditions=(),
    sources=(SOURCE,),
    grade="A",
    disputed=None,
    makes_calls_fail=True,
)


class TestFable5:
    """The seven answers for claude-fable-5."""

    @pytest.mark.parametrize(
        ("day", "anthropic", "bedrock"),
        [
            ("2026-06-08", Status.UNRELEASED, Status.UNRELEASED),
            ("2026-06-10", Status.ACTIVE, Status.ACTIVE),
            ("2026-06-20", Status.RESTRICTED, Status.RESTRICTED),
            ("2026-06-30", Status.RESTRICTED, Status.RESTRICTED),
            ("2026-07-15", Status.ACTIVE, Status.ACTIVE),
            ("2026-09-24", Status.LEGACY, Status.ACTIVE),
            ("2026-11-21", Status.LEGACY, Status.ACTIVE),
        ],
    )
    def test_status(self, feed: Feed, day: str, anthropic: Status, bedrock: Status) -> None:
        assert judge(feed, "claude-fable-5", "anthropic", day).status is anthropic
        assert judge(feed, "claude-fable-5", "bedrock", day).status is bedrock

    @pytest.mark.parametrize("platform", ["anthropic", "azure", "bedrock", "databricks", "github-copilot", "vertex"])
    @pytest.mark.parametrize("day", ["2026-06-12", "2026-06-30"])
    def test_calls_fail_everywhere_while_it_is_suspended(self, feed: Feed, platform: str, day: str) -> None:
        fact = judge(feed, "claude-fable-5", platform, day)
        assert fact.status is Status.RESTRICTED
        assert fact.since == fact.deadline == date(2026, 6, 12)
        assert fact.available_again == date(2026, 7, 1)
        assert fact.restriction is not None
        assert (fact.restriction.id, fact.restriction.cause) == ("anthropic-suspension-2026-06", "us-ear-2026-06")

    def test_the_law_ends_a_day_before_the_outage(self, feed: Feed) -> None:
        law = feed.restriction("us-ear-2026-06")
        outage = feed.restriction("anthropic-suspension-2026-06")
        assert (law.effective, law.lifted) == (date(2026, 6, 12), date(2026, 6, 30))
        assert (outage.effective, outage.lifted) == (date(2026, 6, 12), date(2026, 7, 1))

    def test_the_successor_and_the_floor(self, feed: Feed) -> None:
        assert judge(feed, "claude-fable-5", "anthropic", "2026-09-24").successor == "claude-fable-5-1"
        now = judge(feed, "claude-fable-5", "anthropic", "2026-11-21")
        assert now.successor == "claude-fable-5-2"
        assert now.safe_until == date(2027, 6, 9)
        assert now.deadline is None
        assert now.since == date(2026, 9, 1)
        assert now.disputed == "the deprecations table says Active"

    def test_a_model_is_not_recommended_before_it_exists(self, feed: Feed) -> None:
        assert judge(feed, "claude-fable-5", "anthropic", "2026-07-15").replacement is None
        now = judge(feed, "claude-fable-5", "anthropic", "2026-11-21").replacement
        assert now is not None
        assert now.drop_in == "claude-fable-5-2"


class TestMythos5:
    @pytest.mark.parametrize(
        ("day", "names"),
        [
            ("2026-06-15", (None, ("claude-fable-5",))),
            ("2026-09-01", ("claude-mythos-5-1", ())),
            ("2026-11-08", ("claude-mythos-5-1", ())),
            ("2026-11-09", ("claude-mythos-5-2", ())),
        ],
    )
    def test_what_was_recommended_before_stays_true_of_its_day(
        self, feed: Feed, day: str, names: tuple[str | None, tuple[str, ...]]
    ) -> None:
        replacement = judge(feed, "claude-mythos-5", "anthropic", day).replacement
        assert replacement is not None
        assert (replacement.drop_in, replacement.options) == names

    def test_it_is_gated_after_the_suspension(self, feed: Feed) -> None:
        fact = judge(feed, "claude-mythos-5", "anthropic", "2026-11-21")
        assert fact.status is Status.RESTRICTED
        assert fact.restriction is not None
        assert fact.restriction.id == "mythos-access-gate"

    def test_a_verified_organisation_may_call_it(self, feed: Feed) -> None:
        fact = judge(feed, "claude-mythos-5", "anthropic", "2026-07-15", profiles=("anthropic-verified",))
        assert fact.status is Status.ACTIVE

    def test_relief_frees_annex_a_from_its_day_on(self, feed: Feed) -> None:
        profiles = ("us-annex-a",)
        assert judge(feed, "claude-mythos-5", "anthropic", "2026-06-25", profiles=profiles).status is Status.RESTRICTED
        assert judge(feed, "claude-mythos-5", "anthropic", "2026-06-27", profiles=profiles).status is Status.ACTIVE
        assert judge(feed, "claude-mythos-5", "anthropic", "2026-06-27").status is Status.RESTRICTED

    def test_relief_for_one_model_does_not_free_another(self, feed: Feed) -> None:
        assert judge(feed, "claude-fable-5", "anthropic", "2026-06-27", profiles=("us-annex-a",)).status is Status.RESTRICTED


class TestClocks:
    """The same model ends on different days on different platforms."""

    @pytest.mark.parametrize(
        ("key", "platform", "day", "wanted", "deadline"),
        [
            ("gpt-4-0613", "azure", "2026-05-01", Status.RETIRED, "2025-06-06"),
            ("gpt-4-0613", "openai", "2026-05-01", Status.DEPRECATED, "2026-10-23"),
            ("gpt-4-0613", "openai", "2026-01-15", Status.ACTIVE, None),
            ("text-embedding-004", "gemini-api", "2026-11-21", Status.RETIRED, "2026-01-14"),
            ("text-embedding-004", "vertex", "2026-11-21", Status.DEPRECATED, "2027-04-01"),
            ("claude-3-opus-20240229", "vertex", "2025-09-01", Status.RETIRED, "2025-08-01"),
            ("claude-3-opus-20240229", "anthropic", "2025-09-01", Status.DEPRECATED, "2026-01-05"),
            ("claude-3-7-sonnet-20250219", "github-copilot", "2025-10-23", Status.RETIRED, "2025-10-23"),
            ("gpt-4.1-2025-04-14", "github-copilot", "2026-06-01", Status.RETIRED, "2026-06-01"),
            ("gpt-4.1-2025-04-14", "openai", "2026-11-21", Status.DEPRECATED, "2027-01-14"),
            ("o3-2025-04-16", "azure", "2026-11-21", Status.RETIRED, "2026-11-19"),
            ("o3-2025-04-16", "openai", "2026-11-21", Status.DEPRECATED, "2026-12-11"),
            ("claude-sonnet-4-5-20250929", "anthropic", "2026-11-21", Status.DEPRECATED, "2026-11-30"),
            ("claude-sonnet-4-5-20250929", "bedrock", "2026-11-21", Status.DEPRECATED, "2027-04-08"),
            ("codestral-2501", "mistral", "2026-11-21", Status.RETIRED, "2025-11-30"),
            ("gemini-2.5-pro", "vertex", "2026-11-21", Status.RETIRED, "2026-10-20"),
            ("gemini-2.5-pro", "gemini-api", "2026-11-21", Status.DEPRECATED, "2026-12-01"),
            ("gemini-2.5-pro", "databricks", "2026-11-21", Status.RETIRED, "2026-10-02"),
        ],
    )
    def test_status_and_deadline(self, feed: Feed, key: str, platform: str, day: str, wanted: Status, deadline: str | None) -> None:
        fact = judge(feed, key, platform, day)
        assert (fact.status, fact.deadline) == (wanted, date.fromisoformat(deadline) if deadline else None)
        assert fact.sources

    def test_an_undated_name_is_judged_as_its_dated_snapshot(self, feed: Feed) -> None:
        entries = feed.lexicon["claude-sonnet-4-5"]
        assert {entry.model for entry in entries} == {"claude-sonnet-4-5-20250929"}

    def test_calls_are_rerouted_on_the_gemini_api_and_fail_on_vertex(self, feed: Feed) -> None:
        assert judge(feed, "gemini-2.5-pro", "gemini-api", "2026-12-02").reroute == "gemini-3.8-flash"
        assert judge(feed, "gemini-2.5-pro", "vertex", "2026-12-02").reroute is None

    def test_pro_is_a_mode_and_not_an_id(self, feed: Feed) -> None:
        replacement = judge(feed, "o1-pro-2025-03-19", "openai", "2026-11-21").replacement
        assert replacement is not None
        assert (replacement.drop_in, replacement.options, replacement.parameters) == (None, ("gpt-5.6-sol",), ("reasoning.mode=pro",))


class TestRegionsAndVersions:
    @pytest.mark.parametrize(
        ("region", "deadline"),
        [
            ("us-east-1", "2026-09-10"),
            ("ap-south-1", "2026-10-17"),
            (None, "2026-09-10"),
            ("sa-east-1", "2026-09-10"),
            ("us", "2026-09-10"),
            ("apac", "2026-09-10"),
        ],
    )
    def test_claude_3_haiku_by_region(self, feed: Feed, region: str | None, deadline: str) -> None:
        more = {"region": region} if region else {}
        assert judge(feed, "claude-3-haiku-20240307", "bedrock", "2026-11-21", **more).deadline == date.fromisoformat(deadline)

    @pytest.mark.parametrize(
        ("region", "deadline"),
        [
            ("us-east-1", "2026-04-28"),
            ("us-gov-west-1", "2026-07-30"),
            ("eu-west-2", "2026-10-17"),
            ("us", "2026-04-28"),
            (None, "2026-04-28"),
        ],
    )
    def test_claude_3_7_sonnet_by_region(self, feed: Feed, region: str | None, deadline: str) -> None:
        more = {"region": region} if region else {}
        assert judge(feed, "claude-3-7-sonnet-20250219", "bedrock", "2026-11-21", **more).deadline == date.fromisoformat(deadline)

    def test_a_region_that_still_serves_is_not_retired(self, feed: Feed) -> None:
        assert judge(feed, "claude-3-7-sonnet-20250219", "bedrock", "2026-06-01", region="eu-west-2").status is not Status.RETIRED
        assert judge(feed, "claude-3-7-sonnet-20250219", "bedrock", "2026-06-01", region="us-east-1").status is Status.RETIRED

    def test_a_version_on_azure(self, feed: Feed) -> None:
        family = feed.model("gpt-4o")
        assert family is not None
        ended = status(family, "azure", date(2026, 11, 21), version="2024-08-06-ev3")
        assert (ended.status, ended.deadline) == (Status.RETIRED, date(2026, 3, 31))
        floor = status(family, "azure", date(2026, 11, 21), version="2024-11-20")
        assert (floor.deadline, floor.safe_until) == (None, date(2027, 4, 14))
        whole = status(family, "azure", date(2026, 11, 21))
        assert (whole.status, whole.deadline) == (Status.DEPRECATED, date(2026, 12, 9))


class TestReplay:
    def test_an_earlier_day_of_the_feed(self, feed: Feed) -> None:
        assert judge(feed, "o1-2024-12-17", "azure", "2026-10-01", known_at="2026-08-01").deadline == date(2026, 9, 16)
        assert judge(feed, "o1-2024-12-17", "azure", "2026-10-01").deadline == date(2026, 11, 19)

    def test_a_fact_replaced_on_a_day_is_gone_on_that_day(self) -> None:
        old = event(EventKind.SHUTDOWN, "2026-05-01")._replace(known_from=date(2026, 1, 1), superseded_on=date(2026, 2, 1))
        new = event(EventKind.SHUTDOWN, "2026-08-01")._replace(known_from=date(2026, 2, 1))
        subject = model(life(old, new))
        for known_at, deadline in (("2025-12-31", None), ("2026-01-31", "2026-05-01"), ("2026-02-01", "2026-08-01")):
            fact = status(subject, "here", date(2026, 3, 1), known_at=date.fromisoformat(known_at))
            assert fact.deadline == (date.fromisoformat(deadline) if deadline else None)
        assert status(subject, "here", date(2026, 3, 1)).deadline == date(2026, 8, 1)


class TestOrder:
    """First match wins."""

    def test_an_outage_goes_before_the_end(self) -> None:
        out = Unavailable(date(2026, 1, 1), None, "incident", (SOURCE,), "high")
        fact = status(model(life(event(EventKind.SHUTDOWN, "2025-01-01"), unavailable=(out,))), "here", date(2026, 1, 1))
        assert (fact.status, fact.restriction, fact.available_again) == (Status.RESTRICTED, None, None)

    def test_nothing_known_of_a_platform(self) -> None:
        assert status(model(life()), "elsewhere", date(2026, 1, 1)).status is Status.UNKNOWN

    def test_a_model_without_any_date_is_active(self) -> None:
        assert status(model(life()), "here", date(2026, 1, 1)).status is Status.ACTIVE

    def test_a_stated_retirement_needs_no_date(self) -> None:
        assert status(model(life(event(EventKind.RETIRED, None))), "here", date(2026, 1, 1)).status is Status.RETIRED

    def test_an_undated_deprecation_holds_from_the_day_it_was_read(self) -> None:
        stated = event(EventKind.DEPRECATED, None)._replace(known_from=date(2026, 5, 1))
        assert status(model(life(stated)), "here", date(2026, 4, 30)).status is Status.ACTIVE
        assert status(model(life(stated)), "here", date(2026, 5, 1)).status is Status.DEPRECATED

    def test_an_end_deprecates_from_its_announcement(self) -> None:
        subject = model(life(event(EventKind.ANNOUNCED, "2026-02-01"), event(EventKind.SHUTDOWN, "2026-08-01")))
        before = status(subject, "here", date(2026, 1, 31))
        assert (before.status, before.deadline) == (Status.ACTIVE, None)
        announced = status(subject, "here", date(2026, 2, 1))
        assert (announced.status, announced.since) == (Status.DEPRECATED, date(2026, 2, 1))

    def test_an_end_without_announcement_deprecates_at_once_but_not_before_the_release(self) -> None:
        subject = model(life(event(EventKind.RELEASED, "2026-02-01"), event(EventKind.SHUTDOWN, "2026-08-01")))
        assert status(subject, "here", date(2026, 1, 31)).status is Status.UNRELEASED
        assert status(subject, "here", date(2026, 2, 1)).status is Status.DEPRECATED

    def test_a_successor_makes_legacy_on_the_publishers_own_platform_only(self) -> None:
        released = event(EventKind.RELEASED, "2026-01-01")
        subject = model(life(released), life(released, platform="there"), successors=(Successor("m2", date(2026, 3, 1)),))
        assert status(subject, "here", date(2026, 2, 28)).status is Status.ACTIVE
        here = status(subject, "here", date(2026, 3, 1))
        assert (here.status, here.since, here.successor) == (Status.LEGACY, date(2026, 3, 1), "m2")
        there = status(subject, "there", date(2026, 3, 1))
        assert (there.status, there.successor) == (Status.ACTIVE, "m2")

    def test_what_answers_after_the_end(self) -> None:
        ended = life(event(EventKind.SHUTDOWN, "2026-01-01"))._replace(on_shutdown=OnShutdown("reroute", "m2", None, None))
        assert status(model(ended), "here", date(2026, 1, 1)).reroute == "m2"
        assert status(model(ended._replace(on_shutdown=OnShutdown("error", None, None, None))), "here", date(2026, 1, 1)).reroute is None

    def test_a_recommendation_is_kept(self) -> None:
        use = Replacement("m2", (), (), None, None, False, (SOURCE,))
        assert status(model(life()._replace(replacement=use)), "here", date(2026, 1, 1)).replacement == use


class TestRestrictions:
    DAY = date(2026, 3, 10)

    def test_the_interval_is_half_open(self) -> None:
        days = {date(2026, 2, 28): False, date(2026, 3, 1): True, date(2026, 3, 31): True, date(2026, 4, 1): False}
        for day, is_restricted in days.items():
            assert (status(model(life()), "here", day, restrictions=(ACT,)).status is Status.RESTRICTED) == is_restricted

    def test_only_declared_profiles_are_bound(self) -> None:
        bound = ACT._replace(profiles=("us-defence-contractor",))
        assert status(model(life()), "here", self.DAY, restrictions=(bound,)).status is Status.ACTIVE
        declared = status(model(life()), "here", self.DAY, restrictions=(bound,), profiles=("us-defence-contractor",))
        assert (declared.status, declared.restriction) == (Status.RESTRICTED, bound)

    def test_default_binds_whatever_is_declared(self) -> None:
        assert status(model(life()), "here", self.DAY, restrictions=(ACT,), profiles=("eu-licensee",)).status is Status.RESTRICTED

    def test_a_licence_on_weights_does_not_reach_somebody_elses_host(self) -> None:
        licence = ACT._replace(applies_to=("weights",), lifted=None)
        assert status(model(life()), "here", self.DAY, restrictions=(licence,)).status is Status.ACTIVE
        local = model(life(platform="huggingface"))
        assert status(local, "huggingface", self.DAY, restrictions=(licence,)).status is Status.RESTRICTED

    def test_an_act_of_one_platform(self) -> None:
        only_there = ACT._replace(platforms=("there",))
        assert status(model(life()), "here", self.DAY, restrictions=(only_there,)).status is Status.ACTIVE

    def test_an_act_that_waits_for_a_deprecation(self) -> None:
        closed = ACT._replace(when=EventKind.DEPRECATED)
        assert status(model(life()), "here", self.DAY, restrictions=(closed,)).status is Status.ACTIVE
        deprecated = model(life(event(EventKind.DEPRECATED, "2026-03-05")))
        assert status(deprecated, "here", date(2026, 3, 4), restrictions=(closed,)).status is Status.ACTIVE
        assert status(deprecated, "here", self.DAY, restrictions=(closed,)).status is Status.RESTRICTED

    def test_relief_frees_its_profile_from_its_day_on(self) -> None:
        relieved = ACT._replace(relief=(Relief(date(2026, 3, 10), ("m",), "some", (SOURCE,), ("friend",)),))
        assert status(model(life()), "here", date(2026, 3, 9), restrictions=(relieved,), profiles=("friend",)).status is Status.RESTRICTED
        assert status(model(life()), "here", self.DAY, restrictions=(relieved,), profiles=("friend",)).status is Status.ACTIVE
        assert status(model(life()), "here", self.DAY, restrictions=(relieved,)).status is Status.RESTRICTED

    def test_nothing_is_export_controlled_after_the_law_was_lifted(self, feed: Feed) -> None:
        for key in ("claude-fable-5", "claude-mythos-5"):
            acts = [one for one in feed.restrictions(key) if one.id == "us-ear-2026-06"]
            assert acts
            subject = feed.model(key)
            assert subject is not None
            fact = status(subject, "anthropic", date(2026, 7, 1), restrictions=acts)
            assert fact.restriction is None


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
FLOORS = st.sampled_from([Precision.EARLIEST, Precision.NOT_SOONER_THAN])


@st.composite
def plain_lives(draw: st.DrawFn) -> Life:
    """A life without an end: any releases, deprecations, legacy statements and announcements."""
    kinds = st.sampled_from([EventKind.RELEASED, EventKind.LEGACY, EventKind.DEPRECATED, EventKind.ANNOUNCED])
    drawn = draw(st.lists(st.tuples(kinds, st.none() | DAYS), max_size=5))
    return life(*(event(kind, on.isoformat() if on else None) for kind, on in drawn))


@given(plain_lives(), st.lists(st.tuples(FLOORS, DAYS), min_size=1, max_size=3), DAYS)
def test_floors_never_change_the_status(subject: Life, floors: list[tuple[Precision, date]], day: date) -> None:
    promised = subject._replace(events=subject.events + tuple(event(EventKind.SHUTDOWN, on.isoformat(), kind) for kind, on in floors))
    before, after = status(model(subject), "here", day), status(model(promised), "here", day)
    assert (after.status, after.since, after.deadline) == (before.status, before.since, before.deadline)
    assert after.safe_until == min(on for _, on in floors)


@given(plain_lives(), DAYS, DAYS)
def test_a_model_is_retired_exactly_from_its_shutdown_on(subject: Life, end: date, day: date) -> None:
    ended = subject._replace(events=(*subject.events, event(EventKind.SHUTDOWN, end.isoformat())))
    fact = status(model(ended), "here", day)
    assert (fact.status is Status.RETIRED) == (day >= end)
    assert fact.deadline == (end if fact.status in (Status.DEPRECATED, Status.RETIRED) else None)
    assert fact.safe_until is None


@given(plain_lives(), DAYS, DAYS, st.integers(0, 2000))
def test_what_is_retired_stays_retired(subject: Life, end: date, day: date, later: int) -> None:
    ended = model(subject._replace(events=(*subject.events, event(EventKind.SHUTDOWN, end.isoformat()))))
    if status(ended, "here", day).status is Status.RETIRED:
        assert status(ended, "here", day + timedelta(later)).status is Status.RETIRED


RANK = {status_: rank for rank, status_ in enumerate([Status.UNRELEASED, Status.ACTIVE, Status.LEGACY, Status.DEPRECATED, Status.RETIRED])}


@given(plain_lives(), st.none() | DAYS, DAYS, st.integers(1, 2000))
def test_without_outages_a_status_only_gets_worse(subject: Life, end: date | None, day: date, later: int) -> None:
    ended = subject._replace(events=subject.events + ((event(EventKind.SHUTDOWN, end.isoformat()),) if end else ()))
    first, second = (status(model(ended), "here", on).status for on in (day, day + timedelta(later)))
    assert RANK[first] <= RANK[second]


REGIONS = st.sampled_from(["us-east-1", "us-west-2", "us-gov-west-1", "eu-west-1", "ap-south-1"])


@given(st.lists(st.tuples(st.sets(REGIONS), DAYS), min_size=1, max_size=4), st.none() | REGIONS, DAYS)
def test_an_unknown_region_is_never_judged_milder_than_a_known_one(
    ends: list[tuple[set[str], date]], region: str | None, day: date
) -> None:
    regional = model(life(*(event(EventKind.SHUTDOWN, on.isoformat(), scopes=tuple(sorted(where))) for where, on in ends if where)))
    known = status(regional, "here", day, region=region).status
    unknown = status(regional, "here", day).status
    assert RANK[unknown] >= RANK[known]
