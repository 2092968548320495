"""`modelaudit config`: the settings in force and where each comes from, and the schema of the configuration."""

from __future__ import annotations

from modelaudit.config.keys import KEYS, Key
from modelaudit.config.load import Loaded, load
from modelaudit.config.settings import Settings
from modelaudit.config.spell import spell
from modelaudit.config.types import Either, Type
from modelaudit.domain.errors import ExitCode
from modelaudit.invocation import Invocation
from modelaudit.terminal import Terminal

_ELSEWHERE = frozenset({"extend", "deny", "allow"})
"""Keys that are shown as part of others: their file, and the first policy."""


def run(invocation: Invocation, terminal: Terminal) -> int:
    """One of show and schema."""
    if invocation.command == "config schema":
        from modelaudit.config.schema import schema_text

        terminal.out.write(schema_text())
        return int(ExitCode.CLEAN)
    loaded = load(invocation, invocation.arguments, terminal.folder)
    for warning in loaded.warnings:
        terminal.say(f"warning: {warning}")
    rows = _rows(loaded)
    if invocation.text("format") == "json":
        import json

        record = {"base": loaded.settings.base, "settings": {key: {"value": value, "origin": origin} for key, value, origin in rows}}
        terminal.out.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    else:
        _print(loaded.settings.base, rows, terminal)
    return int(ExitCode.CLEAN)


def _rows(loaded: Loaded) -> list[tuple[str, str, str]]:
    """Key, value as TOML, origin."""
    origins = dict(loaded.origins)
    settings = loaded.settings
    shown = [entry for entry in KEYS if entry.key not in _ELSEWHERE]
    return [(entry.key, spell(_value(settings, entry), _kind(entry)), _origin(origins, entry)) for entry in shown]


def _value(settings: Settings, entry: Key) -> object:
    """What a key holds, in the form in which it is written: records of names and paths as pairs, rules and suppressions together."""
    if entry.key == "ignore":
        return (*settings.ignore, *settings.ignores)
    if entry.key == "exclude" and settings.exclude is None:
        from modelaudit.discover.tree import DEFAULT_EXCLUDE

        return DEFAULT_EXCLUDE
    if entry.key == "names":
        return tuple((one.name, one) for one in settings.names)
    if entry.key == "exposure":
        return tuple((path, one.exposure) for one in settings.exposure for path in one.paths)
    value: object = getattr(settings, entry.setting)
    return value


def _kind(entry: Key) -> Type:
    """The type of the form that is shown: of two forms the long one."""
    return entry.type.long if isinstance(entry.type, Either) else entry.type


def _origin(origins: dict[str, str], entry: Key) -> str:
    fields = ("ignore", "ignores") if entry.key == "ignore" else (entry.setting,)
    places = dict.fromkeys(origins[field] for field in fields if field in origins)
    return ", ".join(places) or "default"


def _print(base: str, rows: list[tuple[str, str, str]], terminal: Terminal) -> None:
    terminal.out.write(f"# paths are relative to {base}\n")
    width = max(len(f"{key} = {value}") for key, value, _ in rows if len(value) < _WIDE)
    for key, value, origin in rows:
        line = f"{key} = {value}" if value else f"# {key} is not set"
        terminal.out.write(f"{line}  # {origin}\n" if origin == "default" else f"{line.ljust(width)}  # {origin}\n")


_WIDE = 40
