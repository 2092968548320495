"""Which names lead out of the files read so far: the rest of the tree is searched for them, and only files where they occur are read.

A name is demanded when a model ID can travel under it: a constant, class, function or instance that holds one and that another file may
import, a callee that is given one, an environment variable that is set to one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from modelaudit.domain.expr import Attribute, Env, Expr, Name, Self, Table, Text, children
from modelaudit.domain.facts import FileFacts, Role

COMMON_METHODS = frozenset(
    (
        "get",
        "set",
        "run",
        "create",
        "call",
        "add",
        "update",
        "load",
        "init",
        "build",
        "start",
        "send",
        "process",
        "execute",
        "invoke",
        "post",
        "put",
        "append",
        "format",
        "write",
        "read",
        "open",
        "close",
        "main",
        "setup",
        "register",
        "generate",
        "chat",
        "complete",
        "stream",
        "from_config",
        "extend",
        "insert",
        "pop",
        "remove",
        "keys",
        "items",
        "values",
        "join",
        "split",
        "strip",
        "replace",
        "startswith",
        "endswith",
        "lower",
        "upper",
        "debug",
        "info",
        "warning",
        "error",
        "exception",
        "log",
        "print",
        "encode",
        "decode",
        "copy",
        "index",
        "count",
        "setdefault",
        "discard",
    )
)
"""Method names that say nothing about the class: a call of one on an unknown receiver leads nowhere."""


class Demand(NamedTuple):
    """What to search the unread Python files for."""

    uses: tuple[tuple[str, tuple[str, ...]], ...]
    """(name, words of the modules that offer it): a file that uses the name mentions one of those words as well."""
    definitions: tuple[str, ...]
    """Names of classes and functions that are given a model ID somewhere."""
    methods: tuple[str, ...]
    """Names of methods that are given one on a receiver of unknown class; linking takes them only when a single method has the name."""
    environment: tuple[str, ...]
    """Environment variables, upper case; settings classes may name them in lower case and without a prefix."""
    stars: tuple[str, ...]
    """Words of modules whose names may arrive by `import *`."""


def demanded(facts: Iterable[FileFacts]) -> Demand:
    """The names that lead out of these files."""
    files = [_File(file) for file in facts]
    shared = _Shared()
    for _ in range(64):
        before = shared.size()
        for file in files:
            file.spread(shared)
        if shared.size() == before:
            break
    return Demand(
        uses=tuple(sorted((name, tuple(sorted(words))) for name, words in shared.exported.items())),
        definitions=tuple(sorted(shared.called)),
        methods=tuple(sorted(shared.methods - COMMON_METHODS)),
        environment=tuple(sorted(shared.environment)),
        stars=tuple(sorted({word for words in shared.exported.values() for word in words})),
    )


class _Shared:
    """What is known to carry a model ID, over all files."""

    def __init__(self) -> None:
        self.exported: dict[str, set[str]] = {}
        self.called: set[str] = set()
        self.methods: set[str] = set()
        self.environment: set[str] = set()

    def size(self) -> int:
        return sum(len(words) for words in self.exported.values()) + len(self.called) + len(self.methods) + len(self.environment)


class _File:
    """One file, with the names in it that carry a model ID."""

    def __init__(self, facts: FileFacts) -> None:
        self._facts = facts
        self._hot_spans = {literal.span for literal in facts.literals if literal.role is not Role.MENTION}
        self._hot: set[str] = set()
        self._imports = {entry.name: entry.attribute or entry.module.rpartition(".")[2] for entry in facts.imports if entry.name != "*"}
        self._words = _module_words(facts.path)

    def spread(self, shared: _Shared) -> None:
        """Let what is known spread through this file, and add what leaves it."""
        python = self._facts.language == "python"
        for name, original in self._imports.items():
            if original in shared.exported:
                self._hot.add(name)
                shared.exported[original].update(self._words)
        changed = True
        while changed:
            changed = False
            for binding in self._facts.bindings:
                base = binding.name.partition("@")[0]
                if base not in self._hot and (self._carries(binding.value, shared) or self._is_given(base, shared)):
                    self._hot.add(base)
                    changed = True
        for function in self._facts.functions:
            if (
                function.name.rpartition(".")[2] in shared.called
                or function.name.removesuffix(".__init__").rpartition(".")[2] in shared.called
            ):
                self._hot.update(f"{function.name}({parameter.name})" for parameter in function.parameters)
        for name in self._hot:
            self._leaves(name, shared, python)
        for call in self._facts.calls:
            if any(self._carries(value, shared) for _, value in call.arguments):
                self._given(call.callee, shared)

    def _given(self, callee: Expr, shared: _Shared) -> None:
        """A callee is given a model ID: its definition is wanted, where the file says what it calls."""
        match callee:
            case Name():
                base = callee.ref.partition("@")[0]
                if base in self._imports:
                    shared.called.add(self._imports[base])
            case Attribute(base=Name()) if isinstance(callee.base, Name):
                base = callee.base.ref.partition("@")[0]
                if base in self._imports:
                    shared.called.update((self._imports[base], callee.name))
                else:
                    shared.methods.add(callee.name)
            case Attribute():
                shared.methods.add(callee.name)

    def _is_given(self, name: str, shared: _Shared) -> bool:
        function = name.partition("(")[0]
        return name.endswith(")") and function.removesuffix(".__init__").rpartition(".")[2] in shared.called

    def _leaves(self, name: str, shared: _Shared, python: bool) -> None:
        if name.startswith("env:"):
            shared.environment.add(name[4:].upper())
        elif python and not name.startswith(("option:", "key:")) and (name.endswith("()") or not name.endswith(")")):
            top = name.partition("(")[0].partition(".")[0]
            if top and not top.startswith("<"):
                shared.exported.setdefault(top, set()).update(self._words)

    def _carries(self, value: Expr, shared: _Shared) -> bool:
        """Whether a model ID can travel in a value."""
        stack: list[Expr] = [value]
        while stack:
            present = stack.pop()
            if self._is_hot(present, shared):
                return True
            stack.extend(children(present))
        return False

    def _is_hot(self, value: Expr, shared: _Shared) -> bool:
        match value:
            case Text():
                return value.span in self._hot_spans
            case Name():
                return value.ref.partition("@")[0] in self._hot
            case Attribute(base=Self()) if isinstance(value.base, Self):
                return f"{value.base.owner}.{value.name}" in self._hot
            case Env():
                return value.name.upper() in shared.environment
            case Table():
                return any(entry.key_span in self._hot_spans for entry in value.entries)
        return False


def _module_words(path: str) -> set[str]:
    """Words by which other files import a module: its name, or its folder's for a package."""
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] == "__init__":
        parts = parts[:-1] or ["__init__"]
    return {parts[-1]}
