"""The call shapes in the compiled index: `rules/calls`, checked once when the feed is compiled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from modelaudit.domain.shapes import (
    ArgumentName,
    CallExample,
    CallNames,
    Calls,
    CallShape,
    CanonicalArg,
    Clue,
    CouplingPattern,
    ImplicitDefault,
    Indirection,
    PlatformHint,
)

if TYPE_CHECKING:
    from modelaudit.feed.calls_source import RawEvidence, RawNames, RawShape
    from modelaudit.feed.plain import Plain

NAME = "calls"
"""Name of the section."""

Row: TypeAlias = tuple["Plain", ...]
"""A record as the index stores it: a plain tuple in the order of the record's fields."""

_SHAPE = "shape "
"""Every shape has a key of its own, so that a layer of rules adds and replaces single shapes."""


def build(folder: str) -> dict[str, Plain]:
    """Read, check and flatten `calls/` of a rules folder."""
    from modelaudit.feed import calls_source

    calls = os.path.join(folder, "calls")
    shapes: list[CallShape] = []
    for family, raw in calls_source.families(calls).items():
        shapes += [_shape(shape, family, raw.receivers, raw.receiver_dialect) for shape in raw.shape]
    names = calls_source.names(calls)
    evidence = calls_source.evidence(calls)
    preference = names.preference if names else []
    shapes.sort(key=lambda shape: (_rank(shape.family, preference), shape.family, shape.id))
    plain: dict[str, Plain] = {_SHAPE + shape.id: _row(shape) for shape in shapes}
    if names is not None:
        plain.update(_plain_names(names))
    if evidence is not None:
        plain.update(_plain_evidence(evidence))
    return plain


def decode(plain: Mapping[str, Plain]) -> Calls:
    """The records again."""
    return Calls(
        tuple(CallShape._make(cast("Row", row)) for key, row in plain.items() if key.startswith(_SHAPE)),
        CallNames(
            tuple(map(ArgumentName._make, _rows(plain, "arguments"))), *cast("tuple[tuple[str, ...], ...]", plain.get("names", _NO_NAMES))
        ),
        tuple(map(CanonicalArg._make, _rows(plain, "canonical arguments"))),
        tuple(map(CouplingPattern._make, _rows(plain, "coupling patterns"))),
        tuple(map(Indirection._make, _rows(plain, "indirections"))),
        tuple(map(PlatformHint._make, _rows(plain, "platform hints"))),
        tuple(map(ImplicitDefault._make, _rows(plain, "implicit defaults"))),
        tuple(map(Clue._make, _rows(plain, "clues"))),
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

    return tuple(_shape(raw, "project", {}, {}) for raw in calls_source.own_shapes(tables, place))


def _shape(raw: RawShape, family: str, receivers: dict[str, list[str]], dialects: dict[str, str]) -> CallShape:
    from modelaudit.feed.calls_source import expand

    match = expand(raw.match, receivers, raw.id)
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
        legacy=expand(raw.match_legacy, receivers, raw.id),
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


def _plain_names(names: RawNames) -> dict[str, Plain]:
    arguments = [ArgumentName(name, group.dialect, group.candidate) for group in names.argument for name in group.names]
    lists = (names.ignored, names.common, names.transparent, names.wrappers, names.preference)
    return {"arguments": tuple(map(_row, arguments)), "names": tuple(map(tuple, lists))}


def _plain_evidence(raw: RawEvidence) -> dict[str, Plain]:
    canonical = [
        CanonicalArg(one.factor, tuple(one.spellings), one.effect, one.value_matters, one.feed_capability, one.detect)
        for one in raw.canonical_arg
    ]
    hints = [PlatformHint(one.kind, text, platform) for one in raw.platform_hint for text, platform in one.map.items()]
    defaults = [ImplicitDefault(one.callable, one.condition, one.model, one.read_in, one.verified) for one in raw.implicit_default]
    return {
        "canonical arguments": tuple(map(_row, canonical)),
        "coupling patterns": tuple((one.id, one.pattern, one.effect) for one in raw.coupling_pattern),
        "indirections": tuple((one.id, one.pattern, one.edit, one.static_visibility) for one in raw.indirection),
        "platform hints": tuple(map(_row, hints)),
        "implicit defaults": tuple(map(_row, defaults)),
        "clues": tuple((one.kind, name) for one in raw.clue for name in one.names),
    }


_NO_NAMES: tuple[tuple[str, ...], ...] = ((), (), (), (), ())


def _row(record: Iterable[object]) -> Row:
    return cast("Row", tuple(record))


def _rows(plain: Mapping[str, Plain], key: str) -> tuple[Row, ...]:
    return cast("tuple[Row, ...]", plain.get(key, ()))


def _rank(family: str, preference: list[str]) -> int:
    return preference.index(family) if family in preference else len(preference)
