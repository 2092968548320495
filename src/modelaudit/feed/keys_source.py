"""`rules/keys.toml` as it is written: the decoding types and their checks. Only compiling the feed imports this module."""

from __future__ import annotations

import os
from typing import Literal

import msgspec

from modelaudit.domain.errors import FeedError
from modelaudit.domain.keypaths import compile_path
from modelaudit.feed.reading import read

Row = tuple[str, str, str]
Exposure = Literal["production", "ci", "developer-tool", "evaluation", "infrastructure", "gateway", "low-code-export"]


class Source(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of every table: an unknown key is an error, names are written with hyphens."""


class RawDetect(Source):
    """Markers in the text of a file."""

    all_of: list[str] = []
    any_of: list[str] = []


class RawExample(Source):
    """`[[rule.valid]]` or `[[rule.invalid]]`."""

    path: str
    text: str
    keys: list[str] = []


class RawRule(Source):
    """`[[rule]]`; the fields are explained at the top of the file."""

    id: str
    files: list[str]
    formats: list[str]
    exposure: Exposure
    evidence: Literal["repo", "docs", "wheel", "known"]
    detect: RawDetect = msgspec.field(default_factory=RawDetect)
    keys: list[Row] = []
    candidate_keys: list[Row] = []
    environment_keys: list[Row] = []
    fallback: list[Row] = []
    fallback_when: list[str] = []
    params: list[str] = []
    pin: list[str] = []
    embedded: list[tuple[str, str]] = []
    actions: list[tuple[str, str]] = []
    generic: bool = False
    notes: str = ""
    valid: list[RawExample] = []
    invalid: list[RawExample] = []


class RawGeneric(Source):
    """`[[generic-key]]`."""

    names: list[str]
    role: str
    dialect: str


class RawVariable(Source):
    """`[[variable]]`."""

    role: str
    exact: list[str] = []
    suffixes: list[str] = []
    candidate: list[str] = []
    companions: list[str] = []
    notes: str = ""


class RawFlag(Source):
    """`[[flag]]`."""

    commands: list[str]
    flags: list[str] = []
    assignments: list[str] = []
    names: list[str] = []
    pins: list[str] = []
    floating: list[str] = []
    positional: bool = False
    notes: str = ""


class RawKeys(Source):
    """The whole file."""

    schema: Literal["1"]
    rule: list[RawRule]
    generic_key: list[RawGeneric] = []
    variable: list[RawVariable] = []
    variable_parts: list[str] = []
    variable_not_suffixes: list[str] = []
    flag: list[RawFlag] = []


def keys(folder: str) -> RawKeys:
    """`keys.toml` of a rules folder, checked."""
    place = os.path.join(folder, "keys.toml")
    raw = read(place, RawKeys)
    seen: set[str] = set()
    for number, rule in enumerate(raw.rule):
        if rule.id in seen:
            raise FeedError(f"{place}: rule[{number}].id: {rule.id!r} stands here twice")
        seen.add(rule.id)
        _check_paths(rule, f"{place}: rule[{number}]")
    for number, group in enumerate(raw.variable):
        unknown = sorted(set(group.candidate) - set(group.exact))
        if unknown:
            raise FeedError(f"{place}: variable[{number}].candidate: {unknown[0]!r} is not among its exact names")
    return raw


def _check_paths(rule: RawRule, key: str) -> None:
    fields = {
        "keys": [path for path, _, _ in rule.keys],
        "candidate-keys": [path for path, _, _ in rule.candidate_keys],
        "environment-keys": [path for path, _, _ in rule.environment_keys],
        "fallback": [path for path, _, _ in rule.fallback],
        "fallback-when": rule.fallback_when,
        "params": rule.params,
        "pin": rule.pin,
        "embedded": [path for path, _ in rule.embedded],
    }
    for name, paths in fields.items():
        for number, path in enumerate(paths):
            try:
                compile_path(path)
            except ValueError as error:
                raise FeedError(f"{key}.{name}[{number}]: {error}", hint="the top of the file explains key paths") from None
