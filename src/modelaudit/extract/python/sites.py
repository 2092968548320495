"""Which calls choose a model, and with what: call shapes, calls with a model-like keyword, request bodies; the rest goes to linking."""

from __future__ import annotations

import ast
from fnmatch import fnmatchcase

from modelaudit.domain.expr import NOTHING, SPREAD, Attribute, Choice, Expr, Item, Name, Result, Self, Table, Text, Unknown
from modelaudit.domain.facts import Call, Class, Function, Handler, Literal, Role, Site
from modelaudit.domain.shapes import CallNames, CallShape, PlatformHint
from modelaudit.extract.platforms import Client, client
from modelaudit.extract.python import evidence
from modelaudit.extract.python.expressions import chain
from modelaudit.extract.python.flow import SeenCall
from modelaudit.extract.python.receivers import Receivers
from modelaudit.extract.python.source import Source
from modelaudit.extract.shapes import Match, ShapeIndex, model_arguments, nested_arguments

GENERIC = "generic"
"""Shape of a call of an unknown callee with a model-like keyword; it counts only when a model ID reaches it."""
BODY = "request-body"
"""Shape of a call that is given a mapping with a model in it: `post(url, json={"model": …})`."""
IMPLICIT = "implicit default"
"""Context of the literal that stands for a model the library fills in."""

_BODY_ARGUMENTS = (
    "json",
    "data",
    "body",
    "payload",
    "params",
    "content",
    "config",
    "llm_config",
    "model_config",
    "kwargs",
    "extra_body",
    "options",
    "settings",
)
_BODY_KEYS = ("model", "modelId", "model_id", "model_name", "foundationModel", "deployment", "engine")
_NO_REQUEST = frozenset(("retry-wrapper", "fallback-wrapper"))


class CallVocabulary:
    """What the feed knows of calls: shapes, names for unknown callees, platform evidence at clients."""

    def __init__(self, shapes: ShapeIndex, names: CallNames, hints: tuple[PlatformHint, ...]) -> None:
        self.shapes = shapes
        self.names = names
        self.hints = hints
        self.keywords = {name.name: name for name in names.arguments}
        self._ignored = frozenset(pattern for pattern in names.ignored if "*" not in pattern)
        self._ignored_globs = tuple(pattern for pattern in names.ignored if "*" in pattern)
        self._answers: dict[str, bool] = {}

    def is_ignored(self, dotted: str) -> bool:
        """Calls whose arguments choose no model: assertions, logging, result objects."""
        tail = ".".join(dotted.split(".")[-2:])
        known = self._answers.get(tail)
        if known is None:
            last = tail.rpartition(".")[2]
            known = last in self._ignored or tail in self._ignored
            known = known or any(fnmatchcase(last, glob) or fnmatchcase(tail, glob) for glob in self._ignored_globs)
            self._answers[tail] = known
        return known


