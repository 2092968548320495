"""Which values of config files are models: the one matcher over `rules/keys.toml`.

A rule belongs to a file by its path, its format and markers in its text; within the file, key paths say what is a model and in which role.
Names of environment variables and command-line options mean the same everywhere and are looked up without a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from modelaudit.domain.document import Path
from modelaudit.domain.shapes import UNSELECTING, FlagRule, GenericKey, KeyPath, KeyRule, Keys
from modelaudit.extract.globs import Glob
from modelaudit.extract.keypaths import Pattern, compile_path, undotted


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
        self._rules = tuple(_Rule(rule) for rule in keys.rules)
        self._generic = {_plain(key.name): key for key in keys.generic}
        self._not_suffixes = keys.not_suffixes
        self._variables: dict[str, VariableMatch | None] = {}

    def for_file(self, path: str, format: str, text: str) -> FileKeys:
        """The rules of one file. `path` is relative to the scan root; `text` is searched for the rules' markers."""
        known = _SAME.get(format, format)
        parts = path.lower().split("/")
        return FileKeys(self, tuple(rule for rule in self._rules if rule.belongs(parts, known, text)))

    def generic(self, key: str) -> GenericKey | None:
        """A key that carries a model in any file when its value is spelled like one: `model_id`, `modelId`, `llm.model-id`."""
        return self._generic.get(_plain(key))

    def variable(self, name: str) -> VariableMatch | None:
        """The role of an environment variable, None when its name is not that of a model or says that it is none."""
        known = name.upper()
        if known not in self._variables:
            self._variables[known] = self._classify(known)
        return self._variables[known]

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

    def _classify(self, name: str) -> VariableMatch | None:
        groups = self._keys.variables
        for group in groups:
            if name in group.exact:
                return None if group.role == "not-a-model" else _variable(group.role, name in group.candidate)
        if name.endswith(self._not_suffixes):
            return None
        fitting = [(len(suffix), group.role) for group in groups for suffix in group.suffixes if name.endswith(suffix)]
        if fitting:
            longest = max(length for length, _ in fitting)
            return _variable(next(role for length, role in fitting if length == longest), True)
        parts = name.split("_")
        return _variable("default", True) if any(part in self._keys.variable_parts for part in parts) else None


class FileKeys:
    """The rules that belong to one file."""

    def __init__(self, index: KeyIndex, rules: tuple[_Rule, ...]) -> None:
        self._index = index
        self._rules = rules

    @property
    def rules(self) -> tuple[KeyRule, ...]:
        """The rules, in the order in which they decide."""
        return tuple(rule.rule for rule in self._rules)

    def match(self, path: Path) -> KeyMatch | None:
        """What the first rule that knows a key path says; None when it is nothing special."""
        return self._match(path) or (self._match(undotted(path)) if _has_dot(path) else None)

    def is_parameter(self, path: Path) -> bool:
        """Whether a migration may ask about the value at a key path."""
        return any(pattern.matches(path) for rule in self._rules for pattern in rule.params())

    def is_pin(self, path: Path) -> bool:
        """Whether the value at a key path pins or floats the model's version."""
        return any(pattern.matches(path) for rule in self._rules for pattern in rule.pins())

    def embedded(self, path: Path) -> str | None:
        """The language of the text at a key path, when a rule knows it to be one."""
        return next((language for rule in self._rules for pattern, language in rule.embedded() if pattern.matches(path)), None)

    def _match(self, path: Path) -> KeyMatch | None:
        end = next((part for part in reversed(path) if isinstance(part, str)), "")
        for rule in self._rules:
            for pattern, key, fallback in rule.patterns():
                if (pattern.last and end not in pattern.last) or not pattern.matches(path):
                    continue
                found = self._found(rule.rule, key, fallback, end)
                if found is not None:
                    return found
            generic = self._index.generic(end) if rule.rule.generic else None
            if generic is not None:
                return KeyMatch(rule.rule.id, generic.role, generic.dialect, "candidate", False, rule.rule.exposure)
        return None

    def _found(self, rule: KeyRule, key: KeyPath, fallback: bool, end: str) -> KeyMatch | None:
        if key.needs != "environment":
            return KeyMatch(rule.id, key.role, key.dialect, key.needs, fallback, rule.exposure)
        variable = self._index.variable(end)
        if variable is None:
            return KeyMatch(rule.id, key.role, key.dialect, "candidate", fallback, rule.exposure)
        if variable.role == "platform":
            return None
        return KeyMatch(rule.id, variable.role, variable.dialect or key.dialect, variable.needs, fallback, rule.exposure)


class _Rule:
    """A rule with its patterns, which are compiled when a file first needs them."""

    def __init__(self, rule: KeyRule) -> None:
        self.rule = rule
        self._globs: tuple[Glob, ...] | None = None
        self._patterns: tuple[tuple[Pattern, KeyPath, bool], ...] | None = None

    def belongs(self, parts: list[str], format: str, text: str) -> bool:
        if format not in self.rule.formats:
            return False
        if self._globs is None:
            self._globs = tuple(Glob(glob.lower()) for glob in self.rule.files)
        if not any(glob.matches(parts) for glob in self._globs):
            return False
        any_of = self.rule.any_of
        return all(mark in text for mark in self.rule.all_of) and (not any_of or any(mark in text for mark in any_of))

    def patterns(self) -> tuple[tuple[Pattern, KeyPath, bool], ...]:
        if self._patterns is None:
            wanted = [(key, False) for key in self.rule.keys] + [(key, True) for key in self.rule.fallback]
            self._patterns = tuple((compile_path(key.path), key, fallback) for key, fallback in wanted)
        return self._patterns

    def params(self) -> Iterable[Pattern]:
        return map(compile_path, self.rule.params)

    def pins(self) -> Iterable[Pattern]:
        return map(compile_path, self.rule.pin)

    def embedded(self) -> Iterable[tuple[Pattern, str]]:
        return ((compile_path(path), language) for path, language in self.rule.embedded)


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


def _plain(key: str) -> str:
    """One spelling for `modelId`, `model_id`, `model-id` and `MODEL_ID`."""
    return re.sub(r"[-_ ]", "", key.rpartition(".")[2]).lower()


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
