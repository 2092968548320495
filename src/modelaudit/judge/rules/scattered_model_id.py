"""One model, written in many places.

## What it does

Reports, as information, a model that production code names in three or more places. It is reported once, at the first.

## Why it matters

When the model goes, every place has to be found and changed. One setting would do.

## Example

The same ID as a literal in three modules: give it a name in the settings, and use the name.

## Options

Off unless selected: `--select resilience` or by name.

## Sources

None: the code itself.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE
from modelaudit.judge.wording import listed, place

RULE = Rule("scattered-model-id", "The same model is written in three or more places.", "resilience", False)

MANY = 3
_SHOWN = 4
_CALL = """import anthropic
client = anthropic.Anthropic()


def ask(text):
    return client.messages.create(model="claude-opus-4-8", messages=text)\n"""
VALID = (Example("2026-11-21", _CALL, more=(("app/more.py", _CALL),)),)
INVALID = (Example("2026-11-21", _CALL, more=(("app/more.py", _CALL), ("app/other.py", _CALL))),)


def judge(case: Case, context: Context) -> Ruling | None:
    """At the first of many places."""
    places = context.places.get(case.model, ())
    if len(places) < MANY or places[0] != (case.usage.path, case.usage.literal.span):
        return None
    shown = tuple(place(path, span) for path, span in places[:_SHOWN])
    more = "" if len(places) <= _SHOWN else f" and {len(places) - _SHOWN} more"
    message = f"{case.model} is written in {len(places)} places: {listed(shown, 'and') if not more else ', '.join(shown)}{more}"
    return Ruling(message, NONE, (), level=Risk.INFO)
