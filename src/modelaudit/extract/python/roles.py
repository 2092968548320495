"""What a string is doing, told from the structure around it: argument, binding, catalog, comparison or mention."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from modelaudit.domain.facts import Role
from modelaudit.extract.python.expressions import ENV_READERS, chain


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
_ASKING = ("assert", "_is_", "is_", "supports_", "get_model_info")
"""Beginnings of callees that ask something about a model and do not use it."""
_COLLECTIONS = frozenset(("frozenset", "set", "tuple", "list"))
_BUILDERS = frozenset(("dict", "OrderedDict", "defaultdict", "SimpleNamespace", "MappingProxyType"))
_CATALOG_CALLS = frozenset(("parametrize", "param", "selectbox", "radio", "Literal", "Enum", "Choice"))
_LOOKUPS = frozenset(("get", "pop"))
_DEFAULT_CALLS = frozenset(
    ("getenv", "get", "Field", "Option", "Argument", "Query", "Form", "Body", "setdefault", "setenv", "getattr", "pop", "config", "env")
)
_SPEAKING_KEYWORDS = frozenset(("help", "description", "title", "label", "message", "msg", "reason", "match"))
_DEFAULT_KEYWORDS = frozenset(("default", "value", "default_value", "initial", "server_default", "placeholder"))
_CATALOG_KEYWORDS = frozenset(("choices", "options", "examples", "values", "argvalues", "enum", "allowed", "supported_models", "Literal"))
_LIST_PARTS = ("list", "allow", "deny", "support", "known", "valid")
_EXAMPLE_KEYS = frozenset(("example", "examples", "json_schema_extra", "openapi_examples", "sample_response"))
"""Keys under which an API is documented: nothing below them is used."""
_MODEL_PARTS = ("model", "llm", "engine", "deployment", "foundation")


class Above(NamedTuple):
    """The way up from a node: its parent, the parent's field it stands in, and so on."""

    node: ast.AST
    field: str
    above: Above | None


def _climb(above: Above | None) -> Iterator[tuple[ast.AST, str]]:
    """Parents from the nearest up, as many as can matter."""
    for _ in range(8):
        if above is None:
            return
        yield above.node, above.field
        above = above.above


def role_of(node: ast.expr, above: Above | None, words: Words, enum_classes: frozenset[str]) -> tuple[Role, str]:
    """The role of a string, and what holds it, decided by the nearest thing above it that says something."""
    siblings = 1
    child: ast.AST = node
    way = list(_climb(above))
    for index, (parent, field) in enumerate(way):
        further = way[index + 1][0] if index + 1 < len(way) else None
        decided = _decide(parent, field, child, further, siblings, words)
        if decided is not None:
            if isinstance(parent, ast.Assign) and _is_enum(further, enum_classes):
                return Role.CATALOG, decided[1]
            if isinstance(parent, ast.Dict | ast.keyword) and _is_compared(way[index + 1 :]):
                return Role.COMPARISON, "comparison"
            if decided[0] is Role.BINDING and _is_example(child, way[index:]):
                return Role.MENTION, "example"
            if decided[0] is Role.BINDING and _is_listed(decided[1], [entry for entry, _ in way[:index]]):
                return Role.CATALOG, decided[1]
            return decided[0], decided[1] or "text"
        if isinstance(parent, ast.List | ast.Tuple | ast.Set):
            siblings = max(siblings, _candidates(parent.elts, words))
        elif isinstance(parent, ast.Dict):
            siblings = max(siblings, _candidates(parent.values, words))
        child = parent
    return Role.BINDING, "text"


def _is_example(child: ast.AST, way: list[tuple[ast.AST, str]]) -> bool:
    """A value in the documentation of an API."""
    for parent, field in way:
        if isinstance(parent, ast.Dict) and field == "values":
            key = _key_of(parent, child)
            if isinstance(key, ast.Constant) and key.value in _EXAMPLE_KEYS:
                return True
        elif isinstance(parent, ast.keyword):
            return parent.arg in _EXAMPLE_KEYS
        child = parent
    return False


def _is_listed(name: str, between: list[ast.AST]) -> bool:
    """A list of one is a list still, unless its name speaks of one model; and so is a row of a table. What is passed on becomes a binding
    again when linking finds the call."""
    boxes = [entry for entry in between if isinstance(entry, ast.List | ast.Tuple | ast.Set)]
    if not boxes:
        return False
    if any(len(box.elts) > 2 and all(isinstance(row, ast.Tuple | ast.List) for row in box.elts) for box in boxes[1:]):
        return True
    if isinstance(boxes[0], ast.Set):
        return True
    last = name.lower().rstrip("_").rpartition(".")[2]
    singular = is_model_name(last) and not last.endswith("s") and not any(part in last for part in _LIST_PARTS)
    return len(boxes[0].elts) == 1 and not singular


def _is_compared(way: list[tuple[ast.AST, str]]) -> bool:
    """A whole structure is compared, or handed to an assertion."""
    for parent, _ in way:
        if isinstance(parent, ast.Compare):
            return True
        if isinstance(parent, ast.Call):
            last = (chain(parent.func) or "").rpartition(".")[2]
            if last.startswith("assert") or (last == "call" and len(way) > 1):
                return True
            if last not in _BUILDERS:
                return False
        elif not isinstance(parent, ast.Dict | ast.List | ast.Tuple | ast.Set | ast.keyword | ast.Starred):
            return False
    return False


