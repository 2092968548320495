"""F24, F25, F26, F30: what hangs on the answers, on the prompt, on the name and on permissions of the present model."""

from __future__ import annotations

from fnmatch import fnmatchcase

from modelaudit.domain import traces
from modelaudit.domain.facts import Role, Site, Trace
from modelaudit.domain.finding import Evidence, Factor
from modelaudit.domain.pattern import late
from modelaudit.judge.case import Case, Context, Permission, Point, Work, at
from modelaudit.judge.replacement import Target
from modelaudit.judge.wording import listed, place

_ANSWERS = frozenset(("chat", "completion", "client-construct", "agent-construct", "batch"))
"""Operations that give text."""
_ACTING = ("classifier", "write", "call")
"""Kinds of sink that act on an answer."""
_SCHEMA_ARGUMENTS = frozenset(("response_model", "text_format", "response_schema", "output_type", "response_format.json_schema"))
_GEOGRAPHY = late(r"^(?:us|eu|apac|au|ca|jp|global|us-gov)\.")
_POLICY_PLATFORMS = {"iam": "bedrock"}
"""Policies that speak of one platform only."""


def coupling(case: Case, target: Target, context: Context) -> tuple[Point, ...]:
    """Everything that is tied to the present model at a site, and in the project."""
    if case.site is None:
        return _permissions(case, target, context)
    return (
        *_answers(case, case.site, context),
        *_prompt(case, case.site, context),
        *_name(case, case.site, context),
        *_permissions(case, target, context),
    )


def is_depended_on(case: Case) -> bool:
    """True when the answer is taken apart without a schema, or feeds something that acts on it."""
    return case.site is not None and not _schema(case.site) and bool(_loose(case.site))


def is_bound(case: Case) -> bool:
    """True when the answer is held to a schema: what another model answers either fits or fails."""
    return case.site is not None and bool(_schema(case.site))


def _answers(case: Case, site: Site, context: Context) -> list[Point]:
    """F24."""
    schema = _schema(site)
    if schema:
        bound = next((trace.span for trace in site.traces if trace.kind == traces.SCHEMA), None)
        bound = bound or next((argument.span for argument in site.arguments if argument.name == schema), site.span)
        factor = context.say.factor("F24.bound", "difficulty", "schema", "none", at(case.path, bound), how=schema)
        return [Point(0, (factor,))]
    points: list[Point] = []
    for trace in _loose(site):
        where = at(case.path, trace.span)
        if trace.kind == traces.PARSE:
            points.append(Point(2, (context.say.factor("F24.parsed", "difficulty", trace.text, "D>=2", where, how=trace.text),)))
        else:
            sink = trace.text.partition(" ")[2] or trace.text
            work = (Work("downstream", sink),)
            points.append(Point(2, (context.say.factor("F24.sink", "difficulty", trace.text, "D>=2", where, sink=sink),), work))
    return [*points, *_consumed(case, site, context, depended=bool(points))] or _handed_on(case, site, context)


def _consumed(case: Case, site: Site, context: Context, *, depended: bool) -> list[Point]:
    """F24: functions of other files are given the answer; where it was taken apart before, they rest on its parts."""
    given = [trace for trace in site.traces if trace.kind == traces.CONSUMER]
    if not given:
        return []
    names = tuple(trace.text.partition(" ")[0] for trace in given)
    where = tuple(one for trace in given for one in at(case.path, trace.span))
    words = {"sink": listed(tuple("{} ({})".format(*trace.text.split(" ", 1)) for trace in given), "and")}
    if not depended:
        return [Point(0, (context.say.factor("F24.given", "difficulty", ", ".join(names), "unknown", where, **words),))]
    factor = context.say.factor("F24.consumer", "difficulty", ", ".join(names), "D>=2", where, **words)
    return [Point(2, (factor,), tuple(Work("downstream", name) for name in names))]


def _handed_on(case: Case, site: Site, context: Context) -> list[Point]:
    """F24 where nothing acts on the answer here: callers may, readers do not."""
    if site.operation not in _ANSWERS or not _is_code(case, context):
        return []
    handed = [trace for trace in site.traces if trace.kind == traces.SINK]
    returned = next((trace for trace in handed if trace.text.startswith("return ")), None)
    if returned is not None or not handed:
        where = at(case.path, site.span if returned is None else returned.span)
        key = "F24.unseen" if returned is None else "F24.returned"
        words = {} if returned is None else {"function": returned.text.partition(" ")[2] or "the function"}
        return [Point(0, (context.say.factor(key, "difficulty", "not visible", "unknown", where, **words),))]
    sink = handed[0].text.partition(" ")[2]
    return [Point(0, (context.say.factor("F24.shown", "difficulty", handed[0].text, "none", at(case.path, handed[0].span), sink=sink),))]


