"""Which names lead out of the files read so far: the rest of the tree is searched for them, and only files where they occur are read.

A name is demanded when a model ID can travel under it: a constant, class, function or instance that holds one and that another file may
import, a callee that is given one, an environment variable that is set to one. What carries is found by spreading from the IDs along
bindings, imports and calls; each of them is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from modelaudit.domain.expr import Attribute, Env, Expr, Join, Name, Result, Self, Table, Text, children
from modelaudit.domain.facts import Class, FileFacts, Function, Role
from modelaudit.domain.record import NamedTuple
from modelaudit.link import elsewhere, filenames, handed, references
from modelaudit.link.loading import CARRYING, FILE_ARGUMENTS
from modelaudit.link.modules import Modules
from modelaudit.link.written import Written

# fmt: off
COMMON_METHODS = frozenset((
    "add", "append", "build", "call", "chat", "close", "complete", "copy", "count", "create", "debug", "decode", "delete",
    "discard", "emit", "encode", "endswith", "error", "exception", "execute", "extend", "fetch", "find", "format", "from_config",
    "from_dict", "generate", "get", "handle", "index", "info", "init", "insert", "invoke", "items", "join", "keys", "list",
    "load", "log", "lower", "main", "open", "parse", "patch", "pop", "post", "print", "process", "put", "query", "read",
    "register", "remove", "replace", "request", "reset", "resolve", "run", "save", "search", "send", "set", "setdefault", "setup",
    "split", "start", "startswith", "stop", "stream", "strip", "submit", "sync", "to_dict", "transform", "update", "upper",
    "validate", "values", "warning", "write",
))
# fmt: on
"""Method names that say nothing about the class: a call of one on an unknown receiver leads nowhere."""


class Demand(NamedTuple):
    """What to search the unread Python files for."""

    uses: tuple[tuple[str, tuple[str, ...]], ...]
    """(name, words of the modules that offer it): a file that uses the name mentions one of those words as well."""
    definitions: tuple[str, ...]
    """Names of classes and functions that are given a model ID somewhere."""
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
    paths: tuple[str, ...] = ()
    """Files with a text or a function that a call's surroundings name."""


def demanded(facts: Iterable[FileFacts], modules: Modules) -> Demand:
    """The names that lead out of these files; `modules` are all Python files of the tree, read or not."""
    entries = list(facts)
    groups = {binding.name[6:] for file in entries for binding in file.bindings if binding.name.startswith("group:")}
    spread = _Spread([_File(file, modules, groups) for file in entries])
    spread.run()
    return Demand(
        uses=tuple(sorted((name, tuple(sorted(words))) for name, words in spread.exported.items())),
        definitions=tuple(sorted(spread.called)),
        methods=tuple(sorted(spread.methods - COMMON_METHODS)),
        environment=tuple(sorted(spread.environment)),
        stars=tuple(sorted({word for words in spread.exported.values() for word in words})),
        files=tuple(sorted(spread.files)),
        references=tuple(sorted(spread.references)),
        groups=tuple(sorted(groups)),
        paths=tuple(sorted({*elsewhere.leads({file.path: file for file in entries}, modules), *_handed(entries)})),
    )


def _handed(entries: Iterable[FileFacts]) -> set[str]:
    """Files with a function that a config file hands an ID to."""
    return {target for file in entries for binding in file.bindings if (target := handed.target(binding.name))}


Given: TypeAlias = tuple[int, str | int]
"""A call of a file, by its position among them, and the argument that carries."""


