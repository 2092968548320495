"""Which values of config files are models: the one matcher over `rules/keys.toml`.

A rule belongs to a file by its path, its format and markers in its text; within the file, key paths say what is a model and in which role.
Names of environment variables and command-line options mean the same everywhere and are looked up without a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from modelaudit.domain.document import Path
from modelaudit.domain.keypaths import Pattern, compile_path, undotted
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.shapes import UNSELECTING, FlagRule, GenericKey, KeyPath, KeyRule, Keys
from modelaudit.extract.globs import Glob


class KeyMatch(NamedTuple):
    """What a rule says about one key path of a file."""

    rule: str
    role: str
    dialect: str
    needs: str
    """`candidate`: only a value that is spelled like a model ID counts; empty: the place is enough."""
    fallback: bool
    exposure: str

    @property
    def selects(self) -> bool:
        """Whether the value chooses a model; names of groups and permission lists do not."""
        return self.role not in UNSELECTING


class VariableMatch(NamedTuple):
    """What the name of an environment variable says."""

    role: str
    """As in `KeyMatch`, or `platform` for evidence of the platform."""
    dialect: str | None
    needs: str


class OptionMatch(NamedTuple):
    """What a command-line option carries."""

    kind: str
    """`model`, `assignment` (`model=ID`), `name` (an alias, no model), `pin` or `floating` (the option itself is an alias)."""
    needs: str


class KeyIndex:
    """All key rules, variables and options of the feed."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._variables: dict[str, VariableMatch | None] = {}

    @cached_property
    def _files(self) -> tuple[_Files, ...]:
        return tuple(_Files(rule) for rule in self._keys.rules)

    @cached_property
    def _generic(self) -> dict[str, GenericKey]:
        return {_plain(key.name): key for key in self._keys.generic}

    def for_file(self, path: str, format: str, text: str) -> FileKeys:
        """The rules of one file. `path` is relative to the scan root; `text` is searched for the rules' markers."""
        known = _SAME.get(format, format)
        parts = path.lower().split("/")
        return FileKeys(self, tuple(files.rule for files in self._files if files.include(parts, known, text)))

    def generic(self, key: str) -> GenericKey | None:
        """A key that carries a model in any file when its value is spelled like one: `model_id`, `modelId`, `llm.model-id`."""
        return self._generic.get(_plain(key))

    def variable(self, name: str) -> VariableMatch | None:
        """The role of an environment variable, None when its name is not that of a model or says that it is none."""
        found = self._known(name)
        return None if found is None or found.role == _NO_MODEL else found

    def is_no_model(self, name: str) -> bool:
        """Whether a variable's name says that it holds no model, whatever the value looks like: `MODEL_PATH`, `AUTH_USER_MODEL`."""
        found = self._known(name)
        return found is not None and found.role in (_NO_MODEL, "platform")

    def option(self, option: str, command: str | None = None) -> OptionMatch | None:
        """What an option of a command carries; `command` is the command line from the program's name on."""
        for rule in self._keys.flags:
            anywhere = rule.commands == ("*",)
            if anywhere or (command is not None and any(_begins(command, known) for known in rule.commands)):
                kind = _kind(rule, option)
                if kind is not None:
                    return OptionMatch(kind, "candidate" if anywhere else "")
        return None

    def takes_positional(self, command: str) -> bool:
        """Whether the first argument of a command is its model: `ollama run llama3.1`, `vllm serve meta-llama/…`."""
        return any(rule.positional and any(_begins(command, known) for known in rule.commands) for rule in self._keys.flags)

    def _known(self, name: str) -> VariableMatch | None:
        known = name.upper()
        if known not in self._variables:
            self._variables[known] = self._classify(known)
        return self._variables[known]

    def _classify(self, name: str) -> VariableMatch | None:
        groups = self._keys.variables
        for group in groups:
            if name in group.exact:
                return _variable(group.role, name in group.candidate)
        fitting = [(len(suffix), group.role) for group in groups for suffix in group.suffixes if name.endswith(suffix)]
        if fitting:
            longest = max(length for length, _ in fitting)
            return _variable(next(role for length, role in fitting if length == longest), True)
        if name.endswith(self._keys.not_suffixes):
            return _variable(_NO_MODEL, False)
        return _variable("default", True) if any(part in self._keys.variable_parts for part in name.split("_")) else None