class SiteFinder:
    """Turns the calls of one file into sites and project calls."""

    def __init__(
        self,
        source: Source,
        vocabulary: CallVocabulary,
        receivers: Receivers,
        imports: frozenset[str],
        functions: tuple[Function, ...],
        classes: tuple[Class, ...],
    ) -> None:
        self._source = source
        self._shapes = vocabulary.shapes
        self._vocabulary = vocabulary
        self._receivers = receivers
        self._imports = imports
        self._functions = {function.name for function in functions}
        self._classes = {entry.name: entry for entry in classes}
        self._keywords = vocabulary.keywords
        self.sites: list[Site] = []
        self.calls: list[Call] = []
        self.implicit: list[Literal] = []

    def run(self, calls: list[SeenCall]) -> None:
        """Sort every call into sites and calls for linking."""
        for call in calls:
            self._one(call)

    def _one(self, call: SeenCall) -> None:
        dotted = call.chain or "()"
        own = self._is_own(call.callee)
        qualified = None if own else self._receivers.qualify(call.callee)
        keywords = frozenset(key for key, _ in call.arguments if isinstance(key, str))
        match = None if own else self._shapes.match(qualified, dotted, self._imports, keywords)
        if match is not None and match.shape.operation not in _NO_REQUEST and self._shaped(call, match, qualified):
            if not match.typed:
                self._project(call)
            return
        if self._vocabulary.is_ignored(dotted):
            return
        if not own:
            self._generic(call)
        self._body(call, own)
        self._project(call)

    def _is_own(self, callee: Expr) -> bool:
        """Defined in this very file, so the flow goes into it (a class built on an imported one counts as that)."""
        match callee:
            case Name():
                ref = callee.ref.partition("@")[0]
                return ref in self._functions or (ref in self._classes and not self._classes[ref].bases)
            case Attribute(base=Self()) if isinstance(callee.base, Self):
                return f"{callee.base.owner}.{callee.name}" in self._functions
        return False

    # call shapes

    def _shaped(self, call: SeenCall, match: Match, qualified: str | None) -> bool:
        """Sites of a call that has a shape; False when the call says nowhere where its model is."""
        shape = match.shape
        given = dict(call.arguments)
        positional = sum(isinstance(key, int) for key in given)
        keywords = frozenset(key for key in given if isinstance(key, str))
        before = len(self.sites)
        for argument in model_arguments(shape, positional, keywords):
            value = given[argument]
            if value is not NOTHING:
                self._site(call, match, qualified, argument if isinstance(argument, str) else _positional_name(shape, argument), value)
        for argument, path in nested_arguments(shape, positional, keywords):
            for name, value in _nested(str(argument), path, given[argument]):
                self._site(call, match, qualified, name, value)
        if len(self.sites) > before:
            return True
        unpacked = given.get(SPREAD)
        if unpacked is not None and shape.model:
            span = self._source.span(call.node)
            options = tuple(Item(unpacked, Text(name, span), None, span) for name, _ in shape.model)
            self._site(call, match, qualified, shape.model[0][0], options[0] if len(options) == 1 else Choice(options))
        elif match.typed and shape.default_model is not None and "*" not in given:
            self._implicit(call, match, qualified)
        return len(self.sites) > before

    def _implicit(self, call: SeenCall, match: Match, qualified: str | None) -> None:
        span = self._source.span(call.node.func)
        text = match.shape.default_model or ""
        self.implicit.append(Literal(text, span, Role.ARGUMENT, IMPLICIT))
        self._site(call, match, qualified, "", Text(text, span))

    def _site(self, call: SeenCall, match: Match, qualified: str | None, name: str, value: Expr) -> None:
        shape = match.shape
        place = self._client(call, qualified)
        given = dict(call.arguments)
        fallbacks = tuple(given[argument] for argument in shape.fallback_args if argument in given)
        self.sites.append(
            Site(
                span=self._source.span(call.node),
                callee=call.chain or "call",
                shape=shape.id,
                argument=name,
                model=value,
                operation=shape.operation,
                dialect=match.dialect,
                typed=match.typed,
                function=call.function,
                platform=place.platform,
                platform_evidence=place.evidence,
                region=place.region,
                fallbacks=fallbacks,
                arguments=evidence.arguments(call.node, self._source, frozenset((name,))),
                handlers=self._handlers(call),
                traces=(*evidence.message_traces(call.node, self._source), *evidence.handler_traces(call.protection, self._source)),
                receiver=call.callee,
            )
        )

    def _client(self, call: SeenCall, qualified: str | None) -> Client:
        made = self._receivers.construction(call.callee)
        if made is not None:
            return client(made[0], made[1], self._vocabulary.hints)
        return client((qualified or "").partition("()")[0], call.arguments, self._vocabulary.hints)

    def _handlers(self, call: SeenCall) -> tuple[Handler, ...]:
        return evidence.handlers(call.protection, self._source, self._exception, self._calls_model)

    def _exception(self, node: ast.expr) -> str | None:
        dotted = chain(node)
        if dotted is None:
            return None
        head, _, rest = dotted.partition(".")
        known = self._receivers.qualify(Name(head, self._source.span(node)))
        return (f"{known}.{rest}" if rest else known) if known else None

    def _calls_model(self, node: ast.Call) -> bool:
        dotted = chain(node.func)
        if dotted is None:
            return False
        if any(keyword.arg in self._keywords and not self._keywords[keyword.arg].candidate for keyword in node.keywords if keyword.arg):
            return not self._vocabulary.is_ignored(dotted)
        match = self._shapes.match(None, dotted, self._imports)
        return match is not None and match.shape.operation not in ("client-construct", "metadata", "tokenizer", *_NO_REQUEST)

    # calls of unknown callees

    def _generic(self, call: SeenCall) -> None:
        for key, value in call.arguments:
            known = self._keywords.get(key) if isinstance(key, str) else None
            if known is None or value is NOTHING or isinstance(value, Unknown):
                continue
            self.sites.append(self._unknown_site(call, GENERIC, str(key), value, known.dialect or "any"))

    def _body(self, call: SeenCall, own: bool) -> None:
        """A mapping argument with a model key: the call is where that model is chosen, unless it is the project's own."""
        if own:
            return
        for key, value in call.arguments:
            if not (isinstance(value, Table) and value.mapping) and not isinstance(value, Name | Choice | Result):
                continue
            if not isinstance(value, Table) and key not in _BODY_ARGUMENTS:
                continue
            span = self._source.span(call.node)
            names = [str(entry.key) for entry in value.entries if entry.key in _BODY_KEYS] if isinstance(value, Table) else ["model"]
            for name in names:
                item = Item(value, Text(name, span), None, span)
                self.sites.append(self._unknown_site(call, BODY, f"{key}.{name}".removeprefix(f"{SPREAD}."), item, "any"))

    def _unknown_site(self, call: SeenCall, shape: str, argument: str, value: Expr, dialect: str) -> Site:
        return Site(
            span=self._source.span(call.node),
            callee=call.chain or "call",
            shape=shape,
            argument=argument,
            model=value,
            operation="",
            dialect=dialect,
            typed=False,
            function=call.function,
            arguments=evidence.arguments(call.node, self._source, frozenset((argument,))),
            handlers=self._handlers(call),
            traces=evidence.message_traces(call.node, self._source),
            receiver=call.callee,
        )

    def _project(self, call: SeenCall) -> None:
        carried = tuple((key, value) for key, value in call.arguments if _carries(value))
        if carried:
            self.calls.append(Call(call.callee, carried, self._source.span(call.node), call.function))


def _positional_name(shape: CallShape, position: int) -> str:
    return next((name for name, index in shape.model if index == position), str(position))


def _nested(name: str, path: str, value: Expr) -> list[tuple[str, Expr]]:
    """Values at a key path such as `[].params.model` inside the literal structure that an argument holds."""
    found = [(name, value)]
    for part in filter(None, path.replace("[]", ".[].").replace("{}", ".{}.").split(".")):
        following: list[tuple[str, Expr]] = []
        for place, present in found:
            if isinstance(present, Result):
                following.extend((f"{place}.{part}", inner) for key, inner in present.arguments if key == part)
            elif isinstance(present, Table):
                for entry in present.entries:
                    if part in ("[]", "{}"):
                        following.append((f"{place}{part}", entry.value))
                    elif entry.key == part:
                        following.append((f"{place}.{part}", entry.value))
        found = following
    return found


def _carries(value: Expr) -> bool:
    """Could a model travel in this argument?"""
    match value:
        case Text():
            return 1 < len(value.text) <= 120 and " " not in value.text and "\n" not in value.text
        case Unknown():
            return False
        case Table():
            return any(_carries(entry.value) for entry in value.entries)
        case Choice():
            return any(_carries(option) for option in value.options)
    return True
