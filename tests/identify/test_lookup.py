"""Which entry a spelling means: by platform, by kind, and for aliases by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.lexicon import Lexicon, LexiconEntry
from modelaudit.feed import platforms as section
from modelaudit.identify import Identifier

PLATFORMS: section.Plain = {
    "platform one": ("one", "One API", ("acme",), False, (), False, False, None, "", ""),
    "platform two": ("two", "Two Cloud", (), False, (), False, False, None, "", ""),
    "platform any": ("any", "Any Case", (), False, (), True, False, None, "", ""),
}


class SmallFeed:
    """A feed of a few entries."""

    def __init__(self, *entries: LexiconEntry) -> None:
        found: dict[str, tuple[LexiconEntry, ...]] = {}
        for entry in entries:
            found[entry.id.casefold()] = (*found.get(entry.id.casefold(), ()), entry)
        self.lexicon: Lexicon = found
        keys = {entry.model for entry in entries if not entry.model.isalpha()}
        self.spellings = {key: tuple(text for text, named in found.items() if any(one.model == key for one in named)) for key in keys}
        self.anchors: tuple[bytes, ...] = (b"stem",)
        self.heads: tuple[str, ...] = ("stem",)

    def section(self, name: str) -> object:
        assert name == "platforms"
        return PLATFORMS


def _id(platform: str, text: str, model: str, version: str | None = None) -> LexiconEntry:
    return LexiconEntry(platform, model, "acme", text, "id", None, None, False, version)


def _alias(platform: str, text: str, model: str, start: str | None, end: str | None) -> LexiconEntry:
    return LexiconEntry(platform, model, "acme", text, "alias", start, end, True, None)


MOVING = SmallFeed(
    _alias("one", "stem-latest", "stem-1", None, "2025-03-01"),
    _alias("one", "stem-latest", "stem-2", "2025-03-01", "2025-06-01"),
    _alias("one", "stem-latest", "stem-3", "2025-09-01", None),
)


@pytest.mark.parametrize(
    ("day", "model"),
    [
        ("2020-01-01", "stem-1"),
        ("2025-02-28", "stem-1"),
        ("2025-03-01", "stem-2"),
        ("2025-05-31", "stem-2"),
        ("2025-07-15", "stem-2"),  # in the gap nothing answers; the last target is what the text meant
        ("2025-09-01", "stem-3"),
        ("2031-01-01", "stem-3"),
    ],
)
def test_an_alias_names_what_it_named_on_the_day(day: str, model: str) -> None:
    found = Identifier(MOVING).identify("stem-latest", as_of=date.fromisoformat(day))
    assert found is not None
    assert (found.model, found.alias, found.floating) == (model, "stem-latest", True)


def test_before_its_first_day_an_alias_means_its_first_target() -> None:
    feed = SmallFeed(_alias("one", "stem-x", "stem-2", "2025-03-01", None))
    found = Identifier(feed).identify("stem-x", as_of=date(2024, 1, 1))
    assert found is not None
    assert found.model == "stem-2"


@given(days=st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True), offset=st.integers(-3000, 3000))
def test_the_target_in_force_is_the_last_that_began(days: list[date], offset: int) -> None:
    starts = sorted(days)
    ends = [day.isoformat() for day in starts[1:]] + [None]
    feed = SmallFeed(*(_alias("one", "stem-x", f"stem-{day}", day.isoformat(), end) for day, end in zip(starts, ends, strict=True)))
    day = date(2025, 1, 1) + timedelta(days=offset)
    found = Identifier(feed).identify("stem-x", as_of=day)
    assert found is not None
    assert found.model == f"stem-{max((start for start in starts if start <= day), default=starts[0])}"


def test_the_platform_decides_between_equal_spellings() -> None:
    identifier = Identifier(SmallFeed(_id("one", "stem-9", "own"), _id("two", "stem-9", "resold")))
    seen = [identifier.identify("stem-9", platform=platform, as_of=date(2025, 1, 1)) for platform in ("one", "two", None, "elsewhere")]
    assert [(found.model, found.platform) for found in seen if found] == [
        ("own", "one"),
        ("resold", "two"),
        ("own", None),
        ("own", "elsewhere"),
    ]


def test_an_id_comes_before_an_alias_of_the_same_platform() -> None:
    identifier = Identifier(SmallFeed(_id("one", "stem-9", "itself"), _alias("one", "stem-9", "other", None, None)))
    found = identifier.identify("stem-9", as_of=date(2025, 1, 1))
    assert found is not None
    assert (found.model, found.alias) == ("itself", None)


@pytest.mark.parametrize(
    ("written", "platform", "known"),
    [
        ("Stem-9-Big", None, True),  # as spelled
        ("stem-9-big", None, True),  # an ID in mixed case is compared freely
        ("stem-8", None, True),
        ("Stem-8", None, False),  # an ID in lower case is not: this is a display name
        ("Stem-8", "any", True),  # unless the platform does not care
    ],
)
def test_case_counts_where_the_platform_cares(written: str, platform: str | None, known: bool) -> None:
    identifier = Identifier(SmallFeed(_id("two", "Stem-9-Big", "big"), _id("two", "stem-8", "eight")))
    assert (identifier.identify(written, platform=platform, as_of=date(2025, 1, 1)) is not None) is known


def test_the_version_of_the_entry_is_kept() -> None:
    found = Identifier(SmallFeed(_id("two", "stem-9@7", "nine", "7"))).identify("stem-9@7", as_of=date(2025, 1, 1))
    assert found is not None
    assert found.version == "7"


def test_the_anchors_are_those_of_the_feed() -> None:
    assert Identifier(MOVING).anchors == (b"stem",)
