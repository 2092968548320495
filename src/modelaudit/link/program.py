"""All files' facts together, indexed the ways that linking looks things up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from modelaudit.domain.expr import Attribute, Expr, Name, Result
from modelaudit.domain.facts import Binding, BindingKind, Call, Class, FileFacts, Function, Import
from modelaudit.link.modules import Modules
from modelaudit.link.references import chart_of
from modelaudit.link.written import Written

_SHARED = ("key:", "given:", "configmap:", "arg:", "stack:")


class Unread(Protocol):
    """The files of the tree that were not read, because no name leads to them."""

    @property
    def paths(self) -> Iterable[str]:
        """The Python files among them."""

    def defines(self, name: str, among: frozenset[str]) -> bool:
        """Whether one of them defines a function of that name; `among` are all names that will ever be asked for."""


class Program:
    """The linked tree. Nothing here evaluates anything."""

    def __init__(self, facts: Iterable[FileFacts], unread: Unread | None = None) -> None:
        self._unread = unread
        self.files = {file.path: file for file in facts}
        read = (path for path, file in self.files.items() if file.language == "python")
        self.modules = Modules((*read, *(unread.paths if unread is not None else ())))
        """All of the tree: a name must not mean the module of another program because the nearer one was not worth reading."""
        self._bindings: dict[str, dict[str, list[Binding]]] = {}
        self._functions: dict[str, dict[str, Function]] = {}
        self._classes: dict[str, dict[str, Class]] = {}
        self._imports: dict[str, dict[str, Import]] = {}
        self.environment: dict[str, list[tuple[str, Binding]]] = {}
        self.like_ids: set[str] = set()
        """Groups whose names are spelled like model IDs."""
        self.group_fallbacks: dict[str, list[tuple[str, Binding]]] = {}
        """What a router falls back to when a group fails."""
        self.groups: dict[str, list[tuple[str, Binding]]] = {}
        """Names of groups of models: what a router calls a group and what is in it."""
        self.shared: dict[str, list[tuple[str, Binding]]] = {}
        """Names by which config files refer to one another."""
        self.handed: dict[tuple[str, str], list[tuple[str, Binding]]] = {}
        """What config files hand to a function, by its file and name."""
        self.projects: set[str] = set()
        """Folders below the root that list packages of their own."""
        self.charts: set[str] = set()
        """Folders of the charts whose templates were read."""
        self.plain: dict[str, list[tuple[str, Binding]]] = {}
        """Environment variables that are set to no model ID: the name of a group, perhaps."""
        self.calls: dict[str, list[tuple[str, Call]]] = {}
        self.methods: dict[str, list[tuple[str, str]]] = {}
        self.written = {path: Written(file.literals) for path, file in self.files.items()}
        self.annotations: dict[tuple[str, str], Expr] = {}
        for path in sorted(self.files):
            self._add(self.files[path])

    def _add(self, file: FileFacts) -> None:
        path = file.path
        chart = chart_of(path) if file.language == "yaml" else None
        if chart is not None:
            self.charts.add(chart)
        if file.language in ("requirements", "lock") or path.endswith("/pyproject.toml"):
            self.projects.add(path.rpartition("/")[0])
        named: dict[str, list[Binding]] = {}
        for binding in file.bindings:
            named.setdefault(binding.name, []).append(binding)
            if binding.name.startswith("env:"):
                self.environment.setdefault(binding.name[4:], []).append((path, binding))
            elif binding.name.startswith("group:"):
                self.groups.setdefault(binding.name[6:], []).append((path, binding))
            elif binding.name.startswith("group-like-id:"):
                self.like_ids.add(binding.name.partition(":")[2])
            elif binding.name.startswith("group-fallback:"):
                self.group_fallbacks.setdefault(binding.name.partition(":")[2], []).append((path, binding))
            elif binding.name.startswith("plain:"):
                self.plain.setdefault(binding.name[6:], []).append((path, binding))
            elif binding.name.startswith("handed:"):
                _, target, called, _ = binding.name.split(":", 3)
                self.handed.setdefault((target, called), []).append((path, binding))
            elif file.language != "python" and binding.name.startswith(_SHARED):
                self.shared.setdefault(binding.name, []).append((path, binding))
        self._bindings[path] = named
        self._functions[path] = {function.name: function for function in file.functions}
        self._classes[path] = {entry.name: entry for entry in file.classes}
        self._imports[path] = {entry.name: entry for entry in file.imports}
        for function in file.functions:
            self.methods.setdefault(function.name.rpartition(".")[2], []).append((path, function.name))
        for name, annotation in file.annotations:
            self.annotations[path, name] = annotation
        for call in file.calls:
            for name in self._callee_names(call, path):
                self.calls.setdefault(name, []).append((path, call))

    @cached_property
    def readers(self) -> dict[str, frozenset[str]]:
        """The files whose code reads each environment variable."""
        from modelaudit.link.readers import readers

        return readers(self.files.values())

    @cached_property
    def _single(self) -> frozenset[str]:
        """Names of methods that are called somewhere, and that one Python file defines."""
        return frozenset(name for name in self.calls if len(self._defining(name)) == 1)

    def _defining(self, name: str) -> list[str]:
        """The Python files that define a function of that name; what a notebook defines is its own."""
        return [path for path, _ in self.methods.get(name, ()) if self.files[path].language == "python"]

    def means(self, name: str, caller: str, path: str) -> bool:
        """Whether a method called in `caller` on something unknown is the one of that name in `path`: the only one of the caller's own
        file, or else of the tree. Files that were not read count, or the answer would depend on which were."""
        own = sum(other == caller for other, _ in self.methods.get(name, ()))
        if own:
            return own == 1 and path == caller
        return self._defining(name) == [path] and not (self._unread is not None and self._unread.defines(name, self._single))

    def _callee_names(self, call: Call, path: str) -> list[str]:
        """Last segments under which the callee may be known: as written, and as imported."""
        written = _last(call.callee)
        names = [written] if written else []
        entry = self._imports[path].get(written)
        if entry is not None and entry.attribute and entry.attribute != written:
            names.append(entry.attribute)
        return names

    def bindings(self, path: str, name: str) -> list[Binding]:
        """Bindings of exactly this name; a first version that stayed the only one is also known without its number."""
        named = self._bindings[path]
        found = named.get(name)
        if found is None:
            found = named.get(f"{name}@1") if "@" not in name else named.get(name.removesuffix("@1"))
        return found or []

    def declares(self, name: str) -> set[str]:
        """The files of modules and templates that declare a name of their own; files of mere values do not."""
        return {path for path, _ in self.shared.get(name, ()) if not path.endswith((".tfvars", ".bicepparam"))}

    def fields(self, path: str, prefix: str) -> list[Binding]:
        """Bindings of the class attributes whose names begin with `prefix`."""
        return [
            binding
            for name, bindings in self._bindings[path].items()
            if name.startswith(prefix) and "." not in name[len(prefix) :]
            for binding in bindings
            if binding.kind is BindingKind.FIELD
        ]

    def function(self, path: str, name: str) -> Function | None:
        """A function by its name in the file."""
        return self._functions[path].get(name)

    def class_(self, path: str, name: str) -> Class | None:
        """A class by its name in the file."""
        return self._classes[path].get(name)

    def import_(self, path: str, name: str) -> Import | None:
        """What a file imports under a name."""
        return self._imports[path].get(name)

    def star_imports(self, path: str) -> list[Import]:
        """`from x import *` of a file."""
        return [entry for entry in self.files[path].imports if entry.name == "*"]

    def classes(self) -> Iterable[tuple[str, Class]]:
        """Every class of the tree."""
        for path in sorted(self._classes):
            for entry in self._classes[path].values():
                yield path, entry

    def options(self, path: str, name: str) -> list[Binding]:
        """Defaults of a command-line option of a file's parser."""
        return [binding for binding in self._bindings[path].get(f"option:{name}", []) if binding.kind is BindingKind.OPTION]


def _last(callee: Expr) -> str:
    match callee:
        case Name():
            ref = callee.ref.partition("@")[0]
            return ref.rpartition(".")[2]
        case Attribute():
            return callee.name
        case Result():
            return _last(callee.callee)
    return ""
