"""The section of restrictions: `restrictions/<act>.toml`, one file an act or a family of acts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from modelaudit.domain.errors import FeedError
from modelaudit.domain.lifecycle import EventKind, Relief, Restriction
from modelaudit.feed.days import day, iso
from modelaudit.feed.models import decode_source, named, source

if TYPE_CHECKING:
    from modelaudit.feed import restrictions_source as raw
    from modelaudit.feed.plain import PlainSource

NAME = "restrictions"
"""Name of the section."""

PlainRelief: TypeAlias = "tuple[str, tuple[str, ...], str, tuple[PlainSource, ...], tuple[str, ...]]"
PlainRestriction: TypeAlias = (
    "tuple[str, str, str, tuple[str, ...], str, str, str, str, tuple[str, ...], tuple[str, ...], str, tuple[PlainRelief, ...], "
    "str | None, tuple[str, ...], tuple[PlainSource, ...], str, str | None, bool, tuple[str, ...], "
    "tuple[str, ...], str | None, str | None, str | None, str | None, str | None]"
)
"""The fields of `Restriction` in their order, subjects as written."""


def build(folder: str) -> dict[str, PlainRestriction]:
    """Every restriction of a rules folder, by id."""
    from modelaudit.feed import restrictions_source as raw
    from modelaudit.feed.reading import read, toml_files

    made: dict[str, PlainRestriction] = {}
    for file in toml_files(os.path.join(folder, NAME)):
        acts = read(file, raw.RawActs)
        sources = {key: source(key, one) for key, one in acts.source.items()}
        for act in acts.restriction:
            if act.id in made:
                raise FeedError(f"{file}: restriction {act.id!r} is there twice")
            try:
                made[act.id] = flatten(act, sources)
            except KeyError as error:
                raise FeedError(f"{file}: source {error} is not defined", hint="add a [source.…] table with that name") from error
    return dict(sorted(made.items()))


def flatten(act: raw.RawRestriction, sources: dict[str, PlainSource]) -> PlainRestriction:
    """One act as the index holds it."""
    relief = tuple(
        (iso(one.on), tuple(one.subjects or act.subjects), one.who, named(one.source, sources), tuple(one.profiles or ()))
        for one in act.relief
    )
    lifted = act.lifted
    cited = named(act.source, sources) + (named(lifted.source, sources) if lifted else ())
    return (
        act.id,
        act.title,
        act.kind,
        tuple(act.subjects),
        act.jurisdiction,
        act.bound,
        act.issuer,
        act.legal_basis,
        tuple(act.applies_to or ("api",)),
        tuple(act.profiles),
        iso(act.effective),
        relief,
        iso(lifted.on) if lifted else None,
        tuple(lifted.conditions or ()) if lifted else (),
        tuple(dict.fromkeys(cited)),
        act.grade,
        act.disputed,
        act.makes_calls_fail,
        tuple(act.platforms or ()),
        tuple(act.exempt or ()),
        act.cause,
        act.when,
        act.note,
        iso(act.announced),
        iso(lifted.known_from) if lifted else None,
    )


def decode(plain: PlainRestriction, subjects: tuple[str, ...]) -> Restriction:
    """The record of one act, with the models it means."""
    relief = tuple(Relief(day(on), whom, who, tuple(map(decode_source, cited)), profiles) for on, whom, who, cited, profiles in plain[11])
    return Restriction(
        id=plain[0],
        title=plain[1],
        kind=plain[2],
        subjects=subjects,
        jurisdiction=plain[4],
        bound=plain[5],
        issuer=plain[6],
        legal_basis=plain[7],
        applies_to=plain[8],
        profiles=plain[9],
        effective=day(plain[10]),
        relief=relief,
        lifted=day(plain[12]),
        conditions=plain[13],
        sources=tuple(map(decode_source, plain[14])),
        grade=plain[15],
        disputed=plain[16],
        makes_calls_fail=plain[17],
        platforms=plain[18],
        exempt=plain[19],
        cause=plain[20],
        when=EventKind(plain[21]) if plain[21] else None,
        note=plain[22],
        announced=day(plain[23]),
        end_known_from=day(plain[24]),
    )
