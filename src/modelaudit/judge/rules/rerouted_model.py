"""A model that another one will answer for, without an error.

## What it does

Reports a model ID whose calls keep working after the end of the model, because the platform sends them to another model or
upgrades the deployment. The day is the day from which the other model answers.

## Why it matters

Nothing fails, so nobody notices: answers, latency and price change on that day. Outputs that other code depends on have to be
validated against the model that will answer. Because there is no outage, exposure is at most E2; because behaviour changes,
difficulty is at least D2.

## Example

    client.models.generate_content(model="gemini-2.5-flash", contents=prompt)

From 2026-12-01 the Gemini API answers such calls with another model and bills them at its rate. On Vertex AI the same calls fail.

## Options

`platforms` says where models are called when the code cannot show it.

## Sources

`on_shutdown` in `rules/models`.
"""

from __future__ import annotations

from modelaudit.domain.finding import Factor, Verdict
from modelaudit.domain.lifecycle import Status
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.messages import authority, doubt, subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import by_date, platform_factors
from modelaudit.judge.wording import relative

RULE = Rule("rerouted-model", "Another model answers for this one, without an error.", "lifecycle", True)

VALID = (Example("2026-11-21", 'from google import genai\ngenai.Client().models.generate_content(model="gemini-3.8-flash")\n'),)
INVALID = (Example("2026-11-21", 'from google import genai\ngenai.Client().models.generate_content(model="gemini-2.5-flash")\n'),)


def judge(case: Case, context: Context) -> Ruling | None:
    """The end is known and is no error."""
    verdict = case.verdict
    if verdict.reroute is None or verdict.status not in (Status.DEPRECATED, Status.RETIRED) or case.is_implicit:
        return None
    urgency = by_date(verdict.deadline, context.as_of, context.risk.thresholds)
    message = f"{subject(verdict)} {_when(verdict, context)}{doubt(verdict, context.as_of)}{authority(verdict.sources)}"
    factors = (_factor(verdict, urgency, context), *platform_factors(verdict, context))
    return Ruling(message, urgency, factors, verdict.deadline, exposure_at_most=2, difficulty_at_least=2)


def _when(verdict: Verdict, context: Context) -> str:
    day = verdict.deadline
    if day is None:
        return f"will be answered by {verdict.reroute} without an error, day not announced"
    verb = "is answered" if day <= context.as_of else "will be answered"
    since = "since" if day <= context.as_of else "from"
    return f"{verb} by {verdict.reroute} {since} {day.isoformat()}, {relative(day, context.as_of)}, without an error"


def _factor(verdict: Verdict, urgency: int, context: Context) -> Factor:
    day = verdict.deadline
    sentence = "F04.rerouted" if day is not None and day <= context.as_of else "F04.reroutes"
    words = {"date": "an unknown day" if day is None else day.isoformat(), "to": verdict.reroute or "another model"}
    return context.say.factor(sentence, "urgency", words["to"], f"U{urgency}", (), **words)
