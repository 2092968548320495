"""First conversion of the lifecycle table into `rules/models/<publisher>.toml`.

    python tools/convert_lifecycle.py LIFECYCLE.csv rules/models

The TOML is the source from then on and is edited by hand; running this again overwrites it. What the table cannot say in columns (regions,
intervals, the order of a line) stands in `lifecycle_by_hand.toml` and wins.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import tomli
from lifecycle_aliases import HOMES, aliases_of, home_aliases, shared_aliases
from lifecycle_facts import Row, Table, exact_shutdown
from lifecycle_facts import life as life_of
from lifecycle_identity import ALIASES, azure_version, canonical, publisher
from lifecycle_sources import TOOLS as SOURCE_TOOLS
from lifecycle_sources import Sources, known_tool, primary, tool_key
from lifecycle_toml import publisher_file


class Named(NamedTuple):
    """A row with the model it names."""

    key: str
    maker: str
    alias: bool
    row: Row


def main() -> None:
    """Convert."""
    table, folder = sys.argv[1:]
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(os.path.join(os.path.dirname(__file__), "lifecycle_by_hand.toml"), "rb") as file:
        by_hand = tomli.load(file)
    named = identify(rows)
    models = build(named)
    sources = _sources(rows) | by_hand["source"]
    _apply(by_hand["model"], models)
    _add_named(models, home_aliases(rows))
    os.makedirs(folder, exist_ok=True)
    for maker in sorted({str(model["publisher"]) for model in models.values()}):
        mine = [models[key] for key in sorted(models) if models[key]["publisher"] == maker]
        with open(os.path.join(folder, f"{maker}.toml"), "w", encoding="utf-8") as out:
            out.write(publisher_file(maker, HOMES.get(maker), mine, sources))


def identify(rows: list[Row]) -> list[Named]:
    """Every row with its key, aliases followed on the publisher's own platform."""
    makers = [publisher(row) for row in rows]
    texts = [canonical(row["platform"], row["model_id"], maker) for row, maker in zip(rows, makers, strict=True)]
    aliases = home_aliases(rows)
    versions = _azure_versions(rows)
    home_keys = {aliases.get(text, text) for row, text in zip(rows, texts, strict=True) if row["platform"] != "azure"}
    named = []
    for row, maker, text in zip(rows, makers, texts, strict=True):
        key = aliases.get(text, text)
        if row["platform"] == "azure":
            key = _azure_key(text, key, row, versions, home_keys)
        named.append(Named(key, maker, _is_alias(row, text, key, aliases), row))
    return named


def build(named: list[Named]) -> dict[str, Table]:
    """Models with their lives."""
    groups: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for one in named:
        groups[one.key, one.row["platform"]].append(one)
    models: dict[str, Table] = {}
    shared = shared_aliases([one.row for one in named if not one.alias])
    for (key, platform), group in sorted(groups.items()):
        model = models.setdefault(key, {"key": key, "publisher": group[0].maker, "life": {}})
        lives = model["life"]
        assert isinstance(lives, dict)
        lives[platform] = _life(key, platform, group, named, shared)
    return models


def _life(key: str, platform: str, group: list[Named], named: list[Named], shared: dict[tuple[str, str], list[Row]]) -> Table:
    group = sorted(group, key=lambda one: (one.alias, not one.row["shutdown_on"], one.row["model_id"]))
    rows = [one.row for one in group if not one.alias] or [group[0].row]
    aliases = [one.row for one in group if one.row not in rows]
    made: Table = {"platform": platform, "ids": _ids(platform, rows)}
    if platform == "bedrock" and (profiles := _profiles(rows)):
        made["profiles"] = profiles
    if found := aliases_of(rows, aliases, shared):
        made["aliases"] = found
    made |= life_of(platform, rows, aliases)
    if platform == "azure":
        _family(key, made, named)
    return made


def _family(key: str, made: Table, named: list[Named]) -> None:
    """A name of Azure without a version: its versions, and their common end."""
    ids = made["ids"]
    assert isinstance(ids, list)
    if any("@" in text for text in ids):
        return
    members = [(one, found) for one in named if one.row["platform"] == "azure" and (found := azure_version(one.row["model_id"]))]
    own = canonical("azure", ids[0], "")
    mine = {version: one for one, (name, version) in members if canonical("azure", name, one.maker) == own}
    if not mine:
        return
    made["versions"] = {version: mine[version].key for version in sorted(mine)}
    ends = {exact_shutdown([one.row]) for one in mine.values()}
    events = made["events"]
    assert isinstance(events, list)
    if "" not in ends and not any(event["kind"] == "shutdown" for event in events):
        end = date.fromisoformat(max(ends))
        events[:] = [event for event in events if event["kind"] != "floor"]
        note = "every listed version has ended by then; the end of the bare name is not confirmed"
        events.append({"kind": "deprecated", "on": end, "inferred": True, "note": note})
        events.append({"kind": "floor", "on": end})


