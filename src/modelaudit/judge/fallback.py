"""Is a fallback adequate? Five tests: other fate, right trigger, same operation, call compatible, reachable."""

from __future__ import annotations

from datetime import date, timedelta

from modelaudit.domain import traces
from modelaudit.domain.facts import Handler, Site
from modelaudit.domain.finding import Factor
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.risk import FallbackPattern
from modelaudit.domain.traces import OTHER_CREDENTIALS
from modelaudit.judge.case import Case, Context, at
from modelaudit.judge.handlers import caught, covers_withdrawal, handler_covers
from modelaudit.judge.migration import refused_arguments
from modelaudit.judge.wild import any_fits

_ALIVE = frozenset({Status.ACTIVE, Status.LEGACY, Status.DEPRECATED})

CREDENTIALS = {
    "anthropic": ("ANTHROPIC_API_KEY",),
    "azure": ("AZURE_OPENAI_API_KEY", "AZURE_API_KEY", "AZURE_OPENAI_AD_TOKEN"),
    "bedrock": ("AWS_ACCESS_KEY_ID", "AWS_BEARER_TOKEN_BEDROCK", "bedrock:InvokeModel"),
    "cohere": ("COHERE_API_KEY", "CO_API_KEY"),
    "gemini-api": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "groq": ("GROQ_API_KEY",),
    "mistral": ("MISTRAL_API_KEY",),
    "openai": ("OPENAI_API_KEY",),
    "openrouter": ("OPENROUTER_API_KEY",),
    "vertex": ("GOOGLE_APPLICATION_CREDENTIALS",),
    "xai": ("XAI_API_KEY",),
}
"""What a deployment carries when it may call a platform."""


class Trial(NamedTuple):
    """One fallback target and the outcome of the five tests."""

    target: Case
    failed: int
    """Number of the first test that fails, 0 when none does."""
    why: str
    """The failure in words; for a target that passes, what triggers it."""
    doubt: str
    """What could not be seen; empty when all five tests are answered."""


def trials(case: Case, site: Site, context: Context) -> tuple[Trial, ...]:
    """Every target that the site falls back to, tried."""
    targets = context.fallbacks.get((case.path, site.span), ())
    return tuple(_try(case, target, site, context) for target in targets if _is_own(target, site))


def pattern(site: Site, context: Context) -> FallbackPattern | None:
    """How the call itself builds its fallback, None when it has none that is known."""
    named = {trace.text for trace in site.traces if trace.kind == traces.FALLBACK_PATTERN}
    by_trace = next((entry for entry in context.risk.fallbacks if entry.id in named), None)
    if by_trace is not None or not site.fallbacks:
        return by_trace
    return next((entry for entry in context.risk.fallbacks if any_fits(site.shape, entry.shapes)), None)


def shared_fate(case: Case, target: Case, context: Context) -> Factor | None:
    """The factor that says why a target goes down together with the model that it replaces."""
    other = target.verdict
    where = at(target.usage.path, target.usage.literal.span)
    if target.model == case.model:
        return context.say.factor("F14.same", "exposure", "same model", "E3", where, model=target.model)
    if other.status is Status.RESTRICTED and other.restriction is not None:
        act = other.restriction.id
        shared = "F14.restriction" if _binds_both(case, target) else "F14.own-restriction"
        return context.say.factor(shared, "exposure", act, "E3", where, model=target.model, restriction=act)
    if other.deadline is not None and (other.deadline == case.verdict.deadline or other.deadline <= _horizon(context)):
        day = other.deadline.isoformat()
        return context.say.factor("F14.date", "exposure", day, "E3", where, model=target.model, date=day)
    return None


