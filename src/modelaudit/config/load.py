"""Puts the settings of a run together: defaults, configuration files, environment, `--config key=value`, command line; later ones win."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from modelaudit.config.find import File, common_folder, misnamed, nearest, project_folder, read, shown
from modelaudit.config.override import overrides, replaced
from modelaudit.config.settings import DEFAULT, Settings
from modelaudit.domain.errors import ConfigError
from modelaudit.domain.record import NamedTuple
from modelaudit.invocation import Invocation
from modelaudit.options import options_of

if TYPE_CHECKING:
    from modelaudit.config.places import Source

_ADDED = ("policies", "grants", "ignores", "names", "calls", "platforms", "exposure", "per_file_ignores")
"""What an extended file says of these stays beside what the file itself says; every other key is replaced."""

_ARRANGED = {"deny": "policies", "allow": "policies"}
"""Keys that become part of another's setting; tables of `ignore` become `ignores`."""


class Loaded(NamedTuple):
    """Settings, and where each that is not a default comes from."""

    settings: Settings
    origins: tuple[tuple[str, str], ...]
    """(field of `Settings`, `pyproject.toml:12`, `MODELAUDIT_FAIL_ON` or `--fail-on`), sorted."""
    sources: tuple[Source, ...] = ()
    """What was decoded, the strongest first."""
    warnings: tuple[str, ...] = ()
    """What was written down and has no effect."""


def load(invocation: Invocation, paths: Sequence[str], folder: str) -> Loaded:
    """The settings for `paths`; `folder` is the current one."""
    given = invocation.values("config")
    files = [entry for entry in given if not _is_assignment(entry)]
    is_searched = not files and not invocation.has("isolated")
    found = nearest(common_folder(paths, folder), folder) if is_searched else None
    values: dict[str, object] = {"base": project_folder(paths, folder) if found is None else os.path.dirname(found.path)}
    origins: dict[str, str] = {}
    sources: list[Source] = []
    warnings = misnamed(common_folder(paths, folder), folder) if is_searched and found is None else ()
    for file in (found,) if found else (read(os.path.join(folder, name), name) for name in files):
        layer = _chain(file, folder, (), sources)
        if file is found and layer.values.pop("cache_dir", None) is not None:
            # Where files are written, and which of them are believed, is not for the scanned tree to say.
            warnings += (f"{layer.origins['cache_dir']}: cache-dir has no effect here; use --cache-dir, or a file given with --config",)
        _merge(values, origins, layer)
    for entry in given:
        if _is_assignment(entry):
            _merge(values, origins, _assigned(entry, folder, sources))
    spoken = overrides(invocation)
    values |= spoken
    for option in options_of(invocation.command):
        if option.setting in spoken and option.setting is not None:
            origins[option.setting] = option.variable if option.name in invocation.environment else option.flag
    return Loaded(replaced(DEFAULT, values), tuple(sorted(origins.items())), tuple(reversed(sources)), warnings)


class _Layer(NamedTuple):
    """What one place says."""

    values: dict[str, object]
    origins: dict[str, str]


def _is_assignment(text: str) -> bool:
    """True for `key=value`; a file whose name holds `=` is still a file."""
    return "=" in text and not os.path.isfile(text)


def _chain(file: File, folder: str, above: tuple[str, ...], sources: list[Source]) -> _Layer:
    """What a file says, over what the file that it extends says."""
    from modelaudit.config.decode import Document, decode
    from modelaudit.config.places import Source

    document = Document(shown(file.path, folder), file.text, file.root, os.path.dirname(file.path))
    values = decode(file.table, document)
    layer = _Layer({}, {})
    extended = file.table.get("extend")
    if isinstance(extended, str):
        path = os.path.normpath(os.path.join(document.folder, os.path.expanduser(extended)))
        if path in (*above, file.path):
            raise document.error(("extend",), f"{extended!r} leads back to this file")
        try:
            layer = _chain(read(path, extended), folder, (*above, file.path), sources)
        except ConfigError as error:
            if str(error).startswith(f"{extended}: "):  # the file itself, not something in it
                raise document.error(("extend",), str(error)) from None
            raise
    _merge(layer.values, layer.origins, _Layer(values, _origins(file, document.name, values)))
    sources.append(Source(document, file.table))
    return layer


def _origins(file: File, name: str, values: dict[str, object]) -> dict[str, str]:
    from modelaudit.config.keys import KEYS
    from modelaudit.config.lines import line_of

    lines: dict[str, int] = {}
    for entry in KEYS:
        if entry.key in file.table:
            setting = _ARRANGED.get(entry.key, entry.setting)
            lines.setdefault(setting, line_of(file.text, (*file.root, entry.key)))
    return {setting: f"{name}:{lines.get(setting, lines.get('ignore'))}" for setting in values}


def _assigned(text: str, folder: str, sources: list[Source]) -> _Layer:
    """`--config key=value`; the value is TOML, or a bare word."""
    import tomli

    from modelaudit.config.decode import Document, decode
    from modelaudit.config.places import Source

    key, _, value = (part.strip() for part in text.partition("="))
    try:
        table = tomli.loads(f"{key} = {value}")
    except tomli.TOMLDecodeError:
        try:
            table = {**tomli.loads(f"{key} = 0"), key: value}
        except tomli.TOMLDecodeError:
            raise ConfigError(
                f"--config {text}: not a key and a value", hint="write --config 'fail-on=\"medium\"' or name a file"
            ) from None
    document = Document("--config", "", (), folder)
    values = decode(table, document)
    sources.append(Source(document, table))
    return _Layer(values, dict.fromkeys(values, f"--config {key}"))


def _merge(values: dict[str, object], origins: dict[str, str], layer: _Layer) -> None:
    for key, value in layer.values.items():
        before = values.get(key)
        if key in _ADDED and isinstance(before, tuple) and isinstance(value, tuple):
            values[key] = before + value
            origins[key] = f"{origins[key]}, {layer.origins[key]}"
        else:
            values[key] = value
            origins[key] = layer.origins[key]
