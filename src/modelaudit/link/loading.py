"""Calls that read config files: what they open, how they parse it, and what they make of it.

Only the libraries' own functions are known here; a project's `load_config` is followed into its body like any other function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Attribute, Entry, Expr, Item, Name, Result, Table, Text
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Step
from modelaudit.extract.python.expressions import PATH_JOIN
from modelaudit.link import filenames
from modelaudit.link.values import (
    HOLE,
    ClassValue,
    ExternalValue,
    Frame,
    InstanceValue,
    PathValue,
    TableValue,
    TextValue,
    UnknownValue,
    Value,
)

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

_PARSERS = frozenset(
    ("yaml", "ruamel", "ruyaml", "oyaml", "json", "orjson", "ujson", "simplejson", "rapidjson", "json5", "pyjson5", "commentjson", "hjson",
     "jsonc", "tomllib", "tomli", "toml", "tomlkit", "rtoml", "pytomlpp", "omegaconf", "anyconfig", "configparser", "ConfigParser", "srsly",
     "msgspec", "pydantic_yaml", "box", "envyaml", "dotenv", "configobj", "dynaconf")
)  # fmt: skip
"""Top-level packages that parse config files."""
_LOADS = frozenset(
    ("load", "loads", "safe_load", "full_load", "unsafe_load", "round_trip_load", "parse", "read", "read_file", "decode", "read_yaml",
     "read_json", "from_yaml", "from_json", "from_toml", "EnvYAML", "ConfigObj", "dotenv_values", "Dynaconf", "LazySettings")
)  # fmt: skip
_PATHS = frozenset(("Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath", "AsyncPath", "UPath", "joinpath"))
_SAME_PATH = frozenset(
    ("abspath", "realpath", "normpath", "expanduser", "expandvars", "fspath", "open", "open_text", "open_binary", "read_text",
     "read_binary", "get_data", "resource_filename", "resource_string", "resource_stream", "resource_path", "as_file", "StringIO",
     "BytesIO", "TextIOWrapper")
)  # fmt: skip
"""Functions that give a file, or what is in it, for its name; of two arguments the second is the name and the first a package."""
_OF_PACKAGE = frozenset(
    ("open_text", "open_binary", "read_text", "read_binary", "get_data", "resource_filename", "resource_string", "resource_stream")
)
_WRAPPERS = frozenset(
    ("create", "to_container", "Box", "DotMap", "Munch", "munchify", "AttrDict", "EasyDict", "edict", "SimpleNamespace", "DictConfig",
     "ConfigBox", "MappingProxyType", "structured", "defaultdict", "OrderedDict", "addict", "Dict", "to_object", "unwrap")
)  # fmt: skip
"""What keeps a table as it is."""
_VALIDATORS = frozenset(("model_validate", "parse_obj", "validate", "model_construct", "validate_python", "construct", "from_dict"))
_CONVERTERS = frozenset(("from_dict", "convert", "structure"))
"""Functions that are given a class and a table."""

FILE_ARGUMENTS = frozenset(
    ("stream", "f", "fp", "s", "file", "path", "filename", "filenames", "file_path", "filepath", "settings_files", "settings_file",
     "dotenv_path", "yaml_file", "obj", "config_name")
)  # fmt: skip
"""Arguments by which a parser is given its file."""
READ = "read from"
"""Beginning of the step at which a program parses a file."""
COMPOSE = "hydra.compose"
"""Callee of the terms that stand for what `@hydra.main` hands to a function."""
CARRYING = _LOADS | _PATHS | _SAME_PATH | _VALIDATORS | _CONVERTERS | {"join", "read", "getvalue", "compose"}
"""Callees whose result depends on the files that they are given."""


def called(evaluator: Evaluator, callee: ExternalValue, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """What a call of a library's function gives when it has to do with config files; None when it has not."""
    root, _, last = callee.name.partition("()")[0].partition(".")
    last = callee.name.rpartition(".")[2]
    if callee.name == COMPOSE:
        return _composed(evaluator, expr, path, frame, depth)
    if last in _LOADS and root.partition(".")[0] in _PARSERS:
        names = _given(evaluator, expr, path, frame, depth)
        return _tables(evaluator, names, expr, path, layered=root.startswith("dynaconf"))
    if last in _WRAPPERS:
        return _kept(evaluator, expr, path, frame, depth)
    if last == "merge" and "OmegaConf" in callee.name:
        entries = tuple(Entry(SPREAD, value) for _, value in reversed(expr.arguments))
        return [TableValue(path, Table(entries, mapping=True), frame, ())]
    if last in _CONVERTERS:
        return _converted(evaluator, expr, path, frame, depth)
    return _path(evaluator, callee.name, last, expr, path, frame, depth)


def member(base: PathValue, name: str) -> Value:
    """An attribute of a path, or a method that its call will run."""
    match name:
        case "parent":
            return filenames.parent(base)
        case "name" | "stem" | "suffix":
            return UnknownValue("part of the name of a file")
    return base._replace(method=name)


