"""Which calls choose a model, and with what: call shapes, calls with a model-like keyword, request bodies; the rest goes to linking."""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import TYPE_CHECKING

from modelaudit.domain.expr import NOTHING, SPREAD, Attribute, Choice, Expr, Item, Name, Result, Self, Table, Text, Unknown
from modelaudit.domain.facts import Binding, Call, Class, Function, Handler, Literal, Role, Site
from modelaudit.domain.later import later
from modelaudit.domain.location import Span
from modelaudit.domain.shapes import CallShape
from modelaudit.extract.platforms import Client, client
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.groups import groups_of
from modelaudit.extract.python.handing import Handed, handed_on
from modelaudit.extract.python.receivers import Receivers
from modelaudit.extract.python.seen import Seen, SeenAssignment, SeenCall
from modelaudit.extract.python.source import Source
from modelaudit.extract.python.structures import bodies, fallbacks, first_and_rest, nested, span_of
from modelaudit.extract.shapes import Match, model_arguments, nested_arguments
from modelaudit.extract.vocabulary import BODY, FALLBACK_WRAPPER, GENERIC, PLAIN_BASES, CallVocabulary

if TYPE_CHECKING:
    from modelaudit.extract.python import evidence
else:
    (evidence,) = later("modelaudit.extract.python", "evidence")

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
_NO_REQUEST = frozenset(("retry-wrapper",))
_CONTAINERS = frozenset(
    ("append", "appendleft", "extend", "insert", "add", "update", "setdefault", "remove", "discard", "dict", "list", "tuple", "set",
     "frozenset", "namedtuple", "get", "pop", "index", "count", "environ", "getenv", "setenv", "super", "zip", "enumerate",
     "_replace", "replace", "model_copy", "evolve")
)  # fmt: skip
"""Callees that keep or look up what they are given, and choose nothing."""
_USES = frozenset(
    ("acomplete", "acompletion", "acreate", "agenerate", "chat", "complete", "completion", "converse", "create", "embed", "embed_query",
     "generate", "generate_content", "parse", "rerank", "stream", "transcribe")
)  # fmt: skip
"""Methods of clients that use a model."""


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
        self.groups: list[Binding] = []
        self.seen: dict[Span, Seen] = {}

    def run(self, calls: list[SeenCall], assignments: list[SeenAssignment]) -> None:
        """Sort every call into sites and calls for linking, and find the assignments that choose a model."""
        for call in calls:
            handed = handed_on(call)
            if handed is None or not self._handed(call, handed):
                self._one(call)
        for assignment in assignments:
            self._assigned(assignment)

    def _one(self, call: SeenCall) -> None:
        dotted = call.chain or "()"
        own = self._is_own(call.callee)
        qualified = None if own else self._receivers.qualify(call.callee)
        match = None if own else self._match(call, qualified, dotted)
        if match is not None and self._shaped(call, match, qualified):
            self._project(call)
            return
        if self._vocabulary.is_ignored(dotted):
            return
        if not own and dotted.rpartition(".")[2] not in _CONTAINERS:
            self._generic(call)
            self._body(call)
            self._poured(call)
        self._project(call)

    def _match(self, call: SeenCall, qualified: str | None, dotted: str) -> Match | None:
        keywords = frozenset(key for key, _ in call.arguments if isinstance(key, str))
        match = self._shapes.match(qualified, dotted, self._imports, keywords)
        return None if match is None or match.shape.operation in _NO_REQUEST else match

    def _handed(self, call: SeenCall, handed: Handed) -> bool:
        """A call that prepares another is read as that one; False when what it prepares is not known."""
        later = SeenCall(call.node, call.chain, handed.callee, handed.arguments, call.scope, call.protection)
        own = self._is_own(handed.callee)
        qualified = None if own else self._receivers.qualify(handed.callee)
        match = None if own else self._match(later, qualified, chain(handed.node) or "()")
        if match is not None and self._shaped(later, match, qualified):
            return True
        self._project(later)
        return own

    def _is_own(self, callee: Expr) -> bool:
        """Defined in this very file, so the flow goes into it (a class built on an imported one counts as that)."""
        match callee:
            case Name():
                ref = callee.ref.partition("@")[0]
                return ref in self._functions or (ref in self._classes and self._is_plain(ref))
            case Attribute(base=Self()) if isinstance(callee.base, Self):
                return f"{callee.base.owner}.{callee.name}" in self._functions
        return False

    def _is_plain(self, name: str) -> bool:
        """A class that only keeps what it is given, or is built on nothing."""
        return all(
            (self._receivers.qualify(base) or _unknown_name(base, self._classes)).rpartition(".")[2] in PLAIN_BASES
            for base in self._classes[name].bases
        )

    # call shapes

    def _shaped(self, call: SeenCall, match: Match, qualified: str | None) -> bool:
        """Sites of a call that has a shape; False when the call says nowhere where its model is."""
        shape = match.shape
        given = dict(call.arguments)
        positional = sum(isinstance(key, int) for key in given)
        keywords = frozenset(key for key in given if isinstance(key, str))
        before = len(self.sites)
        chosen = model_arguments(shape, positional, keywords)
        spare = fallbacks(shape, call.arguments, chosen)
        for argument in chosen:
            name = argument if isinstance(argument, str) else _positional_name(shape, argument)
            first, others = first_and_rest(given[argument]) if name in shape.fallback_args else (given[argument], ())
            if first is not NOTHING:
                self._site(call, match, qualified, name, first, (*others, *spare))
        for argument, path in nested_arguments(shape, positional, keywords):
            for name, value in nested(_named(shape, argument), path, given[argument]):
                self._site(call, match, qualified, name, value, spare)
        self.groups.extend(groups_of(shape, given, self._receivers.written))
        if len(self.sites) > before:
            return True
        unpacked = given.get(SPREAD)
        if unpacked is not None and shape.model:
            span = self._source.span(call.node)
            options = tuple(Item(unpacked, Text(name, span), None, span) for name, _ in shape.model)
            model = options[0] if len(options) == 1 else Choice(options)
            self._site(call, match, qualified, shape.model[0][0], model, spare)
        elif spare and shape.operation == FALLBACK_WRAPPER:
            self._site(call, match, qualified, shape.fallback_args[0].lstrip("*"), NOTHING, spare)
        elif match.typed and shape.default_model is not None and "*" not in given:
            self._implicit(call, match, qualified)
        return len(self.sites) > before

    def _implicit(self, call: SeenCall, match: Match, qualified: str | None) -> None:
        span = self._source.span(call.node.func)
        text = match.shape.default_model or ""
        self.implicit.append(Literal(text, span, Role.ARGUMENT, IMPLICIT))
        self._site(call, match, qualified, "", Text(text, span), ())

    def _site(self, call: SeenCall, match: Match, qualified: str | None, name: str, value: Expr, spare: tuple[Expr, ...]) -> None:
        shape = match.shape
        place = self._client(call, qualified)
        site = self._plain_site(call, shape.id, name, value, match.dialect)
        self.sites.append(
            site._replace(
                operation=shape.operation,
                typed=match.typed,
                platform=place.platform,
                platform_evidence=place.evidence,
                region=place.region,
                fallbacks=spare,
                traces=(*site.traces, *evidence.handler_traces(call.protection, self._source)),
            )
        )

    def _assigned(self, assignment: SeenAssignment) -> None:
        """`litellm.model_fallbacks = […]`, `Settings.llm = …`: attributes of a library that choose a model for the whole process."""
        qualified = self._receivers.qualify(assignment.target)
        shape = self._shapes.assignment(qualified) if qualified else None
        if shape is not None:
            self.sites.append(
                Site(
                    span=assignment.span,
                    callee=assignment.chain,
                    shape=shape.id,
                    argument="=",
                    model=assignment.value,
                    operation=shape.operation,
                    dialect=shape.dialect,
                    typed=True,
                    function=assignment.function,
                )
            )

    def _client(self, call: SeenCall, qualified: str | None) -> Client:
        made = self._receivers.construction(call.callee)
        if made is not None:
            return client(made[0], made[1], self._vocabulary.hints)
        return client((qualified or "").partition("()")[0], call.arguments, self._vocabulary.hints)

    def _handlers(self, call: SeenCall) -> tuple[Handler, ...]:
        return evidence.handlers(call.protection, self._source, self.resolve, self._calls_model)

    def resolve(self, node: ast.expr) -> str | None:
        """A name with its import written out, None when this file does not import it."""
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
            self.sites.append(self._plain_site(call, GENERIC, str(key), value, known.dialect or "any"))

    def _poured(self, call: SeenCall) -> None:
        """`llm.client.create(**params)`: the method is named like those that use a model, and nothing else says where the model is."""
        poured = [value for key, value in call.arguments if key == SPREAD]
        last = (call.chain or "").rpartition(".")[2]
        if (
            not poured
            or last not in _USES
            or not isinstance(call.node.func, ast.Attribute)
            or any(k in self._keywords for k, _ in call.arguments)
        ):
            return
        for value in poured:
            if isinstance(value, Name | Attribute | Choice | Result | Item):
                item = Item(value, Text("model", span_of(value)), None, span_of(value))
                self.sites.append(self._plain_site(call, BODY, "**.model", item, "any"))

    def _body(self, call: SeenCall) -> None:
        """A mapping argument with a model key: the call is where that model is chosen, unless it turns out to be the project's own."""
        for key, value in call.arguments:
            if isinstance(value, Table):
                place = str(key).removeprefix(SPREAD)
                for name, inner in _in_body(value, place):
                    self.sites.append(self._plain_site(call, BODY, name.removeprefix("."), inner, "any"))
            elif key in _BODY_ARGUMENTS and isinstance(value, Name | Attribute | Choice | Result):
                item = Item(value, Text("model", span_of(value)), None, span_of(value))
                self.sites.append(self._plain_site(call, BODY, f"{key}.model", item, "any"))

    def _plain_site(self, call: SeenCall, shape: str, argument: str, value: Expr, dialect: str) -> Site:
        span = self._source.span(call.node)
        if span not in self.seen:
            self.seen[span] = Seen(call.node, self._receivers.construction(call.callee))
        return Site(
            span=span,
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
            traces=evidence.opaque_arguments(call.node, self._source),
            receiver=call.callee,
        )

    def _project(self, call: SeenCall) -> None:
        carried = tuple((key, value) for key, value in call.arguments if _carries(value))
        if carried:
            self.calls.append(Call(call.callee, carried, self._source.span(call.node), call.function))


def _positional_name(shape: CallShape, position: int) -> str:
    return next((name for name, index in shape.model if index == position), str(position))


def _unknown_name(base: Expr, classes: Collection[str]) -> str:
    """A base class that the file neither defines nor imports by name (`from typing import *`)."""
    return base.ref if isinstance(base, Name) and base.ref not in classes else ""


def _named(shape: CallShape, argument: str | int) -> str:
    return argument if isinstance(argument, str) else _positional_name(shape, argument)


def _in_body(value: Table, place: str) -> list[tuple[str, Expr]]:
    """Model keys of a literal body; one that is poured in from elsewhere is asked for it when linking."""
    found = list(bodies(value, _BODY_KEYS, place))
    if not found and any(entry.key == SPREAD for entry in value.entries):
        span = next((span_of(entry.value) for entry in value.entries if entry.key == SPREAD), span_of(value))
        found.append((f"{place}.model", Item(value, Text("model", span), None, span)))
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