def _is_code(case: Case, context: Context) -> bool:
    facts = context.facts.get(case.path)
    return facts is not None and facts.language in ("python", "notebook")


def _loose(site: Site) -> tuple[Trace, ...]:
    return tuple(
        trace
        for trace in site.traces
        if trace.kind == traces.PARSE or (trace.kind == traces.SINK and trace.text.partition(" ")[0] in _ACTING)
    )


def _schema(site: Site) -> str:
    """What binds the answer to a schema, empty when nothing does."""
    by_trace = next((trace.text or "schema" for trace in site.traces if trace.kind == traces.SCHEMA), "")
    if by_trace:
        return by_trace
    for argument in site.arguments:
        is_type = argument.name == "response_format.type" and argument.value == "json_schema"
        if (
            argument.name in _SCHEMA_ARGUMENTS
            or is_type
            or (argument.name == "response_format" and not argument.literal and not _opened(site))
        ):
            return argument.name
    return ""


def _opened(site: Site) -> bool:
    """The dictionary of `response_format` was read, so its type decides."""
    return any(argument.name.startswith("response_format.") for argument in site.arguments)


def _prompt(case: Case, site: Site, context: Context) -> list[Point]:
    """F25."""
    points: list[Point] = []
    here = f"{case.path}:{site.function or site.span.line}"
    for trace in site.traces:
        where = at(case.path, trace.span)
        if trace.kind == traces.PERSONA:
            length, _, _ = trace.text.partition(" ")
            factor = context.say.factor("F25.persona", "difficulty", length, "D>=2", _written(trace, where), length=length)
            points.append(Point(2, (factor,), (Work("tone_review", here),)))
        elif trace.kind == traces.PROMPT_NAMES_MODEL:
            points.append(Point(2, (context.say.factor("F25.named", "difficulty", trace.text, "D>=2", where, name=trace.text),)))
        elif trace.kind == traces.SAVED_DEMOS:
            points.append(Point(2, (context.say.factor("F25.demos", "difficulty", trace.text, "D>=2", where, name=trace.text),)))
        elif trace.kind == traces.CACHED_PREFIX:
            points.append(Point(0, (context.say.factor("F25.cache", "effort", trace.text, "none", where, name=trace.text),)))
    if not points and site.operation in _ANSWERS and _is_code(case, context):
        points.append(Point(0, (_untuned(case, site, context),)))
    return points


