"""Made-up reports that every format renders: one of each kind of finding, with dates and sources from the feed's facts."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.expr import Text, Unknown
from modelaudit.domain.facts import Literal, Notification, Role, Site
from modelaudit.domain.finding import (
    Breaking,
    Clock,
    Effort,
    EffortItem,
    Evidence,
    Factor,
    Finding,
    Option,
    Risk,
    SiteRisk,
    SuppressedBy,
    Verdict,
)
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Precision, Relief, Replacement, Restriction, Source, Status
from modelaudit.domain.location import Span
from modelaudit.domain.report import FeedInfo, Gate, Report, Skipped, Summary, Use
from modelaudit.domain.usage import Confidence, PlacedSite, Step, Unresolved, Usage

NOVEMBER = date(2026, 11, 21)
FEED = FeedInfo("b0a1c2d3e4f5" + "0" * 52, NOVEMBER, 1320, "bundled")
ANTHROPIC_PAGE = Source(
    "deprecations", "https://platform.claude.com/docs/en/about-claude/model-deprecations", True, date(2026, 8, 22), "Model deprecations"
)
NOTES = Source("notes", "https://platform.claude.com/docs/en/release-notes/overview", True, date(2026, 11, 12))
ORDER = Source("order", "https://www.anthropic.com/news/fable-mythos-access", True, date(2026, 6, 13))
OPENAI_PAGE = Source("openai", "https://developers.openai.com/api/docs/deprecations", True, date(2026, 11, 10))
GEMINI_PAGE = Source("gemini", "https://ai.google.dev/gemini-api/docs/deprecations", False, date(2026, 11, 10))
BEDROCK_PAGE = Source("aws", "https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html", True, date(2026, 10, 16))

EXPORT_ORDER = Restriction(
    id="us-ear-2026-06",
    title="Export licence requirement for Claude Fable 5 and Mythos 5",
    kind="export_control",
    subjects=("claude-fable-5", "claude-mythos-5"),
    jurisdiction="US EAR, extraterritorial",
    bound="any foreign national inside or outside the US",
    issuer="US Department of Commerce",
    legal_basis="15 CFR 744.22(b)",
    applies_to=("hosted",),
    profiles=("default",),
    effective=date(2026, 6, 12),
    relief=(Relief(date(2026, 6, 26), ("claude-mythos-5",), "entities of Annex A", ()),),
    lifted=date(2026, 6, 30),
    conditions=("detect security risks", "report malicious activity"),
    sources=(ORDER,),
    grade="B",
    disputed=None,
    makes_calls_fail=True,
)


def span(line: int, column: int, length: int) -> Span:
    """A span on one line."""
    return Span(line, column, line, column + length)


def identity(
    text: str, *, model: str | None = None, publisher: str = "openai", platform: str | None = "openai", evidence: str = ""
) -> Identity:
    """What `text` names; a plain ID unless said otherwise."""
    return Identity(
        written=text,
        model=model or text,
        publisher=publisher,
        matched=text,
        start=0,
        end=len(text),
        platform=platform,
        evidence=evidence,
        region=None,
        version=None,
        fine_tuned=text.startswith("ft:"),
        alias=None,
        floating=False,
        opaque=None,
        stripped=(),
        family=None,
        nearest=None,
    )


def verdict(
    named: Identity,
    status: Status,
    *,
    since: date | None = None,
    deadline: date | None = None,
    as_of: date = NOVEMBER,
    sources: tuple[Source, ...] = (),
    replacement: Replacement | None = None,
) -> Verdict:
    """A verdict with the usual gaps; scenarios fill the rest with `_replace`."""
    return Verdict(
        identity=named,
        status=status,
        platform=named.platform or "openai",
        assumed=named.platform is None,
        since=since,
        deadline=deadline,
        days_left=(deadline - as_of).days if deadline else None,
        precision=Precision.EXACT if deadline else None,
        safe_until=None,
        reroute=None,
        replacement=replacement,
        successor=None,
        restriction=None,
        available_again=None,
        worse_elsewhere=(),
        sources=sources,
        disputed=None,
    )


def replacement(drop_in: str | None, *options: str, parameters: tuple[str, ...] = (), note: str | None = None) -> Replacement:
    """What a provider names instead."""
    return Replacement(drop_in, options, parameters, note, None, False, ())


def literal(text: str, line: int, column: int, role: Role = Role.BINDING, context: str = "MODEL") -> Literal:
    """A model ID as written."""
    return Literal(text, span(line, column, len(text)), role, context)


def site(callee: str, line: int, column: int, *, function: str = "", operation: str = "chat", dialect: str = "openai") -> Site:
    """A call on two lines that takes `model`."""
    return Site(
        span=Span(line, column, line + 1, 6),
        callee=callee,
        shape="made-up",
        argument="model",
        model=Text("model", span(line, column, 5)),
        operation=operation,
        dialect=dialect,
        typed=True,
        function=function,
    )


def factor(ident: str, point: str, effect: str, sentence: str, *evidence: Evidence, value: str = "") -> Factor:
    """One reason."""
    return Factor(ident, point, value, effect, sentence, evidence)


def at(path: str, line: int) -> Evidence:
    """Evidence in the tree."""
    return Evidence(path, line, None)


def site_risk(
    use: Usage,
    risk: Risk,
    points: tuple[int, int, int],
    factors: tuple[Factor, ...] = (),
    *,
    late: bool = False,
) -> SiteRisk:
    """The level of one usage; its flow is the usage's."""
    return SiteRisk(use.site, use, risk, *points, late, use.confidence, use.flow, factors)