def is_group(node: ast.expr, above: Above | None, groups: frozenset[tuple[str, str]]) -> bool:
    """The value of a key that names a group of models, such as `model_name` beside `litellm_params`."""
    if above is None or not isinstance(above.node, ast.Dict) or not groups:
        return False
    key = _key_of(above.node, node)
    wanted = {beside for name, beside in groups if isinstance(key, ast.Constant) and name == key.value}
    return bool(wanted) and any(isinstance(other, ast.Constant) and other.value in wanted for other in above.node.keys)


def _key_of(table: ast.Dict, value: ast.AST) -> ast.expr | None:
    """The key under which a value stands. Looked up once for a table, since generated ones hold tens of thousands of entries."""
    known: dict[int, ast.expr | None] | None = getattr(table, "modelaudit_keys", None)
    if known is None:
        known = {id(item): key for key, item in zip(table.keys, table.values, strict=True)}
        setattr(table, "modelaudit_keys", known)  # noqa: B010 - a mark of ours on a tree that is ours
    return known.get(id(value))


def _decide(parent: ast.AST, field: str, child: ast.AST, further: ast.AST | None, siblings: int, words: Words) -> tuple[Role, str] | None:
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
            return _dict_value(parent, child, siblings, words)
        case ast.keyword():
            return _keyword(parent, further, siblings)
        case ast.Call() if field == "args":
            return _call(parent, child, siblings)
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


def _is_enum(node: ast.AST | None, enum_classes: frozenset[str]) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    return node.name in enum_classes or any((chain(base) or "").endswith(("Enum", "Flag")) for base in node.bases)


def enums(tree: ast.Module) -> frozenset[str]:
    """Names of the enums of a module, also those built on another enum of it."""
    found: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            bases = [chain(base) or "" for base in statement.bases]
            if any(base.endswith(("Enum", "Flag")) or base in found for base in bases):
                found.add(statement.name)
    return frozenset(found)


def _dict_value(parent: ast.Dict, node: ast.AST, siblings: int, words: Words) -> tuple[Role, str] | None:
    key = _key_of(parent, node)
    name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    if isinstance(node, ast.List | ast.Tuple | ast.Set) and (siblings > 1 or name.lower().endswith("models")):
        return Role.CATALOG, name
    if is_model_name(name):
        return Role.BINDING, name
    if words.is_candidate(name) and not words.is_weak(name):
        return Role.CATALOG, "alias table"
    return (Role.CATALOG, "") if _candidates(parent.values, words) > 1 else None


def _keyword(parent: ast.keyword, call: ast.AST | None, siblings: int) -> tuple[Role, str] | None:
    name = parent.arg or ""
    callee = (chain(call.func) or "") if isinstance(call, ast.Call) else ""
    last = callee.rpartition(".")[2]
    if last.startswith(_ASKING):
        return Role.COMPARISON, last
    if name in _CATALOG_KEYWORDS:
        return Role.CATALOG, name
    if name in _DEFAULT_KEYWORDS or last in _BUILDERS:
        return (Role.CATALOG if siblings > 1 else Role.BINDING), name
    if name in _SPEAKING_KEYWORDS:
        return Role.MENTION, name
    return (Role.CATALOG, name) if siblings > 1 else (Role.ARGUMENT, callee or name)


def _call(parent: ast.Call, child: ast.AST, siblings: int) -> tuple[Role, str] | None:
    callee = chain(parent.func) or ""
    last = callee.rpartition(".")[2]
    if last in _COMPARING_CALLS or last.startswith(_ASKING):
        return Role.COMPARISON, callee
    if last in _SPEAKING_CALLS:
        return Role.MENTION, callee
    if last in _COLLECTIONS or last in _BUILDERS:
        return None
    if last in _CATALOG_CALLS:
        return Role.CATALOG, callee
    if last in _LOOKUPS and parent.args and parent.args[0] is child:
        return Role.COMPARISON, f"lookup in {callee.rpartition('.')[0]}"
    if last in _DEFAULT_CALLS or ".".join(callee.split(".")[-2:]) in ENV_READERS:
        return Role.BINDING, callee
    return (Role.CATALOG if siblings > 1 else Role.ARGUMENT), callee


def callee_above(above: Above | None) -> str:
    """The nearest call around a string, as written."""
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


def is_model_after_all(context: str, above: Above | None, words: Words) -> bool:
    """A weak ID counts where a model is expected, and in a list only beside IDs."""
    listed = above.node if above is not None and isinstance(above.node, ast.List | ast.Tuple | ast.Set) else None
    return (listed is None or _lists_models(listed.elts, words)) and _expects_model(context, above)


def _lists_models(elements: list[ast.expr], words: Words) -> bool:
    """A list of which one is nothing but an ID, or all may be IDs."""
    texts = [element.value for element in elements[:50] if isinstance(element, ast.Constant) and isinstance(element.value, str)]
    ids = [text for text in texts if words.is_candidate(text)]
    return len(ids) == len(elements) or any(not words.is_weak(text) for text in ids)


def _expects_model(context: str, above: Above | None) -> bool:
    """The name that holds a weak ID, or what it is compared with, says model."""
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