def _ids(platform: str, rows: list[Row]) -> list[str]:
    ids = sorted((row["model_id"] for row in rows), key=lambda text: ("@" not in text, text))
    if platform == "azure":
        ids += [text for row in rows for text in row["aliases"].split(";") if text]
    if platform == "vertex":
        ids += [text for row in rows for text in row["aliases"].split(";") if text.endswith("@default")]
    return list(dict.fromkeys(ids))


def _profiles(rows: list[Row]) -> list[str]:
    texts = [text for row in rows for text in row["aliases"].split(";")]
    return sorted({text.split(".", 1)[0] for text in texts if any(text.endswith("." + row["model_id"]) for row in rows)})


def _azure_versions(rows: list[Row]) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["platform"] == "azure" and (found := azure_version(row["model_id"])):
            versions[canonical("azure", found[0], publisher(row))].add(found[1])
    return versions


def _azure_key(text: str, key: str, row: Row, versions: dict[str, set[str]], home_keys: set[str]) -> str:
    """An undated name means the publisher's snapshot only where Azure has no other version of it; else it is a family of its own."""
    if found := azure_version(row["model_id"]):
        name = canonical("azure", found[0], publisher(row))
        return name if len(versions[name]) == 1 and key not in home_keys else key
    listed = {canonical("azure", f"{text}@{version}", publisher(row)) for version in versions.get(text, ())}
    return key if not listed or listed == {key} else text


def _is_alias(row: Row, text: str, key: str, aliases: dict[str, str]) -> bool:
    if "@" in row["model_id"] and row["platform"] in ("azure", "vertex"):
        return False
    if row["platform"] == "vertex":
        return row["model_id"] in ALIASES
    return ("alias of" in row["note"] and row["model_id"] != key) or (text in aliases and text != key)


def _apply(models: list[Table], onto: dict[str, Table]) -> None:
    for model in models:
        target = onto.setdefault(str(model["key"]), {"key": model["key"], "publisher": model["publisher"], "life": {}})
        lives, given = target["life"], model.get("life", [])
        assert isinstance(lives, dict)
        assert isinstance(given, list)
        for one in given:
            lives[one["platform"]] = _without_noise(lives.get(one["platform"], {}), one) | one
        target |= {name: value for name, value in model.items() if name != "life"}


def _add_named(models: dict[str, Table], aliases: dict[str, str]) -> None:
    """IDs that a page names as replacements without an entry of their own: they exist, and that is all that is known."""
    spelled = {(platform, text.casefold()) for _, platform, life in _lives(models) for text in _spellings(life)}
    for maker, platform, life in list(_lives(models)):
        named = life.get("replacement", {})
        assert isinstance(named, dict)
        for text in [named.get("drop_in"), *named.get("options", [])]:
            if not text or (platform, text.casefold()) in spelled:
                continue
            maker = publisher({"model_id": text, "platform": platform, "provider": maker})
            key = canonical(platform, text, maker)
            key = aliases.get(key, key)
            target = models.setdefault(key, {"key": key, "publisher": maker, "life": {}})
            lives = target["life"]
            assert isinstance(lives, dict)
            lives[platform] = {
                "platform": platform,
                "ids": [text],
                "source": life["source"],
                "note": "named as a replacement, no entry read",
            }
            spelled.add((platform, text.casefold()))


def _lives(models: dict[str, Table]) -> Iterator[tuple[str, str, Table]]:
    for model in models.values():
        lives = model["life"]
        assert isinstance(lives, dict)
        for platform, life in lives.items():
            yield str(model["publisher"]), platform, life


def _spellings(life: Table) -> list[str]:
    ids, aliases = life["ids"], life.get("aliases", [])
    assert isinstance(ids, list)
    assert isinstance(aliases, list)
    return [*ids, *(alias["id"] for alias in aliases)]


def _without_noise(converted: Table, one: Table) -> Table:
    """Agreement with the converted dates says nothing of dates written by hand."""
    return {name: value for name, value in converted.items() if name != "agree" or "events" not in one}


def _sources(rows: list[Row]) -> Sources:
    found = dict(primary(row) for row in rows)
    return found | {tool_key(tool): known_tool(tool) for tool in SOURCE_TOOLS}


if __name__ == "__main__":
    main()
