"""What names stand for, as far as the facts of the files read so far tell without following values: which class, function or module.

An instance counts as its class. Where a way leads into a file that was not read, it ends there and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from modelaudit.domain.expr import Attribute, Choice, Expr, Item, Name, Result, Self, Table
from modelaudit.domain.facts import Import
from modelaudit.domain.record import NamedTuple
from modelaudit.link.modules import Modules
from modelaudit.link.tokens import FileTokens

DEEPEST = 24
"""Names, attributes and calls on one way."""
MOST_ENTRIES = 32
"""Entries of a table that may each be what is looked up in it."""


class Definition(NamedTuple):
    """A class, function or method of a file that was read, qualified in it: `Client`, `Client.ask`."""

    path: str
    name: str


class Module(NamedTuple):
    """A module or package of the tree; one without a file is only a folder."""

    path: str | None
    dotted: str


class Unread(NamedTuple):
    """The way goes on in this file, which was not read."""

    path: str


Referent: TypeAlias = Definition | Module | Unread


class Resolver:
    """Looks names up. Everything is worked out when it is first asked for."""

    def __init__(self, files: Mapping[str, FileTokens], modules: Modules) -> None:
        self._files = files
        self._modules = modules
        self._names: dict[tuple[str, str], tuple[Referent, ...]] = {}
        self._members: dict[tuple[Definition, str], tuple[Referent, ...]] = {}
        self._bases: dict[Definition, tuple[Definition | Unread, ...]] = {}

    def of(self, path: str, expr: Expr, depth: int = 0) -> tuple[Referent, ...]:
        """What an expression of a file may stand for; nothing for what is not told."""
        if depth > DEEPEST:
            return ()
        match expr:
            case Name(ref=ref):
                return self.name(path, ref.partition("@")[0], depth + 1)
            case Self(owner=owner):
                return (Definition(path, owner),)
            case Attribute(base=base, name=name):
                return _distinct(found for one in self.of(path, base, depth + 1) for found in self.member(one, name, depth + 1))
            case Result(callee=callee):
                return _distinct(found for one in self.of(path, callee, depth + 1) for found in self._given_back(one, depth + 1))
            case Choice(options=options):
                return _distinct(found for option in options for found in self.of(path, option, depth + 1))
            case Item(base=base):
                return self.of(path, base, depth + 1)
            case Table(entries=entries):
                return _distinct(found for entry in entries[:MOST_ENTRIES] for found in self.of(path, entry.value, depth + 1))
        return ()

    def name(self, path: str, name: str, depth: int = 0) -> tuple[Referent, ...]:
        """What a name stands for in a file: what it imports or defines under it, or assigns to it."""
        known = self._names.get((path, name))
        if known is None:
            self._names[path, name] = ()  # a name that leads to itself leads nowhere
            known = self._names[path, name] = _distinct(self._name(path, name, depth))
        return known

    def member(self, owner: Referent, name: str, depth: int = 0) -> tuple[Referent, ...]:
        """An attribute of what a name stands for."""
        if depth > DEEPEST:
            return ()
        match owner:
            case Unread():
                return (owner,)
            case Module():
                return self._of_module(owner, name, depth)
            case Definition():
                known = self._members.get((owner, name))
                if known is None:
                    self._members[owner, name] = ()  # a member that is found by itself is none
                    known = self._members[owner, name] = _distinct(self._of_definition(owner, name, depth))
                return known

    def is_class(self, definition: Definition) -> bool:
        """Whether a definition is that of a class."""
        return definition.name in self._files[definition.path].classes

    def bases(self, definition: Definition) -> tuple[Definition | Unread, ...]:
        """The classes that a class names as its bases, without those of libraries."""
        known = self._bases.get(definition)
        if known is None:
            self._bases[definition] = ()  # a class is no base of itself
            entry = self._files[definition.path].classes[definition.name]
            found = _distinct(one for base in entry.bases for one in self.of(definition.path, base))
            classes = (one for one in found if isinstance(one, Unread) or (isinstance(one, Definition) and self.is_class(one)))
            known = self._bases[definition] = tuple(classes)
        return known

    def way(self, path: str, entry: Import) -> Iterator[tuple[str, str]]:
        """The files through which an imported name comes, each with its name there; those that were not read as well."""
        waiting, seen = [(path, entry)], {path}
        while waiting:
            importer, entry = waiting.pop()
            target = self._modules.imported(entry.module, entry.level, importer)
            name = entry.attribute
            if target is None or target in seen or name is None:
                continue
            seen.add(target)
            yield target, name
            file = self._files.get(target)
            if file is not None:
                after = file.imports.get(name)
                waiting += [(target, after)] if after else [(target, star._replace(attribute=name)) for star in file.stars]

    def _name(self, path: str, name: str, depth: int) -> Iterator[Referent]:
        file = self._files[path]
        if name in file.imports:
            yield from self._imported(path, file.imports[name], depth)
        if name in file.functions or name in file.classes:
            yield Definition(path, name)
        elif name in file.values or name in file.annotations:
            yield from self._assigned(path, name, depth)
        elif name not in file.imports and "." not in name and not name.endswith(")"):
            for star in file.stars:
                yield from self._imported(path, star._replace(attribute=name), depth)

    def _assigned(self, path: str, name: str, depth: int) -> Iterator[Referent]:
        file = self._files[path]
        for value in file.values.get(name, ()):
            yield from self.of(path, value, depth + 1)
        annotation = file.annotations.get(name)
        if annotation is not None:
            yield from self.of(path, annotation, depth + 1)

    def _imported(self, path: str, entry: Import, depth: int) -> tuple[Referent, ...]:
        dotted = self._modules.relative(entry.module, entry.level, path) if entry.level else entry.module
        target = self._modules.imported(entry.module, entry.level, path)
        if entry.attribute is None:
            return (Module(target, dotted),)
        found = self.name(target, entry.attribute, depth + 1) if target is not None and target in self._files and target != path else ()
        if found:
            return found
        inner = self._modules.imported(f"{entry.module}.{entry.attribute}".lstrip("."), entry.level, path)
        if inner is not None:
            return (Module(inner, f"{dotted}.{entry.attribute}"),)
        return () if target is None or target in self._files else (Unread(target),)

    def _of_module(self, module: Module, name: str, depth: int) -> tuple[Referent, ...]:
        found = self.name(module.path, name, depth + 1) if module.path is not None and module.path in self._files else ()
        if found:
            return found
        dotted = f"{module.dotted}.{name}"
        inner = self._modules.exact(dotted) or self._modules.find(dotted, module.path or "")
        if inner is not None or self._modules.is_package(dotted):
            return (Module(inner, dotted),)
        return () if module.path is None or module.path in self._files else (Unread(module.path),)

    def _of_definition(self, definition: Definition, name: str, depth: int) -> Iterator[Referent]:
        """A member of a class, or else of its bases; of what a property gives back."""
        if not self.is_class(definition):
            for one in self._given_back(definition, depth + 1):
                yield from self.member(one, name, depth + 1)
            return
        if name == "super()":
            yield from self.bases(definition)
            return
        file, full = self._files[definition.path], f"{definition.name}.{name}"
        if full in file.functions or full in file.classes:
            yield Definition(definition.path, full)
            return
        found = _distinct(self._assigned(definition.path, full, depth))
        yield from found
        for base in () if found else self.bases(definition):
            yield from self.member(base, name, depth + 1)

    def _given_back(self, called: Referent, depth: int) -> tuple[Referent, ...]:
        """What a call of something gives."""
        match called:
            case Unread():
                return (called,)
            case Definition():
                return (called,) if self.is_class(called) else self.name(called.path, f"{called.name}()", depth + 1)
            case Module():
                return ()


def _distinct(found: Iterable[Referent]) -> tuple[Referent, ...]:
    return tuple(dict.fromkeys(found))
