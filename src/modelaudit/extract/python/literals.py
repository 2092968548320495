"""Model IDs in a file's strings and what each is doing there, told from the structure around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from modelaudit.domain.facts import Literal, Role
from modelaudit.domain.location import Span
from modelaudit.extract.python.expressions import LONGEST_TEXT, chain
from modelaudit.extract.python.source import Source

HOLE = "\ufffc"
"""Stands for the unknown part of an f-string when its text is identified."""


class Words(Protocol):
    """What extraction needs to know of spellings; `identify.Identifier` has it."""

    def is_candidate(self, text: str) -> bool:
        """The whole text is spelled like a model ID."""

    def is_weak(self, text: str) -> bool:
        """The ID is also an ordinary word or name, so it counts only where a model is expected."""

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        """Whole known IDs inside a longer text."""


_COMPARING_CALLS = frozenset(
    (
        "startswith",
        "endswith",
        "match",
        "fullmatch",
        "search",
        "compile",
        "findall",
        "sub",
        "index",
        "find",
        "count",
        "removeprefix",
        "removesuffix",
        "issubset",
        "__contains__",
        "remove",
        "discard",
        "in_",
        "is_",
        "contains",
        "fnmatch",
        "strip",
        "split",
        "partition",
        "replace",
    )
)
_SPEAKING_CALLS = frozenset(
    (
        "print",
        "debug",
        "info",
        "warning",
        "warn",
        "error",
        "exception",
        "critical",
        "log",
        "echo",
        "secho",
        "write",
        "markdown",
        "caption",
        "success",
        "ValueError",
        "TypeError",
        "KeyError",
        "RuntimeError",
        "Exception",
        "NotImplementedError",
        "skip",
        "skipif",
        "xfail",
        "fail",
        "getLogger",
        "deprecated",
    )
)
_DEFAULT_KEYWORDS = frozenset(("default", "value", "default_value", "initial", "server_default", "placeholder"))
_CATALOG_KEYWORDS = frozenset(("choices", "options", "examples", "values", "argvalues", "enum", "allowed", "supported_models", "Literal"))
_MODEL_PARTS = ("model", "llm", "engine", "deployment", "foundation")


class Above(NamedTuple):
    """The way up from a node: its parent, the parent's field it stands in, and so on."""

    node: ast.AST
    field: str
    above: Above | None


_LEAVES = (ast.Load, ast.Store, ast.Name)


def _climb(above: Above | None) -> Iterator[tuple[ast.AST, str]]:
    """Parents from the nearest up, as many as can matter."""
    for _ in range(8):
        if above is None:
            return
        yield above.node, above.field
        above = above.above


