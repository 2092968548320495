"""Every row of the table that the feed came from: the feed agrees, or says why not."""

import csv
from datetime import date
from pathlib import Path

import pytest

from modelaudit.domain.lexicon import LexiconEntry
from modelaudit.domain.lifecycle import Status
from modelaudit.feed.load import Feed
from modelaudit.judge.status import StatusFact, status

DATA = Path(__file__).parent / "data"
DAY = date(2026, 11, 21)
EXCEPTIONS_ALLOWED = 65


def _read(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _read("lifecycle.csv")
EXCEPTIONS = {(row["platform"], row["model_id"]): row for row in _read("exceptions.csv")}


def _entries(feed: Feed, platform: str, written: str) -> list[LexiconEntry]:
    """What the lexicon says of an ID on a platform on the day."""
    day = DAY.isoformat()
    found = [entry for entry in feed.lexicon.get(written.casefold(), ()) if entry.platform == platform]
    return [entry for entry in found if (entry.start or day) <= day and (entry.end is None or day < entry.end)]


def _judge(feed: Feed, platform: str, written: str) -> StatusFact:
    (entry,) = _entries(feed, platform, written)
    model = feed.model(entry.model)
    assert model is not None
    return status(model, platform, DAY, restrictions=feed.restrictions(model.key))


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 1320
    assert len({row["platform"] for row in ROWS}) == 21


def test_the_list_of_exceptions_is_short_and_every_one_has_a_reason() -> None:
    assert len(EXCEPTIONS) <= EXCEPTIONS_ALLOWED
    known = {(row["platform"], row["model_id"]) for row in ROWS}
    for key, row in EXCEPTIONS.items():
        assert key in known
        assert row["reason"].split(":")[0] in {"corrected", "floor", "gate", "region", "versions"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['platform']}:{row['model_id']}")
def test_a_row_agrees_or_is_an_exception(feed: Feed, row: dict[str, str]) -> None:
    fact = _judge(feed, row["platform"], row["model_id"])
    is_exact = row["date_precision"] == "exact"
    given = fact.deadline if fact.status is not Status.RESTRICTED and fact.deadline else fact.safe_until
    said = (fact.status.value, given.isoformat() if given else "")
    exception = EXCEPTIONS.get((row["platform"], row["model_id"]))
    wanted = (row["status_on_2026_11_21"], row["shutdown_on"])
    if exception is None:
        assert said == wanted
        assert not row["shutdown_on"] or (fact.deadline is not None) == is_exact or fact.status is Status.RESTRICTED
    else:
        assert said == (exception["status"], exception["date"])
        assert said != wanted or (fact.deadline is not None) != is_exact, "no longer an exception"


@pytest.mark.parametrize("row", [row for row in ROWS if row["replacement"]], ids=lambda row: f"{row['platform']}:{row['model_id']}")
def test_a_replacement_that_the_table_names_is_kept(feed: Feed, row: dict[str, str]) -> None:
    (entry,) = _entries(feed, row["platform"], row["model_id"])
    life = feed.life(entry.model, row["platform"])
    assert life is not None
    assert life.replacement is not None
    kept = " ".join([life.replacement.drop_in or "", *life.replacement.options, life.replacement.note or ""])
    first = row["replacement"].split(" or ")[0].split(" (")[0]
    is_alias = entry.kind == "alias" or len(life.ids) > 1
    assert first in kept or is_alias
