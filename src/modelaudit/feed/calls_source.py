"""`rules/calls/*.toml` as they are written: the decoding types and their checks. Only compiling the feed imports this module."""

from __future__ import annotations

import os
from typing import Literal

import msgspec

from modelaudit.domain.errors import FeedError
from modelaudit.domain.keypaths import compile_path
from modelaudit.feed.reading import read, toml_files

Status = Literal["current", "legacy", "removed", "moved", "deprecated", "sdk-retired", "assignment", "info"]


class Source(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of every table: an unknown key is an error, names are written with hyphens."""


class RawShape(Source):
    """`[[shape]]`; the fields are explained in `rules/calls/README.md`."""

    id: str
    package: str
    operation: str
    dialect: str
    match: list[str]
    verified: str = ""
    verified_in: str = ""
    match_legacy: list[str] = []
    suffix: str | None = None
    model: dict[str, int] = {}
    several: bool = False
    nested: list[str] = []
    groups: list[str] = []
    nested_params: str = ""
    risk_args: list[str] = []
    retry_args: list[str] = []
    retry_scope: str = ""
    fallback_args: list[str] = []
    fallback_when: list[str] = []
    fallback_dialect: str | None = None
    fallback_chain: str | None = None
    default_model: str | None = None
    default_in: str | None = None
    server_default: str = ""
    also: list[str] = []
    env: str | None = None
    generic_arg: bool = False
    decorator: bool = False
    status: Status = "current"
    notes: str = ""


class RawExample(Source):
    """`[[valid]]` or `[[invalid]]`."""

    shape: str
    code: str
    model: str | None = None
    argument: str = ""
    typed: bool = True


class RawFamily(Source):
    """One file of shapes."""

    schema: Literal["1"]
    shape: list[RawShape]
    receivers: dict[str, list[str]] = {}
    receiver_dialect: dict[str, str] = {}
    valid: list[RawExample] = []
    invalid: list[RawExample] = []


class RawArguments(Source):
    """A group of argument names in `_names.toml`."""

    names: list[str]
    dialect: str | None = None
    candidate: bool = False


class RawNames(Source):
    """`_names.toml`."""

    schema: Literal["1"]
    argument: list[RawArguments]
    ignored: list[str]
    common: list[str]
    transparent: list[str]
    wrappers: list[str]
    preference: list[str]


class RawCanonical(Source):
    factor: str
    spellings: list[str]
    effect: str
    value_matters: bool = False
    feed_capability: str | None = None
    detect: str | None = None


class RawCoupling(Source):
    id: str
    pattern: str
    effect: str


class RawIndirection(Source):
    id: str
    pattern: str
    edit: str
    static_visibility: str


class RawHint(Source):
    kind: Literal["url", "class", "argument", "environment"]
    map: dict[str, str]


class RawDefault(Source):
    callable: str
    model: str
    read_in: str
    verified: str
    condition: str | None = None


class RawClue(Source):
    """`[[clue]]`: callees near a model call, by what they say of its risk."""

    kind: Literal[
        "parse",
        "parse-method",
        "parse-text",
        "schema",
        "schema-wrapper",
        "classifier",
        "write",
        "show",
        "vector-write",
        "vector-store",
        "ask",
        "retry",
        "log",
        "evaluation",
        "entry-point",
        "tone",
        "guard",
        "gateway",
    ]
    names: list[str]


class RawEvidence(Source):
    """`_evidence.toml`."""

    schema: Literal["1"]
    canonical_arg: list[RawCanonical]
    platform_hint: list[RawHint]
    coupling_pattern: list[RawCoupling]
    indirection: list[RawIndirection]
    implicit_default: list[RawDefault]
    clue: list[RawClue] = []


def families(folder: str) -> dict[str, RawFamily]:
    """Every file of shapes, checked, by file name without suffix."""
    found: dict[str, RawFamily] = {}
    owners: dict[str, str] = {}
    for place in toml_files(folder):
        stem = os.path.basename(place).removesuffix(".toml")
        if stem.startswith("_"):
            continue
        found[stem] = family = read(place, RawFamily)
        for number, shape in enumerate(family.shape):
            key = f"{place}: shape[{number}]"
            if shape.id in owners:
                raise FeedError(f"{key}.id: {shape.id!r} stands in {owners[shape.id]} already", hint="ids are unique over all files")
            owners[shape.id] = place
            _check(shape, key)
        _check_examples(family, place)
    return found


def names(folder: str) -> RawNames | None:
    """`_names.toml`, None in a layer of rules that leaves the names as they are."""
    place = os.path.join(folder, "_names.toml")
    return read(place, RawNames) if os.path.exists(place) else None


def evidence(folder: str) -> RawEvidence | None:
    """`_evidence.toml`, None in a layer of rules that adds none."""
    place = os.path.join(folder, "_evidence.toml")
    return read(place, RawEvidence) if os.path.exists(place) else None


def expand(patterns: list[str], receivers: dict[str, list[str]], shape: str) -> tuple[str, ...]:
    """Patterns with each `{name}` written out."""
    written: list[str] = []
    for pattern in patterns:
        if not pattern.startswith("{"):
            written.append(pattern)
            continue
        name, _, tail = pattern[1:].partition("}")
        if name not in receivers:
            raise FeedError(f"{shape}: no receivers are named {name!r}", hint=f"this file has {', '.join(sorted(receivers)) or 'none'}")
        written += [f"{receiver}{tail}" for receiver in receivers[name]]
    return tuple(written)


def own_shapes(tables: list[dict[str, object]], place: str) -> list[RawShape]:
    """Shapes that a project declares for its own wrappers, in the same grammar."""
    try:
        shapes = msgspec.convert(tables, list[RawShape])
    except msgspec.ValidationError as error:
        raise FeedError(f"{place}: {error}", hint="calls are written like shapes of rules/calls") from error
    for number, shape in enumerate(shapes):
        _check(shape, f"{place}[{number}]")
    return shapes


def _check(shape: RawShape, key: str) -> None:
    if not shape.match and not shape.match_legacy:
        raise FeedError(f"{key}.match: {shape.id} needs at least one pattern")
    if (shape.default_model is None) != (shape.default_in is None):
        raise FeedError(f"{key}.default-in: a default model and the release it was read in belong together")
    for path in (*shape.nested, *shape.groups):
        try:
            compile_path(path)
        except ValueError as error:
            raise FeedError(f"{key}.nested: {error}", hint="rules/calls/README.md explains key paths") from None
    for name, position in shape.model.items():
        if position < -1:
            raise FeedError(f"{key}.model.{name}: {position} is no position", hint="0 is the first argument after self, -1 keyword only")


def _check_examples(family: RawFamily, place: str) -> None:
    known = {shape.id for shape in family.shape}
    for kind, examples in (("valid", family.valid), ("invalid", family.invalid)):
        for number, example in enumerate(examples):
            if example.shape not in known:
                raise FeedError(f"{place}: {kind}[{number}].shape: no shape of this file is called {example.shape!r}")
