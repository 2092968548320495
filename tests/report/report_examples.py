"""Made-up reports that every format renders: one of each kind of finding, with dates and sources from the feed's facts."""

from __future__ import annotations

from datetime import date

from report_builders import (
    ANTHROPIC_PAGE,
    BEDROCK_PAGE,
    EXPORT_ORDER,
    GEMINI_PAGE,
    OPENAI_PAGE,
    identity,
    literal,
    report,
    site,
    usage,
    verdict,
)
from report_scenarios import catalog, deprecated, fallback, hostile, legacy, rerouted, suppressed
from report_scenarios_down import restricted, retired

from modelaudit.domain.expr import Unknown
from modelaudit.domain.facts import Notification, Role
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.report import Report, Skipped, Use
from modelaudit.domain.usage import PlacedSite, Unresolved

__all__ = [
    "ANTHROPIC_PAGE",
    "BEDROCK_PAGE",
    "EXPORT_ORDER",
    "GEMINI_PAGE",
    "OPENAI_PAGE",
    "catalog",
    "deprecated",
    "fallback",
    "golden",
    "hostile",
    "identity",
    "june",
    "legacy",
    "many",
    "report",
    "rerouted",
    "restricted",
    "retired",
    "suppressed",
]

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
