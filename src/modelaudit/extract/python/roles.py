"""What a string is doing, told from the structure around it: argument, binding, catalog, comparison or mention."""

from __future__ import annotations

import ast

from modelaudit.domain.facts import Role
from modelaudit.extract.python.above import Above, climb, is_model_name, key_of
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.expressions import ENV_READERS
from modelaudit.extract.python.tables import is_card, is_example, is_listed, is_response
from modelaudit.extract.vocabulary import Words

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


def role_of(node: ast.expr, above: Above | None, words: Words, enum_classes: frozenset[str]) -> tuple[Role, str]:
    """The role of a string, and what holds it, decided by the nearest thing above it that says something."""
    siblings = 1
    child: ast.AST = node
    way = list(climb(above))
    for index, (parent, field) in enumerate(way):
        further = way[index + 1][0] if index + 1 < len(way) else None
        decided = _decide(parent, field, child, further, siblings, words)
        if decided is not None:
            if isinstance(parent, ast.Assign) and _is_enum(further, enum_classes):
                return Role.CATALOG, decided[1]
            if isinstance(parent, ast.Dict | ast.keyword) and _is_compared(way[index + 1 :]):
                return Role.COMPARISON, "comparison"
            if decided[0] is Role.BINDING and is_example(child, way[index:]):
                return Role.MENTION, "example"
            if decided[0] is Role.BINDING and is_listed(decided[1], [entry for entry, _ in way[:index]]):
                return Role.CATALOG, decided[1]
            return decided[0], decided[1] or "text"
        if isinstance(parent, ast.List | ast.Tuple | ast.Set):
            siblings = max(siblings, _candidates(parent.elts, words))
        elif isinstance(parent, ast.Dict):
            siblings = max(siblings, _candidates(parent.values, words))
        child = parent
    return Role.BINDING, "text"


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
    key = key_of(above.node, node)
    wanted = {beside for name, beside in groups if isinstance(key, ast.Constant) and name == key.value}
    return bool(wanted) and any(isinstance(other, ast.Constant) and other.value in wanted for other in above.node.keys)


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
    key = key_of(parent, node)
    name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    if isinstance(node, ast.List | ast.Tuple | ast.Set) and (siblings > 1 or name.lower().endswith("models")):
        return Role.CATALOG, name
    if is_model_name(name):
        if is_response(parent):
            return Role.MENTION, "response"
        return (Role.CATALOG if is_card(parent) else Role.BINDING), name
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
    for parent, _ in climb(above):
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