class LiteralFinder:
    """Finds the literals of one module. `model_places` are the spans of strings that stand in a site's model argument."""

    def __init__(self, source: Source, words: Words, model_places: frozenset[Span]) -> None:
        self._source = source
        self._words = words
        self._places = model_places
        self._enums: frozenset[str] = frozenset()
        self.found: list[Literal] = []

    def run(self, tree: ast.Module) -> tuple[Literal, ...]:
        """All literals, in the order of the file."""
        self._enums = _enums(tree)
        stack: list[tuple[ast.AST, Above | None]] = [(tree, None)]
        while stack:
            node, above = stack.pop()
            if isinstance(node, ast.Constant):
                if isinstance(node.value, str):
                    self._string(node, above)
                continue
            inside = isinstance(node, ast.JoinedStr)
            if isinstance(node, ast.JoinedStr):
                self._joined(node, above)
            for name in node._fields:
                value = getattr(node, name, None)
                if type(value) is list:
                    link = Above(node, name, above)
                    stack.extend(
                        (item, link) for item in value if isinstance(item, ast.AST) and not (inside and type(item) is ast.Constant)
                    )
                elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
                    stack.append((value, Above(node, name, above)))
        return tuple(sorted(self.found, key=lambda literal: (literal.span, literal.text)))

    def _is_enum(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.ClassDef):
            return False
        return node.name in self._enums or any((chain(base) or "").endswith(("Enum", "Flag")) for base in node.bases)

    def _string(self, node: ast.Constant, above: Above | None) -> None:
        text = node.value
        if not isinstance(text, str) or len(text) < 2:
            return
        if len(text) <= LONGEST_TEXT and self._words.is_candidate(text):
            span = self._source.inside(node)
            role, context = self._role(node, above, span)
            if role is not Role.ARGUMENT and self._words.is_weak(text) and not _expects_model(context, above):
                return
            self.found.append(Literal(text, span, role, context))
            return
        span = self._source.inside(node)
        if span in self._places:
            self.found.append(Literal(text, span, Role.ARGUMENT, "model argument"))
            return
        context = "docstring" if above is not None and isinstance(above.node, ast.Expr) else "text"
        self.mentions(text, span, context)

    def _joined(self, node: ast.JoinedStr, above: Above | None) -> None:
        """An f-string is an ID with holes, or prose that mentions one."""
        parts = [value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else HOLE for value in node.values]
        text = "".join(parts)
        spans = self._source.pieces(node)
        constants = [part for part in parts if part != HOLE]
        if len(text) <= LONGEST_TEXT and self._words.is_candidate(text):
            role, context = self._role(node, above, None)
            longest = max(range(len(constants)), key=lambda index: len(constants[index]))
            self.found.append(Literal(constants[longest], spans[longest], role, context))
            return
        for part, span in zip(constants, spans, strict=True):
            self.mentions(part, span, "text")

    def mentions(self, text: str, span: Span, context: str) -> None:
        """Known IDs inside prose, each with its own place when the text is written as it reads."""
        for start, end in self._words.tokens(text):
            self.found.append(Literal(text[start:end], self._place(text, span, start, end), Role.MENTION, context))

    def _place(self, text: str, span: Span, start: int, end: int) -> Span:
        line = span.line + text.count("\n", 0, start)
        index = line - self._source.span_shift() - 1
        if not 0 <= index < len(self._source.lines):
            return span
        row = self._source.lines[index]
        column = row.find(text[start:end], span.column - 1 if line == span.line else 0)
        return Span(line, column + 1, line, column + 1 + end - start) if column >= 0 else span

    def _role(self, node: ast.expr, above: Above | None, span: Span | None) -> tuple[Role, str]:
        if span is not None and span in self._places:
            return Role.ARGUMENT, _callee(above)
        siblings = 1
        within = "text"
        way = list(_climb(above))
        for index, (parent, field) in enumerate(way):
            decided = _decide(parent, field, node, siblings, self._words)
            if decided is not None:
                if isinstance(parent, ast.Assign) and index + 1 < len(way) and self._is_enum(way[index + 1][0]):
                    return Role.CATALOG, decided[1]
                return decided[0], decided[1] or within
            if isinstance(parent, ast.List | ast.Tuple | ast.Set):
                siblings = max(siblings, _candidates(parent.elts, self._words))
            elif isinstance(parent, ast.Dict):
                siblings = max(siblings, _candidates(parent.values, self._words))
        return Role.BINDING, within


def _decide(parent: ast.AST, field: str, node: ast.expr, siblings: int, words: Words) -> tuple[Role, str] | None:
    """The role that `parent` gives to what stands in its `field`; None when a node further up decides."""
    match parent:
        case ast.Compare():
            return Role.COMPARISON, "comparison"
        case ast.MatchValue():
            return Role.COMPARISON, "match case"
        case ast.Subscript() if field == "slice":
            if (chain(parent.value) or "").rpartition(".")[2] == "Literal":
                return Role.CATALOG, "Literal"
            return Role.COMPARISON, f"lookup in {chain(parent.value) or 'a table'}"
        case ast.Dict() if field == "keys":
            return Role.CATALOG, "table key"
        case ast.Dict() if field == "values":
            return _dict_value(parent, node, words)
        case ast.keyword():
            return _keyword(parent, siblings)
        case ast.Call() if field == "args":
            return _call(parent, siblings)
        case ast.Assign():
            names = ", ".join(filter(None, (chain(target) for target in parent.targets)))
            return (Role.CATALOG if siblings > 1 else Role.BINDING), names
        case ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr():
            return (Role.CATALOG if siblings > 1 else Role.BINDING), chain(parent.target) or ""
        case ast.arguments():
            return (Role.CATALOG if siblings > 1 else Role.BINDING), "default of a parameter"
        case ast.Return() | ast.Yield() | ast.Lambda():
            return (Role.CATALOG if siblings > 1 else Role.BINDING), "return value"
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            return Role.CATALOG, "loop"
        case ast.Raise() | ast.Assert():
            return Role.MENTION, "message"
        case ast.Expr():
            return Role.MENTION, "docstring"
        case ast.FormattedValue():
            return Role.MENTION, "text"
    return None


