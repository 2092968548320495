"""The call shapes in the compiled index: `rules/calls`, checked once when the feed is compiled."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from modelaudit.domain.shapes import (
    ArgumentName,
    CallExample,
    CallNames,
    Calls,
    CallShape,
    CanonicalArg,
    CouplingPattern,
    ImplicitDefault,
    Indirection,
    PlatformHint,
)

if TYPE_CHECKING:
    from modelaudit.feed.calls_source import RawEvidence, RawNames, RawShape

NAME = "calls"
"""Name of the section."""


Row: TypeAlias = tuple[object, ...]
"""A record as the index stores it: a plain tuple in the order of the record's fields."""


class Plain(TypedDict):
    """The section as the index stores it."""

    shapes: tuple[Row, ...]
    arguments: tuple[Row, ...]
    names: tuple[tuple[str, ...], ...]
    canonical_args: tuple[Row, ...]
    coupling_patterns: tuple[Row, ...]
    indirections: tuple[Row, ...]
    platform_hints: tuple[Row, ...]
    implicit_defaults: tuple[Row, ...]


def build(folder: str) -> Plain:
    """Read, check and flatten `calls/` of a rules folder."""
    from modelaudit.feed import calls_source

    calls = os.path.join(folder, "calls")
    shapes: list[CallShape] = []
    for family, raw in calls_source.families(calls).items():
        shapes += [_shape(shape, family, raw.receivers, raw.receiver_dialect) for shape in raw.shape]
    names = calls_source.read(os.path.join(calls, "_names.toml"), calls_source.RawNames)
    evidence = calls_source.read(os.path.join(calls, "_evidence.toml"), calls_source.RawEvidence)
    shapes.sort(key=lambda shape: (_rank(shape.family, names.preference), shape.family, shape.id))
    return _plain(shapes, names, evidence)


def decode(plain: Plain) -> Calls:
    """The records again."""
    return Calls(
        tuple(map(CallShape._make, plain["shapes"])),
        CallNames(tuple(map(ArgumentName._make, plain["arguments"])), *plain["names"]),
        tuple(map(CanonicalArg._make, plain["canonical_args"])),
        tuple(map(CouplingPattern._make, plain["coupling_patterns"])),
        tuple(map(Indirection._make, plain["indirections"])),
        tuple(map(PlatformHint._make, plain["platform_hints"])),
        tuple(map(ImplicitDefault._make, plain["implicit_defaults"])),
    )


def examples(folder: str) -> tuple[CallExample, ...]:
    """The snippets that must and must not match, for tests and `rules lint`; they are not part of the index."""
    from modelaudit.feed import calls_source

    found: list[CallExample] = []
    for raw in calls_source.families(os.path.join(folder, "calls")).values():
        for valid, some in ((True, raw.valid), (False, raw.invalid)):
            found += [CallExample(one.shape, one.code, one.model, one.argument, one.typed, valid) for one in some]
    return tuple(found)


def own_shapes(tables: list[dict[str, object]], place: str) -> tuple[CallShape, ...]:
    """Shapes of a project's own wrappers, written in its configuration in the grammar of `rules/calls`."""
    from modelaudit.feed import calls_source

    return tuple(_shape(raw, f"project:{place}", {}, {}) for raw in calls_source.own_shapes(tables, place))


def _shape(raw: RawShape, family: str, receivers: dict[str, list[str]], dialects: dict[str, str]) -> CallShape:
    from modelaudit.feed.calls_source import expand

    match = expand(raw.match, receivers, f"{raw.id}: match")
    return CallShape(
        id=raw.id,
        package=raw.package,
        operation=raw.operation,
        dialect=raw.dialect,
        match=match,
        suffix=raw.suffix,
        model=tuple(raw.model.items()),
        nested=tuple(raw.nested),
        risk_args=tuple(raw.risk_args),
        nested_params=raw.nested_params,
        retry_args=tuple(raw.retry_args),
        fallback_args=tuple(raw.fallback_args),
        receiver_dialect=tuple((name, dialect) for name, dialect in dialects.items() if any(f"{name}()" in pattern for pattern in match)),
        default_model=raw.default_model,
        default_in=raw.default_in,
        server_default=bool(raw.server_default),
        status=raw.status,
        generic_arg=raw.generic_arg,
        fallback_chain=raw.fallback_chain,
        notes=raw.notes,
        family=family,
        legacy=expand(raw.match_legacy, receivers, f"{raw.id}: match_legacy"),
        several=raw.several,
        groups=tuple(raw.groups),
        fallback_when=tuple(raw.fallback_when),
        fallback_dialect=raw.fallback_dialect,
        decorator=raw.decorator,
        also=tuple(raw.also),
        env=raw.env,
        retry_scope=raw.retry_scope,
        server_note=raw.server_default,
        verified=raw.verified,
        verified_in=raw.verified_in,
    )


def _plain(shapes: list[CallShape], names: RawNames, evidence: RawEvidence) -> Plain:
    return Plain(
        shapes=_flat(shapes),
        arguments=_flat([ArgumentName(name, group.dialect, group.candidate) for group in names.argument for name in group.names]),
        names=(tuple(names.ignored), tuple(names.common), tuple(names.transparent), tuple(names.wrappers), tuple(names.preference)),
        canonical_args=_flat(
            [
                CanonicalArg(one.factor, tuple(one.spellings), one.effect, one.value_matters, one.feed_capability, one.detect)
                for one in evidence.canonical_arg
            ]
        ),
        coupling_patterns=_flat([CouplingPattern(one.id, one.pattern, one.effect) for one in evidence.coupling_pattern]),
        indirections=_flat([Indirection(one.id, one.pattern, one.edit, one.static_visibility) for one in evidence.indirection]),
        platform_hints=_flat([PlatformHint(one.kind, text, name) for one in evidence.platform_hint for text, name in one.map.items()]),
        implicit_defaults=_flat(
            [ImplicitDefault(one.callable, one.condition, one.model, one.read_in, one.verified) for one in evidence.implicit_default]
        ),
    )


def _flat(records: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(tuple(record) for record in records)


def _rank(family: str, preference: list[str]) -> int:
    return preference.index(family) if family in preference else len(preference)
