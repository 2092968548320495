"""Made-up findings of every other kind, and of hostile text."""

from __future__ import annotations

from datetime import date

from report_builders import (
    ANTHROPIC_PAGE,
    GEMINI_PAGE,
    OPENAI_PAGE,
    at,
    factor,
    finding,
    identity,
    literal,
    replacement,
    site,
    site_risk,
    span,
    usage,
    verdict,
)

from modelaudit.domain.facts import Role
from modelaudit.domain.finding import (
    Breaking,
    Clock,
    Effort,
    EffortItem,
    Evidence,
    Finding,
    Risk,
    SuppressedBy,
)
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.usage import Confidence, PlacedSite, Step


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
        factor("F10", "exposure", "E3", "shop/prices.py counts as production code"),
        factor("F10", "exposure", "low at most", "one of many in PRICES: selects nothing by itself"),
    )
    result = finding(
        "retired-model",
        "gpt-4-0613 on the OpenAI API was retired 2026-10-23, 29 days ago; use gpt-5.6-sol (developers.openai.com)",
        judged,
        (site_risk(usage(path, written), Risk.LOW, (4, 3, 0), factors),),
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
