"""Names of files in programs: paths that are put together, taken apart, opened and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelaudit.domain.expr import PATH_JOIN, Expr, Result
from modelaudit.link import filenames
from modelaudit.link.values import HOLE, ExternalValue, Frame, PathValue, TableValue, TextValue, UnknownValue, Value

if TYPE_CHECKING:
    from modelaudit.link.evaluate import Evaluator

PATHS = frozenset(("Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath", "AsyncPath", "UPath", "joinpath"))
"""What makes a path of a text."""
SAME_PATH = frozenset(
    ("abspath", "realpath", "normpath", "expanduser", "expandvars", "fspath", "open", "open_text", "open_binary", "read_text",
     "read_binary", "get_data", "resource_filename", "resource_string", "resource_stream", "resource_path", "as_file", "StringIO",
     "BytesIO", "TextIOWrapper")
)  # fmt: skip
"""Functions that give a file, or what is in it, for its name; of two arguments the second is the name and the first a package."""
_OF_PACKAGE = frozenset(
    ("open_text", "open_binary", "read_text", "read_binary", "get_data", "resource_filename", "resource_string", "resource_stream")
)


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
        return [_joined([plain, *(first(evaluator, value, path, frame, depth) for _, value in expr.arguments)])]
    if base.method in ("with_name", "with_suffix") and expr.arguments:
        text = first(evaluator, expr.arguments[0][1], path, frame, depth).text
        stem = plain.text.rpartition(".")[0] if base.method == "with_suffix" else ""
        return [filenames.with_name(plain, (stem.rpartition("/")[2] if stem else "") + text)]
    return [plain]


def item(base: PathValue, wanted: tuple[str, ...] | None) -> list[Value]:
    """`path.parents[1]`."""
    if base.method == "parents" and wanted and wanted[0].isdigit():
        return [filenames.parent(base._replace(method=""), min(int(wanted[0]), 40) + 1)]
    return [UnknownValue("part of the name of a file")]


def made(evaluator: Evaluator, name: str, last: str, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value] | None:
    """Paths and what is done with them."""
    arguments = [value for key, value in expr.arguments if isinstance(key, int)]
    if last in PATHS or name == PATH_JOIN:
        return [_joined([first(evaluator, value, path, frame, depth) for value in arguments])] if arguments else None
    if name in ("os.getcwd", "os.getcwdb", "pathlib.Path.cwd", "Path.cwd", "pathlib.Path.home"):
        return [PathValue(HOLE, anchored=False, steps=())]
    if last == "dirname" and arguments:
        return [filenames.parent(first(evaluator, arguments[0], path, frame, depth))]
    if name in ("importlib.resources.files", "importlib_resources.files") and arguments:
        package = first(evaluator, arguments[0], path, frame, depth)
        return [package._replace(text=package.text.replace(".", "/") if package.text != HOLE else HOLE)]
    if last in SAME_PATH:
        at = 1 if last in _OF_PACKAGE and len(arguments) > 1 else 0
        given = arguments[at] if arguments else next((value for key, value in expr.arguments if key in ("file", "path", "fn")), None)
        named = names(evaluator, given, path, frame, depth) if given is not None else []
        known = [name for name in named if name.anchored or filenames.is_config(name.text)]
        return [*known] or None
    return None


def names(evaluator: Evaluator, value: Expr, path: str, frame: Frame | None, depth: int) -> list[PathValue]:
    """Every path or text that a value may be, those in lists too."""
    found: list[PathValue] = []
    for one in evaluator.evaluate(value, path, frame, depth + 1):
        if isinstance(one, TableValue) and not one.table.mapping:
            for entry in one.table.entries[:8]:
                found += names(evaluator, entry.value, one.path, one.frame, depth + 1)
        elif isinstance(one, TextValue | PathValue):
            found.append(as_path(one))
    return found


def first(evaluator: Evaluator, value: Expr, path: str, frame: Frame | None, depth: int) -> PathValue:
    """The first path or text that a value may be; what is neither is an unknown folder."""
    for one in evaluator.evaluate(value, path, frame, depth + 1):
        if isinstance(one, TextValue | PathValue):
            return as_path(one)
        if isinstance(one, ExternalValue) and one.name == "__file__":
            return PathValue(one.path, anchored=True, steps=())
    return PathValue(HOLE, anchored=False, steps=())


def as_path(value: TextValue | PathValue) -> PathValue:
    """A text as the name of a file."""
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
