"""Finds and reads configuration files: `modelaudit.toml`, or `[tool.modelaudit]` in pyproject.toml, nearest upward."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from modelaudit.domain.errors import ConfigError
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

OWN_NAME = "modelaudit.toml"
PROJECT_NAME = "pyproject.toml"


class File(NamedTuple):
    """A configuration file as read."""

    path: str
    """Absolute."""
    text: str
    table: Mapping[str, object]
    root: tuple[str, ...]
    """Key path of the table in the file."""


def nearest(start: str, current: str = "") -> File | None:
    """The configuration that holds for a folder: in the folder itself or the nearest one above. Errors name it as seen from `current`."""
    for folder in _upward(start):
        for name in (OWN_NAME, PROJECT_NAME):
            path = os.path.join(folder, name)
            try:
                found = _read_if_any(path, path)
            except ConfigError as error:
                raise ConfigError(str(error).replace(path, shown(path, current or path), 1), hint=error.hint) from error
            if found is not None:
                return found
    return None


def misnamed(start: str, current: str) -> tuple[str, ...]:
    """A warning for the nearest pyproject.toml with a table whose name was perhaps meant to be `tool.modelaudit`."""
    for folder in _upward(start):
        path = os.path.join(folder, PROJECT_NAME)
        data = _bytes(path, path)
        if data is not None and (match := _ALMOST.search(data)):
            line = data.count(b"\n", 0, match.start(1)) + 1
            name = match[1].decode("ascii")
            return (f"{shown(path, current)}:{line}: [tool.{name}] is no table of this program; did you mean [tool.modelaudit]?",)
    return ()


_ALMOST = late(rb"(?m)^[ \t]*\[\[?[ \t]*tool[ \t]*\.[ \t]*(?!modelaudit\b)(mod(?:el|le)s?[-_]?(?:id[-_]?)?aud(?:it|ti|i)s?)\b(?![-_])")
"""Near enough to be a slip, and far from the names of other programs."""


_MAY_HOLD = late(rb"""tool["']?[ \t]*(?:\.[ \t]*["']?modelaudit|[]=])""")
"""Every way to write a key `modelaudit` of a table `tool`, and little else."""


def _upward(start: str) -> Iterator[str]:
    folder = os.path.abspath(start)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def read(path: str, shown: str) -> File:
    """A configuration file named by the user; one without a table for this program is an error."""
    found = _read_if_any(path, shown)
    if found is None:
        problem = "holds no [tool.modelaudit] table" if os.path.isfile(path) else "no such file"
        raise ConfigError(f"{shown}: {problem}")
    return found


def common_folder(paths: Sequence[str], folder: str) -> str:
    """The deepest folder that holds all of `paths`; `folder` is the current one."""
    places = [os.path.abspath(os.path.join(folder, path)) for path in paths]
    if not places:
        return folder
    try:
        shared = os.path.commonpath(places)
    except ValueError:  # different drives
        return folder
    return shared if os.path.isdir(shared) else os.path.dirname(shared)


def project_folder(paths: Sequence[str], folder: str) -> str:
    """What paths are told relative to when no configuration says: the repository, else the current folder, where it holds all of `paths`.

    Fingerprints and path classes rest on it, so the same file must have the same path wherever in the project the command is run.
    """
    shared = common_folder(paths, folder)
    above = shared
    while not os.path.lexists(os.path.join(above, ".git")):
        if above == os.path.dirname(above):
            return folder if os.path.commonpath((shared, folder)) == folder else shared
        above = os.path.dirname(above)
    return above


def shown(path: str, folder: str) -> str:
    """A path as the user would write it in `folder`."""
    relative = os.path.relpath(path, folder) if os.path.commonpath((path, folder)) == folder else path
    return relative.replace(os.sep, "/")


def _bytes(path: str, name: str) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}") from error


def _read_if_any(path: str, name: str) -> File | None:
    """The file's configuration, None when there is no file or nothing in it for this program."""
    data = _bytes(path, name)
    if data is None:
        return None
    is_project = os.path.basename(path) == PROJECT_NAME
    if is_project and not _MAY_HOLD.search(data):  # nine in ten projects: the TOML reader stays unloaded
        return None
    text, table = _parse(data, name)
    if not is_project and not _has_table(table):
        return File(path, text, table, ())
    tool = table.get("tool")
    own = tool.get("modelaudit") if isinstance(tool, dict) else None
    if own is None:
        return None
    if not isinstance(own, dict):
        raise ConfigError(f"{name}: tool.modelaudit: expected a table")
    return File(path, text, own, ("tool", "modelaudit"))


def _parse(data: bytes, name: str) -> tuple[str, dict[str, object]]:
    import tomli

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: not UTF-8 at byte {error.start}") from error
    try:
        return text, tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        from modelaudit.config.lines import day_on

        wrong = day_on(text, error.lineno)
        what = f"not valid TOML: {error.msg}" if wrong is None else f"{wrong}; expected a date such as 2027-01-15"
        raise ConfigError(f"{name}:{error.lineno}: {what}") from error


def _has_table(table: Mapping[str, object]) -> bool:
    tool = table.get("tool")
    return isinstance(tool, dict) and "modelaudit" in tool
