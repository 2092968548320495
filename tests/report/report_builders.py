"""Builds the records of made-up reports with few words, and holds the sources that they cite."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.expr import Text
from modelaudit.domain.facts import Literal, Role, Site
from modelaudit.domain.finding import (
    Evidence,
    Factor,
    Finding,
    Risk,
    SiteRisk,
    Verdict,
)
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Precision, Relief, Replacement, Restriction, Source, Status
from modelaudit.domain.location import Span
from modelaudit.domain.report import FeedInfo, Gate, Report, Summary, Use
from modelaudit.domain.usage import Confidence, PlacedSite, Step, Usage

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
