"""The key rules in the compiled index: `rules/keys.toml`, checked once when the feed is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from modelaudit.domain.shapes import FlagRule, GenericKey, KeyExample, KeyPath, KeyRule, Keys, VariableGroup

if TYPE_CHECKING:
    from modelaudit.feed.keys_source import RawFlag, RawKeys, RawRule, RawVariable
    from modelaudit.feed.keys_source import Row as RawPath
    from modelaudit.feed.plain import Plain

NAME = "keys"
"""Name of the section."""

Row: TypeAlias = tuple["Plain", ...]
"""A record as the index stores it: a plain tuple in the order of the record's fields."""

_RULE = "rule "
_GENERIC = "generic "
_VARIABLE = "variable "
_FLAG = "flag "


def build(folder: str) -> dict[str, Plain]:
    """Read, check and flatten `keys.toml` of a rules folder. Every record has its own key, so that layers of rules add to one another."""
    from modelaudit.feed import keys_source

    raw = keys_source.keys(folder)
    plain: dict[str, Plain] = {_RULE + rule.id: _plain_rule(rule) for rule in raw.rule}
    for group in raw.generic_key:
        plain.update({_GENERIC + name: (name, group.role, group.dialect) for name in group.names})
    plain.update({_VARIABLE + group.role: _row(_variable(group)) for group in raw.variable})
    plain.update({_FLAG + " ".join(flag.commands): _row(_flag(flag)) for flag in raw.flag})
    if raw.variable_parts or raw.variable_not_suffixes:
        plain["words"] = (tuple(raw.variable_parts), tuple(raw.variable_not_suffixes))
    return plain


def decode(plain: Mapping[str, Plain]) -> Keys:
    """The records again."""
    parts, endings = cast("tuple[tuple[str, ...], tuple[str, ...]]", plain.get("words", ((), ())))
    return Keys(
        rules=tuple(_rule(row) for row in _rows(plain, _RULE)),
        generic=tuple(map(GenericKey._make, _rows(plain, _GENERIC))),
        variables=tuple(map(VariableGroup._make, _rows(plain, _VARIABLE))),
        variable_parts=parts,
        not_suffixes=endings,
        flags=tuple(map(FlagRule._make, _rows(plain, _FLAG))),
    )


def examples(folder: str) -> tuple[KeyExample, ...]:
    """The tiny files in which the rules must and must not find something, for tests and `rules lint`; they are not part of the index."""
    from modelaudit.feed import keys_source

    raw: RawKeys = keys_source.keys(folder)
    return tuple(
        KeyExample(rule.id, one.path, one.text, tuple(one.keys), valid)
        for rule in raw.rule
        for valid, some in ((True, rule.valid), (False, rule.invalid))
        for one in some
    )


def _plain_rule(rule: RawRule) -> Row:
    keys = _paths(rule.keys, "") + _paths(rule.environment_keys, "environment") + _paths(rule.candidate_keys, "candidate")
    record = KeyRule(
        id=rule.id,
        files=tuple(rule.files),
        formats=tuple(rule.formats),
        all_of=tuple(rule.detect.all_of),
        any_of=tuple(rule.detect.any_of),
        keys=(),
        fallback=(),
        fallback_when=tuple(rule.fallback_when),
        params=tuple(rule.params),
        pin=tuple(rule.pin),
        embedded=tuple(rule.embedded),
        actions=tuple(rule.actions),
        generic=rule.generic,
        exposure=rule.exposure,
        evidence=rule.evidence,
        notes=rule.notes,
    )
    return (*_row(record), keys, _paths(rule.fallback, ""))


def _rule(row: Row) -> KeyRule:
    *fields, keys, fallback = row
    record = KeyRule._make(fields)
    return record._replace(
        keys=tuple(map(KeyPath._make, cast("tuple[Row, ...]", keys))), fallback=tuple(map(KeyPath._make, cast("tuple[Row, ...]", fallback)))
    )


def _paths(rows: list[RawPath], needs: str) -> tuple[Row, ...]:
    return tuple((path, role, dialect, needs) for path, role, dialect in rows)


def _variable(raw: RawVariable) -> VariableGroup:
    return VariableGroup(raw.role, tuple(raw.exact), tuple(raw.suffixes), tuple(raw.candidate), tuple(raw.companions), raw.notes)


def _flag(raw: RawFlag) -> FlagRule:
    return FlagRule(
        commands=tuple(raw.commands),
        flags=tuple(raw.flags),
        assignments=tuple(raw.assignments),
        names=tuple(raw.names),
        pins=tuple(raw.pins),
        floating=tuple(raw.floating),
        positional=raw.positional,
        notes=raw.notes,
    )


def _row(record: Iterable[object]) -> Row:
    return cast("Row", tuple(record))


def _rows(plain: Mapping[str, Plain], kind: str) -> Iterable[Row]:
    return (cast("Row", row) for key, row in plain.items() if key.startswith(kind))