class _File:
    """One file: what depends on what in it. Tokens are `n:` a name of the file, `s:` an attribute of self, `e:` an environment variable,
    `m:` the result of a method of that name."""

    def __init__(self, facts: FileFacts, modules: Modules, groups: set[str]) -> None:
        self.facts = facts
        self.python = facts.language == "python"
        self.words = _module_words(facts.path)
        self.imports: dict[str, str] = {}
        for entry in facts.imports:
            inside = entry.level > 0 or modules.find(entry.module, facts.path) is not None or modules.is_package(entry.module)
            if inside and entry.name != "*":
                self.imports[entry.name] = entry.attribute or entry.module.rpartition(".")[2]
        self.hot: set[str] = set()
        self.bindings: dict[str, list[str]] = {}
        self.calls: dict[str, list[Given]] = {}
        self.first: list[str] = []
        self.first_calls: list[Given] = []
        literals = Written(literal for literal in facts.literals if literal.role is not Role.MENTION)
        for binding in facts.bindings:
            base = binding.name.partition("@")[0]
            tokens, has_id = _tokens(binding.value, literals, groups)
            if has_id:
                self.first.append(base)
            for token in tokens:
                self.bindings.setdefault(token, []).append(base)
        for index, call in enumerate(facts.calls):
            for key, value in call.arguments:
                tokens, has_id = _tokens(value, literals, groups)
                if has_id:
                    self.first_calls.append((index, key))
                for token in tokens:
                    self.calls.setdefault(token, []).append((index, key))
        self.wide = sorted({token for token in (*self.bindings, *self.calls) if token.startswith(("e:", "m:"))})
        """Tokens that other files can heat."""


_SHARED = ("n:key:", "n:values:", "n:configmap:", "n:arg:", "n:stack:")


