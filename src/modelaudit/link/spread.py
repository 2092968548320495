"""Everything under which a model ID travels, found by spreading from the IDs along bindings, imports and calls."""

from __future__ import annotations

from modelaudit.domain.expr import Attribute, Expr, Name, Self
from modelaudit.domain.facts import Class, Function
from modelaudit.domain.pattern import late
from modelaudit.link import filenames, kin, references
from modelaudit.link.tokens import KEY, SHARED, FileTokens, Given

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
_NAMES = late(r"[A-Za-z_]\w*")


class Spread:
    """Everything that carries an ID, found by a worklist over (file, token)."""

    def __init__(self, files: list[FileTokens]) -> None:
        self._files = files
        self._queue: list[tuple[FileTokens, str]] = []
        self._importers: dict[str, list[tuple[FileTokens, str]]] = {}
        self._functions: dict[str, list[tuple[FileTokens, Function]]] = {}
        self._classes: dict[str, list[Class]] = {}
        self._users: dict[str, list[FileTokens]] = {}
        self._given: set[tuple[int, Given, str]] = set()
        self._passing: set[str] = set()
        """Last names of functions that give back what they are given."""
        self._pending: dict[str, list[tuple[FileTokens, int, str]]] = {}
        """Calls that are given an ID, by the last name of a callee of which it is not known that it gives it back."""
        self._attributed = {""}
        """Names of attributes that carry in some object."""
        self._waiting: dict[str, list[tuple[FileTokens, str | Given, str]]] = {}
        """What carries as soon as an attribute of that name does."""
        self._released: list[tuple[FileTokens, str | Given, str]] = []
        self.exported: dict[str, set[str]] = {}
        self.called: set[str] = set()
        self.methods: set[str] = set()
        self.environment: set[str] = set()
        self.results: set[str] = set()
        self.files: set[str] = set()
        self.references: set[str] = set()
        self._holders: dict[str, list[FileTokens]] = {}
        """The files with something that depends on a name which any file may offer: a config file, a key of one."""
        for file in files:
            for token in sorted({*file.bindings, *file.calls}):
                if token.startswith("f:") or (not file.python and token.startswith(SHARED)):
                    self._holders.setdefault(token, []).append(file)
            for token in file.wide:
                self._users.setdefault(token, []).append(file)
            for name, original in file.imports.items():
                self._importers.setdefault(original, []).append((file, name))
            for entry in file.facts.classes:
                self._classes.setdefault(entry.name, []).append(entry)
            for function in file.facts.functions:
                self._functions.setdefault(function.name.removesuffix(".__init__").rpartition(".")[2], []).append((file, function))

        self._kin = kin.lines(files)

    def run(self) -> None:
        """Spread until nothing new carries."""
        for file in self._files:
            for base in file.first:
                self._bound(file, base)
            for given in file.first_calls:
                self._call(file, given)
        while self._queue or self._released:
            while self._released:
                self._carry(*self._released.pop())
            if self._queue:
                file, token = self._queue.pop()
                by = file.hot[token]
                for base, needed in file.bindings.get(token, ()):
                    self._reached(file, base, needed, by)
                for given, needed in file.calls.get(token, ()):
                    self._reached(file, given, needed, by)
        self._bases()

    def _reached(self, file: FileTokens, what: str | Given, needed: str, by: str) -> None:
        if needed in self._attributed:
            self._carry(file, what, by)
        else:
            self._waiting.setdefault(needed, []).append((file, what, by))

    def _carry(self, file: FileTokens, what: str | Given, by: str) -> None:
        if isinstance(what, str):
            self._bound(file, what, by)
        else:
            self._call(file, what, by)

    def _bases(self) -> None:
        """A class that carries, or is given an ID: what its bases do with the attribute is written where they are defined."""
        classes: dict[str, list[tuple[FileTokens, Class]]] = {}
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
                name = kin.base_name(file, base)
                if name is not None and name not in seen:
                    seen.add(name)
                    self.called.add(name)
                    waiting.extend(classes.get(name, ()))

    def _heat(self, file: FileTokens, token: str, by: str = "") -> None:
        known = file.hot.get(token)
        if known is None or (known and not by):
            file.hot[token] = by
            self._queue.append((file, token))

    def _bound(self, file: FileTokens, base: str, by: str = "") -> None:
        """A binding carries: its name does, and whatever may be reached through it. What a function gives back `by` its own parameters
        carries only where the function is called with something that does."""
        if by and base == f"{by}()":
            self._passes(by.rpartition(".")[2])
            return
        if by and base.startswith(f"{by}."):
            self._heat(file, f"n:{base}", by)
            self._heat(file, f"n:{base.removesuffix('()')}", by)
            return
        if file.hot.get(f"n:{base}") == "":
            return
        self._heat(file, f"n:{base}")
        owner, _, member = base.rpartition(".")
        if owner not in file.functions:
            self._attributes(base)
        if base.startswith(KEY):
            return
        if not file.python and base.startswith(("env:", "key:")):
            self._read_by_name(file.facts.path)
        if base.startswith(("env:", "plain:")):
            self._environment(base.partition(":")[2].upper())
            return
        if not file.python:
            self._referred(file.facts.path, base)
        if not file.python or base.startswith(("option:", "key:")) or (base.endswith(")") and not base.endswith("()")):
            return
        if owner in file.functions:
            return  # a variable of a function; what the function gives back is a binding of its own
        if owner:
            self._in_line(file, owner, member)
        if base.endswith("()"):
            self._heat(file, f"n:{base[:-2]}")
            if owner:
                self._result(member[:-2])
        self._export(file, base.removesuffix("()").partition(".")[0])

    def _in_line(self, file: FileTokens, owner: str, member: str) -> None:
        """An attribute that carries does so in the classes below, which inherit it, and in those above, whose methods look at it."""
        waiting, seen = [(file, owner)], {(file.facts.path, owner)}
        while waiting:
            present, name = waiting.pop()
            self._heat(present, f"s:{name}.{member}")
            for other, entry in self._kin.get((present.facts.path, name), ()):
                if (other.facts.path, entry) not in seen:
                    seen.add((other.facts.path, entry))
                    waiting.append((other, entry))

    def _passes(self, name: str) -> None:
        if name not in self._passing:
            self._passing.add(name)
            for file, index, by in self._pending.pop(name, ()):
                self._returned(file, index, by)

    def _returned(self, file: FileTokens, index: int, by: str) -> None:
        for where in file.results.get(file.facts.calls[index].span, ()):
            self._carry(file, where, by)

    def _attributes(self, base: str) -> None:
        """What carries may be had as an attribute: `settings.model`, `config.llm.model`, `args.model`, `bot.model`."""
        for name in _NAMES.findall(base.partition(":")[2] or base.rpartition(".")[2]):
            if name not in self._attributed:
                self._attributed.add(name)
                self._released += self._waiting.pop(name, ())

    def _environment(self, name: str) -> None:
        if name not in self.environment:
            self.environment.add(name)
            parts = name.lower().split("_")
            for index in range(len(parts)):
                self._attributes("_".join(parts[index:]))
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

    def _export(self, file: FileTokens, name: str) -> None:
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

    def _call(self, file: FileTokens, given: Given, by: str = "") -> None:
        """A callee is given an ID: that parameter carries, and the definition is wanted where the file says what it calls."""
        if (id(file), given, by) in self._given or (id(file), given, "") in self._given:
            return
        self._given.add((id(file), given, by))
        if isinstance(given[1], str):
            self._attributes(given[1])
        callee = file.facts.calls[given[0]].callee
        last = _last(file, callee)
        if last in self._passing:
            self._returned(file, given[0], by)
        elif last:
            self._pending.setdefault(last, []).append((file, given[0], by))
        match callee:
            case Name(ref=ref):
                base = ref.partition("@")[0]
                self._called(file, file.imports.get(base, base), given[1], base in file.imports)
            case Attribute(base=Name(ref=ref), name=name) if ref.partition("@")[0] in file.imports:
                self._called(file, name, given[1], True)
            case Attribute(base=Self(owner=owner), name=name):
                self._called(file, name, given[1], kin.inherits(file, owner, name))
            case Attribute(name=name):
                self.methods.add(name)
                defining = self._functions.get(name, ()) if name not in COMMON_METHODS else ()
                if any(other is file for other, _ in defining):
                    self._called(file, name, given[1], False)
                elif len(defining) == 1:
                    self._called(file, name, given[1], True)

    def _called(self, file: FileTokens, name: str, key: str | int, wanted: bool) -> None:
        if wanted:
            self.called.add(name)
        if isinstance(key, int):
            for entry in self._classes.get(name, ()):
                self._attributes(" ".join(entry.fields[key : key + 1]))
        for other, function in self._functions.get(name.rpartition(".")[2], ()):
            if wanted or other is file:
                for parameter in _receiving(function, key):
                    self._heat(other, f"n:{function.name}({parameter})", function.name)


def _last(file: FileTokens, callee: Expr) -> str:
    """The last name of a callee; none for a method that many classes have."""
    match callee:
        case Name(ref=ref):
            base = ref.partition("@")[0]
            return file.imports.get(base, base).rpartition(".")[2]
        case Attribute(base=base, name=name):
            inside = isinstance(base, Self) or (isinstance(base, Name) and base.ref.partition("@")[0] in file.imports)
            return name if inside or name not in COMMON_METHODS else ""
    return ""


def _receiving(function: Function, key: str | int) -> list[str]:
    """The parameters that an argument may land on."""
    if isinstance(key, int):
        positional = [parameter.name for parameter in function.parameters if parameter.kind == "positional"]
        return positional[key : key + 1] or [parameter.name for parameter in function.parameters if parameter.kind == "*"]
    if key in ("*", "**"):
        return [parameter.name for parameter in function.parameters]
    named = [parameter.name for parameter in function.parameters if parameter.name == key]
    return named or [parameter.name for parameter in function.parameters if parameter.kind == "**"]