class FileKeys:
    """The rules that belong to one file."""

    def __init__(self, index: KeyIndex, rules: tuple[KeyRule, ...]) -> None:
        self.rules = rules
        """In the order in which they decide."""
        self._index = index
        self._by_end: dict[str, list[_Place]] = {}
        self._open: list[_Place] = []
        self._matches: dict[Path, KeyMatch | None] = {}
        self._generic = next((rule for rule in rules if rule.generic), None)
        for order, place in enumerate(_places(rules)):
            numbered = place._replace(order=order)
            for end in place.pattern.last:
                self._by_end.setdefault(end, []).append(numbered)
            if not place.pattern.last:
                self._open.append(numbered)

    def match(self, path: Path) -> KeyMatch | None:
        """What the first rule that knows a key path says; None when it is nothing special."""
        # Lists repeat the same paths with other positions; patterns name none beyond the first few.
        place = tuple(part if isinstance(part, str) else min(part, _LAST_POSITION) for part in path)
        if place not in self._matches:
            self._matches[place] = self._match(path) or (self._match(undotted(path)) if _has_dot(path) else None) or self._general(path)
        return self._matches[place]

    def is_parameter(self, path: Path) -> bool:
        """Whether a migration may ask about the value at a key path."""
        return any(compile_path(known).matches(path) for rule in self.rules for known in rule.params)

    def is_pin(self, path: Path) -> bool:
        """Whether the value at a key path pins or floats the model's version."""
        return any(compile_path(known).matches(path) for rule in self.rules for known in rule.pin)

    def embedded(self, path: Path) -> str | None:
        """The language of the text at a key path, when a rule knows it to be one."""
        found = (language for rule in self.rules for known, language in rule.embedded if compile_path(known).matches(path))
        return next(found, None)

    def _match(self, path: Path) -> KeyMatch | None:
        end = _end(path)
        places = [place for place in self._open if place.pattern.within is None or place.pattern.within in path]
        for place in sorted((*self._by_end.get(end, ()), *places), key=_order):
            if place.pattern.matches(path):
                found = self._found(place, end)
                if found is not None:
                    return found
        return None

    def _general(self, path: Path) -> KeyMatch | None:
        if self._generic is None:
            return None
        key = self._index.generic(_end(path))
        return key and KeyMatch(self._generic.id, key.role, key.dialect, "candidate", False, self._generic.exposure)

    def _found(self, place: _Place, end: str) -> KeyMatch | None:
        rule, key = place.rule, place.key
        if key.needs != "environment":
            return KeyMatch(rule.id, key.role, key.dialect, key.needs, place.fallback, rule.exposure)
        variable = self._index.variable(end)
        if self._index.is_no_model(end):
            return None
        if variable is None:
            return KeyMatch(rule.id, key.role, key.dialect, "candidate", place.fallback, rule.exposure)
        return KeyMatch(rule.id, variable.role, variable.dialect or key.dialect, variable.needs, place.fallback, rule.exposure)


class _Place(NamedTuple):
    """A key path of a rule, ready to match."""

    rule: KeyRule
    key: KeyPath
    pattern: Pattern
    fallback: bool
    order: int = 0


def _places(rules: tuple[KeyRule, ...]) -> Iterator[_Place]:
    for rule in rules:
        for key in rule.keys:
            yield _Place(rule, key, compile_path(key.path), False)
        for key in rule.fallback:
            yield _Place(rule, key, compile_path(key.path), True)


def _order(place: _Place) -> int:
    return place.order


class _Files:
    """Which files a rule is for. Its globs are taken apart when a file of its format first asks."""

    def __init__(self, rule: KeyRule) -> None:
        self.rule = rule
        self._globs: tuple[Glob, ...] | None = None

    def include(self, parts: list[str], format: str, text: str) -> bool:
        if format not in self.rule.formats:
            return False
        if self._globs is None:
            self._globs = tuple(Glob(glob.lower()) for glob in self.rule.files)
        if not any(glob.matches(parts) for glob in self._globs):
            return False
        any_of = self.rule.any_of
        return all(mark in text for mark in self.rule.all_of) and (not any_of or any(mark in text for mark in any_of))


_LAST_POSITION = 10
_NO_MODEL = "not-a-model"

_SAME = {
    "jsonc": "json",
    "json5": "json",
    "jsonl": "json",
    "properties": "ini",
    "dotenv": "env",
    "ipynb": "notebook",
    "terraform": "hcl",
    "containerfile": "dockerfile",
    "yml": "yaml",
}
"""Formats that hold the same conventions."""


@lru_cache(4096)
def _plain(key: str) -> str:
    """One spelling for `modelId`, `model_id`, `model-id` and `MODEL_ID`."""
    return re.sub(r"[-_ ]", "", key.rpartition(".")[2]).lower()


def _end(path: Path) -> str:
    """The last key; list positions at the end do not count."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _has_dot(path: Path) -> bool:
    return any(isinstance(part, str) and "." in part for part in path)


def _variable(role: str, candidate: bool) -> VariableMatch:
    dialect = "azure-deployment" if role == "azure-deployment" else None
    return VariableMatch("default" if dialect else role, dialect, "candidate" if candidate else "")


def _begins(command: str, known: str) -> bool:
    """Whole words: `ollama run` begins `ollama run llama3.1` and `/usr/bin/ollama run x`, not `ollama runner`."""
    words = command.split()
    wanted = known.split()
    return bool(words) and [words[0].rpartition("/")[2], *words[1 : len(wanted)]] == wanted


def _kind(rule: FlagRule, option: str) -> str | None:
    kinds = (("model", rule.flags), ("assignment", rule.assignments), ("name", rule.names), ("pin", rule.pins), ("floating", rule.floating))
    return next((kind for kind, options in kinds if option in options), None)
