"""Opening feeds: folders, compiled files, layers, the cache; and that opening costs nothing that a run does not need."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from modelaudit.domain.errors import FeedError
from modelaudit.domain.lifecycle import Model
from modelaudit.feed.compile import compile_feed
from modelaudit.feed.load import Feed, load

COMPANY = """\
schema = "1"
publisher = "acme"

[source.wiki]
url = "https://wiki.acme.example/models"
official = true

[[model]]
key = "{key}"

  [[model.life]]
  platform = "{platform}"
  ids = ["{id}"]
  source = "wiki"
  events = [
    {{ kind = "shutdown", on = {on} }},
  ]
"""

BAN = """\
schema = "1"

[source.policy]
url = "https://wiki.acme.example/policy"
official = true

[[restriction]]
id = "acme-policy"
title = "House rule"
kind = "provider_policy"
subjects = ["acme-*", "claude-opus-4-8"]
jurisdiction = "Acme"
bound = "all projects of Acme"
profiles = ["default"]
effective = 2026-01-01
grade = "A"
source = "policy"
"""


def company(folder: Path, *, key: str = "acme-1", platform: str = "acme", id_: str = "acme-1", on: str = "2026-12-24") -> Path:
    """A company's own rules folder."""
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "acme.toml").write_text(COMPANY.format(key=key, platform=platform, id=id_, on=on), encoding="utf-8")
    return folder


def found(feed: Feed, key: str) -> Model:
    model = feed.model(key)
    assert model is not None
    return model


def test_a_folder_is_opened(feed: Feed) -> None:
    assert feed.model_count == len(feed.keys()) > 800
    assert feed.generated == date(2026, 11, 19)
    assert len(feed.digest) == 64
    assert feed.notifications == ()
    assert feed.model("no-such-model") is None
    assert feed.life("gpt-4-0613", "no-such-platform") is None
    assert found(feed, "gpt-4-0613").publisher == "openai"


def test_records_are_made_once(feed: Feed) -> None:
    assert feed.model("gpt-4-0613") is feed.model("gpt-4-0613")
    assert feed.restriction("us-ear-2026-06") is feed.restriction("us-ear-2026-06")


def test_every_model_can_be_decoded(feed: Feed) -> None:
    for key in tuple(feed.keys()):
        model = found(feed, key)
        assert model.key == key
        assert model.lives
        for life in model.lives:
            assert life.model == key
            assert life.ids
            assert all(event.sources for event in life.events)


