"""Config files as the tables that reading them gives: every key with a model stands where the file has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from modelaudit.domain.expr import Entry, Expr, Name, Table, Unknown
from modelaudit.domain.facts import Binding
from modelaudit.link.filenames import is_config, matching
from modelaudit.link.values import PathValue

if TYPE_CHECKING:
    from modelaudit.link.program import Program

_PART = re.compile(r"\[(\d+)\]|'((?:[^']|'')*)'|([^.\[\]]+)")
_NO_MODEL = Unknown("the file has no model ID at that key")

Tree: TypeAlias = "dict[str | int, Leaf]"


class Leaf(NamedTuple):
    """A place in a file: the binding there, and what stands below it."""

    binding: Binding | None
    below: Tree


class Found(NamedTuple):
    """A file of the tree and what reading it gives; not `sure` when the name only ends alike."""

    path: str
    table: Table
    sure: bool


class Configs:
    """The config files of a tree, looked up by the names that programs open them by."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._names = tuple(path for path in sorted(program.files) if is_config(path) or _is_dotenv(path))
        self._tables: dict[str, Table] = {}

    def find(self, path: PathValue, reader: str) -> tuple[Found, ...]:
        """The files that a name may mean in the program `reader`, each as the table of its keys."""
        names, sure = matching(path, self._names, reader)
        return tuple(Found(name, self.table(name), sure) for name in names)

    def table(self, path: str) -> Table:
        """What reading a file gives: a key that holds no model ID gives an unknown value, and no default is lost for it."""
        if path not in self._tables:
            tree: Tree = {}
            for binding in self._program.files[path].bindings:
                _put(tree, parts(binding.name), binding)
            self._tables[path] = _table(tree)
        return self._tables[path]


def parts(name: str) -> tuple[str | int, ...]:
    """The keys of a binding's name: `key:models[0].name`, `env:MODEL`; empty for what is no key."""
    kind, _, spelled = name.partition(":")
    if kind == "env":
        return (spelled,)
    if kind != "key":
        return ()
    found: list[str | int] = []
    for match in _PART.finditer(spelled):
        if match[1] is not None:
            found.append(int(match[1]))
        else:
            found.append(match[3] if match[2] is None else match[2].replace("''", "'"))
    return tuple(found)


def _put(tree: Tree, keys: tuple[str | int, ...], binding: Binding) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, Leaf(None, {})).below
    for key in keys[-1:]:
        known = tree.get(key)
        if known is None or known.binding is None:
            tree[key] = Leaf(binding, known.below if known is not None else {})


def _table(tree: Tree) -> Table:
    entries = [Entry(key, _value(leaf), leaf.binding.span if leaf.binding is not None else None) for key, leaf in tree.items()]
    if tree and all(isinstance(key, int) for key in tree):
        return Table(tuple(entries), mapping=False)
    return Table((*entries, Entry(None, _NO_MODEL)), mapping=True)


def _value(leaf: Leaf) -> Expr:
    if leaf.binding is None or leaf.below:
        return _table(leaf.below)
    return Name(leaf.binding.name, leaf.binding.span)


def _is_dotenv(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".env")
