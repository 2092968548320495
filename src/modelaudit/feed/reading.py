"""Reading the TOML of a rules folder into typed records. Only compiling and linting the feed comes here; errors name file, line and key."""

from __future__ import annotations

import os
from difflib import get_close_matches
from types import UnionType
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from modelaudit.domain.errors import FeedError
from modelaudit.domain.record import NamedTuple
from modelaudit.feed.lines import KeyPath, find_line, spell

if TYPE_CHECKING:
    import msgspec

T = TypeVar("T")
Blame: TypeAlias = tuple[KeyPath, str, str | None]
"""Where, what, and what helps."""


class Trouble(NamedTuple):
    """What is wrong with a file, and where."""

    line: int | None
    path: KeyPath
    message: str
    hint: str | None


def read(file: str, kind: type[T], *, shown: str | None = None) -> T:
    """Decode a file as `kind`; `shown` is the name used in errors."""
    return decode(read_text(file), kind, shown or file)


def read_text(file: str) -> str:
    """The text of a file of the feed."""
    try:
        with open(file, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise FeedError(f"{file}: cannot be read: {error}") from error


def decode(text: str, kind: type[T], shown: str) -> T:
    """Decode TOML text as `kind`, or raise a `FeedError` with file, line and key path."""
    found = attempt(text, kind)
    if isinstance(found, Trouble):
        raise to_error(found, shown)
    return found


def attempt(text: str, kind: type[T]) -> T | Trouble:
    """Decode TOML text as `kind`, or say what is wrong and where."""
    import msgspec
    import tomli

    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return Trouble(error.lineno, (), f"not valid TOML: {error.msg}", None)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        path, message, hint = _blame(data, kind, (), str(error))
        return Trouble(find_line(text, path), path, message, hint)


def to_error(trouble: Trouble, shown: str) -> FeedError:
    """The trouble as the error that users see."""
    place = shown if trouble.line is None else f"{shown}:{trouble.line}"
    key = f"{spell(trouble.path)}: " if trouble.path else ""
    return FeedError(f"{place}: {key}{trouble.message}", hint=trouble.hint)


def toml_files(folder: str) -> tuple[str, ...]:
    """Paths of the TOML files directly in a folder, sorted by name; none when there is no such folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise FeedError(f"{folder}: cannot be read: {error.strerror}") from error
    return tuple(os.path.join(folder, name) for name in names)


def did_you_mean(word: str, known: tuple[str, ...]) -> str | None:
    """A hint with the nearest known word."""
    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else None


def _blame(data: object, kind: object, path: KeyPath, message: str) -> Blame:
    """The innermost value that does not fit; msgspec itself says `[...]` for list items, which nobody finds in a long file."""
    import msgspec

    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(data, dict):
        return _blame_table(data, bare, path, message)
    inner = get_args(bare)[-1] if get_origin(bare) in (list, dict) else None
    if inner is None or not isinstance(data, (list, dict)):
        return path, _plain(message), None
    for key, value in enumerate(data) if isinstance(data, list) else data.items():
        if (worse := _misfit(value, inner)) is not None:
            return _blame(value, inner, (*path, key), worse)
    return path, _plain(message), None


def _blame_table(data: dict[str, object], kind: type[msgspec.Struct], path: KeyPath, message: str) -> Blame:
    from msgspec.structs import fields

    known = {field.encode_name: field for field in fields(kind)}
    for key in data:
        if key not in known:
            return (*path, key), f"unknown key {key!r}", did_you_mean(key, tuple(known)) or f"known keys: {', '.join(known)}"
    for name, field in known.items():
        if name not in data:
            if field.required:
                return path, f"{name!r} is missing", None
        elif (worse := _misfit(data[name], field.type)) is not None:
            return _blame(data[name], field.type, (*path, name), worse)
    return path, _plain(message), None


def _misfit(value: object, kind: object) -> str | None:
    """Why a value is not of a type, None when it is."""
    import msgspec

    try:
        msgspec.convert(value, cast("type[object]", kind))
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _plain(message: str) -> str:
    text = message.split(" - at ", 1)[0]
    return "not a day: write it like 2026-11-21" if "RFC3339" in text else text


def _bare(kind: object) -> object:
    """The type without `Annotated`, and without the alternatives that are not structured."""
    import msgspec

    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        options = [_bare(one) for one in get_args(kind)]
        structured = [one for one in options if get_origin(one) or (isinstance(one, type) and issubclass(one, msgspec.Struct))]
        return structured[0] if len(structured) == 1 else kind
    return kind
