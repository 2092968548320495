"""Opening a rules feed: the one in the wheel, a checkout's, a folder or a compiled file of the user's, or several in layers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, cast

from modelaudit.domain.errors import FeedError
from modelaudit.domain.facts import Notification
from modelaudit.domain.lifecycle import Life, Model, Restriction
from modelaudit.feed import models as models_section
from modelaudit.feed.folders import BUNDLE, user_cache
from modelaudit.feed.index import Index, is_compiled, read, write_beside
from modelaudit.feed.lexicon import decode as decode_lexicon

if TYPE_CHECKING:
    from datetime import date

    from modelaudit.domain.lexicon import Lexicon
    from modelaudit.feed.lexicon import PlainEntry
    from modelaudit.feed.plain import Plain, PlainModel
    from modelaudit.feed.restrictions import PlainRestriction

Decoded = TypeVar("Decoded")

BUNDLED = "bundled"
"""Name of the feed that comes with the program, also as a layer."""


class Feed:
    """An open rules feed. Everything is decoded when asked for."""

    __slots__ = ("_decoded", "_index", "_lexicon", "_models", "_plain", "_restrictions", "source")

    def __init__(self, index: Index, source: str) -> None:
        self._index = index
        self._plain: dict[str, Plain] = {}
        self._decoded: dict[str, object] = {}
        self._models: dict[str, Model | None] = {}
        self._restrictions: dict[str, Restriction] = {}
        self._lexicon: Lexicon | None = None
        self.source = source

    @property
    def digest(self) -> str:
        """SHA-256 of the rules."""
        return self._index.header.digest

    @property
    def generated(self) -> date:
        """The newest day on which any of its sources was read."""
        from datetime import date

        return date.fromisoformat(self._index.header.generated)

    @property
    def model_count(self) -> int:
        """How many models it knows."""
        return self._index.header.models

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """What the reader should know of it: entries that one layer replaced in another."""
        return tuple(Notification("note", code, message) for code, message in self._index.header.notes)

    @property
    def lexicon(self) -> Lexicon:
        """Casefolded spelling to its entries."""
        if self._lexicon is None:
            self._lexicon = decode_lexicon(cast("Mapping[str, tuple[PlainEntry, ...]]", self.section("lexicon")))
        return self._lexicon

    @property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded key of a model to the keys of its entries in the lexicon."""
        return cast("Mapping[str, tuple[str, ...]]", self.section("spellings"))

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """Lower-case stems of which every known ID contains at least one."""
        return cast("tuple[bytes, ...]", self.section("anchors"))

    @property
    def heads(self) -> tuple[str, ...]:
        """Lower-case words of which every known ID contains at least one."""
        return cast("tuple[str, ...]", self.section("heads"))

    def keys(self) -> tuple[str, ...]:
        """The keys of all models, sorted."""
        return tuple(sorted(self._all_models()))

    def published(self, publisher: str) -> tuple[str, ...]:
        """The keys of one publisher's models, sorted."""
        return tuple(sorted(key for key, plain in self._all_models().items() if plain[1] == publisher))

    def model(self, key: str) -> Model | None:
        """A model with its lives."""
        if key not in self._models:
            plain = self._all_models().get(key)
            self._models[key] = None if plain is None else models_section.decode(plain)
        return self._models[key]

    def life(self, key: str, platform: str) -> Life | None:
        """A model's life on one platform."""
        model = self.model(key)
        return None if model is None else model.life(platform)

    def restrictions(self, key: str) -> tuple[Restriction, ...]:
        """The restrictions that name a model, in force or not, sorted by id."""
        ids = cast("Mapping[str, tuple[str, ...]]", self.section("bindings")).get(key, ())
        return tuple(self.restriction(id_) for id_ in ids)

    def restriction(self, id_: str) -> Restriction:
        """A restriction by its id; `KeyError` when there is none."""
        if id_ not in self._restrictions:
            from modelaudit.feed import restrictions

            plain = cast("Mapping[str, PlainRestriction]", self.section("restrictions"))
            self._restrictions[id_] = restrictions.decode(plain[id_], self._subjects(id_))
        return self._restrictions[id_]

    def restriction_ids(self) -> tuple[str, ...]:
        """The ids of all restrictions, sorted."""
        return tuple(sorted(cast("Mapping[str, PlainRestriction]", self.section("restrictions"))))

    def sections_digest(self, names: Iterable[str]) -> str:
        """What changes whenever one of these sections does: for caches of what was made with them."""
        return self._index.digest(names).hex()

    def section(self, name: str) -> Plain:
        """A section as its module built it, kept once decoded."""
        if name not in self._plain:
            try:
                self._plain[name] = self._index.section(name)
            except KeyError as error:
                hint = f'lay it over the bundled one: rules = ["{BUNDLED}", "{self.source}"]'
                raise FeedError(f"{self.source}: this rules feed has no {name}", hint=hint) from error
        return self._plain[name]

    def decoded(self, name: str, decode: Callable[[Mapping[str, Plain]], Decoded]) -> Decoded:
        """A section as its module's `decode` makes it: several stages want the same one."""
        if name not in self._decoded:
            self._decoded[name] = decode(cast("Mapping[str, Plain]", self.section(name)))
        return cast("Decoded", self._decoded[name])

    def _all_models(self) -> Mapping[str, PlainModel]:
        return cast("Mapping[str, PlainModel]", self.section("models"))

    def _subjects(self, id_: str) -> tuple[str, ...]:
        bindings = cast("Mapping[str, tuple[str, ...]]", self.section("bindings"))
        return tuple(key for key, ids in bindings.items() if id_ in ids)


