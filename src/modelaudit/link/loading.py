"""Calls that read config files: what they open, how they parse it, and what they make of it.

Only the libraries' own functions are known here; a project's `load_config` is followed into its body like any other function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import SPREAD, Entry, Item, Result, Table, Text
from modelaudit.domain.usage import Step
from modelaudit.link import filenames, objects, paths
from modelaudit.link.values import (
    HOLE,
    READ,
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
_WRAPPERS = frozenset(
    ("create", "to_container", "Box", "DotMap", "Munch", "munchify", "AttrDict", "EasyDict", "edict", "SimpleNamespace", "DictConfig",
     "ConfigBox", "MappingProxyType", "structured", "defaultdict", "OrderedDict", "addict", "Dict", "to_object", "unwrap")
)  # fmt: skip
"""What keeps a table as it is."""

FILE_ARGUMENTS = frozenset(
    ("stream", "f", "fp", "s", "file", "path", "filename", "filenames", "file_path", "filepath", "settings_files", "settings_file",
     "dotenv_path", "yaml_file", "obj", "config_name")
)  # fmt: skip
"""Arguments by which a parser is given its file."""
COMPOSE = "hydra.compose"
"""Callee of the terms that stand for what `@hydra.main` hands to a function."""
CARRYING = _LOADS | paths.PATHS | paths.SAME_PATH | objects.VALIDATORS | objects.CONVERTERS | {"join", "read", "getvalue", "compose"}
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
    if last in objects.CONVERTERS:
        return objects.converted(evaluator, expr, path, frame, depth)
    return paths.made(evaluator, callee.name, last, expr, path, frame, depth)


def in_place(evaluator: Evaluator, name: TextValue, expr: Item, path: str) -> list[Value]:
    """What is in a file whose name is used like a table: frameworks put one in the other's place (`agents_config` of CrewAI)."""
    return _tables(evaluator, [paths.as_path(name)], expr, path) or [UnknownValue("part of a text")]


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
    name = paths.first(evaluator, given["config_name"], path, frame, depth)
    if not filenames.is_config(name.text):
        name = name._replace(text=f"{name.text}.yaml")
    folder = PathValue(HOLE, anchored=False, steps=())
    if "config_path" in given:
        here = filenames.parent(PathValue(path, anchored=True, steps=()))
        folder = filenames.joined(here, paths.first(evaluator, given["config_path"], path, frame, depth))
    return _tables(evaluator, [filenames.joined(folder, name)], expr, path)


def _given(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[PathValue]:
    """The files that a call names in its arguments; lists of files count each."""
    found: list[PathValue] = []
    if isinstance(expr.callee, (Item, Text)):
        return found
    for key, value in expr.arguments:
        if isinstance(key, int) or key in FILE_ARGUMENTS:
            found += paths.names(evaluator, value, path, frame, depth)
    return found


def _kept(evaluator: Evaluator, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """A table in other clothes; None when it is no table."""
    for key, value in expr.arguments:
        if key in (0, SPREAD):
            values = evaluator.evaluate(value, path, frame, depth + 1)
            tables = [one for one in values if isinstance(one, TableValue | InstanceValue)]
            return [*tables] or None
    return None