def _enums(tree: ast.Module) -> frozenset[str]:
    """Names of the enums of a module, also those built on another enum of it."""
    found: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            bases = [chain(base) or "" for base in statement.bases]
            if any(base.endswith(("Enum", "Flag")) or base in found for base in bases):
                found.add(statement.name)
    return frozenset(found)


def _dict_value(parent: ast.Dict, node: ast.expr, words: Words) -> tuple[Role, str] | None:
    for key, value in zip(parent.keys, parent.values, strict=True):
        if value is node:
            name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
            if is_model_name(name):
                return Role.BINDING, name
            if words.is_candidate(name) and not words.is_weak(name):
                return Role.CATALOG, "alias table"
            break
    return (Role.CATALOG, "") if _candidates(parent.values, words) > 1 else None


def _keyword(parent: ast.keyword, siblings: int) -> tuple[Role, str] | None:
    name = parent.arg or ""
    if name in _CATALOG_KEYWORDS:
        return Role.CATALOG, name
    if is_model_name(name):
        return (Role.CATALOG if siblings > 1 else Role.ARGUMENT), name
    if name in _DEFAULT_KEYWORDS:
        return Role.BINDING, name
    if name in ("help", "description", "title", "label", "message", "msg", "reason", "match"):
        return Role.MENTION, name
    return (Role.CATALOG if siblings > 1 else Role.ARGUMENT), name


def _call(parent: ast.Call, siblings: int) -> tuple[Role, str] | None:
    callee = chain(parent.func) or ""
    last = callee.rpartition(".")[2]
    if last in _COMPARING_CALLS or last.startswith(("assert", "_is_", "is_", "supports_")):
        return Role.COMPARISON, callee
    if last in _SPEAKING_CALLS:
        return Role.MENTION, callee
    if last in ("parametrize", "selectbox", "radio", "Literal", "Enum", "Choice", "frozenset", "set", "tuple", "list"):
        return None if last in ("frozenset", "set", "tuple", "list") else (Role.CATALOG, callee)
    if last in (
        "getenv",
        "get",
        "Field",
        "Option",
        "Argument",
        "Query",
        "Form",
        "Body",
        "setdefault",
        "setenv",
        "getattr",
        "pop",
        "config",
        "env",
    ):
        return _default_argument(parent, last, callee)
    return (Role.CATALOG if siblings > 1 else Role.ARGUMENT), callee


def _default_argument(parent: ast.Call, last: str, callee: str) -> tuple[Role, str]:
    first = parent.args[0] if parent.args else None
    if last in ("get", "pop") and isinstance(first, ast.Constant) and len(parent.args) == 1:
        return Role.COMPARISON, f"lookup in {callee.rpartition('.')[0]}"
    return Role.BINDING, callee


def _callee(above: Above | None) -> str:
    for parent, _ in _climb(above):
        if isinstance(parent, ast.Call):
            return chain(parent.func) or "call"
    return "call"


def _candidates(nodes: list[ast.expr], words: Words) -> int:
    count = 0
    for node in nodes[:50]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and words.is_candidate(node.value):
            count += 1
        elif isinstance(node, ast.Tuple | ast.List | ast.Dict | ast.Call):
            inner = node.elts if isinstance(node, ast.Tuple | ast.List) else [*node.values] if isinstance(node, ast.Dict) else node.args
            count += any(
                isinstance(part, ast.Constant) and isinstance(part.value, str) and words.is_candidate(part.value) for part in inner[:8]
            )
    return count


def is_model_name(name: str) -> bool:
    """A variable, keyword or key whose name says that it holds a model."""
    lowered = name.lower()
    return any(part in lowered for part in _MODEL_PARTS)


def _expects_model(context: str, above: Above | None) -> bool:
    """A weak ID counts when the name that holds it, or what it is compared with, says model."""
    if is_model_name(context):
        return True
    for parent, _ in _climb(above):
        match parent:
            case ast.Compare():
                return any(is_model_name(chain(side) or "") for side in (parent.left, *parent.comparators))
            case ast.keyword():
                return is_model_name(parent.arg or "")
            case ast.Assign():
                return any(is_model_name(chain(target) or "") for target in parent.targets)
            case ast.AnnAssign():
                return is_model_name(chain(parent.target) or "")
            case ast.ClassDef():
                return is_model_name(parent.name)
    return False
