"""Which names lead out of the files read so far: the rest of the tree is searched for them, and only files where they occur are read.

A name is demanded when a model ID can travel under it: a constant, class, function or instance that holds one and that another file may
import, a callee that is given one, an environment variable that is set to one. What carries is found by spreading from the IDs along
bindings, imports and calls (`spread`); each of them is looked at once. An attribute carries only where one of that name holds an ID in some
object, and the result of a function that gives back what it is given only where it is given one.
"""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.record import NamedTuple
from modelaudit.link import elsewhere, handed
from modelaudit.link.modules import Modules
from modelaudit.link.spread import Spread
from modelaudit.link.tokens import FileTokens


class Demand(NamedTuple):
    """What to search the unread Python files for."""

    uses: tuple[tuple[str, tuple[str, ...]], ...]
    """(name, words of the modules that offer it): a file that uses the name mentions one of those words as well."""
    methods: tuple[str, ...]
    """Names of methods that are given one on a receiver of unknown class; linking takes them only when a single method has the name."""
    environment: tuple[str, ...]
    """Environment variables, upper case; settings classes may name them in lower case and without a prefix."""
    stars: tuple[str, ...]
    """Words of modules whose names may arrive by `import *`."""
    files: tuple[str, ...] = ()
    """Names of config files with an ID, lower case, and what names that are put together end in (`}.yaml`)."""
    references: tuple[str, ...] = ()
    """What config files write when they refer to others (`var.model_id`, `.Values.llm.model`)."""
    groups: tuple[str, ...] = ()
    """Names of groups of models."""
    classes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Like `uses`: classes of which instances carry that are made with an ID. A file that only makes some is not wanted."""
    paths: tuple[str, ...] = ()
    """Files with what a call that is given an ID may mean, or with a text or a function that a call's surroundings name."""

    def beyond(self, earlier: Demand) -> Demand:
        """What an earlier demand did not ask for: files that it did not lead to need not be searched for the same again."""
        return Demand(
            uses=_offered(self.uses, earlier.uses),
            methods=_new(self.methods, earlier.methods),
            environment=_new(self.environment, earlier.environment),
            stars=_new(self.stars, earlier.stars),
            files=_new(self.files, earlier.files),
            references=_new(self.references, earlier.references),
            groups=_new(self.groups, earlier.groups),
            classes=_offered(self.classes, earlier.classes),
            paths=_new(self.paths, earlier.paths),
        )


NO_DEMAND = Demand((), (), (), ())


class Demands:
    """What is demanded, round by round: what depends on what inside a file is worked out once."""

    def __init__(self, modules: Modules) -> None:
        """`modules` are all Python files of the tree, read or not."""
        self._modules = modules
        self._groups: set[str] = set()
        self._known: dict[str, FileTokens] = {}

    def of(self, facts: Iterable[FileFacts]) -> Demand:
        """The names that lead out of these files."""
        entries = list(facts)
        groups = {binding.name[6:] for file in entries for binding in file.bindings if binding.name.startswith("group:")}
        if groups != self._groups:
            self._groups = groups
            self._known.clear()
        spread = Spread([self._file(file) for file in entries], self._modules)
        spread.run()
        return Demand(
            uses=_sorted(spread.exported),
            methods=tuple(sorted(spread.methods)),
            environment=tuple(sorted(spread.environment)),
            stars=tuple(sorted({word for names in (spread.exported, spread.classes) for words in names.values() for word in words})),
            files=tuple(sorted(spread.files)),
            references=tuple(sorted(spread.references)),
            groups=tuple(sorted(groups)),
            classes=_sorted(spread.classes),
            paths=tuple(sorted({*elsewhere.leads({file.path: file for file in entries}, self._modules), *_handed(entries), *spread.paths})),
        )

    def _file(self, facts: FileFacts) -> FileTokens:
        known = self._known.get(facts.path)
        if known is None:
            known = self._known[facts.path] = FileTokens(facts, self._modules, self._groups)
        known.hot.clear()
        return known


def _sorted(names: dict[str, set[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, tuple(sorted(words))) for name, words in names.items()))


def _offered(
    names: tuple[tuple[str, tuple[str, ...]], ...], known: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names that are new, or offered by modules that are."""
    before = {name: frozenset(words) for name, words in known}
    new = ((name, tuple(word for word in words if word not in before.get(name, ()))) for name, words in names)
    return tuple((name, words) for name, words in new if words)


def _new(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    before = frozenset(known)
    return tuple(name for name in names if name not in before)


def _handed(entries: Iterable[FileFacts]) -> set[str]:
    """Files with a function that a config file hands an ID to."""
    return {target for file in entries for binding in file.bindings if (target := handed.target(binding.name))}
