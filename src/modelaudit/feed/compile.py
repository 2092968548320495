"""From rules folders to one compiled index: each section's own module reads its part, later layers go over earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from modelaudit.domain.errors import FeedError
from modelaudit.domain.record import NamedTuple
from modelaudit.feed import anchors, bindings, heads, lexicon
from modelaudit.feed.index import Header, Index, is_compiled, read, write
from modelaudit.feed.stamp import SECTIONS, files

if TYPE_CHECKING:
    from modelaudit.feed.plain import Plain, PlainModel
    from modelaudit.feed.restrictions import PlainRestriction

DERIVED = ("lexicon", "spellings", "anchors", "heads", "bindings")
"""Sections worked out from the models and restrictions of all layers together."""


class Section(Protocol):
    """What a section's module offers."""

    NAME: str

    def build(self, folder: str) -> Plain:
        """Read the module's part of a rules folder."""


class Layer(NamedTuple):
    """One feed before layering."""

    place: str
    digest: str
    generated: str
    sections: dict[str, Plain]


def compile_feed(places: tuple[str, ...], stamp: str = "") -> bytes:
    """The index of one or more layers: folders or compiled files, the last one strongest."""
    layers = [layer(place) for place in places]
    sections, notes = _merged(layers)
    models = cast("dict[str, PlainModel]", sections.setdefault("models", {}))
    restrictions = cast("dict[str, PlainRestriction]", sections.setdefault("restrictions", {}))
    words = lexicon.build(models)
    sections["lexicon"] = words
    sections["spellings"] = lexicon.by_model(words)
    # A model is known by its key as well, without what a platform puts before it.
    sections["anchors"] = anchors.build({*words, *(key.casefold() for key in models if not key.isalpha())})
    sections["heads"] = heads.build(words)
    sections["bindings"] = bindings.build(models, restrictions)
    header = Header(_digest_of(layers), max(one.generated for one in layers), len(models), stamp, notes)
    return write(header, sections)


def layer(place: str) -> Layer:
    """A folder, read; or a compiled file, opened."""
    if os.path.isdir(place):
        sections = dict(_sections(place))
        if not sections:
            raise FeedError(f"{place}: no rules here", hint=f"a rules folder holds {', '.join(part for _, part in SECTIONS)}")
        return Layer(place, digest(place), _generated(sections), sections)
    if is_compiled(place):
        index: Index = read(place)
        kept = {name: index.section(name) for name in index.names() if name not in DERIVED}
        return Layer(place, index.header.digest, index.header.generated, kept)
    raise FeedError(f"{place}: neither a rules folder nor a compiled feed", hint="give a folder that holds models/, or a compiled file")


def digest(folder: str) -> str:
    """SHA-256 of the feed's files, names and bytes."""
    from hashlib import sha256

    total = sha256()
    for name in files(folder):
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _sections(folder: str) -> Iterator[tuple[str, Plain]]:
    for name, part in SECTIONS:
        if os.path.exists(os.path.join(folder, part)):
            module = cast("Section", import_module(f"modelaudit.feed.{name}"))
            yield module.NAME, module.build(folder)


def _merged(layers: list[Layer]) -> tuple[dict[str, Plain], tuple[tuple[str, str], ...]]:
    sections: dict[str, Plain] = {}
    notes: list[tuple[str, str]] = []
    for one in layers:
        for name, upper in one.sections.items():
            lower = sections.get(name)
            if isinstance(lower, dict) and isinstance(upper, dict):
                notes += [("rules-override", f"{one.place}: replaces {name} {key}") for key in sorted(lower.keys() & upper.keys())]
                sections[name] = {**lower, **upper}
            elif isinstance(lower, (tuple, list)) and isinstance(upper, (tuple, list)):
                sections[name] = (*lower, *upper)
            else:
                sections[name] = upper
    return sections, tuple(notes)


def _generated(sections: Mapping[str, Plain]) -> str:
    """The newest day on which a source of the models was read: the feed's own date, the same on every machine."""
    models = cast("dict[str, PlainModel]", sections.get("models", {}))
    days = (cited[3] for model in models.values() for life in model[4] for event in life[3] for cited in event[4])
    return max((on for on in days if on), default="1970-01-01")


def _digest_of(layers: list[Layer]) -> str:
    if len(layers) == 1:
        return layers[0].digest
    from hashlib import sha256

    return sha256("\n".join(one.digest for one in layers).encode()).hexdigest()