def usage(
    path: str,
    text: Literal,
    placed: PlacedSite | None = None,
    flow: tuple[Step, ...] = (),
    *,
    fallback: bool = False,
    confidence: Confidence = Confidence.CERTAIN,
) -> Usage:
    """A literal with one site."""
    return Usage(path, text, text.role, text.text, placed, flow, fallback, confidence)


def finding(rule: str, message: str, judged: Verdict, sites: tuple[SiteRisk, ...], fingerprint: str) -> Finding:
    """A finding with the level of its worst site; scenarios fill the rest with `_replace`."""
    worst = max(sites, key=lambda one: one.risk.rank)
    return Finding(rule, worst.risk, message, judged, worst.usage, sites, None, None, (), (), fingerprint)


def report(findings: tuple[Finding, ...] = (), *, as_of: date = NOVEMBER, exit_code: int = 0) -> Report:
    """A report of `findings` and nothing else."""
    shown = [one for one in findings if one.suppression is None]
    risks = [one.risk.value for one in shown]
    rules = [one.rule for one in shown]
    models = [one.verdict.identity.model or one.verdict.identity.written for one in shown]
    summary = Summary(
        files=214,
        skipped=(),
        literals=max(12, len(findings)),
        sites=max(9, sum(len(one.sites) for one in findings)),
        unresolved=0,
        findings=len(shown),
        suppressed=len(findings) - len(shown),
        by_risk=_counts(risks),
        by_rule=_counts(rules),
        by_model=_counts(models),
    )
    uses = tuple(Use(one.usage, one.verdict) for one in findings)
    return Report("0.1.0", FEED, as_of, "/home/ada/shop", summary, findings, uses, (), (), (), (), Gate(Risk.HIGH, exit_code))


