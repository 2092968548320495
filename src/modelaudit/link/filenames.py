"""Names of files as programs put them together: joined, relative to the module, beginning with a folder that nobody knows.

A name that is not known is never a file: of an unknown part only the rest counts, and a name that is nothing but unknown means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from modelaudit.link.values import HOLE, PathValue

SUFFIXES = (".yaml", ".yml", ".json", ".jsonc", ".json5", ".toml", ".ini", ".cfg", ".conf", ".properties", ".env")
"""Endings of the files whose keys are known."""


def joined(first: PathValue, second: PathValue) -> PathValue:
    """`first / second`; an absolute second part begins anew."""
    if second.anchored or second.text.startswith("/"):
        return second._replace(steps=first.steps + second.steps)
    text = f"{first.text}/{second.text}" if first.text else second.text
    return first._replace(text=_normal(text), steps=first.steps + second.steps)


def parent(path: PathValue, levels: int = 1) -> PathValue:
    """The folder that holds a file or folder; above what is unknown everything is."""
    text = path.text
    for _ in range(levels):
        if text == HOLE:
            break
        text = text.rpartition("/")[0] or ("" if path.anchored else HOLE)
    return path._replace(text=text)


def with_name(path: PathValue, name: str) -> PathValue:
    """The same folder with another last part."""
    folder, slash, _ = path.text.rpartition("/")
    return path._replace(text=f"{folder}{slash}{name}")


def is_config(text: str) -> bool:
    """Whether a text is spelled like the name of a config file."""
    return len(text) < 200 and text.lower().endswith(SUFFIXES)


def matching(path: PathValue, names: Iterable[str], reader: str) -> tuple[tuple[str, ...], bool]:
    """The files of a tree that a name may mean when the file `reader` opens it, and whether that is sure.

    A relative name is meant from a folder at or above the program. Only when no file stands there, files elsewhere that end in the whole
    name count. Of an absolute name, which belongs to the machine that runs the program, as much as possible must agree.
    """
    text = path.text
    if text.startswith("~") or not _is_telling(text):
        return (), False
    if path.anchored:
        return _fitting(text, names, whole=True), True
    if text.startswith("/"):
        parts = text.strip("/").split("/")
        ways = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((found for way in ways if (found := _fitting(way, names))), ()), False
    unknown = text.startswith(f"{HOLE}/")
    rest = text.removeprefix(f"{HOLE}/")
    while rest.startswith("../"):
        rest = rest[3:]
    found = _fitting(rest, names)
    near = tuple(name for name in found if name in _above(reader, rest, found))
    return near or found, not unknown and HOLE not in rest


def _above(reader: str, rest: str, found: tuple[str, ...]) -> set[str]:
    """The files that a name means from the folder of a program or one above it."""
    folders = reader.split("/")[:-1]
    return {name for name in found for depth in range(len(folders) + 1) if _same("/".join((*folders[:depth], rest)), name)}


def _fitting(text: str, names: Iterable[str], *, whole: bool = False) -> tuple[str, ...]:
    return tuple(name for name in names if _same(text, name) or (not whole and _same(f"{HOLE}/{text}", name, deep=True)))


def _same(text: str, name: str, *, deep: bool = False) -> bool:
    """Whether a name with unknown parts can be this file; an unknown part is no folder, only a leading one may be several."""
    if HOLE not in text:
        return text == name
    head, rest = (r"(?:.*/)?", text.removeprefix(f"{HOLE}/")) if deep else ("", text)
    return re.fullmatch(head + "[^/]*".join(re.escape(part) for part in rest.split(HOLE)), name) is not None


def _is_telling(text: str) -> bool:
    """Whether enough of a name is known: its ending, and something of its last part or of the folder before it."""
    folder, _, last = text.rpartition("/")
    stem, dot, _ = last.rpartition(".")
    known = stem.replace(HOLE, "") or folder.replace(HOLE, "").strip("/.") or (last.startswith(".") and last)
    return bool(dot and known) and not last.endswith(HOLE)


def _normal(text: str) -> str:
    """Without `.` and, where the folder is known, without `..`."""
    parts: list[str] = []
    for part in text.split("/"):
        if part == ".." and parts and parts[-1] not in ("..", HOLE, ""):
            parts.pop()
        elif part not in (".", "") or (part == "" and not parts and text.startswith("/")):
            parts.append(part)
    return "/".join(parts)
