"""F06, F15, F20, F32, F33: what surrounds a site and changes no level: how the ID gets there, what one edit moves, what checks it."""

from __future__ import annotations

from modelaudit.domain.finding import Factor
from modelaudit.judge.case import Case, Context, at, record
from modelaudit.judge.wording import count, place

_CODE = frozenset({"python", "notebook", "javascript", "typescript"})


def background(case: Case, sites: int, context: Context) -> tuple[Factor, ...]:
    """The factors that explain effort and identity; `sites` is the number of sites of the finding."""
    say = context.say
    here = at(case.usage.path, case.usage.literal.span)
    identity = case.verdict.identity
    found: list[Factor] = []
    if identity.fine_tuned:
        words = {"id": identity.written, "model": case.model}
        found.append(say.factor("F06.fine-tuned", "context", "fine-tuned", "none", here, **words))
    if sites > 1:
        found.append(say.factor("F15.sites", "effort", str(sites), "none", here, count=count(sites, "call site")))
    kind = indirection(case, context)
    where = place(case.usage.path, case.usage.literal.span)
    found.append(say.factor("F20.indirection", "effort", kind, "none", here, kind=kind, place=where))
    if case.site is None:
        return tuple(found)
    if context.evaluations:
        first = context.evaluations[0]
        found.append(say.factor("F32.found", "effort", first, "none", record(None), place=first))
    else:
        found.append(say.factor("F32.none", "effort", "none", "none"))
    if context.recordings:
        number = count(len(context.recordings), "recorded answer")
        found.append(say.factor("F33.recordings", "effort", number, "none", count=number))
    return tuple(found)


def indirection(case: Case, context: Context) -> str:
    """What has to be edited to change the model, in the words of the flow: the way an ID reaches a call, cheapest first."""
    if case.is_implicit:
        return "default of the library"
    steps = [step.what for step in case.usage.flow]
    if any("environment" in what for what in steps):
        return "environment variable"
    facts = context.facts.get(case.usage.path)
    if facts is not None and facts.language not in _CODE:
        return "configuration file"
    if case.usage.value != case.usage.literal.text:
        return "part of a composed ID"
    if any("parameter" in what for what in steps):
        return "default of a parameter"
    if case.site is None:
        return "literal"
    return "constant" if steps else "literal at the call"