def _counts(words: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple((word, words.count(word)) for word in sorted(set(words)))


# Scenarios


def restricted(as_of: date = date(2026, 6, 20)) -> tuple[Finding, dict[tuple[str, int], str]]:
    """The act of June 2026: a settings field that reaches six calls, judged while calls fail."""
    path, text = "src/summariser/settings.py", "claude-fable-5"
    written = literal(text, 12, 27, context="Settings.summary_model")
    flow = (
        Step(path, span(12, 5, 13), "field Settings.summary_model"),
        Step("src/summariser/service.py", span(9, 1, 40), "imported from summariser.settings"),
    )
    judged = verdict(
        identity(text, publisher="anthropic", platform="anthropic"),
        Status.RESTRICTED,
        since=date(2026, 6, 12),
        deadline=date(2026, 6, 12),
        as_of=as_of,
        sources=(ORDER, NOTES),
        replacement=replacement(None, "claude-opus-4-8"),
    )._replace(restriction=EXPORT_ORDER, available_again=date(2026, 7, 1))
    factors = (
        factor(
            "F02", "urgency", "U4", "calls fail for all customers since 2026-06-12 (us-ear-2026-06)", Evidence(None, None, "us-ear-2026-06")
        ),
        factor("F12", "exposure", "E3", "no other model is tried", at("src/summariser/service.py", 41)),
        factor("F13", "exposure", "none", "RateLimitError does not cover a withdrawn model", at("src/summariser/service.py", 36)),
        factor("F10", "exposure", "E3", "under src/: production", at("src/summariser/service.py", 41)),
        factor("F24", "difficulty", "D>=2", "json.loads without a schema feeds triage.features", at("src/summariser/service.py", 47)),
        factor("F21", "difficulty", "D>=1", "temperature is not accepted by claude-opus-4-8", at("src/summariser/service.py", 44)),
        factor("F15", "context", "none", "one edit moves 6 call sites"),
    )
    places = (
        ("src/summariser/service.py", 41, 16, "client.messages.create", "summarise_ticket", Risk.CRITICAL, (4, 3, 2)),
        ("src/summariser/batch.py", 88, 9, "client.messages.batches.create", "nightly", Risk.CRITICAL, (4, 3, 1)),
        ("src/summariser/trim.py", 14, 12, "client.messages.count_tokens", "fits", Risk.HIGH, (4, 2, 0)),
        ("src/summariser/trim.py", 31, 12, "client.messages.create", "shorten", Risk.CRITICAL, (4, 3, 1)),
        ("tests/test_service.py", 20, 5, "client.messages.create", "test_summary", Risk.LOW, (4, 0, 0)),
        ("tests/test_trim.py", 9, 5, "client.messages.create", "test_trim", Risk.LOW, (4, 0, 0)),
    )
    sites = tuple(
        site_risk(
            usage(
                path,
                written,
                PlacedSite(where, site(callee, line, column, function=function, dialect="anthropic")),
                (flow[0], flow[1]._replace(path=where)),
            ),
            risk,
            points,
            factors
            if where.startswith("src/summariser/s")
            else (factor("F10", "exposure", f"E{points[1]}", f"under {where.split('/')[0]}/"),),
        )
        for where, line, column, callee, function, risk, points in places
    )
    effort = Effort("L", 820, 2830, (EffortItem("edit_binding", 1, 5, 15), EffortItem("revalidate", 2, 400, 1400)))
    result = finding(
        "restricted-model",
        "claude-fable-5 on the Anthropic API is withdrawn for all customers since 2026-06-12 (8 days): export licence requirement, in "
        "force since 2026-06-12; use claude-opus-4-8 (anthropic.com)",
        judged,
        sites,
        "b1c07f2e9d8a7c61",
    )._replace(
        effort=effort,
        breaking=(
            Breaking("temperature", "error", "HTTP 400 for any value but the default", "A1 A2", "src/summariser/service.py", 44),
            Breaking(
                "thinking",
                "behaviour",
                "claude-fable-5 always reasons, claude-opus-4-8 only on request",
                "A1",
                "src/summariser/service.py",
                41,
            ),
        ),
        options=(
            Option("set Settings.summary_model to claude-opus-4-8 and revalidate both classifiers", Risk.INFO, effort),
            Option("add a fallback that also covers NotFoundError and PermissionDeniedError", Risk.HIGH, None),
        ),
    )
    lines = {
        (path, 12): '    summary_model: str = "claude-fable-5"',
        ("src/summariser/service.py", 41): "        reply = client.messages.create(",
    }
    return result, lines


def retired() -> tuple[Finding, dict[tuple[str, int], str]]:
    """An ID in an environment file that reaches a call through three files, on Bedrock, with the platform's own date."""
    path, text = "deploy/.env", "anthropic.claude-3-haiku-20240307-v1:0"
    written = literal(text, 3, 14, context="TRIAGE_MODEL")
    service = "triage/handlers/alerts.py"
    flow = (
        Step(path, span(3, 1, 12), "environment variable TRIAGE_MODEL"),
        Step("triage/config.py", span(8, 20, 30), "read by os.environ"),
        Step("triage/config.py", span(8, 5, 12), "constant TRIAGE_MODEL"),
        Step(service, span(4, 1, 40), "imported from triage.config"),
    )
    placed = PlacedSite(service, site("bedrock.converse", 57, 13, function="AlertHandler.label", dialect="bedrock"))
    factors = (
        factor("F01", "urgency", "U4", "ended on bedrock on 2026-09-10", Evidence(None, None, "claude-3-haiku-20240307/bedrock")),
        factor("F12", "exposure", "E2", "except ClientError answers from rules.label", at(service, 61)),
        factor("F20", "difficulty", "none", "one line of configuration"),
        factor("F21", "difficulty", "D0", "the whole call was read: nothing in it is refused by the replacement", at(service, 57)),
    )
    named = identity(text, model="claude-3-haiku-20240307", publisher="anthropic", platform="bedrock", evidence="Bedrock ID grammar")
    judged = verdict(
        named,
        Status.RETIRED,
        since=date(2026, 9, 10),
        deadline=date(2026, 9, 10),
        sources=(BEDROCK_PAGE,),
        replacement=replacement(None, "anthropic.claude-haiku-4-5-20251001-v1:0", note="an inference profile is needed outside us-east-1"),
    )._replace(disputed="litellm gives 2026-09-30")
    result = finding(
        "retired-model",
        "claude-3-haiku-20240307 on Amazon Bedrock was retired 2026-09-10, 72 days ago; use anthropic.claude-haiku-4-5-20251001-v1:0 "
        "(docs.aws.amazon.com)",
        judged,
        (site_risk(usage(path, written, placed, flow), Risk.HIGH, (4, 2, 0), factors),),
        "7a90e3b1c2d4e5f6",
    )
    lines = {(path, 3): "TRIAGE_MODEL=anthropic.claude-3-haiku-20240307-v1:0", (service, 57): "        answer = bedrock.converse("}
    return result._replace(effort=Effort("XS", 5, 15, (EffortItem("edit_binding", 1, 5, 15),))), lines


def deprecated() -> tuple[Finding, dict[tuple[str, int], str]]:
    """An argument of a call, 9 days before the end, with a drop-in and with a worse clock elsewhere."""
    path, text = "api/answer.py", "claude-sonnet-4-5-20250929"
    written = literal(text, 30, 38, Role.ARGUMENT, "model")
    placed = PlacedSite(path, site("litellm.completion", 30, 12, function="answer", dialect="litellm"))
    named = identity(text, publisher="anthropic", platform=None)
    judged = verdict(
        named,
        Status.DEPRECATED,
        since=date(2026, 9, 30),
        deadline=date(2026, 11, 30),
        sources=(ANTHROPIC_PAGE,),
        replacement=replacement("claude-sonnet-5-5", parameters=("output_config.effort=medium",)),
    )._replace(platform="anthropic", worse_elsewhere=(Clock("azure", Status.RETIRED, date(2026, 10, 19)),))
    factors = (
        factor("F01", "urgency", "U3", "ends 2026-11-30: 9 days left", Evidence(None, None, "claude-sonnet-4-5-20250929/anthropic")),
        factor("F05", "urgency", "none", "platform not visible: judged on anthropic"),
        factor("F12", "exposure", "E3", "no other model is tried", at(path, 30)),
        factor("F21", "difficulty", "D>=1", "temperature is not accepted by claude-sonnet-5-5", at(path, 32)),
    )
    result = finding(
        "deprecated-model",
        "claude-sonnet-4-5-20250929 on the Anthropic API ends 2026-11-30, in 9 days; use claude-sonnet-5-5; platform not visible in the "
        "code, on Azure it ended 2026-10-19 (platform.claude.com)",
        judged,
        (site_risk(usage(path, written, placed, confidence=Confidence.LIKELY), Risk.CRITICAL, (3, 3, 1), factors, late=True),),
        "51b2c9de00112233",
    )._replace(
        effort=Effort("S", 60, 240, (EffortItem("edit_call", 1, 10, 30), EffortItem("evaluate", 1, 50, 210))),
        start_by=date(2026, 11, 16),
        breaking=(Breaking("temperature", "error", "HTTP 400", "A1 A2", path, 32),),
    )
    return result, {(path, 30): '    return litellm.completion(model="claude-sonnet-4-5-20250929", messages=messages, temperature=0.2)'}


def rerouted() -> tuple[Finding, dict[tuple[str, int], str]]:
    """Calls go on, another model answers; the source is a third party."""
    path, text = "bot/settings.yaml", "gemini-2.5-pro"
    written = literal(text, 7, 12, context="llm.model")
    placed = PlacedSite("bot/chat.py", site("genai.Client().models.generate_content", 22, 12, function="reply", dialect="gemini-api"))
    flow = (Step(path, span(7, 5, 5), "config key llm.model"), Step("bot/chat.py", span(11, 9, 20), "loaded by yaml.safe_load"))
    judged = verdict(
        identity(text, publisher="google", platform="gemini-api"),
        Status.DEPRECATED,
        deadline=date(2026, 12, 1),
        sources=(GEMINI_PAGE,),
        replacement=replacement(None, "gemini-3.8-flash"),
    )._replace(reroute="gemini-3.8-flash")
    factors = (
        factor("F04", "urgency", "U3", "becomes gemini-3.8-flash on 2026-12-01 without an error"),
        factor("F04", "exposure", "E<=2", "re-routed: no outage"),
        factor("F04", "difficulty", "D>=2", "another model answers the same prompts"),
    )
    result = finding(
        "rerouted-model",
        "gemini-2.5-pro on the Gemini API: from 2026-12-01, in 10 days, gemini-3.8-flash answers at its own price "
        "(ai.google.dev, third-party)",
        judged,
        (site_risk(usage(path, written, placed, flow), Risk.HIGH, (3, 2, 2), factors),),
        "aa00bb11cc22dd33",
    )
    return result, {(path, 7): "    model: gemini-2.5-pro  # best quality"}


def legacy() -> tuple[Finding, dict[tuple[str, int], str]]:
    """Superseded, without a date."""
    path, text = "src/summariser/settings.py", "claude-fable-5"
    written = literal(text, 12, 27, context="Settings.summary_model")
    placed = PlacedSite(
        "src/summariser/service.py", site("client.messages.create", 41, 16, function="summarise_ticket", dialect="anthropic")
    )
    judged = verdict(
        identity(text, publisher="anthropic", platform="anthropic"),
        Status.LEGACY,
        since=date(2026, 9, 1),
        sources=(ANTHROPIC_PAGE,),
        replacement=replacement(None, "claude-fable-5-1"),
    )._replace(safe_until=date(2027, 6, 9), successor="claude-fable-5-2")
    factors = (factor("F01", "urgency", "U0", "legacy since 2026-09-01, not retired before 2027-06-09"),)
    flow = (Step(path, span(12, 5, 13), "field Settings.summary_model"),)
    result = finding(
        "legacy-model",
        "claude-fable-5 on the Anthropic API is legacy, safe until 2027-06-09; use claude-fable-5-1 (platform.claude.com)",
        judged,
        (site_risk(usage(path, written, placed, flow), Risk.INFO, (0, 3, 1), factors),),
        "0123456789abcdef",
    )
    return result, {(path, 12): '    summary_model: str = "claude-fable-5"'}


def catalog() -> tuple[Finding, dict[tuple[str, int], str]]:
    """An entry of a price table: reaches no site."""
    path, text = "shop/prices.py", "gpt-4-0613"
    written = literal(text, 88, 6, Role.CATALOG, "PRICES")
    judged = verdict(
        identity(text, platform="openai"),
        Status.RETIRED,
        since=date(2026, 10, 23),
        deadline=date(2026, 10, 23),
        sources=(OPENAI_PAGE,),
        replacement=replacement(None, "gpt-5.6-sol"),
    )
    factors = (
        factor("F01", "urgency", "U4", "ended on 2026-10-23"),
        factor("F11", "exposure", "E0", "one of many in PRICES: not seen in use"),
    )
    result = finding(
        "retired-model",
        "gpt-4-0613 on the OpenAI API was retired 2026-10-23, 29 days ago; use gpt-5.6-sol (developers.openai.com)",
        judged,
        (site_risk(usage(path, written), Risk.LOW, (4, 0, 0), factors),),
        "fedcba9876543210",
    )
    return result, {(path, 88): '    "gpt-4-0613": Price(input=30.0, output=60.0),'}


def fallback() -> tuple[Finding, dict[tuple[str, int], str]]:
    """A retired model that a call only falls back to."""
    path, text = "shop/route.py", "gpt-4o-2024-05-13"
    written = literal(text, 19, 68, Role.ARGUMENT, "fallbacks")
    placed = PlacedSite(path, site("litellm.completion", 18, 12, function="route", dialect="litellm"))
    judged = verdict(
        identity(text, platform="openai"),
        Status.RETIRED,
        since=date(2026, 10, 23),
        deadline=date(2026, 10, 23),
        sources=(OPENAI_PAGE,),
        replacement=replacement(None, "gpt-5.6-sol"),
    )
    factors = (
        factor("F01", "urgency", "U4", "ended on 2026-10-23"),
        factor("F12", "exposure", "E1", "only tried when gpt-5.6-sol does not answer"),
        factor("F43", "difficulty", "D>=1", "parameters cannot be read: **options", at(path, 18)),
    )
    result = finding(
        "retired-model",
        "gpt-4o-2024-05-13 on the OpenAI API was retired 2026-10-23, 29 days ago; use gpt-5.6-sol (developers.openai.com)",
        judged,
        (site_risk(usage(path, written, placed, fallback=True, confidence=Confidence.POSSIBLE), Risk.MEDIUM, (4, 1, 1), factors),),
        "1357924680abcdef",
    )
    return result, {(path, 19): '        **options, model="gpt-5.6-sol", num_retries=0, fallbacks=["gpt-4o-2024-05-13"],'}


def suppressed() -> tuple[Finding, dict[tuple[str, int], str]]:
    """Accepted until a day, by a comment."""
    path, text = "jobs/report.py", "gpt-4-0613"
    written = literal(text, 5, 10)
    placed = PlacedSite(path, site("client.chat.completions.create", 9, 5))
    judged = verdict(identity(text), Status.RETIRED, since=date(2026, 10, 23), deadline=date(2026, 10, 23), sources=(OPENAI_PAGE,))
    flow = (Step(path, span(5, 1, 5), "constant MODEL"),)
    result = finding(
        "retired-model",
        "gpt-4-0613 on the OpenAI API was retired 2026-10-23, 29 days ago; use gpt-5.6-sol (developers.openai.com)",
        judged,
        (site_risk(usage(path, written, placed, flow), Risk.CRITICAL, (4, 3, 1)),),
        "2468013579abcdef",
    )._replace(suppression=SuppressedBy("comment", "contract until new year", date(2027, 1, 15), path, 5))
    return result, {(path, 5): 'MODEL = "gpt-4-0613"  # modelaudit: ignore[retired-model] until=2027-01-15'}


def hostile() -> tuple[Finding, dict[tuple[str, int], str]]:
    """Text that would act on a terminal, a CI log, a browser or a reader, wherever the tree can put some."""
    path = "docs/\x1b[31m\u202e<img src=x onerror=alert(1)>|`a`\udcff/ün 模型.py"
    text = "gpt-4-0613"
    written = literal(text, 2, 9, context="<script>alert(1)</script>")
    placed = PlacedSite(path, site("ask[::set-output name=x::y]\n::error::pwned", 4, 1, function="@everyone #1 **bold**"))
    flow = (Step(path, span(2, 1, 5), "constant [x](javascript:alert(1))"), Step("::warning::.py", span(1, 1, 5), "]]> & </script>"))
    judged = verdict(identity(text), Status.RETIRED, since=date(2026, 10, 23), deadline=date(2026, 10, 23), sources=(OPENAI_PAGE,))
    factors = (factor("F26", "difficulty", "D>=1", "compared at ##[error]x and \x9b31m ::stop-commands::t", at(path, 9)),)
    result = finding(
        "retired-model",
        "gpt-4-0613 on the OpenAI API was retired 2026-10-23, 29 days ago, in \x1b]0;title\x07 <b>`code`</b> | ::error::x",
        judged,
        (site_risk(usage(path, written, placed, flow), Risk.MEDIUM, (4, 1, 1), factors),),
        "deadbeefdeadbeef",
    )
    return result, {(path, 2): '\tモデル = "gpt-4-0613"  # \x1b[2J\u202e </pre><script>alert(1)</script> ::error::x'}


UNRESOLVED = (
    Unresolved("shop/route.py", site("client.responses.create", 44, 9, function="ask"), "the model comes from a database query"),
    Unresolved(
        "shop/tools.py",
        site("ChatOpenAI", 12, 5)._replace(model=Unknown("parameter model of build is never given a value in this tree")),
        "parameter model of build is never given a value in this tree",
    ),
)
NOTIFICATIONS = (
    Notification(
        "warning", "syntax-error", "is not valid Python: read by the second parser", "legacy/old.py", 17, "check with python -m py_compile"
    ),
    Notification("note", "decoding", "is not UTF-8: read as Latin-1", "legacy/latin.py", None, None),
    Notification("warning", "stale-feed", "the rules feed is 120 days old", None, None, "install a newer release"),
)
SKIPPED = (Skipped("assets/logo.png.py", "binary"), Skipped("data/dump.json", "too large"), Skipped("node_modules", "ignored"))


def opaque_use() -> Use:
    """An application inference profile: in use, but text cannot tell which model it is."""
    text = "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3"
    named = identity(text, platform="bedrock")._replace(model=None, publisher=None, opaque="Bedrock application inference profile")
    placed = PlacedSite("infra/agent.tf", site("aws_bedrockagent_agent.foundation_model", 5, 3, operation="agent", dialect="bedrock"))
    return Use(usage("infra/agent.tf", literal(text, 5, 22, context="foundation_model"), placed), verdict(named, Status.UNKNOWN))


def active_use() -> Use:
    """A current model in use on one site."""
    text = "gpt-5.6-sol"
    placed = PlacedSite("shop/route.py", site("litellm.completion", 18, 12, function="route", dialect="litellm"))
    return Use(
        usage("shop/route.py", literal(text, 19, 26, Role.ARGUMENT), placed), verdict(identity(text), Status.ACTIVE, since=date(2026, 7, 9))
    )


def golden() -> Report:
    """One report with every kind of finding, as of 2026-11-21."""
    built = (deprecated(), rerouted(), retired(), hostile(), suppressed(), legacy(), catalog(), fallback())
    findings = tuple(sorted((one for one, _ in built), key=lambda one: (one.usage.path, one.usage.literal.span, one.rule)))
    lines = {place: text for _, texts in built for place, text in texts.items()}
    base = report(findings, exit_code=1)
    summary = base.summary._replace(
        files=214, skipped=(("binary", 1), ("ignored", 1), ("too large", 1)), literals=31, sites=17, unresolved=2
    )
    uses = (*base.uses, opaque_use(), active_use())
    return base._replace(
        summary=summary,
        uses=tuple(sorted(uses, key=lambda use: (use.usage.path, use.usage.literal.span))),
        unresolved=UNRESOLVED,
        notifications=NOTIFICATIONS,
        skipped=SKIPPED,
        lines=tuple(sorted(lines.items())),
    )


def june(as_of: date = date(2026, 6, 20)) -> Report:
    """The act in force; on 2026-06-30 the law is lifted while calls still fail."""
    one, lines = restricted(as_of)
    if as_of >= date(2026, 6, 30):
        one = one._replace(
            message="claude-fable-5 on the Anthropic API is still withdrawn: export licence requirement was lifted on 2026-06-30, "
            "but calls fail until 2026-07-01 (in 1 day); use claude-opus-4-8 (anthropic.com)",
        )
    return report((one,), as_of=as_of, exit_code=1)._replace(lines=tuple(sorted(lines.items())))


def many(number: int = 200) -> Report:
    """Hundreds of findings of all levels."""
    kinds = (deprecated()[0], rerouted()[0], retired()[0], catalog()[0], legacy()[0])
    findings = []
    for index in range(number):
        one = kinds[index % len(kinds)]
        path = f"services/service_{index:03}/app/llm/client.py"
        findings.append(one._replace(usage=one.usage._replace(path=path), fingerprint=f"{index:016x}"))
    return report(tuple(findings), exit_code=1)