def load(rules: str | tuple[str, ...] | None = None, cache_dir: str | None = None) -> Feed:
    """Open a feed: None for the bundled one, a folder or a compiled file, or several of them, the last one strongest.

    In a tuple the word `bundled` means the bundled feed. Folders are compiled on first use into `cache_dir` (the user's cache by default).
    """
    wanted = (BUNDLED,) if rules is None else (rules,) if isinstance(rules, str) else rules
    places = tuple(_bundled() if place == BUNDLED else os.path.abspath(place) for place in wanted)
    source = ", ".join(wanted)
    if len(places) == 1 and not os.path.isdir(places[0]):
        if not is_compiled(places[0]):
            raise FeedError(f"{wanted[0]}: neither a rules folder nor a compiled feed", hint="give a folder that holds models/")
        return Feed(read(places[0]), source)
    return Feed(_cached(places, cache_dir), source)


def _bundled() -> str:
    """The index in the wheel; in a checkout, or where the index is of another version, the rules it is made from."""
    from modelaudit.feed.index import FORMAT, MAGIC

    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    compiled = os.path.join(package, BUNDLE)
    try:
        with open(compiled, "rb") as file:
            if file.read(len(MAGIC) + 4) == MAGIC + FORMAT.to_bytes(4, "little"):
                return compiled
    except OSError:
        pass
    for folder in (os.path.join(package, "_rules"), os.path.join(os.path.dirname(os.path.dirname(package)), "rules")):
        if os.path.isdir(os.path.join(folder, "models")):
            return folder
    raise FeedError("the rules feed that belongs to this program is missing", hint="install the package again")


def _cached(places: tuple[str, ...], cache_dir: str | None) -> Index:
    """The compiled layers, from the cache when no file has changed since."""
    from zlib import crc32

    from modelaudit.feed.stamp import stamp

    mark = stamp(places)
    name = f"feed-{crc32(chr(0).join(places).encode()):08x}.bin"
    path = os.path.join(cache_dir or user_cache(), name)
    if os.path.exists(path):
        try:
            index = read(path)
        except FeedError:
            pass  # of another version, or damaged: built anew below
        else:
            if index.header.stamp == mark:
                return index
    from modelaudit.feed.compile import compile_feed

    data = compile_feed(places, mark)
    with suppress(OSError):  # a read-only cache costs time, not the run
        write_beside(path, data)
    return Index(data, path)