def ran(evaluator: Evaluator, base: PathValue, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """What a method of a path gives: another path, or the file opened or read, which stands for itself."""
    plain = base._replace(method="")
    if base.method == "joinpath":
        return [_joined([plain, *(_one(evaluator, value, path, frame, depth) for _, value in expr.arguments)])]
    if base.method in ("with_name", "with_suffix") and expr.arguments:
        text = _one(evaluator, expr.arguments[0][1], path, frame, depth).text
        stem = plain.text.rpartition(".")[0] if base.method == "with_suffix" else ""
        return [filenames.with_name(plain, (stem.rpartition("/")[2] if stem else "") + text)]
    return [plain]


def in_place(evaluator: Evaluator, name: TextValue, expr: Item, path: str) -> list[Value]:
    """What is in a file whose name is used like a table: frameworks put one in the other's place (`agents_config` of CrewAI)."""
    return _tables(evaluator, [_as_path(name)], expr, path) or [UnknownValue("part of a text")]


def item(base: PathValue, wanted: tuple[str, ...] | None) -> list[Value]:
    """`path.parents[1]`."""
    if base.method == "parents" and wanted and wanted[0].isdigit():
        return [filenames.parent(base._replace(method=""), min(int(wanted[0]), 40) + 1)]
    return [UnknownValue("part of the name of a file")]


def validated(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """The instances that `Config.model_validate(table)` and its like make: their fields are the entries of the table."""
    if not isinstance(expr.callee, Attribute) or expr.callee.name not in _VALIDATORS or not expr.arguments:
        return []
    table = expr.arguments[0][1]
    return [
        InstanceValue(owner.path, owner.name, ((SPREAD, table),), path, frame, owner.steps)
        for owner in evaluator.evaluate(expr.callee.base, path, frame, depth + 1)
        if isinstance(owner, ClassValue) and evaluator.program.function(owner.path, f"{owner.name}.{expr.callee.name}") is None
    ]


def poured(evaluator: Evaluator, owner: InstanceValue, names: tuple[str, ...], line: list[tuple[str, str]], depth: int) -> list[Value]:
    """What the tables that an object was made with (`Config(**table)`) say of a field, by any of its names."""
    found: list[Value] = []
    for key, value in owner.arguments:
        for name in names if key == SPREAD else ():
            asked = Item(value, Text(name, _NOWHERE), None, _NOWHERE)
            values = evaluator.evaluate(asked, owner.arguments_path, owner.frame, depth + 1)
            found += [
                _typed(evaluator, inner, line, name, depth) for inner in values if not isinstance(inner, UnknownValue | ExternalValue)
            ]
    return found


def from_settings_file(evaluator: Evaluator, line: list[tuple[str, str]], field: str, depth: int) -> list[Value]:
    """What the files that a class of pydantic-settings names (`yaml_file`, `toml_file`, `json_file`) say of a field."""
    found: list[Value] = []
    for path, owner in line:
        for binding in evaluator.program.bindings(path, f"{owner}.model_config"):
            for key, value in binding.value.arguments if isinstance(binding.value, Result) else ():
                if key in ("yaml_file", "toml_file", "json_file"):
                    named = Result(Name(_SETTINGS_FILE, _NOWHERE), ((0, value),), binding.span)
                    asked = Item(named, Text(field, _NOWHERE), None, _NOWHERE)
                    values = evaluator.evaluate(asked, path, None, depth + 1)
                    found += [_typed(evaluator, inner, line, field, depth) for inner in values if not isinstance(inner, UnknownValue)]
    return found


_SETTINGS_FILE = "yaml.load"
"""Callee of the terms that stand for a file that a settings class reads."""
_NOWHERE = Span(0, 0, 0, 0)


def _tables(evaluator: Evaluator, names: list[PathValue], expr: Result | Item, path: str, *, layered: bool = False) -> list[Value] | None:
    """The tables of every file that is named; None when none is."""
    telling = [name for name in names if name.text != HOLE and filenames.is_config(name.text.rpartition("/")[2])]
    if not telling:
        return None
    found: list[Value] = []
    for name in telling:
        shown = name.text.replace(HOLE, "…")
        step = (Step(path, expr.span, f"{READ} {shown}"),)
        files = evaluator.configs.find(name, path, layered=layered)
        found += [TableValue(file.path, file.table, None, step, file.sure) for file in files]
        if not files:
            found.append(UnknownValue(f"no file {shown} with a model ID is in the scanned tree", outside=True))
    return found


def _composed(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """What hydra composes of a named file; its folder is relative to the program."""
    given = dict(expr.arguments)
    if "config_name" not in given:
        return None
    name = _one(evaluator, given["config_name"], path, frame, depth)
    if not filenames.is_config(name.text):
        name = name._replace(text=f"{name.text}.yaml")
    folder = PathValue(HOLE, anchored=False, steps=())
    if "config_path" in given:
        here = filenames.parent(PathValue(path, anchored=True, steps=()))
        folder = filenames.joined(here, _one(evaluator, given["config_path"], path, frame, depth))
    return _tables(evaluator, [filenames.joined(folder, name)], expr, path)


def _given(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[PathValue]:
    """The files that a call names in its arguments; lists of files count each."""
    found: list[PathValue] = []
    if isinstance(expr.callee, (Item, Text)):
        return found
    for key, value in expr.arguments:
        if isinstance(key, int) or key in FILE_ARGUMENTS:
            found += _names(evaluator, value, path, frame, depth)
    return found


def _names(evaluator: Evaluator, value: Expr, path: str, frame: Frame | None, depth: int) -> list[PathValue]:
    found: list[PathValue] = []
    for one in evaluator.evaluate(value, path, frame, depth + 1):
        if isinstance(one, TableValue) and not one.table.mapping:
            for entry in one.table.entries[:8]:
                found += _names(evaluator, entry.value, one.path, one.frame, depth + 1)
        elif isinstance(one, TextValue | PathValue):
            found.append(_as_path(one))
    return found


def _path(evaluator: Evaluator, name: str, last: str, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """Paths and what is done with them."""
    arguments = [value for key, value in expr.arguments if isinstance(key, int)]
    if last in _PATHS or name == PATH_JOIN:
        return [_joined([_one(evaluator, value, path, frame, depth) for value in arguments])] if arguments else None
    if name in ("os.getcwd", "os.getcwdb", "pathlib.Path.cwd", "Path.cwd", "pathlib.Path.home"):
        return [PathValue(HOLE, anchored=False, steps=())]
    if last == "dirname" and arguments:
        return [filenames.parent(_one(evaluator, arguments[0], path, frame, depth))]
    if name in ("importlib.resources.files", "importlib_resources.files") and arguments:
        package = _one(evaluator, arguments[0], path, frame, depth)
        return [package._replace(text=package.text.replace(".", "/") if package.text != HOLE else HOLE)]
    if last in _SAME_PATH:
        at = 1 if last in _OF_PACKAGE and len(arguments) > 1 else 0
        given = arguments[at] if arguments else next((value for key, value in expr.arguments if key in ("file", "path", "fn")), None)
        names = _names(evaluator, given, path, frame, depth) if given is not None else []
        known = [name for name in names if name.anchored or filenames.is_config(name.text)]
        return [*known] or None
    return None


def _one(evaluator: Evaluator, value: Expr, path: str, frame: Frame | None, depth: int) -> PathValue:
    """The first path or text that a value may be; what is neither is an unknown folder."""
    for one in evaluator.evaluate(value, path, frame, depth + 1):
        if isinstance(one, TextValue | PathValue):
            return _as_path(one)
        if isinstance(one, ExternalValue) and one.name == "__file__":
            return PathValue(one.path, anchored=True, steps=())
    return PathValue(HOLE, anchored=False, steps=())


def _as_path(value: TextValue | PathValue) -> PathValue:
    if isinstance(value, PathValue):
        return value._replace(method="")
    text = value.text.removeprefix("file://").replace("\\", "/")
    while text.startswith("./"):
        text = text[2:]
    return PathValue(text, anchored=False, steps=value.steps)


def _joined(paths: list[PathValue]) -> PathValue:
    whole = paths[0]
    for path in paths[1:]:
        whole = filenames.joined(whole, path)
    return whole


def _kept(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """A table in other clothes; None when it is no table."""
    for key, value in expr.arguments:
        if key in (0, SPREAD):
            values = evaluator.evaluate(value, path, frame, depth + 1)
            tables = [one for one in values if isinstance(one, TableValue | InstanceValue)]
            return [*tables] or None
    return None


def _converted(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """`dacite.from_dict(Config, table)`, `msgspec.convert(table, Config)`: an instance of the class with the entries of the table."""
    owners: list[ClassValue] = []
    tables: list[Expr] = []
    for _, value in expr.arguments:
        values = evaluator.evaluate(value, path, frame, depth + 1)
        classes = [one for one in values if isinstance(one, ClassValue)]
        owners += classes
        if not classes:
            tables.append(value)
    return (
        [InstanceValue(owner.path, owner.name, ((SPREAD, tables[0]),), path, frame, ()) for owner in owners] if tables and owners else None
    )


def _typed(evaluator: Evaluator, value: Value, line: list[tuple[str, str]], field: str, depth: int) -> Value:
    """A table that a field holds, as an instance of the class that the field's annotation names."""
    if not isinstance(value, TableValue) or not value.table.mapping:
        return value
    for path, owner in line:
        annotation = evaluator.program.annotations.get((path, f"{owner}.{field}"))
        for made in evaluator.evaluate(annotation, path, None, depth + 1) if annotation is not None else ():
            if isinstance(made, ClassValue):
                return InstanceValue(made.path, made.name, ((SPREAD, value.table),), value.path, value.frame, value.steps)
    return value
