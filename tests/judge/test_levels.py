"""Levels of sites: the points, the roles, and the worked numbers of the risk model, on verdicts made by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.config.settings import DEFAULT, ExposureHint, Settings
from modelaudit.domain import traces
from modelaudit.domain.expr import Text
from modelaudit.domain.facts import Argument, FileFacts, Handler, Literal, Role, Site, Trace
from modelaudit.domain.finding import Finding, GrantUse, Risk, Verdict
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Replacement, Status
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Confidence, PlacedSite, Usage
from modelaudit.feed import migrations, risk
from modelaudit.judge.case import Case, Context, Standing, Withdrawal
from modelaudit.judge.context import Rulebook, make_context
from modelaudit.judge.findings import find
from modelaudit.judge.rules import registered

RULES = str(Path(__file__).parents[2] / "rules")
BOOK = Rulebook(risk.decode(risk.build(RULES)), migrations.decode(migrations.build(RULES)), {}, {})
TODAY = date(2026, 11, 21)


class Standings:
    """Other models by hand: everything is active unless listed."""

    def __init__(self, *others: Standing, offered: tuple[Standing, ...] = ()) -> None:
        self._others = {one.model: one for one in others}
        self._offered = offered

    def of(self, name: str, platform: str | None, region: str | None) -> Standing | None:
        del platform, region
        return self._others.get(name, standing(name))

    def alternatives(self, publisher: str, platform: str | None, region: str | None) -> tuple[Standing, ...]:
        del publisher, platform, region
        return self._offered

    def withdrawals(self, publisher: str, line: str) -> tuple[Withdrawal, ...]:
        del publisher, line
        return ()


def standing(model: str, status: Status = Status.ACTIVE, *, by: str | None = None, restriction: str | None = None) -> Standing:
    return Standing(model, model, status, None, restriction, None if by is None else replaced(by), None)


def replaced(drop_in: str) -> Replacement:
    return Replacement(drop_in, (), (), None, None, False, ())


def at(line: int, column: int = 1) -> Span:
    return Span(line, column, line, column + 10)


def verdict(
    status: Status = Status.RETIRED,
    *,
    model: str = "claude-3-haiku-20240307",
    platform: str = "anthropic",
    deadline: date | None = None,
    replacement: Replacement | None = None,
    grant: GrantUse | None = None,
    safe_until: date | None = None,
    fine_tuned: bool = False,
) -> Verdict:
    identity = Identity(
        model, model, "anthropic", model, 0, len(model), platform, "by hand", None, None, fine_tuned, None, False, None, (), None, None
    )
    return Verdict(
        identity=identity,
        status=status,
        platform=platform,
        assumed=False,
        since=deadline,
        deadline=deadline,
        days_left=None if deadline is None else (deadline - TODAY).days,
        precision=None,
        safe_until=safe_until,
        reroute=None,
        replacement=replacement or replaced("claude-haiku-5-5"),
        successor=None,
        restriction=None,
        available_again=None,
        worse_elsewhere=(),
        sources=(),
        disputed=None,
        grant=grant,
    )


def site(
    *,
    line: int = 30,
    operation: str = "chat",
    handlers: tuple[Handler, ...] = (),
    left: tuple[Trace, ...] = (),
    arguments: tuple[Argument, ...] = (),
    fallbacks: tuple[str, ...] = (),
    shape: str = "anthropic.messages.create",
) -> Site:
    return Site(
        span=at(line, 12),
        callee="client.messages.create",
        shape=shape,
        argument="model",
        model=Text("x", at(line, 20)),
        operation=operation,
        dialect="anthropic",
        typed=True,
        function="answer",
        platform="anthropic",
        fallbacks=tuple(Text(name, at(line, 60)) for name in fallbacks),
        arguments=arguments,
        handlers=handlers,
        traces=left,
    )


def usage(
    where: Site | None,
    *,
    path: str = "app/service.py",
    site_path: str | None = None,
    role: Role = Role.BINDING,
    fallback: bool = False,
    text: str = "claude-3-haiku-20240307",
) -> Usage:
    placed = None if where is None else PlacedSite(site_path or path, where)
    return Usage(path, Literal(text, at(3), role, "MODEL"), role, text, placed, (), fallback, Confidence.CERTAIN)


def context(
    *,
    settings: Settings = DEFAULT,
    day: date = TODAY,
    standings: Standings | None = None,
    facts: tuple[FileFacts, ...] = (),
    cases: tuple[Case, ...] = (),
) -> Context:
    return make_context(standings or Standings(), BOOK, settings, day, {one.path: one for one in facts}, cases)


def only(*cases: Case, **options: object) -> Finding:
    made = context(**options)  # type: ignore[arg-type]
    rules = tuple(one for one in registered() if one.rule.default)
    (finding,) = find(cases, rules, made)
    return finding


def level(case: Case, **options: object) -> Risk:
    return only(case, **options).sites[0].risk


def test_retired_and_unprotected_in_production_is_critical() -> None:
    finding = only(Case(usage(site()), verdict(deadline=date(2026, 4, 20))))
    assert (finding.rule, finding.risk) == ("retired-model", Risk.CRITICAL)
    (placed,) = finding.sites
    assert (placed.urgency, placed.exposure, placed.difficulty, placed.late) == (4, 3, 0, False)
    assert finding.message == "claude-3-haiku-20240307 on the Anthropic API was retired 2026-04-20, 215 days ago; use claude-haiku-5-5"


@pytest.mark.parametrize(
    ("path", "site_path", "exposure", "expected"),
    [
        ("app/service.py", "app/service.py", 3, Risk.CRITICAL),
        ("tests/test_service.py", "tests/test_service.py", 0, Risk.LOW),
        ("app/settings.py", "tests/test_service.py", 0, Risk.LOW),
        ("tests/conftest.py", "app/service.py", 0, Risk.LOW),
        ("evals/run.py", "evals/run.py", 1, Risk.MEDIUM),
        (".github/workflows/review.yml", ".github/workflows/review.yml", 1, Risk.MEDIUM),
        ("docs/guide.md", "docs/guide.md", 0, Risk.LOW),
        ("notebooks/try.ipynb", "notebooks/try.ipynb", 0, Risk.LOW),
        ("app/legacy/service.py", "app/legacy/service.py", 3, Risk.CRITICAL),
        ("app/tools/search.py", "app/tools/search.py", 3, Risk.CRITICAL),
        ("tools/search.py", "tools/search.py", 1, Risk.MEDIUM),
        ("attest/service.py", "attest/service.py", 3, Risk.CRITICAL),
        ("contest.py", "contest.py", 3, Risk.CRITICAL),
    ],
)
def test_the_more_harmless_path_counts(path: str, site_path: str, exposure: int, expected: Risk) -> None:
    finding = only(Case(usage(site(), path=path, site_path=site_path), verdict()))
    assert (finding.sites[0].exposure, finding.risk) == (exposure, expected)


def test_the_project_says_what_its_paths_are() -> None:
    settings = DEFAULT._replace(exposure=(ExposureHint(("labs/**",), "example"), ExposureHint(("tests/smoke/**",), "production")))
    assert level(Case(usage(site(), path="labs/try.py"), verdict()), settings=settings) is Risk.LOW
    assert level(Case(usage(site(), path="tests/smoke/live.py"), verdict()), settings=settings) is Risk.CRITICAL


@pytest.mark.parametrize(
    ("left", "urgency"),
    [(0, 4), (1, 3), (9, 3), (30, 3), (31, 2), (90, 2), (91, 1), (400, 1)],
)
def test_urgency_by_days_left(left: int, urgency: int) -> None:
    case = Case(usage(site()), verdict(Status.DEPRECATED, deadline=TODAY + timedelta(days=left)))
    assert only(case).sites[0].urgency == urgency


def test_urgency_without_a_date_and_of_floors() -> None:
    assert only(Case(usage(site()), verdict(Status.DEPRECATED))).sites[0].urgency == 1
    near = verdict(Status.LEGACY, safe_until=TODAY + timedelta(days=180))
    far = verdict(Status.LEGACY, safe_until=TODAY + timedelta(days=181))
    assert only(Case(usage(site()), near)).sites[0].urgency == 1
    assert only(Case(usage(site()), far)).sites[0].urgency == 0
    assert level(Case(usage(site()), far)) is Risk.INFO


def test_three_sites_of_one_model_on_two_platforms() -> None:
    """The last table of the scenarios: nine days left on one platform, 138 on another, and a test."""
    warm = (Argument("temperature", 0.2, True, at(31)),)
    suite = FileFacts("evals/promptfooconfig.yaml", "yaml", traces=(Trace(traces.EVALUATION, "promptfoo", at(1)),))
    expected = {
        "api/answer.py": ("anthropic", date(2026, 11, 30), (3, 3, 1), Risk.HIGH, date(2026, 11, 26)),
        "api/answer_aws.py": ("bedrock", date(2027, 4, 8), (1, 3, 1), Risk.LOW, None),
        "tests/test_answer.py": ("anthropic", date(2026, 11, 30), (3, 0, 1), Risk.LOW, None),
    }
    for path, (platform, ends, points, wanted, start) in expected.items():
        found = verdict(
            Status.DEPRECATED,
            model="claude-sonnet-4-5-20250929",
            platform=platform,
            deadline=ends,
            replacement=replaced("claude-sonnet-5-5"),
        )
        finding = only(Case(usage(site(arguments=warm), path=path), found), facts=(suite,))
        (placed,) = finding.sites
        assert (placed.urgency, placed.exposure, placed.difficulty) == points, path
        assert (placed.late, placed.risk) == (False, wanted), path
        if start is not None:
            assert finding.start_by == start


def test_a_licence_is_a_deadline_and_lateness_raises_the_level() -> None:
    """Security platform: rule-based path, no replacement on offer, licence until New Year."""
    handler = Handler(("anthropic.APIStatusError",), "degrade", Span(94, 5, 96, 40))
    case = Case(
        usage(site(handlers=(handler,)), text="claude-mythos-5"),
        verdict(
            Status.ACTIVE,
            model="claude-mythos-5",
            replacement=replaced("claude-fable-5"),
            grant=GrantUse(("anthropic-suspension-2026-06", "mythos-access-gate"), date(2026, 12, 31)),
        ),
    )
    gone = Standings(standing("claude-fable-5", Status.RESTRICTED, restriction="anthropic-suspension-2026-06"))
    june = only(case, standings=gone, day=date(2026, 6, 27))
    assert [(one.urgency, one.exposure, one.difficulty, one.late) for one in june.sites] == [(1, 2, 3, False)]
    assert june.risk is Risk.MEDIUM
    november = only(case, standings=gone, day=TODAY)
    assert november.start_by == date(2026, 11, 10), (
        "what is left is a model that one hosts oneself: 36 to 37 working days, twice the estimate"
    )
    assert [(one.urgency, one.exposure, one.difficulty, one.late) for one in november.sites] == [(2, 2, 3, True)]
    assert november.risk is Risk.CRITICAL
    short = verdict(
        Status.ACTIVE, model="claude-mythos-5", replacement=replaced("claude-fable-5"), grant=GrantUse(("x",), date(2026, 7, 15))
    )
    assert only(Case(case.usage, short), standings=gone, day=date(2026, 6, 15)).sites[0].urgency == 3


@pytest.mark.parametrize(
    ("role", "with_site", "expected"),
    [
        (Role.ARGUMENT, True, Risk.CRITICAL),
        (Role.BINDING, True, Risk.CRITICAL),
        (Role.BINDING, False, Risk.HIGH),
        (Role.CATALOG, False, Risk.LOW),
        (Role.CATALOG, True, Risk.LOW),
        (Role.COMPARISON, False, Risk.LOW),
    ],
)
def test_roles_decide_how_loud(role: Role, with_site: bool, expected: Risk) -> None:
    assert level(Case(usage(site() if with_site else None, role=role), verdict())) is expected


def test_a_binding_without_a_site_says_so() -> None:
    (placed,) = only(Case(usage(None), verdict())).sites
    assert any(factor.sentence.startswith("not seen in use") for factor in placed.factors)
    assert placed.placed is None
    assert only(Case(usage(None, path="tests/data.py"), verdict())).risk is Risk.INFO


def test_mentions_only_when_asked() -> None:
    case = Case(usage(None, role=Role.MENTION), verdict())
    rules = tuple(one for one in registered() if one.rule.default)
    assert find([case], rules, context()) == ()
    assert level(case, settings=DEFAULT._replace(include_mentions=True)) is Risk.INFO


def test_a_tokenizer_sends_no_request() -> None:
    assert level(Case(usage(site(operation="tokenizer")), verdict())) is Risk.LOW


def protected(*handlers: Handler, left: tuple[Trace, ...] = (), fallbacks: tuple[str, ...] = (), shape: str = "litellm.completion") -> Case:
    return Case(usage(site(handlers=handlers, left=left, fallbacks=fallbacks, shape=shape)), verdict())


def spare(case: Case, model: str, status: Status = Status.ACTIVE, *, line: int = 30, deadline: date | None = None) -> Case:
    there = site(line=line) if line != 30 else case.site
    return Case(usage(there, fallback=True, text=model), verdict(status, model=model, deadline=deadline))


def exposure_of(case: Case, *targets: Case, **options: object) -> int:
    rules = tuple(one for one in registered() if one.rule.id == "retired-model")
    made = context(cases=(case, *targets), **options)  # type: ignore[arg-type]
    (finding,) = find([case], rules, made)
    return finding.sites[0].exposure


GATEWAY = Trace(traces.GATEWAY, "https://gateway.example", at(8))
RESERVE = "claude-opus-4-8"


def test_no_protection_is_e3() -> None:
    assert exposure_of(protected()) == 3


@pytest.mark.parametrize(
    ("classes", "action", "exposure"),
    [
        ((), "degrade", 2),
        (("Exception",), "degrade", 2),
        (("anthropic.APIStatusError",), "degrade", 2),
        (("anthropic.NotFoundError", "anthropic.PermissionDeniedError"), "degrade", 2),
        (("anthropic.NotFoundError",), "degrade", 3),
        (("anthropic.RateLimitError",), "degrade", 3),
        (("botocore.exceptions.ClientError",), "degrade", 2),
        (("app.errors.ModelGone",), "degrade", 3),
        (("Exception",), "swallow", 3),
        (("Exception",), "retry", 3),
        (("Exception",), "reraise", 3),
    ],
)
def test_what_a_handler_is_worth(classes: tuple[str, ...], action: str, exposure: int) -> None:
    assert exposure_of(protected(Handler(classes, action, at(34)))) == exposure


def test_a_code_that_is_asked_for_must_be_one_of_a_withdrawal() -> None:
    handler = Handler(("botocore.exceptions.ClientError",), "degrade", Span(34, 1, 38, 1))
    throttled = Trace(traces.STATUS_CODE, "ThrottlingException", at(35))
    missing = Trace(traces.STATUS_CODE, "ResourceNotFoundException", at(35))
    assert exposure_of(protected(handler, left=(throttled,))) == 3
    assert exposure_of(protected(handler, left=(throttled, missing))) == 2


def test_an_adequate_fallback_is_e1() -> None:
    case = protected(fallbacks=(RESERVE,))
    assert exposure_of(case, spare(case, RESERVE)) == 1


@pytest.mark.parametrize(
    ("model", "status", "deadline"),
    [
        ("claude-3-haiku-20240307", Status.ACTIVE, None),
        (RESERVE, Status.RESTRICTED, None),
        (RESERVE, Status.RETIRED, date(2026, 1, 1)),
        (RESERVE, Status.UNKNOWN, None),
        (RESERVE, Status.DEPRECATED, date(2027, 2, 19)),
    ],
)
def test_a_fallback_that_shares_the_fate_does_not_protect(model: str, status: Status, deadline: date | None) -> None:
    case = protected(fallbacks=(model,))
    assert exposure_of(case, spare(case, model, status, deadline=deadline)) == 3


def test_a_fallback_that_lives_ninety_one_days_counts() -> None:
    case = protected(fallbacks=(RESERVE,))
    assert exposure_of(case, spare(case, RESERVE, Status.DEPRECATED, deadline=date(2027, 2, 20))) == 1


def test_a_fallback_for_overload_or_for_long_prompts_does_not_protect() -> None:
    case = protected(fallbacks=(RESERVE,), shape="anthropic.beta.messages.create")
    assert exposure_of(case, spare(case, RESERVE)) == 3
    only_long = (Trace(traces.FALLBACK_PATTERN, "litellm.router.context_only", at(30)),)
    case = protected(fallbacks=(RESERVE,), left=only_long)
    assert exposure_of(case, spare(case, RESERVE)) == 3
    only_limits = (Trace(traces.FALLBACK_ON, "RateLimitError", at(30)),)
    case = protected(fallbacks=(RESERVE,), left=only_limits)
    assert exposure_of(case, spare(case, RESERVE)) == 3


def test_an_unresolved_fallback_is_none_and_a_gateway_is_degraded() -> None:
    assert exposure_of(protected(fallbacks=("${BACKUP}",))) == 3
    assert exposure_of(protected(left=(GATEWAY,))) == 2


def test_an_embedding_has_no_adequate_fallback() -> None:
    case = Case(usage(site(operation="embedding", fallbacks=("b",), shape="litellm.embedding")), verdict())
    pattern = (Trace(traces.FALLBACK_PATTERN, "litellm.fallbacks_kwarg", at(30)),)
    case = Case(usage(site(operation="embedding", fallbacks=("b",), left=pattern)), verdict())
    assert exposure_of(case, spare(case, RESERVE)) == 3


def test_another_model_in_the_handler_protects_when_the_handler_covers_a_withdrawal() -> None:
    broad = Handler(("Exception",), "fallback", Span(34, 1, 40, 1))
    narrow = Handler(("anthropic.RateLimitError",), "fallback", Span(34, 1, 40, 1))
    for handler, exposure in ((broad, 1), (narrow, 3)):
        case = protected(handler)
        inside = spare(case, RESERVE, line=36)
        assert exposure_of(case, Case(inside.usage._replace(fallback=False), inside.verdict)) == exposure


def test_a_fallback_model_is_at_most_protected() -> None:
    case = protected(fallbacks=("old",))
    old = Case(usage(case.site, fallback=True), verdict())
    assert exposure_of(old) == 1


def test_a_guard_is_unprotected_whatever_else() -> None:
    guard = Trace(traces.GUARD, "moderation gate", at(30))
    case = protected(Handler(("Exception",), "degrade", at(34)), left=(guard,))
    assert exposure_of(case) == 3


def test_swallowing_raises_what_a_gateway_lowered() -> None:
    assert exposure_of(protected(Handler(("Exception",), "swallow", at(34)), left=(GATEWAY,))) == 3


def test_dead_code_is_harmless_only_when_proven() -> None:
    assert exposure_of(protected(left=(Trace(traces.UNREACHABLE, "no caller", at(1)),))) == 0


def difficulty_of(case: Case, **options: object) -> int:
    return only(case, **options).sites[0].difficulty


def test_difficulty_from_the_replacement() -> None:
    case = Case(usage(site()), verdict())
    assert difficulty_of(case) == 0
    assert difficulty_of(case, standings=Standings(standing("claude-haiku-5-5", Status.RESTRICTED, restriction="act"))) == 3
    alone = Case(usage(site()), verdict()._replace(replacement=None))
    assert difficulty_of(alone) == 3
    assert difficulty_of(alone, standings=Standings(offered=(standing("claude-opus-4-8"),))) == 2


def test_a_chain_is_followed_to_its_end() -> None:
    chain = Standings(standing("claude-haiku-5-5", Status.LEGACY, by="claude-haiku-6"))
    (placed,) = only(Case(usage(site()), verdict()), standings=chain).sites
    assert any("judged up to claude-haiku-6" in factor.sentence for factor in placed.factors)
    circle = Standings(
        standing("claude-haiku-5-5", Status.LEGACY, by="claude-haiku-6"), standing("claude-haiku-6", Status.LEGACY, by="claude-haiku-5-5")
    )
    assert difficulty_of(Case(usage(site()), verdict()), standings=circle) == 0


def test_difficulty_of_what_does_not_carry_over() -> None:
    assert difficulty_of(Case(usage(site(operation="embedding")), verdict())) == 3
    assert difficulty_of(Case(usage(site()), verdict(fine_tuned=True))) == 3
    assert difficulty_of(Case(usage(site(operation="assistant")), verdict())) == 3


def test_what_cannot_be_read_is_no_drop_in() -> None:
    hidden = (Trace(traces.OPAQUE_ARGUMENTS, "**params", at(31)),)
    finding = only(Case(usage(site(left=hidden)), verdict()))
    assert finding.sites[0].difficulty == 1
    assert finding.sites[0].confidence is Confidence.POSSIBLE
    assert difficulty_of(Case(usage(None), verdict())) == 1
    config = FileFacts("values.yaml", "yaml")
    assert difficulty_of(Case(usage(site(), path="values.yaml"), verdict()), facts=(config,)) == 1


def test_a_finding_is_as_bad_as_its_worst_site_and_counts_the_binding_once() -> None:
    finding = only(
        Case(usage(site(line=12), site_path="tests/test_service.py"), verdict()),
        Case(usage(site(line=30)), verdict()),
        Case(usage(site(line=40)), verdict()),
    )
    assert [one.risk for one in finding.sites] == [Risk.LOW, Risk.CRITICAL, Risk.CRITICAL]
    assert finding.risk is Risk.CRITICAL
    assert finding.usage.site is not None
    assert finding.usage.site.path == "app/service.py"
    assert finding.effort is not None
    assert [(item.name, item.count) for item in finding.effort.items] == [("edit_binding", 1)]


def test_sentences_have_no_gaps_and_every_factor_has_one() -> None:
    finding = only(Case(usage(site()), verdict(deadline=date(2026, 4, 20))))
    for factor in finding.sites[0].factors:
        assert factor.sentence
        assert "{" not in factor.sentence


@given(
    st.sampled_from([Status.RETIRED, Status.DEPRECATED, Status.LEGACY]),
    st.integers(1, 500),
    st.booleans(),
    st.sampled_from(["app/a.py", "evals/a.py", "tests/a.py"]),
    st.booleans(),
    st.booleans(),
)
def test_more_harm_is_never_a_lower_level(status: Status, left: int, hidden: bool, path: str, handled: bool, embedding: bool) -> None:
    """An end that is nearer, a hidden argument, a lost handler, vectors in store: none of them lowers a level."""
    some = (Trace(traces.OPAQUE_ARGUMENTS, "**params", at(31)),) if hidden else ()
    handlers = (Handler(("Exception",), "degrade", at(34)),) if handled else ()
    operation = "embedding" if embedding else "chat"
    ends = TODAY + timedelta(days=left) if status is Status.DEPRECATED else None
    now = level(Case(usage(site(left=some, handlers=handlers, operation=operation), path=path), verdict(status, deadline=ends)))
    worse = [
        Case(usage(site(left=some, handlers=(), operation=operation), path=path), verdict(status, deadline=ends)),
        Case(usage(site(left=some, handlers=handlers, operation="embedding"), path=path), verdict(status, deadline=ends)),
        Case(usage(site(left=some, handlers=handlers, operation=operation), path="app/a.py"), verdict(status, deadline=ends)),
        Case(usage(site(left=some, handlers=handlers, operation=operation), path=path), verdict(Status.RETIRED)),
        Case(
            usage(site(left=(Trace(traces.OPAQUE_ARGUMENTS, "**p", at(31)),), handlers=handlers, operation=operation), path=path),
            verdict(status, deadline=ends),
        ),
    ]
    if ends is not None:
        nearer = TODAY + timedelta(days=1 + left // 2)
        worse.append(Case(usage(site(left=some, handlers=handlers, operation=operation), path=path), verdict(status, deadline=nearer)))
    assert all(level(case).rank >= now.rank for case in worse)
