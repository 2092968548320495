"""Values that one file gives to another: arguments of modules and reusable workflows, entries of config maps, parameters of a stack.

Each is a binding under the name that the other file reads it by: `given:<file or folder>:key:var.model_id`, `configmap:<name>.<key>`,
`handed:<file>:<function>:<key path>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.expr import Name
from modelaudit.domain.keypaths import spell
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.cloudformation import given_parameters
from modelaudit.extract.scopes import BUILD_ARGUMENTS, is_workflow

Names: TypeAlias = dict[tuple[Path, Span], tuple[str, ...]]

_PROVIDER = late(r"(?:file://|python:)(?:\./)?([^:\s]+\.py)(?::(\w+))?")
_REFERENCES = ("configMapKeyRef", "secretKeyRef")


class Given:
    """The names under which other files read the values of one file."""

    def __init__(self, format: str, path: str, values: Sequence[Value]) -> None:
        self._folder = path.rpartition("/")[0]
        self._names: Names = {}
        if format in ("yaml", "json"):
            self._names = self._providers(values)
        if format == "hcl":
            self._names = self._modules(values)
        elif format == "yaml":
            more = {**self._workflows(path, values), **_maps(values), **_generated(values), **_build_arguments(values)}
            self._names = {**self._names, **more}
        if format in ("yaml", "json", "toml"):
            self._names |= given_parameters(values)

    def names(self, value: Value) -> tuple[str, ...]:
        """The names of a value, beside those that it has in its own file."""
        return self._names.get((value.path, value.span), ())

    def _modules(self, values: Iterable[Value]) -> Names:
        """Arguments of `module "x" { source = "./y" … }`, and the inputs of Terragrunt for its source."""
        entries = list(values)
        sources = {value.path[:-1]: value.text for value in entries if value.path[-1:] == ("source",)}
        found: Names = {}
        for value in entries:
            head, name = value.path[:-1], value.path[-1] if value.path else ""
            if len(head) == 2 and head[0] == "module" and head in sources and name != "source":
                found[value.path, value.span] = (f"given:{self._target(sources[head])}:key:var.{name}",)
            elif head == ("inputs",) and ("terraform",) in sources:
                found[value.path, value.span] = (f"given:{self._target(sources['terraform',])}:key:var.{name}",)
        return found

    def _workflows(self, path: str, values: Iterable[Value]) -> Names:
        """What a job or a step hands to a workflow or an action of the same repository with `with:`."""
        if not is_workflow(path):
            return {}
        entries = list(values)
        used = {value.path[:-1]: value.text for value in entries if value.path[-1:] == ("uses",) and value.text.startswith("./")}
        found: Names = {}
        for value in entries:
            target = used.get(value.path[:-2]) if value.path[-2:-1] == ("with",) else None
            if target is not None:
                found[value.path, value.span] = (f"given:{target.removeprefix('./').rstrip('/')}:key:inputs.{value.path[-1]}",)
        return found

    def _providers(self, values: Iterable[Value]) -> Names:
        """The configuration of a provider of promptfoo that is a function: `id: file://provider.py`, `python:provider.py:ask`."""
        entries = list(values)
        functions = {
            value.path[:-1]: named for value in entries if value.path[-1:] == ("id",) and (named := _PROVIDER.fullmatch(value.text))
        }
        found: Names = {}
        for value in entries if functions else ():
            at = next((number for number, part in enumerate(value.path) if part == "config"), 0)
            named = functions.get(value.path[:at])
            if named is not None and len(value.path) > at + 1:
                name = f"handed:{self._target('./' + named[1])}:{named[2] or 'call_api'}:{spell(value.path)}"
                found[value.path, value.span] = (name,)
        return found

    def _target(self, source: str) -> str:
        """The folder that a relative source means, from the root of the tree; a source elsewhere stays as it is."""
        if not source.startswith("."):
            return source
        parts = [part for part in self._folder.split("/") if part]
        for part in source.split("?")[0].replace("//", "/").split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part not in (".", ""):
                parts.append(part)
        return "/".join(parts)


def from_maps(values: Sequence[Value]) -> list[Value]:
    """The values of a file, and for each variable that a container takes from an entry of a config map a definition that refers to it."""
    texts = {value.path: value.text for value in values if value.path[-1:] in (("name",), ("key",))}
    found = list(values)
    for value in values:
        if value.kind is not Kind.ENTRY or value.path[-1:] != ("key",) or value.path[-2:-1] not in [(kind,) for kind in _REFERENCES]:
            continue
        variable, source = texts.get((*value.path[:-3], "name")), texts.get((*value.path[:-1], "name"))
        if variable is not None and source is not None:
            refer = Name(f"configmap:{source}.{value.text}", value.span)
            found.append(value._replace(path=(*value.path[:-3], variable), kind=Kind.ENVIRONMENT, expr=refer))
    return found


def _maps(values: Iterable[Value]) -> Names:
    """Entries of config maps and secrets."""
    found: Names = {}
    for document in _documents(values):
        said = {value.path: value.text for value in document}
        name = said.get(("metadata", "name"))
        if said.get(("kind",)) in ("ConfigMap", "Secret") and name is not None:
            for value in document:
                if len(value.path) == 2 and value.path[0] in ("data", "stringData"):
                    found[value.path, value.span] = (f"configmap:{name}.{value.path[1]}",)
    return found


def _documents(values: Iterable[Value]) -> list[list[Value]]:
    """The documents of a stream, whose paths all begin anew: each has one `kind`."""
    documents: list[list[Value]] = [[]]
    seen: set[Path] = set()
    for value in values:
        if value.path in _FIRST:
            if value.path in seen:
                documents.append([])
                seen.clear()
            seen.add(value.path)
        documents[-1].append(value)
    return documents


_FIRST: tuple[Path, ...] = (("apiVersion",), ("kind",))


def _generated(values: Sequence[Value]) -> Names:
    """Entries of the config maps that kustomize makes."""
    names = {value.path[:2]: value.text for value in values if value.path[:1] == ("configMapGenerator",) and value.path[2:] == ("name",)}
    return {
        (value.path, value.span): (f"configmap:{names[value.path[:2]]}.{value.path[-1]}",)
        for value in values
        if value.path[:2] in names and value.path[2:3] == ("literals",) and len(value.path) == 5
    }


def _build_arguments(values: Iterable[Value]) -> Names:
    """What compose hands to the build of an image."""
    return {
        (value.path, value.span): (f"arg:{value.path[-1]}",)
        for value in values
        if "build" in value.path[:-2] and any(part in BUILD_ARGUMENTS for part in value.path[-3:-1]) and isinstance(value.path[-1], str)
    }
