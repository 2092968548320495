"""Whether a value of a config file chooses a model: key rules first, then names of variables and options."""

from __future__ import annotations

import re

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.keys import FileKeys, KeyIndex
from modelaudit.extract.surroundings import provider

ENVIRONMENT = "environment"
"""Shape of sites that are the definition of an environment variable, which code reads."""
COMMAND_LINE = "command-line"
"""Shape of sites that are options of a command."""
_INNER = frozenset(("name", "id", "value", "default", "primary", "main", "deployment", "Ref", "Fn::Sub", "Default"))
_MODEL_CLASS = late(
    r"(?:language|chat|text|image|textEmbedding|embedding|completion)Model|[A-Z]\w*(?:Model|LLM|Embeddings?|Chat)"
    r"|\w*(?:OpenAI|Anthropic|Bedrock|Gemini|VertexAI|Mistral)\w*"
)
_FALLBACK = late(r"fall_?-?backs?", re.IGNORECASE)


class Selection(NamedTuple):
    """Why a value is taken for a model."""

    shape: str
    operation: str
    dialect: str
    selects: bool
    """False for groups, permission lists, recordings."""
    sure: bool
    """True when the place is enough, whatever the value."""
    specific: bool
    """True when a rule for this kind of file knows the place, False for names that mean a model anywhere."""
    fallback: bool


class Selector:
    """The rules of one file and the names that count everywhere."""

    def __init__(self, index: KeyIndex, keys: FileKeys) -> None:
        self._index = index
        self._keys = keys
        self._generic = frozenset(rule.id for rule in keys.rules if rule.generic)

    def select(self, value: Value) -> Selection | None:
        """What the place of a value says, None when it says nothing."""
        if not value.path:
            return None
        match value.kind:
            case Kind.ENVIRONMENT:
                return self._variable(value.path)
            case Kind.OPTION:
                return self._option(str(value.path[-1]), str(value.path[-2]))
            case Kind.WORD:
                return self._positional(value.path)
            case Kind.KEY:
                return self._key(value.path)
            case Kind.ARGUMENT if isinstance(value.path[-1], int):
                return self._rule(value.path) or _call(value.path)
            case Kind.ENTRY | Kind.ARGUMENT:
                return self._entry(value.path)
        return None

    def is_fallback(self, path: Path) -> bool:
        """Whether a key on the way says that the value is used only when the first choice fails."""
        return any(isinstance(part, str) and _FALLBACK.search(part) for part in path[-3:])

    def names_model(self, name: str) -> bool:
        """Whether the name of a variable, key or constant is that of a model."""
        variable = self._index.variable(_shouted(name))
        return variable is not None and variable.role != "platform"

    def _entry(self, path: Path) -> Selection | None:
        found = self._rule(path)
        if found is None and path and path[-1] in _INNER:
            # `model: {provider: openai, name: gpt-4o}`: what the parent would choose, its name chooses.
            found = self._rule(path[:-1])
        if found is not None or not path:
            return found
        if self.is_fallback(path):
            return Selection("fallback", "default", "openai", True, False, False, True)
        if not isinstance(path[-1], str):
            return None
        variable = self._index.variable(_shouted(path[-1]))
        if variable is None or variable.role == "platform":
            return None
        return Selection("named-key", variable.role, variable.dialect or "openai", True, False, False, False)

    def _rule(self, path: Path) -> Selection | None:
        if not path:
            return None
        match = self._keys.match(path)
        if match is None:
            return None
        specific = match.rule not in self._generic
        fallback = match.fallback or self.is_fallback(path)
        return Selection(match.rule, match.role, match.dialect, match.selects, not match.needs, specific, fallback)

    def _key(self, path: Path) -> Selection | None:
        """A key never chooses; it may be the name of a group, which is no ID whatever it looks like (`fallbacks: [{gpt-4: [cheap]}]`)."""
        found = self._rule((*path, 0)) if path else None
        return found if found is not None and found.operation == "group" else None

    def _variable(self, path: Path) -> Selection | None:
        name = str(path[-1])
        match = self._keys.match(path)
        variable = self._index.variable(name)
        if match is not None and (variable is not None or not match.needs):
            return Selection(ENVIRONMENT, match.role, match.dialect, match.selects, not match.needs, True, match.fallback)
        if variable is None or variable.role == "platform":
            return None
        dialect = variable.dialect or "openai"
        return Selection(ENVIRONMENT, variable.role, dialect, True, not variable.needs, True, self.is_fallback(path))

    def _option(self, option: str, command: str) -> Selection | None:
        found = self._index.option(option, command)
        if found is None:
            name = option.lstrip("-").replace("-", "_")
            if not option.startswith("--") or not self.names_model(name):
                return None
            return Selection(COMMAND_LINE, "default", "openai", True, False, False, "fallback" in option)
        selects = found.kind in ("model", "assignment")
        return Selection(COMMAND_LINE, "default", "openai", selects, not found.needs, True, "fallback" in option)

    def _positional(self, path: Path) -> Selection | None:
        before = str(path[-2]) if len(path) > 1 else ""
        if not before or not self._index.takes_positional(before) or self._index.takes_positional(before.rpartition(" ")[0]):
            return None
        return Selection(COMMAND_LINE, "default", "ollama" if before.startswith("ollama") else "hf", True, True, True, False)


def _call(path: Path) -> Selection | None:
    """A call that is named after a provider or a kind of model: `openai("gpt-4o")`, `new ChatAnthropic("…")`."""
    callee = path[-2] if len(path) > 1 else None
    if not isinstance(callee, str) or not (provider(callee) or _MODEL_CLASS.fullmatch(callee)):
        return None
    return Selection("call", "embedding" if "mbed" in callee else "chat", "openai", True, False, False, False)


def _shouted(name: str) -> str:
    """`summaryModel`, `summary-model` and `summary_model` as the variable `SUMMARY_MODEL`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").upper()
