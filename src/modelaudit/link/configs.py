"""Config files as the tables that reading them gives: every key with a model stands where the file has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from modelaudit.domain.expr import Choice, Entry, Expr, Name, Table, Unknown
from modelaudit.domain.facts import Binding
from modelaudit.domain.keypaths import spell
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.link.filenames import is_config, matching
from modelaudit.link.values import PathValue

if TYPE_CHECKING:
    from modelaudit.link.program import Program

_PART = late(r"\[(\d+)\]|'((?:[^']|'')*)'|([^.\[\]]+)")

Tree: TypeAlias = "dict[str | int, Leaf]"


class Leaf(NamedTuple):
    """A place in a file: the bindings there, several where sections lie over one another, and what stands below it."""

    bindings: list[Binding]
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

    def find(self, path: PathValue, reader: str, *, layered: bool = False) -> tuple[Found, ...]:
        """The files that a name may mean in the program `reader`, each as the table of its keys."""
        names, sure = matching(path, self._names, reader)
        return tuple(Found(name, self._layered(name) if layered else self.table(name), sure) for name in names)

    def table(self, path: str) -> Table:
        """What reading a file gives: a key that holds no model ID gives an unknown value, and no default is lost for it."""
        if path not in self._tables:
            tree: Tree = {}
            for binding in self._program.files[path].bindings:
                put(tree, parts(binding.name), binding)
            self._tables[path] = _table(tree, path)
        return self._tables[path]

    def _layered(self, path: str) -> Table:
        """The same for libraries that lay the sections of a file over one another and ask for keys without regard to case."""
        tree: Tree = {}
        for binding in self._program.files[path].bindings:
            keys = parts(binding.name)
            for start in (0, 1) if len(keys) > 1 else (0,):
                put(tree, tuple(key.lower() if isinstance(key, str) else key for key in keys[start:]), binding)
        return _cased(_table(tree, path))


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


def put(tree: Tree, keys: tuple[str | int, ...], binding: Binding) -> None:
    """Adds a binding at its place."""
    for key in keys[:-1]:
        tree = tree.setdefault(key, Leaf([], {})).below
    for key in keys[-1:]:
        tree.setdefault(key, Leaf([], {})).bindings.append(binding)


def _table(tree: Tree, path: str, above: tuple[str | int, ...] = ()) -> Table:
    entries = [
        Entry(key, _value(leaf, path, (*above, key)), leaf.bindings[0].span if leaf.bindings else None) for key, leaf in tree.items()
    ]
    if tree and all(isinstance(key, int) for key in tree):
        return Table(tuple(entries), mapping=False)
    below = f" below {spell(above)}" if above else ""
    unknown = Unknown(f"{path.rpartition('/')[2]} has no model ID at that key{below}")
    return Table((*entries, Entry(None, unknown)), mapping=True)


def _value(leaf: Leaf, path: str, keys: tuple[str | int, ...]) -> Expr:
    if not leaf.bindings or leaf.below:
        return _table(leaf.below, path, keys)
    names = tuple(Name(binding.name, binding.span) for binding in leaf.bindings)
    return names[0] if len(names) == 1 else Choice(names)


def _cased(table: Table) -> Table:
    """The same table with every key in capitals as well."""
    entries: list[Entry] = []
    for entry in table.entries:
        value = _cased(entry.value) if isinstance(entry.value, Table) else entry.value
        entries.append(entry._replace(value=value))
        if isinstance(entry.key, str):
            entries.append(Entry(entry.key.upper(), value, entry.key_span))
    return Table(tuple(entries), table.mapping)


def _is_dotenv(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".env")