class _Spread:
    """Everything that carries an ID, found by a worklist over (file, token)."""

    def __init__(self, files: list[_File]) -> None:
        self._files = files
        self._queue: list[tuple[_File, str]] = []
        self._importers: dict[str, list[tuple[_File, str]]] = {}
        self._functions: dict[str, list[tuple[_File, Function]]] = {}
        self._users: dict[str, list[_File]] = {}
        self._given: set[tuple[int, Given]] = set()
        self.exported: dict[str, set[str]] = {}
        self.called: set[str] = set()
        self.methods: set[str] = set()
        self.environment: set[str] = set()
        self.results: set[str] = set()
        self.files: set[str] = set()
        self.references: set[str] = set()
        self._holders: dict[str, list[_File]] = {}
        """The files with something that depends on a name which any file may offer: a config file, a key of one."""
        for file in files:
            for token in sorted({*file.bindings, *file.calls}):
                if token.startswith("f:") or (not file.python and token.startswith(_SHARED)):
                    self._holders.setdefault(token, []).append(file)
            for token in file.wide:
                self._users.setdefault(token, []).append(file)
            for name, original in file.imports.items():
                self._importers.setdefault(original, []).append((file, name))
            for function in file.facts.functions:
                self._functions.setdefault(function.name.removesuffix(".__init__").rpartition(".")[2], []).append((file, function))

    def run(self) -> None:
        """Spread until nothing new carries."""
        for file in self._files:
            for base in file.first:
                self._bound(file, base)
            for given in file.first_calls:
                self._call(file, given)
        while self._queue:
            file, token = self._queue.pop()
            for base in file.bindings.get(token, ()):
                self._bound(file, base)
            for given in file.calls.get(token, ()):
                self._call(file, given)
        self._bases()

    def _bases(self) -> None:
        """A class that carries, or is given an ID: what its bases do with the attribute is written where they are defined."""
        classes: dict[str, list[tuple[_File, Class]]] = {}
        for file in self._files:
            for entry in file.facts.classes:
                classes.setdefault(entry.name, []).append((file, entry))
        waiting = [
            (file, entry)
            for found in classes.values()
            for file, entry in found
            if entry.name in self.called or f"n:{entry.name}" in file.hot
        ]
        seen: set[str] = set()
        while waiting:
            file, entry = waiting.pop()
            for base in entry.bases:
                name = _base_name(file, base)
                if name is not None and name not in seen:
                    seen.add(name)
                    self.called.add(name)
                    waiting.extend(classes.get(name, ()))

    def _heat(self, file: _File, token: str) -> None:
        if token not in file.hot:
            file.hot.add(token)
            self._queue.append((file, token))

    def _bound(self, file: _File, base: str) -> None:
        """A binding carries: its name does, and whatever may be reached through it."""
        if f"n:{base}" in file.hot:
            return
        self._heat(file, f"n:{base}")
        if not file.python and base.startswith(("env:", "key:")):
            self._read_by_name(file.facts.path)
        if base.startswith(("env:", "plain:")):
            self._environment(base.partition(":")[2].upper())
            return
        if not file.python:
            self._referred(file.facts.path, base)
        if not file.python or base.startswith(("option:", "key:")) or (base.endswith(")") and not base.endswith("()")):
            return
        owner, _, member = base.rpartition(".")
        if owner:
            self._heat(file, f"s:{base}")
        if base.endswith("()"):
            self._heat(file, f"n:{base[:-2]}")
            if owner:
                self._result(member[:-2])
        self._export(file, base.removesuffix("()").partition(".")[0])

    def _environment(self, name: str) -> None:
        if name not in self.environment:
            self.environment.add(name)
            for file in self._users.get(f"e:{name}", ()):
                self._heat(file, f"e:{name}")

    def _referred(self, path: str, base: str) -> None:
        """A key carries: so do the config files that refer to it."""
        name = base.split(":", 2)[2] if base.startswith("given:") else base
        refs = [name]
        if name.startswith("key:") and references.is_values(path):
            whole = name.removeprefix("key:")
            refs += [f"values:{key}" for key in (whole, whole.partition(".")[2]) if key]
        for ref in refs:
            self.references |= references.spellings(ref)
            self._lead_on(f"n:{ref}")

    def _lead_on(self, token: str) -> None:
        """What depends on a name that files of any place may look up carries."""
        for file in self._holders.get(token, ()):
            self._heat(file, token)

    def _read_by_name(self, path: str) -> None:
        """A config file carries: so does what programs read from a file of that name."""
        name = path.rpartition("/")[2].lower()
        if name.startswith(".env"):
            self.files.add("dotenv_values")
        elif filenames.is_config(name) and name not in self.files:
            ending = name[name.rfind(".") :]
            self.files |= {name, f"}}{ending}"}
            if ending in (".yaml", ".yml"):
                stem = name.removesuffix(ending)
                self.files |= {f'config_name="{stem}"', f"config_name='{stem}'"}
            self._lead_on(f"f:{name}")
            self._lead_on(f"f:*{ending}")

    def _result(self, method: str) -> None:
        if method not in self.results and method not in COMMON_METHODS:
            self.results.add(method)
            for file in self._users.get(f"m:{method}", ()):
                self._heat(file, f"m:{method}")

    def _export(self, file: _File, name: str) -> None:
        """Other files may import the name from here."""
        if not name or name.startswith("<"):
            return
        self._heat(file, f"n:{name}")
        words = self.exported.setdefault(name, set())
        if file.words <= words:
            return
        words |= file.words
        for importer, local in self._importers.get(name, ()):
            self._heat(importer, f"n:{local}")
            if importer.facts.path.endswith("__init__.py") or importer.facts.exports is not None:
                words |= importer.words

    def _call(self, file: _File, given: Given) -> None:
        """A callee is given an ID: that parameter carries, and the definition is wanted where the file says what it calls."""
        if (id(file), given) in self._given:
            return
        self._given.add((id(file), given))
        match file.facts.calls[given[0]].callee:
            case Name(ref=ref):
                base = ref.partition("@")[0]
                self._called(file, file.imports.get(base, base), given[1], base in file.imports)
            case Attribute(base=Name(ref=ref), name=name) if ref.partition("@")[0] in file.imports:
                self._called(file, name, given[1], True)
            case Attribute(base=Self(), name=name):
                self._called(file, name, given[1], False)
            case Attribute(name=name):
                self.methods.add(name)
                if name not in COMMON_METHODS and len(self._functions.get(name, ())) == 1:
                    self._called(file, name, given[1], True)

    def _called(self, file: _File, name: str, key: str | int, wanted: bool) -> None:
        if wanted:
            self.called.add(name)
        for other, function in self._functions.get(name.rpartition(".")[2], ()):
            if wanted or other is file:
                for parameter in _receiving(function, key):
                    self._heat(other, f"n:{function.name}({parameter})")


