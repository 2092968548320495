"""Rows of the lifecycle table that name one model on one platform, turned into one life of the feed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from lifecycle_replacements import replacement
from lifecycle_sources import agreeing, primary, tool_key

Row = dict[str, str]
Table = dict[str, object]
"""A TOML table in the making."""

AZURE_PAGE = "microsoft-model-retirement-schedule-2026-07-07"
"""Where the lifecycle words of Azure (`Deprecated`, `Legacy`) were read."""

_REVISED = re.compile(r"revised: was (\d{4}-\d\d-\d\d) in (.+?) as of (\d{4}-\d\d-\d\d)")
_REGIONS = re.compile(r"(?:EOL date applies in|regions:) ([a-z0-9 ,-]+?)(?:\.|;|$)")
_EOL = re.compile(r"EOL (\d{4}-\d\d-\d\d) in ([a-z0-9 ,-]+?)\.")
_NOISE = re.compile(r"model@version is our notation, the wire id is the deployment name|alias of \S+|replacement named: [^;]+")


class Revision(NamedTuple):
    """A date that a source gave earlier."""

    on: date
    tool: str
    seen: date


def life(platform: str, rows: list[Row], aliases: list[Row]) -> Table:
    """The life that `rows` tell; `aliases` are the rows of names that stand for the same model, read where `rows` say nothing."""
    first = rows[0]
    every = rows + aliases
    made: Table = {"source": primary(first)[0]}
    agree = sorted({tool_key(name) for row in every for name in agreeing(row)})
    if agree:
        made["agree"] = agree
    events = sorted(_events(platform, rows, every), key=_order)
    made["events"] = events
    if found := next((r for row in every if (r := replacement(row, every))), None):
        made["replacement"] = found
    if note := _note(every, listed=all(event["kind"] == "released" for event in events)):
        made["note"] = note
    return made


def exact_shutdown(rows: list[Row]) -> str:
    """The exact end that the rows agree on, or nothing."""
    ends = {row["shutdown_on"] for row in rows if row["date_precision"] == "exact" and row["shutdown_on"]}
    if len(ends) > 1:
        raise ValueError(f"rows disagree on the end: {[(row['platform'], row['model_id'], row['shutdown_on']) for row in rows]}")
    return next(iter(ends), "")


def _events(platform: str, rows: list[Row], every: list[Row]) -> list[Table]:
    events: list[Table] = []
    if released := _first(rows, "released"):
        events.append({"kind": "released", "on": _day(released)})
    events += _stated(platform, every)
    if deprecated := _first(every, "deprecated_on"):
        events.append({"kind": "deprecated", "on": _day(deprecated)} | _disputed(every, "deprecated"))
    events += _ends(rows[0], every)
    return events


def _stated(platform: str, every: list[Row]) -> list[Table]:
    """States that a page gives without a date."""
    note = " ".join(row["note"] for row in every)
    made: list[Table] = []
    if "Azure lifecycle Deprecated" in note:
        made.append({"kind": "deprecated", "known_from": date(2026, 7, 7), "source": AZURE_PAGE})
    if "Azure lifecycle Legacy" in note:
        made.append({"kind": "legacy", "known_from": date(2026, 7, 7), "source": AZURE_PAGE})
    if platform == "azure" and every[0]["status_on_2026_11_21"] == "legacy":
        text = "from the publisher's page, which claims this platform"
        made.append({"kind": "legacy", "known_from": primary_day(every[0]), "inferred": True, "note": text})
    return made


def _ends(first: Row, every: list[Row]) -> list[Table]:
    end = exact_shutdown(every)
    row = next((r for r in every if r["shutdown_on"] == end), first) if end else next((r for r in every if r["shutdown_on"]), None)
    if row is None:
        return []
    kind: Table = {"kind": "shutdown"} if end else {"kind": "floor"}
    if row["date_precision"] == "earliest":
        kind["precision"] = "earliest"
    if regional := _EOL.findall(row["note"]):
        return [kind | {"on": _day(on), "regions": _names(regions)} for on, regions in regional]
    on = _day(row["shutdown_on"])
    made = kind | {"on": on} | _disputed(every, "shutdown", "precision")
    if (found := _REGIONS.search(row["note"])) and "only" not in row["note"] and "all Regions" not in row["note"]:
        made["regions"] = _names(found[1])
    revisions = [r for r in _revisions(every) if r.on != on]
    if not revisions:
        return [made]
    since = max(primary_day(row), *(r.seen + timedelta(days=1) for r in revisions))
    return [*_superseded(kind, revisions, since), made | {"known_from": since}]


def _superseded(kind: Table, revisions: list[Revision], since: date) -> list[Table]:
    """Dates given earlier, each in force from the day it was seen until the next was."""
    made: list[Table] = []
    for index, revision in enumerate(revisions):
        until = revisions[index + 1].seen if index + 1 < len(revisions) else since
        made.append(kind | {"on": revision.on, "source": revision.tool, "known_from": revision.seen, "superseded_on": until})
    return made


def _revisions(every: list[Row]) -> list[Revision]:
    found: dict[date, Revision] = {}
    for row in every:
        page = primary(row)[0]
        for on, who, seen in _REVISED.findall(row["conflict"]):
            tool = who.split("/")[0]
            source = page if tool == "official page" else tool_key(tool)
            if _day(on) not in found or _day(seen) < found[_day(on)].seen:
                found[_day(on)] = Revision(_day(on), source, _day(seen))
    return sorted(found.values(), key=lambda r: (r.seen, r.on))


def _disputed(every: list[Row], *kinds: str) -> Table:
    parts = {part.strip() for row in every for part in row["conflict"].split("|")}
    kept = sorted(part.split(": ", 1)[1] for part in parts if part.split(":", 1)[0] in kinds)
    return {"disputed": "; ".join(kept)} if kept else {}


def primary_day(row: Row) -> date:
    """When the row's deciding source was read."""
    retrieved = primary(row)[1]["retrieved"]
    assert isinstance(retrieved, date)
    return retrieved


def _first(rows: list[Row], column: str) -> str:
    return next((row[column] for row in rows if row[column]), "")


def _note(rows: list[Row], *, listed: bool) -> str:
    """The notes of the rows; "listed in an SDK" only where nothing else is known, for a list is no evidence of life."""
    seen: list[str] = []
    for row in rows:
        for part in _NOISE.sub("", row["note"]).split(";"):
            text = part.strip()
            if text and text not in seen and not text.startswith("Azure lifecycle") and (listed or not text.startswith("listed in")):
                seen.append(text)
    return "; ".join(seen)


def _names(text: str) -> list[str]:
    return sorted(re.split(r", | and ", text))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _order(event: Table) -> tuple[str, str]:
    rank = {"released": "0", "legacy": "2", "deprecated": "3", "floor": "5", "shutdown": "6"}[str(event["kind"])]
    return rank, str(event.get("known_from", "")) if "superseded_on" in event else "9999"
