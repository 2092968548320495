"""Brings keys that may be written in a short or a long form into the one form of `Settings`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modelaudit.config.settings import ExposureHint, Ignore, OwnName, PlatformHint, Policy
from modelaudit.domain.shapes import CallShape


def arranged(values: Mapping[str, object]) -> dict[str, object]:
    """Decoded values, arranged: `deny` and `allow` become the first policy, tables of `ignore` suppressions,
    one feed a list of feeds, pairs records."""
    made = dict(values)
    deny, allow = _items(made.pop("deny", ())), _items(made.pop("allow", ()))
    if deny or allow:
        made["policies"] = (Policy._make((deny, allow, *Policy()[2:])), *_items(made.get("policies", ())))
    if "ignore" in made:
        entries = _items(made["ignore"])
        made["ignore"] = tuple(entry for entry in entries if isinstance(entry, str))
        made["ignores"] = tuple(entry for entry in entries if isinstance(entry, Ignore))
    if isinstance(made.get("rules"), str):
        made["rules"] = (made["rules"],)
    for key, record in _RECORDS.items():
        if key in made:
            made[key] = tuple(record(entry) for entry in _items(made[key]))
    return made


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _own_name(entry: object) -> object:
    name, target = _pair(entry)
    return target._replace(name=name) if isinstance(target, OwnName) else OwnName(name, str(target))


def _platform(entry: object) -> object:
    if isinstance(entry, PlatformHint):
        return entry
    publisher, platform = _pair(entry)
    return PlatformHint(str(platform), publisher=publisher)


def _exposure(entry: object) -> object:
    glob, word = _pair(entry)
    return ExposureHint((glob,), str(word))


def _call(entry: object) -> object:
    return entry._replace(id=entry.match[0]) if isinstance(entry, CallShape) and not entry.id and entry.match else entry


def _pair(entry: object) -> tuple[str, object]:
    name, value = _items(entry)
    return str(name), value


_RECORDS: Mapping[str, Callable[[object], object]] = {
    "names": _own_name,
    "platforms": _platform,
    "exposure": _exposure,
    "calls": _call,
}