def _base_name(file: _File, base: Expr) -> str | None:
    """The name under which a base class is defined, None for one of a library."""
    match base:
        case Name(ref=ref):
            name = ref.partition("@")[0]
            return file.imports.get(name) or (name if any(entry.name == name for entry in file.facts.classes) else None)
        case Attribute(base=Name(ref=ref), name=name) if ref.partition("@")[0] in file.imports:
            return name
    return None


def _receiving(function: Function, key: str | int) -> list[str]:
    """The parameters that an argument may land on."""
    if isinstance(key, int):
        positional = [parameter.name for parameter in function.parameters if parameter.kind == "positional"]
        return positional[key : key + 1] or [parameter.name for parameter in function.parameters if parameter.kind == "*"]
    if key in ("*", "**"):
        return [parameter.name for parameter in function.parameters]
    named = [parameter.name for parameter in function.parameters if parameter.name == key]
    return named or [parameter.name for parameter in function.parameters if parameter.kind == "**"]


def _tokens(value: Expr, literals: Written, groups: set[str]) -> tuple[set[str], bool]:
    """What a value depends on, and whether an ID is written in it. The result of a call carries when its callee does, or when a class is
    given something that does."""
    tokens: set[str] = set()
    stack: list[Expr] = [value]
    while stack:
        present = stack.pop()
        match present:
            case Text():
                if literals.within(present.span) is not None or present.text in groups:
                    return tokens, True
                if filenames.is_config(present.text):
                    tokens.add(f"f:{present.text.rpartition('/')[2].lower()}")
            case Name():
                tokens.add(f"n:{present.ref.partition('@')[0]}")
            case Attribute(base=Self(owner=owner), name=name):
                tokens.add(f"s:{owner}.{name}")
            case Env():
                tokens.add(f"e:{present.name.upper()}")
            case Table():
                if any(entry.key_span is not None and literals.at(entry.key_span) is not None for entry in present.entries):
                    return tokens, True
            case Join():
                tokens.update(f"f:*{ending}" for ending in map(_ending, present.parts) if ending)
            case Result():
                stack.extend(_of_result(present, tokens))
                continue
        stack.extend(children(present))
    return tokens, False


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
            if isinstance(base, Name):
                tokens.add(f"n:{base.ref.partition('@')[0]}.{last}")
                if last[:1].isupper():
                    tokens.add(f"n:{base.ref.partition('@')[0]}")
    if last in CARRYING:
        tokens.update(f"f:{inner.text}.yaml" for key, inner in value.arguments if key == "config_name" and isinstance(inner, Text))
        given = [inner for key, inner in value.arguments if isinstance(key, int) or key in FILE_ARGUMENTS or last[:1].isupper()]
        return [value.callee.base, *given] if isinstance(value.callee, Attribute) else given
    return [inner for _, inner in value.arguments] if last[:1].isupper() or last in ("partial", "dict", "replace") else []


def _ending(part: Expr) -> str:
    """`.yaml`, where a name that is put together ends in it."""
    return part.text[part.text.rfind(".") :].lower() if isinstance(part, Text) and filenames.is_config(part.text) else ""


def _module_words(path: str) -> set[str]:
    """Words by which other files import a module: its name, or its folder's for a package."""
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] == "__init__":
        parts = parts[:-1] or ["__init__"]
    return {parts[-1]}
