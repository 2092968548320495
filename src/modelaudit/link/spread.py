"""Everything under which a model ID travels, found by spreading from the IDs along bindings, imports and calls."""

from __future__ import annotations

from modelaudit.domain.pattern import late
from modelaudit.link import commands, filenames, references
from modelaudit.link.callees import COMMON_METHODS, Callees, receiving
from modelaudit.link.importers import Importers
from modelaudit.link.kin import Kin
from modelaudit.link.modules import Modules
from modelaudit.link.resolver import Definition, Resolver, Unread
from modelaudit.link.tokens import KEY, SHARED, FileTokens, Given

INSTANCE = "<instance>"
"""In the place of the function by whose parameters something carries: it does in instances that are made with an ID."""
_PARSING = ("parse_args", "parse_known_args", "parse_intermixed_args")
"""What gives the options of a command line as one object."""
_NAMES = late(r"[A-Za-z_]\w*")


class Spread:
    """Everything that carries an ID, found by a worklist over (file, token)."""

    def __init__(self, files: list[FileTokens], modules: Modules) -> None:
        """`modules` are all Python files of the tree, read or not."""
        self._files = {file.facts.path: file for file in files}
        self._modules = modules
        self._resolver = Resolver(self._files, modules)
        self._kin = Kin(self._resolver, files)
        self._callees = Callees(self._resolver, files)
        self._queue: list[tuple[FileTokens, str, str]] = []
        self._importers = Importers(self._resolver, files)
        self._users: dict[str, list[FileTokens]] = {}
        self._given: set[tuple[int, Given, str]] = set()
        self._passing: set[Definition | str] = set()
        """Functions that give back what they are given, and their last names."""
        self._pending: dict[Definition | str, list[tuple[FileTokens, int, str]]] = {}
        """Calls that are given an ID, by a callee of which it is not known that it gives it back."""
        self._attributed = {""}
        """Names of attributes that carry in some object."""
        self._waiting: dict[str, list[tuple[FileTokens, str | Given, str]]] = {}
        """What carries as soon as an attribute of that name does."""
        self._released: list[tuple[FileTokens, str | Given, str]] = []
        self._exports: set[tuple[str, str]] = set()
        self._lines: set[tuple[Definition, str, str]] = set()
        self.exported: dict[str, set[str]] = {}
        self.classes: dict[str, set[str]] = {}
        """Names of classes of which instances carry that are made with an ID, with the words of the modules that offer them."""
        self.methods: set[str] = set()
        self.environment: set[str] = set()
        self.results: set[str] = set()
        self.files: set[str] = set()
        self.references: set[str] = set()
        self.paths: set[str] = set()
        """Files that were not read, to which the callee of a call that is given an ID leads, or a base of a class that has one."""
        self._holders: dict[str, list[FileTokens]] = {}
        """The files with something that depends on a name which any file may offer: a config file, a key of one."""
        for file in files:
            self._enter(file)

    def _enter(self, file: FileTokens) -> None:
        for token in sorted({*file.bindings, *file.calls}):
            if token.startswith("f:") or (not file.python and token.startswith(SHARED)):
                self._holders.setdefault(token, []).append(file)
        for token in file.wide:
            self._users.setdefault(token, []).append(file)

    def run(self) -> None:
        """Spread until nothing new carries."""
        for file in self._files.values():
            for base in file.first:
                self._bound(file, base)
            for given in file.first_calls:
                self._call(file, given)
            for site in file.facts.sites:
                option = commands.given(site)
                for word in commands.words(site) if option else ():
                    self._run(word, option)
        while self._queue or self._released:
            while self._released:
                self._carry(*self._released.pop())
            if self._queue:
                file, token, by = self._queue.pop()
                for base, needed in file.bindings.get(token, ()):
                    self._reached(file, base, needed, by)
                for given, needed in file.calls.get(token, ()):
                    self._reached(file, given, needed, by)

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

    def _heat(self, file: FileTokens, token: str, by: str = "") -> None:
        known = file.hot.setdefault(token, set())
        if by not in known and "" not in known:
            known.add(by)
            self._queue.append((file, token, by))

    def _bound(self, file: FileTokens, base: str, by: str = "") -> None:
        """A binding carries: its name does, and whatever may be reached through it. What a function gives back `by` its own parameters
        carries only where the function is called with something that does."""
        if by and base == f"{by}()":
            self._passes(Definition(file.facts.path, by))
            return
        if by and base.startswith(f"{by}."):
            self._heat(file, f"n:{base}", by)
            self._heat(file, f"n:{base.removesuffix('()')}", by)
            return
        owner, _, member = base.rpartition(".")
        if by == INSTANCE and owner in file.functions:
            self._heat(file, f"n:{base}", by)
            return
        if owner in file.classes and by in (INSTANCE, f"{owner}.__init__", f"{owner}.__post_init__"):
            self._made(file, owner, member)
            return
        if "" in file.hot.get(f"n:{base}", ()):
            return
        self._heat(file, f"n:{base}")
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
        if base.startswith("option:"):
            self._parsed(file)
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

    def _parsed(self, file: FileTokens) -> None:
        """An option carries: so does what the parser of a file gives."""
        for method in _PARSING:
            self._heat(file, f"m:{method}")

    def _run(self, script: str, option: str) -> None:
        """A command line gives an option of a script a model."""
        for path in self._modules.ending(script):
            file = self._files.get(path)
            if file is None:
                self.paths.add(path)
                continue
            self._attributes(option)
            self._parsed(file)

    def _made(self, file: FileTokens, owner: str, member: str) -> None:
        """An attribute carries in the instances that are made with an ID, which carry by themselves: the class does not lead to all that
        make others."""
        self._attributes(member)
        self._in_line(file, owner, member.removesuffix("()"), INSTANCE)
        if member.endswith("()"):
            self._in_line(file, owner, member, INSTANCE)
            self._result(member[:-2])
        for one in self._kin.line(Definition(file.facts.path, owner)):
            if isinstance(one, Definition):
                self.classes.setdefault(one.name, set()).update(self._importers.words(self._files[one.path], one.name))

    def _in_line(self, file: FileTokens, owner: str, member: str, by: str = "") -> None:
        """An attribute that carries does so in the classes that inherit it, and in all of which these are made."""
        definition = Definition(file.facts.path, owner)
        if owner not in file.classes or (definition, member, by) in self._lines:
            self._heat(file, f"s:{owner}.{member}", by)
            return
        self._lines.add((definition, member, by))
        for present in self._kin.line(definition):
            if isinstance(present, Unread):
                self.paths.add(present.path)
            else:
                self._heat(self._files[present.path], f"s:{present.name}.{member}", by)

    def _passes(self, function: Definition) -> None:
        for known in (function, function.name.rpartition(".")[2]):
            if known not in self._passing:
                self._passing.add(known)
                for file, index, by in self._pending.pop(known, ()):
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
        path = file.facts.path
        if not name or name.startswith("<") or (path, name) in self._exports:
            return
        self._exports.add((path, name))
        self._heat(file, f"n:{name}")
        self.exported.setdefault(name, set()).update(self._importers.words(file, name))
        for importer, local in self._importers.of(path, name):
            self._heat(importer, f"n:{local}")
        for importer in self._importers.of_all(path):
            self._export(importer, name)

    def _call(self, file: FileTokens, given: Given, by: str = "") -> None:
        """A callee is given an ID: that parameter carries, and the definition is wanted."""
        if (id(file), given, by) in self._given or (id(file), given, "") in self._given:
            return
        self._given.add((id(file), given, by))
        index, key = given
        if isinstance(key, str):
            self._attributes(key)
        callee = file.facts.calls[index].callee
        called = self._callees.of(file, callee)
        self.paths.update(called.unread)
        self.methods |= {called.method} - {""}
        for definition in called.definitions:
            self._receives(definition, key)
        for one in called.definitions or (called.last,):
            if one in self._passing:
                self._returned(file, index, by)
            elif one:
                self._pending.setdefault(one, []).append((file, index, by))

    def _receives(self, called: Definition, key: str | int) -> None:
        """A parameter of a function carries, or of what makes an instance of a class."""
        file = self._files[called.path]
        function = file.functions.get(called.name)
        if function is not None:
            for parameter in receiving(function, key):
                self._heat(file, f"n:{function.name}({parameter})", function.name)
            return
        for one in self._kin.above(called) if called.name in file.classes else ():
            if isinstance(one, Unread):
                self.paths.add(one.path)
                continue
            maker = self._files[one.path].functions.get(f"{one.name}.__init__")
            if maker is not None:
                self._receives(Definition(one.path, maker.name), key)
                return
            self._has(one, key)

    def _has(self, definition: Definition, key: str | int) -> None:
        """A class without a constructor of its own is given a field of it."""
        file = self._files[definition.path]
        fields = file.classes[definition.name].fields
        name = "".join(fields[key : key + 1]) if isinstance(key, int) else key
        if name in fields:
            self._attributes(name)
            self._in_line(file, definition.name, name)