def test_a_compiled_file_is_opened(feed: Feed, facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.bin"
    path.write_bytes(compile_feed((str(facts),)))
    opened = load(str(path))
    assert opened.digest == feed.digest
    assert opened.source == str(path)
    assert opened.model("claude-fable-5") == feed.model("claude-fable-5")
    assert opened.restrictions("claude-fable-5") == feed.restrictions("claude-fable-5")


def test_layers_add_and_override_by_key_and_say_so(feed: Feed, facts: Path, tmp_path: Path) -> None:
    over = company(tmp_path / "over", key="gpt-4-0613", platform="openai", id_="gpt-4-0613")
    added = company(tmp_path / "added")
    (added / "restrictions").mkdir()
    (added / "restrictions" / "policy.toml").write_text(BAN, encoding="utf-8")
    opened = load((str(facts), str(added), str(over)), str(tmp_path / "cache"))
    assert opened.model_count == feed.model_count + 1
    assert found(opened, "acme-1").publisher == "acme"
    assert [life.platform for life in found(opened, "gpt-4-0613").lives] == ["openai"]
    assert [one.message for one in opened.notifications] == [f"{over}: replaces models gpt-4-0613"]
    assert "acme-1" in opened.lexicon
    assert {one.id for one in opened.restrictions("acme-1")} == {"acme-policy"}
    assert "acme-policy" in {one.id for one in opened.restrictions("claude-opus-4-8")}
    assert opened.digest != feed.digest


def test_the_last_layer_is_the_strongest(tmp_path: Path) -> None:
    first, second = company(tmp_path / "a", on="2026-12-01"), company(tmp_path / "b", on="2026-12-02")
    ends = []
    for places in ((first, second), (second, first)):
        opened = load(tuple(map(str, places)), str(tmp_path / "cache"))
        ends.append(found(opened, "acme-1").lives[0].events[0].on)
    assert ends == [date(2026, 12, 2), date(2026, 12, 1)]


def test_a_compiled_file_can_be_a_layer(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.bin"
    path.write_bytes(compile_feed((str(facts),)))
    added = company(tmp_path / "added")
    from_file = load((str(path), str(added)), str(tmp_path / "cache"))
    from_folder = load((str(facts), str(added)), str(tmp_path / "cache"))
    assert from_file.keys() == from_folder.keys()
    assert from_file.digest == from_folder.digest


def test_the_cache_is_used_and_a_change_is_noticed(tmp_path: Path) -> None:
    folder, cache = company(tmp_path / "rules"), tmp_path / "cache"
    load(str(folder), str(cache))
    (written,) = cache.iterdir()
    before = written.stat().st_mtime_ns
    load(str(folder), str(cache))
    assert written.stat().st_mtime_ns == before
    path = folder / "models" / "acme.toml"
    path.write_text(COMPANY.format(key="acme-1", platform="acme", id="acme-1", on="2027-01-06"), encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))
    assert found(load(str(folder), str(cache)), "acme-1").lives[0].events[0].on == date(2027, 1, 6)


def test_a_damaged_cache_is_built_anew(tmp_path: Path) -> None:
    folder, cache = company(tmp_path / "rules"), tmp_path / "cache"
    load(str(folder), str(cache))
    (written,) = cache.iterdir()
    written.write_bytes(b"rubbish")
    assert load(str(folder), str(cache)).model_count == 1


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert load(str(company(tmp_path / "rules")), str(blocked / "cache")).model_count == 1


@pytest.mark.parametrize("make", ["missing", "empty", "text"])
def test_what_is_no_feed_is_refused(tmp_path: Path, make: str) -> None:
    path = tmp_path / "rules"
    if make == "empty":
        path.mkdir()
    elif make == "text":
        path.write_text("schema = '1'", encoding="utf-8")
    with pytest.raises(FeedError) as caught:
        load(str(path), str(tmp_path / "cache"))
    assert caught.value.hint


def test_a_part_that_a_feed_lacks_is_named_with_advice(tmp_path: Path) -> None:
    opened = load(str(company(tmp_path / "rules")), str(tmp_path / "cache"))
    with pytest.raises(FeedError, match="has no calls") as caught:
        opened.section("calls")
    assert caught.value.hint
    assert "bundled" in caught.value.hint


def test_a_broken_file_stops_with_its_place(tmp_path: Path) -> None:
    folder = company(tmp_path / "rules")
    path = folder / "models" / "acme.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind =", "knid ="), encoding="utf-8")
    with pytest.raises(FeedError, match=r"acme\.toml:16: model\[0\]\.life\[0\]\.events\[0\]\.knid: unknown key 'knid'") as caught:
        load(str(folder), str(tmp_path / "cache"))
    assert caught.value.hint == "did you mean 'kind'?"


def test_a_warm_load_imports_nothing_heavy(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.bin"
    path.write_bytes(compile_feed((str(facts),)))
    program = (
        "import sys; from modelaudit.feed.load import load; feed = load(sys.argv[1]); feed.lexicon['gpt-4']; feed.model('gpt-4-0613');"
        "heavy = {'msgspec', 'tomli', 'yaml', 'json', 'pathlib', 'hashlib', 'dataclasses', 'logging', 'subprocess', 'typer'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", program, str(path)], capture_output=True, text=True, check=True, env=_path())
    assert done.stdout.strip() == "[]"


def _path() -> dict[str, str]:
    import modelaudit

    return {"PYTHONPATH": str(Path(modelaudit.__file__).parents[1])}