def _written(trace: Trace, where: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where a prompt is sent, and where it is written when that is another file (`2237 bot/persona.py:3`)."""
    path, _, line = trace.text.partition(" ")[2].rpartition(":")
    return (*where, Evidence(path, int(line), None)) if path else where


def _untuned(case: Case, site: Site, context: Context) -> Factor:
    """F25 of a call whose prompt shows no tie to the model, or does not show itself."""
    prompts = [trace for trace in site.traces if trace.kind == traces.SYSTEM_PROMPT]
    unread = next((trace for trace in prompts if not trace.text), None)
    if unread is not None:
        return context.say.factor("F25.unread", "difficulty", "not visible", "unknown", at(case.path, unread.span))
    if prompts:
        length, _, _ = prompts[0].text.partition(" ")
        where = _written(prompts[0], at(case.path, prompts[0].span))
        return context.say.factor("F25.read", "difficulty", length, "none", where, length=length)
    roles = [trace for trace in site.traces if trace.kind == traces.MESSAGE_ROLE]
    if roles:
        return context.say.factor("F25.none", "difficulty", "none", "none", at(case.path, roles[0].span))
    return context.say.factor("F25.unseen", "difficulty", "not visible", "unknown", at(case.path, site.span))


def _name(case: Case, site: Site, context: Context) -> list[Point]:
    """F26: branches and tokenizers that the same name decides, at the call and for the same literal elsewhere."""
    points: list[Point] = []
    for trace in site.traces:
        where, shown = at(case.path, trace.span), place(case.path, trace.span)
        if trace.kind == traces.TOKENIZER:
            factor = context.say.factor("F26.tokenizer", "difficulty", trace.text, "D>=1", where, name=trace.text, place=shown)
            points.append(Point(1, (factor,), (Work("tokenizer", shown),)))
        elif trace.kind == traces.NAME_BRANCH:
            value = 2 if " selects " in trace.text else 1
            factor = context.say.factor("F26.branch", "difficulty", trace.text, f"D>={value}", where, name=trace.text, place=shown)
            points.append(Point(value, (factor,), (Work("name_branch", shown),)))
        elif trace.kind == traces.RESPONSE_MODEL:
            factor = context.say.factor("F26.response", "difficulty", trace.text, "D>=1", where, place=shown)
            points.append(Point(1, (factor,), (Work("name_branch", shown),)))
    points += [_other_use(case, other, context) for other in context.couplings.get(case.model, ()) if _is_tied(case, other)]
    return points


def _is_tied(case: Case, other: Case) -> bool:
    """A comparison with the same model, or a tokenizer that the same literal reaches."""
    if other.usage.role is Role.COMPARISON:
        return True
    return (other.usage.path, other.usage.literal.span) == (case.usage.path, case.usage.literal.span) and other.span != case.span


def _other_use(case: Case, other: Case, context: Context) -> Point:
    """The same literal in a tokenizer, or the same model compared in production code: in the same file it is this call's business."""
    where, shown = at(other.path, other.span), place(other.path, other.span)
    if other.usage.role is Role.COMPARISON:
        value = 1 if other.usage.path in (case.path, case.usage.path) else 0
        words = {"name": other.usage.literal.text, "place": shown}
        effect = "D>=1" if value else "none"
        factor = context.say.factor("F26.branch", "difficulty" if value else "context", words["name"], effect, where, **words)
        return Point(value, (factor,), (Work("name_branch", shown),) if value else ())
    callee = "a tokenizer" if other.site is None else other.site.callee
    factor = context.say.factor("F26.tokenizer", "difficulty", callee, "D>=1", where, name=callee, place=shown)
    return Point(1, (factor,), (Work("tokenizer", shown),))


def _permissions(case: Case, target: Target, context: Context) -> tuple[Point, ...]:
    """F30: a policy that lists the present model and not the replacement."""
    if target.standing is None:
        return ()
    points: list[Point] = []
    for entries in _policies(case, context):
        present = [one for one in entries if _allows(one.allowed, case.model, case.verdict.identity.matched)]
        if not present or any(_allows(one.allowed, target.standing.model, target.standing.spelling) for one in entries):
            continue
        one = present[0]
        words = {"policy": f"{one.policy} ({place(one.path, one.span)})", "replacement": target.standing.spelling}
        factor = context.say.factor("F30.not-allowed", "difficulty", one.policy, "D>=1", at(one.path, one.span), **words)
        points.append(Point(1, (factor,), (Work("edit_iam", f"{one.path}:{one.policy}"),)))
    return tuple(points)


def disallowed_by(case: Case, context: Context) -> Permission | None:
    """The first entry of a policy for the platform that lists models, and not this one."""
    names = (case.model, case.verdict.identity.matched)
    return next((listed[0] for listed in _policies(case, context) if not any(_allows(one.allowed, *names) for one in listed)), None)


def _policies(case: Case, context: Context) -> tuple[tuple[Permission, ...], ...]:
    """The policies of the project that concern the platform of a case, each with its entries."""
    found: dict[tuple[str, str], list[Permission]] = {}
    for one in context.permissions:
        if _concerns(one, case):
            found.setdefault((one.path, one.policy), []).append(one)
    return tuple(map(tuple, found.values()))


def _concerns(one: Permission, case: Case) -> bool:
    """IAM speaks of Bedrock, the list of Claude Code of its own settings."""
    if one.policy == "claude-code":
        return case.site is not None and case.site.dialect == "claude-code"
    return _POLICY_PLATFORMS.get(one.policy, case.verdict.platform) == case.verdict.platform


def _allows(allowed: str, *names: str) -> bool:
    """A resource or an ID with wildcards, `arn:aws:bedrock:*::foundation-model/anthropic.claude-*`, and the names of a model."""
    tail = _GEOGRAPHY.sub("", allowed.rpartition("/")[2])
    bare = tail.partition(".")[2] or tail
    # `anthropic.*` allows everything of one vendor, and nothing of another: what is behind the vendor must say something.
    patterns = (tail, bare) if tail == "*" or bare.strip("*?") else (tail,)
    return any(fnmatchcase(_GEOGRAPHY.sub("", name), pattern) for name in names for pattern in patterns)
