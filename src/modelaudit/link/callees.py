"""Which function or class a call means, where that can be told before values are followed."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.expr import Attribute, Expr, Name
from modelaudit.domain.facts import Function
from modelaudit.domain.record import NamedTuple
from modelaudit.link.resolver import Definition, Resolver, Unread
from modelaudit.link.tokens import FileTokens

# fmt: off
COMMON_METHODS = frozenset((
    "add", "append", "build", "call", "chat", "close", "complete", "copy", "count", "create", "debug", "decode", "delete",
    "discard", "emit", "encode", "endswith", "error", "exception", "execute", "extend", "fetch", "find", "format", "from_config",
    "from_dict", "generate", "get", "handle", "index", "info", "init", "insert", "invoke", "items", "join", "keys", "list",
    "load", "log", "lower", "main", "open", "parse", "patch", "pop", "post", "print", "process", "put", "query", "read",
    "register", "remove", "replace", "request", "reset", "resolve", "run", "save", "search", "send", "set", "setdefault", "setup",
    "split", "start", "startswith", "stop", "stream", "strip", "submit", "sync", "to_dict", "transform", "update", "upper",
    "validate", "values", "warning", "write",
))
# fmt: on
"""Method names that say nothing about the class: a call of one on an unknown receiver leads nowhere."""


class Called(NamedTuple):
    """What is known of the callee of a call."""

    definitions: tuple[Definition, ...]
    """What it may be, in files that were read."""
    unread: tuple[str, ...] = ()
    """Files in which more of it may be defined."""
    method: str = ""
    """The name of a method of something unknown that no file read so far defines."""
    last: str = ""
    """The last name of a callee of which nothing else is known; none for a method that many classes have."""


class Callees:
    """Looks callees up by what their names stand for, or else by the name of a method that only one file has."""

    def __init__(self, resolver: Resolver, files: Iterable[FileTokens]) -> None:
        self._resolver = resolver
        self._functions: dict[str, list[Definition]] = {}
        for file in files:
            for function in file.facts.functions:
                last = function.name.removesuffix(".__init__").rpartition(".")[2]
                self._functions.setdefault(last, []).append(Definition(file.facts.path, function.name))

    def of(self, file: FileTokens, callee: Expr) -> Called:
        """The callee of a call in a file."""
        referents = self._resolver.of(file.facts.path, callee)
        unread = tuple(one.path for one in referents if isinstance(one, Unread))
        definitions = tuple(one for one in referents if isinstance(one, Definition))
        if definitions:
            return Called(definitions, unread)
        if not isinstance(callee, Attribute) or callee.name in COMMON_METHODS or _root(callee) in file.outside:
            return Called((), unread, last=_last(callee))
        defining = self._functions.get(callee.name, [])
        own = tuple(one for one in defining if one.path == file.facts.path)
        if own or len({one.path for one in defining}) == 1:
            return Called(own or tuple(defining), unread)
        return Called((), unread, "" if defining else callee.name, callee.name)


def receiving(function: Function, key: str | int) -> list[str]:
    """The parameters that an argument may land on."""
    if isinstance(key, int):
        positional = [parameter.name for parameter in function.parameters if parameter.kind == "positional"]
        return positional[key : key + 1] or [parameter.name for parameter in function.parameters if parameter.kind == "*"]
    if key in ("*", "**"):
        return [parameter.name for parameter in function.parameters]
    named = [parameter.name for parameter in function.parameters if parameter.name == key]
    return named or [parameter.name for parameter in function.parameters if parameter.kind == "**"]


def _root(callee: Expr) -> str:
    """The name with which a chain of attributes begins."""
    while isinstance(callee, Attribute):
        callee = callee.base
    return callee.ref.partition("@")[0] if isinstance(callee, Name) else ""


def _last(callee: Expr) -> str:
    """The last name of a callee of which nothing else is known; none for a method that many classes have."""
    match callee:
        case Name(ref=ref):
            return ref.partition("@")[0].rpartition(".")[2]
        case Attribute(name=name) if name not in COMMON_METHODS:
            return name
    return ""
