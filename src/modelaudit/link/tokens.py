"""What depends on what inside one file: names, attributes, calls and their results, as tokens."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain.expr import Attribute, Env, Expr, Join, Name, Result, Self, Table, Text, Unknown, children
from modelaudit.domain.facts import FileFacts, Import, Role
from modelaudit.domain.location import Span
from modelaudit.link import filenames
from modelaudit.link.loading import CARRYING, FILE_ARGUMENTS
from modelaudit.link.modules import Modules
from modelaudit.link.written import Written

Given: TypeAlias = tuple[int, str | int]
"""A call of a file, by its position among them, and the argument that carries."""


Needed: TypeAlias = tuple[str, str]
"""A token, and the attribute that is taken of what it stands for."""


_SAME = frozenset(("value", "name", "_value_", "get_secret_value", "default"))
"""Attributes that give back the thing itself: members of enums, secrets."""
KEY = "<key>."
"""Begins the name of what is no binding, but an entry of a table in one."""
_LEAVES = frozenset((Text, Name, Self, Unknown))
"""Terms with nothing inside."""
SHARED = ("n:key:", "n:values:", "n:configmap:", "n:arg:", "n:stack:")


class FileTokens:
    """One file: what depends on what in it. Tokens are `n:` a name of the file, `s:` an attribute of self, `e:` an environment variable,
    `m:` the result of a method of that name. Beside each stands the attribute that is taken of it, if any: it must carry as well."""

    def __init__(self, facts: FileFacts, modules: Modules, groups: set[str]) -> None:
        self.facts = facts
        self.python = facts.language == "python"
        self.words = _module_words(facts.path)
        inside = [entry for entry in facts.imports if _is_inside(entry, facts.path, modules)]
        self.imports = {entry.name: entry for entry in inside if entry.name != "*"}
        """What comes from files of the tree."""
        self.outside = frozenset(entry.name for entry in facts.imports if entry.name not in self.imports)
        """What comes from libraries."""
        self.stars = tuple(entry for entry in inside if entry.name == "*")
        self.functions = {function.name: function for function in facts.functions}
        self.classes = {entry.name: entry for entry in facts.classes}
        self.annotations = dict(facts.annotations)
        self.values: dict[str, list[Expr]] = {}
        """What is assigned to each name, whichever version of it."""
        self.hot: dict[str, set[str]] = {}
        """What carries, and the functions by whose parameters it does; `` for what carries whoever calls."""
        self.results: dict[Span, list[str | Given]] = {}
        """By call: the bindings and arguments in which its result stands."""
        self.bindings: dict[str, list[tuple[str, str]]] = {}
        self.calls: dict[str, list[tuple[Given, str]]] = {}
        self.first: list[str] = []
        self.first_calls: list[Given] = []
        literals = Written(literal for literal in facts.literals if literal.role is not Role.MENTION)
        for binding in facts.bindings:
            base = binding.name.partition("@")[0]
            self.values.setdefault(base, []).append(binding.value)
            tokens, has_id = _tokens(binding.value, literals, groups)
            if has_id:
                self.first.append(base)
            for token, needed in tokens:
                self.bindings.setdefault(token, []).append((base, needed))
            if type(binding.value) not in _LEAVES:
                self._inside(binding.value, base, literals, groups)
        for index, call in enumerate(facts.calls):
            for key, value in call.arguments:
                tokens, has_id = _tokens(value, literals, groups)
                if has_id:
                    self.first_calls.append((index, key))
                for token, needed in tokens:
                    self.calls.setdefault(token, []).append(((index, key), needed))
                if type(value) not in _LEAVES:
                    self._inside(value, (index, key), literals, groups)
        self.wide = sorted({token for token in (*self.bindings, *self.calls) if token.startswith(("e:", "m:"))})
        """Tokens that other files can heat."""

    def _inside(self, value: Expr, where: str | Given, literals: Written, groups: set[str]) -> None:
        """Notes the calls whose results stand in a value, and the entries of its tables: each can be had as an attribute of its key."""
        stack: list[Expr] = [value]
        while stack:
            present = stack.pop()
            if isinstance(present, Result):
                self.results.setdefault(present.span, []).append(where)
            elif isinstance(present, Table):
                for entry in present.entries:
                    if isinstance(entry.key, str):
                        self._keyed(entry.key, entry.value, literals, groups)
            stack += [child for child in children(present) if type(child) not in _LEAVES]

    def _keyed(self, key: str, value: Expr, literals: Written, groups: set[str]) -> None:
        tokens, has_id = _tokens(value, literals, groups)
        if has_id:
            self.first.append(KEY + key)
        for token, needed in tokens:
            self.bindings.setdefault(token, []).append((KEY + key, needed))


def _tokens(value: Expr, literals: Written, groups: set[str]) -> tuple[set[Needed], bool]:
    """What a value depends on, and whether an ID is written in it. The result of a call carries when its callee does, or when a class is
    given something that does."""
    tokens: set[str] = set()
    parts: set[Needed] = set()
    stack: list[Expr] = [value]
    while stack:
        present = stack.pop()
        match present:
            case Text():
                if literals.within(present.span) is not None or present.text in groups:
                    return _needing(tokens, parts), True
                if filenames.is_config(present.text):
                    tokens.add(f"f:{present.text.rpartition('/')[2].lower()}")
            case Name():
                tokens.add(f"n:{present.ref.partition('@')[0]}")
            case Attribute(base=Self(owner=owner), name=name):
                tokens.add(f"s:{owner}.{name}")
            case Attribute(base=base, name=name) if name not in _SAME:
                # What else an object holds says nothing of this attribute of it.
                inner, has_id = _tokens(base, literals, groups)
                if has_id:
                    return _needing(tokens, parts), True
                parts.update((token, "" if token.startswith("f:") else name) for token, _ in inner)
                tokens.update(_dotted(base, name))
                continue
            case Env():
                tokens.add(f"e:{present.name.upper()}")
            case Table():
                if any(entry.key_span is not None and literals.at(entry.key_span) is not None for entry in present.entries):
                    return _needing(tokens, parts), True
            case Join():
                tokens.update(f"f:*{ending}" for ending in map(_ending, present.parts) if ending)
            case Result():
                stack.extend(_of_result(present, tokens))
                continue
        stack.extend(children(present))
    return _needing(tokens, parts), False


def _dotted(base: Expr, name: str) -> set[str]:
    """The token of a chain of nothing but names: `settings.model`, `app.config.MODEL`."""
    root: Expr = base
    while isinstance(root, Attribute):
        name = f"{root.name}.{name}"
        root = root.base
    return {f"n:{root.ref.partition('@')[0]}.{name}"} if isinstance(root, Name) else set()


def _needing(tokens: set[str], parts: set[Needed]) -> set[Needed]:
    return {*((token, "") for token in tokens), *parts}


def _of_result(value: Result, tokens: set[str]) -> list[Expr]:
    last = ""
    match value.callee:
        case Name(ref=ref):
            last = ref.partition("@")[0].rpartition(".")[2]
            tokens.add(f"n:{ref.partition('@')[0]}")
        case Attribute(base=Self(owner=owner), name=last):
            tokens.add(f"s:{owner}.{last}()")
        case Attribute(base=base, name=last):
            tokens.add(f"m:{last}")
            tokens.update(_dotted(base, last))
            if isinstance(base, Name) and last[:1].isupper():
                tokens.add(f"n:{base.ref.partition('@')[0]}")
    if last in CARRYING:
        tokens.update(f"f:{inner.text}.yaml" for key, inner in value.arguments if key == "config_name" and isinstance(inner, Text))
        given = [inner for key, inner in value.arguments if isinstance(key, int) or key in FILE_ARGUMENTS or last[:1].isupper()]
        return [value.callee.base, *given] if isinstance(value.callee, Attribute) else given
    return [inner for _, inner in value.arguments] if last[:1].isupper() or last in ("partial", "dict", "replace") else []


def _ending(part: Expr) -> str:
    """`.yaml`, where a name that is put together ends in it."""
    return part.text[part.text.rfind(".") :].lower() if isinstance(part, Text) and filenames.is_config(part.text) else ""


def _is_inside(entry: Import, path: str, modules: Modules) -> bool:
    return entry.level > 0 or modules.find(entry.module, path) is not None or modules.is_package(entry.module)


def _module_words(path: str) -> set[str]:
    """Words by which other files import a module: its name, or its folder's for a package."""
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] == "__init__":
        parts = parts[:-1] or ["__init__"]
    return {parts[-1]}
