"""Migration rows and prices in the compiled index: `migrations/`, checked once when the feed is compiled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from modelaudit.domain.lifecycle import Source
from modelaudit.domain.migration import Condition, MigrationExample, Migrations, Price, Row

if TYPE_CHECKING:
    from modelaudit.feed import migrations_source as raw
    from modelaudit.feed.plain import Plain

NAME = "migrations"
"""Name of the section."""

_ROW, _PRICE = "row ", "price "


def build(folder: str) -> dict[str, Plain]:
    """Read, check and flatten `migrations/` of a rules folder. Every record has its own key, so that layers add to one another."""
    from modelaudit.feed import migrations_source

    made: dict[str, Plain] = {}
    for _, file in migrations_source.files(folder):
        sources = {key: _plain_source(key, one) for key, one in file.source.items()}
        for row in file.row:
            origin, target = (migrations_source.expand(globs, file.set) for globs in (row.origin, row.target))
            made[f"{_ROW}{row.id}"] = _plain_row(row, origin, target, sources)
        for price in file.price:
            fields = (price.input, price.output, price.context, price.max_output, price.note, sources[price.source])
            made[f"{_PRICE}{price.models[0]}"] = (tuple(price.models), *fields)
    return made


def decode(plain: Mapping[str, Plain]) -> Migrations:
    """The records again."""
    rows = tuple(_row(cast("tuple[Plain, ...]", row)) for key, row in plain.items() if key.startswith(_ROW))
    prices = tuple(_price(cast("tuple[Plain, ...]", row)) for key, row in plain.items() if key.startswith(_PRICE))
    return Migrations(rows, prices)


def examples(folder: str) -> tuple[MigrationExample, ...]:
    """The snippets for which rows must and must not speak, for tests and `rules lint`; they are not part of the index."""
    from modelaudit.feed import migrations_source

    found: list[MigrationExample] = []
    for _, file in migrations_source.files(folder):
        for row in file.row:
            for speaks, one in ((True, row.example), (False, row.counterexample)):
                if one is not None:
                    found.append(MigrationExample(row.id, one.code.replace("; ", "\n"), one.to, speaks, one.at, one.requires))
    return tuple(found)


def _plain_source(key: str, one: raw.RawSource) -> Plain:
    return (key, one.url, one.official, None if one.retrieved is None else one.retrieved.isoformat(), one.title)


def _plain_row(row: raw.RawRow, origin: tuple[str, ...], target: tuple[str, ...], sources: Mapping[str, Plain]) -> Plain:
    """The fields of `Row` in their order."""
    return (
        row.id,
        origin,
        target,
        row.feature,
        row.effect,
        row.place,
        row.why,
        row.check,
        row.today,
        None if row.since is None else row.since.isoformat(),
        row.difficulty,
        row.operations,
        row.shapes,
        row.platforms,
        row.not_platforms,
        tuple(_plain_condition(one) for one in row.when),
        tuple(_plain_condition(one) for one in row.unless),
        tuple(sources[key] for key in row.source),
        row.confidence,
    )


def _plain_condition(one: raw.RawCondition) -> Plain:
    """The fields of `Condition` in their order."""
    names = (one.argument, one.value, one.not_value, one.absent)
    return (*names, one.trace, one.text, one.callee, one.operation, one.fine_tuned, one.package, one.since)


def _row(plain: tuple[Plain, ...]) -> Row:
    row = Row._make(plain)
    return row._replace(
        since=_day(plain[9]),
        when=tuple(Condition._make(cast("tuple[Plain, ...]", one)) for one in row.when),
        unless=tuple(Condition._make(cast("tuple[Plain, ...]", one)) for one in row.unless),
        sources=tuple(_source(cast("tuple[Plain, ...]", one)) for one in row.sources),
    )


def _price(plain: tuple[Plain, ...]) -> Price:
    price = Price._make(plain)
    return price._replace(source=_source(cast("tuple[Plain, ...]", plain[6])))


def _source(plain: tuple[Plain, ...]) -> Source:
    source = Source._make(plain)
    return source._replace(retrieved=_day(plain[3]))


def _day(plain: Plain) -> date | None:
    return None if plain is None else date.fromisoformat(cast("str", plain))
