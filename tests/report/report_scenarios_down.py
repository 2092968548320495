"""Made-up findings of models that are down: withdrawn by an act, retired."""

from __future__ import annotations

from datetime import date

from report_builders import (
    BEDROCK_PAGE,
    EXPORT_ORDER,
    NOTES,
    ORDER,
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

from modelaudit.domain.finding import (
    Breaking,
    Effort,
    EffortItem,
    Evidence,
    Finding,
    Option,
    Risk,
)
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.usage import PlacedSite, Step


def restricted(as_of: date = date(2026, 6, 20)) -> tuple[Finding, dict[tuple[str, int], str]]:
    """The act of June 2026: a settings field that reaches six calls, judged while calls fail. Its end is known from the day of lifting."""
    over = as_of >= date(2026, 6, 30)
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
    )._replace(
        restriction=EXPORT_ORDER if over else EXPORT_ORDER._replace(lifted=None, conditions=()),
        available_again=date(2026, 7, 1) if over else None,
    )
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