def _try(case: Case, target: Case, site: Site, context: Context) -> Trial:
    fate = _shares(case, target, context)
    if fate:
        return Trial(target, 1, fate, "")
    fires, trigger = _trigger(target, site, context)
    if not fires:
        return Trial(target, 2, trigger, "")
    if site.operation == "embedding":
        return Trial(target, 3, context.say.text("T3.embedding"), "")
    in_handler = _handler_of(target, site)
    if in_handler is not None and target.site is not None and target.site.operation != site.operation:
        return Trial(target, 3, context.say.text("T3.other", operation=target.site.operation), "")
    drops = any(trace.kind == traces.DROPS_ARGUMENTS for trace in site.traces)
    refused = () if drops or in_handler is not None else refused_arguments(case, target.model, context)
    if refused:
        return Trial(target, 4, context.say.text("T4.refused", arguments=", ".join(refused)), "")
    missing, doubt = _key(case, target, context)
    return Trial(target, 5 if missing else 0, missing or trigger, doubt)


def _is_own(target: Case, site: Site) -> bool:
    """False for what another group of the same router falls back to."""
    return target.site is None or target.site.span != site.span or target.site.fallbacks == site.fallbacks


def _shares(case: Case, target: Case, context: Context) -> str:
    """Test 1: empty when the target lives on."""
    other = target.verdict
    if other.identity.model is None:
        return context.say.text("T1.unknown")
    if target.model == case.model:
        return context.say.text("T1.same")
    if other.status is Status.RESTRICTED:
        act = "a restriction" if other.restriction is None else other.restriction.id
        return context.say.text("T1.restriction" if _binds_both(case, target) else "T1.own-restriction", restriction=act)
    if other.status not in _ALIVE:
        return context.say.text("T1.status", status=other.status.value)
    if other.deadline is not None and other.deadline <= _horizon(context):
        return context.say.text("T1.date", date=other.deadline.isoformat())
    return ""


def _binds_both(case: Case, target: Case) -> bool:
    """Whether the act that withholds the target names the first model as well."""
    act = target.verdict.restriction
    return act is not None and act in (case.verdict.restriction, case.verdict.behind, *case.verdict.beside)


def _trigger(target: Case, site: Site, context: Context) -> tuple[bool, str]:
    """Test 2: does it fire when the model is gone or denied, and on what?"""
    handler = _handler_of(target, site)
    if handler is not None:
        covered = handler_covers(handler, site, context.risk.errors)
        return covered, context.say.text("T2.fires" if covered else "T2.narrow", classes=caught(handler))
    only = tuple(trace.text for trace in site.traces if trace.kind == traces.FALLBACK_ON)
    if only:
        codes = tuple(text for text in only if text.isdigit())
        classes = tuple(text for text in only if not text.isdigit())
        fires = covers_withdrawal(classes, codes, context.risk.errors) if classes or codes else True
        return fires, context.say.text("T2.fires" if fires else "T2.only", classes=", ".join(only))
    built = pattern(site, context)
    if built is None:
        return False, context.say.text("T2.pattern", pattern=site.callee, why="is not a fallback that is known")
    if built.counts != "yes":
        return False, context.say.text("T2.pattern", pattern=built.id, why=built.why)
    return True, context.say.text("T2.any", why=built.why)


def _handler_of(target: Case, site: Site) -> Handler | None:
    """The handler of the site that the target is called in, None when the call itself falls back."""
    if target.site is None or target.site.span == site.span:
        return None
    line = target.site.span.line
    return next((handler for handler in site.handlers if handler.span.line <= line <= handler.span.end_line), None)


def _key(case: Case, target: Case, context: Context) -> tuple[str, str]:
    """Test 5, as (failure, doubt): the same platform needs no other key; another one needs a key in the deployment files."""
    platform = target.verdict.platform
    if platform is None or platform == case.verdict.platform or platform not in CREDENTIALS:
        return "", ""
    if not context.credentials:
        return "", context.say.text("T5.unread", platform=platform)
    found = any(name in context.credentials for name in CREDENTIALS[platform])
    if not found and OTHER_CREDENTIALS in context.credentials:
        return "", context.say.text("T5.unread", platform=platform)
    return ("" if found else context.say.text("T5.missing", platform=platform)), ""


def _horizon(context: Context) -> date:
    return context.as_of + timedelta(days=context.risk.thresholds.protected)
