"""`rules lint`: fifteen seeded mistakes and more, each found with file, line and key path; the shipped facts pass."""

from pathlib import Path
from typing import NamedTuple

import pytest

from modelaudit.feed.lint import Diagnostic, lint

ACME = """\
schema = "1"
publisher = "acme"
home = "acme"

[source.page]
url = "https://acme.example/models"
official = true
retrieved = 2026-11-01

[[model]]
key = "anvil-1"
succeeded_by = [
  { id = "anvil-2", on = 2026-05-01 },
]

  [[model.life]]
  platform = "acme"
  ids = ["anvil-1"]
  aliases = [
    { id = "anvil-latest", from = 2025-01-01, to = 2026-05-01, floating = true },
  ]
  source = "page"
  events = [
    { kind = "released", on = 2025-01-01 },
    { kind = "deprecated", on = 2026-06-01 },
    { kind = "shutdown", on = 2026-12-01 },
  ]
  unavailable = [
    { from = 2026-02-01, to = 2026-02-03, cause = "flood" },
  ]
  replacement = { drop_in = "anvil-2" }

[[model]]
key = "anvil-2"

  [[model.life]]
  platform = "acme"
  ids = ["anvil-2"]
  aliases = [
    { id = "anvil-latest", from = 2026-05-01, floating = true },
  ]
  source = "page"
  events = [
    { kind = "released", on = 2026-05-01 },
    { kind = "floor", on = 2027-05-01 },
  ]
"""

ACTS = """\
schema = "1"

[source.order]
url = "https://government.example/order"
official = true

[[restriction]]
id = "anvil-ban"
title = "No anvils"
kind = "government_ban"
subjects = ["anvil-1"]
jurisdiction = "Roadrunner County"
bound = "coyotes"
profiles = ["coyote"]
effective = 2026-03-01
grade = "A"
source = "order"
lifted = { on = 2026-04-01, by = "the county" }
"""


class Seed(NamedTuple):
    """A mistake made on purpose: what is replaced by what, and the diagnostic wanted."""

    name: str
    old: str
    new: str
    marker: str
    """A text on the line to be named."""
    key_path: str
    message: str
    file: str = "models/acme.toml"


SEEDS = [
    Seed("wrong type", "on = 2027-05-01", 'on = "soon"', 'on = "soon"', "model[1].life[0].events[1].on", "not a day"),
    Seed(
        "unknown key",
        "floating = true },\n  ]\n  source",
        "flaoting = true },\n  ]\n  source",
        "flaoting",
        "aliases[0].flaoting",
        "did you mean 'floating'",
    ),
    Seed("missing key", 'key = "anvil-2"\n', "", "[[model]]", "model[1]", "'key' is missing"),
    Seed("not TOML", 'publisher = "acme"', "publisher = acme", "publisher = acme", "", "not valid TOML"),
    Seed("interval ends before it begins", "to = 2026-02-03", "to = 2026-01-03", "to = 2026-01-03", "unavailable[0]", "before it begins"),
    Seed(
        "intervals overlap",
        '    { from = 2026-02-01, to = 2026-02-03, cause = "flood" },\n',
        '    { from = 2026-02-01, to = 2026-02-03, cause = "flood" },\n    { from = 2026-02-02, to = 2026-02-09, cause = "fire" },\n',
        "fire",
        "unavailable[1]",
        "overlaps the one from 2026-02-01",
    ),
    Seed(
        "replacement does not exist",
        'drop_in = "anvil-2"',
        'drop_in = "anvil-3"',
        "anvil-3",
        "life[0].replacement",
        "not an ID on acme (did you mean 'anvil-2'?)",
    ),
    Seed(
        "earlier replacement does not exist",
        'drop_in = "anvil-2"',
        'drop_in = "anvil-2", known_from = 2026-06-01, before = { drop_in = "anvil-3" }',
        "anvil-3",
        "life[0].replacement.before",
        "not an ID on acme (did you mean 'anvil-2'?)",
    ),
    Seed(
        "no day from which the later replacement holds",
        'drop_in = "anvil-2"',
        'drop_in = "anvil-2", before = { note = "ask sales" }',
        "before",
        "life[0].replacement.before",
        "needs a later `known_from`",
    ),
    Seed(
        "replacement is dead by then",
        '{ kind = "floor", on = 2027-05-01 }',
        '{ kind = "shutdown", on = 2026-11-01 }',
        "drop_in",
        "model[0].life[0].replacement",
        "is itself dead by 2026-12-01",
    ),
    Seed(
        "floor used as shutdown",
        '{ kind = "floor", on = 2027-05-01 }',
        '{ kind = "shutdown", on = 2027-05-01, note = "not sooner than" }',
        "not sooner than",
        "model[1].life[0].events[1]",
        'write kind = "floor"',
    ),
    Seed(
        "shutdown with a promise's precision",
        '{ kind = "floor", on = 2027-05-01 }',
        '{ kind = "shutdown", on = 2027-05-01, precision = "not_sooner_than" }',
        "not_sooner_than",
        "model[1].life[0].events[1]",
        'write kind = "floor"',
    ),
    Seed(
        "missing source",
        '  source = "page"\n  events = [\n    { kind = "released", on = 2025-01-01 }',
        '  events = [\n    { kind = "released", on = 2025-01-01 }',
        'on = 2025-01-01 },\n    { kind = "dep',
        "model[0].life[0].events[0]",
        "has no source",
    ),
    Seed(
        "undefined source",
        'source = "page"\n  events = [\n    { kind = "released", on = 2026',
        'source = "paeg"\n  events = [\n    { kind = "released", on = 2026',
        "paeg",
        "model[1].life[0].source",
        "did you mean 'page'",
    ),
    Seed(
        "unused source",
        '[[model]]\nkey = "anvil-1"',
        '[source.other]\nurl = "https://acme.example"\nofficial = true\n\n[[model]]\nkey = "anvil-1"',
        "[source.other]",
        "source.other",
        "is not used",
    ),
    Seed(
        "alias loop",
        'ids = ["anvil-2"]\n  aliases = [\n    { id = "anvil-latest", from = 2026-05-01, floating = true },',
        'ids = ["anvil-2", "anvil-latest"]\n  aliases = [\n    { id = "anvil-1" },',
        'id = "anvil-1" }',
        "model[1].life[0].aliases[0]",
        "in a circle",
    ),
    Seed(
        "alias of two at once",
        "from = 2025-01-01, to = 2026-05-01",
        "from = 2025-01-01, to = 2026-06-01",
        "from = 2026-05-01",
        "model[1].life[0].aliases[0]",
        "at the same time",
    ),
    Seed("duplicate ID", 'ids = ["anvil-2"]', 'ids = ["anvil-2", "Anvil-1"]', "Anvil-1", "model[1].life[0].ids", "also names 'anvil-1'"),
    Seed("duplicate model", 'key = "anvil-2"', 'key = "anvil-1"', '[[model]]\nkey = "anvil-1"\n\n', "model[1]", "is there twice"),
    Seed("unsorted file", 'key = "anvil-1"', 'key = "bolt-1"', 'key = "anvil-2"', "model[1]", "stands after 'bolt-1'"),
    Seed(
        "successor nobody knows",
        'id = "anvil-2", on',
        'id = "anvil-20", on',
        "succeeded_by",
        "model[0].succeeded_by",
        "did you mean 'anvil-2'",
    ),
    Seed(
        "two ends in force",
        '{ kind = "floor", on = 2027-05-01 }',
        '{ kind = "shutdown", on = 2027-06-01 },\n    { kind = "shutdown", on = 2027-05-01 }',
        'shutdown", on = 2027-05-01',
        "model[1].life[0].events[2]",
        "two ends in force",
    ),
    Seed(
        "released after the end",
        "on = 2025-01-01 }",
        "on = 2027-01-01 }",
        "on = 2027-01-01 }",
        "model[0].life[0].events[0]",
        "after the shutdown",
    ),
    Seed(
        "superseded before it was known",
        "on = 2026-12-01 }",
        "on = 2026-12-01, known_from = 2026-02-01, superseded_on = 2026-01-01 }",
        "superseded_on",
        "model[0].life[0].events[2]",
        "before it begins",
    ),
    Seed("publisher and file", 'publisher = "acme"', 'publisher = "acne"', 'publisher = "acne"', "publisher", "acme.toml"),
    Seed(
        "act lifted before it began",
        "on = 2026-04-01",
        "on = 2026-02-01",
        "lifted",
        "restriction[0].lifted",
        "before it begins",
        "restrictions/ban.toml",
    ),
    Seed(
        "act on a model nobody knows",
        'subjects = ["anvil-1"]',
        'subjects = ["anvil-9"]',
        "subjects",
        "restriction[0].subjects",
        "is no model of the feed",
        "restrictions/ban.toml",
    ),
    Seed(
        "act of an unknown kind",
        '"government_ban"',
        '"goverment_ban"',
        "goverment",
        "restriction[0].kind",
        "Invalid enum value",
        "restrictions/ban.toml",
    ),
    Seed(
        "relief outside the act",
        'source = "order"\nlifted',
        'source = "order"\nrelief = [\n  { on = 2026-05-01, who = "friends" },\n]\nlifted',
        "friends",
        "restriction[0].relief[0]",
        "outside the act",
        "restrictions/ban.toml",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small feed without mistakes."""
    for name, text in (("models/acme.toml", ACME), ("restrictions/ban.toml", ACTS)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _line_of(text: str, marker: str) -> int:
    return text[: text.index(marker)].count("\n") + 1


def test_a_sound_feed_passes(folder: Path) -> None:
    assert lint(str(folder)) == ()


def test_the_shipped_facts_pass(facts: Path) -> None:
    assert lint(str(facts)) == ()


def test_there_are_fifteen_and_more() -> None:
    assert len(SEEDS) >= 15


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seeded_mistake_is_found_with_its_place(folder: Path, seed: Seed) -> None:
    path = folder / seed.file
    text = path.read_text(encoding="utf-8")
    assert seed.old in text
    broken = text.replace(seed.old, seed.new, 1)
    path.write_text(broken, encoding="utf-8")
    found = lint(str(folder))
    wanted = [one for one in found if seed.message in one.message and one.key_path.endswith(seed.key_path)]
    assert wanted, found
    assert wanted[0].file == seed.file
    if seed.name in ("missing key", "duplicate model"):
        assert wanted[0].line == _line_of(ACME, 'key = "anvil-2"') - 1
    elif seed.name == "unsorted file":
        assert wanted[0].line == _line_of(broken, seed.marker) - 1
    else:
        assert wanted[0].line == _line_of(broken, seed.marker)


def test_all_mistakes_are_found_at_once_and_sorted(folder: Path) -> None:
    path = folder / "models/acme.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('drop_in = "anvil-2"', 'drop_in = "anvil-3"').replace("to = 2026-02-03", "to = 2026-01-03"), encoding="utf-8"
    )
    found = lint(str(folder))
    assert [one.line for one in found] == sorted(one.line or 0 for one in found)
    assert len(found) == 2


def test_an_empty_folder_has_no_rules(tmp_path: Path) -> None:
    (found,) = lint(str(tmp_path))
    assert found == Diagnostic(".", None, "", found.message)
    assert "no rules here" in found.message


def test_a_model_in_two_files(folder: Path) -> None:
    other = ACME.replace('publisher = "acme"', 'publisher = "bcme"').replace('platform = "acme"', 'platform = "bcme"')
    (folder / "models/bcme.toml").write_text(other, encoding="utf-8")
    messages = [one.message for one in lint(str(folder)) if one.file == "models/bcme.toml"]
    assert "model 'anvil-1' is also in models/acme.toml" in messages


ROW = """\
schema = "1"
[source.A]
title = "A"
url = "https://a.example"
official = true
[[row]]
id = "r"
from = ["anvil-*"]
to = ["anvil-*"]
feature = "x"
effect = "error"
why = "y"
source = ["A"]
confidence = "official"
when = [{ argument = ["x"] }]
example = { to = "anvil-2", at = "x=", code = 'f(model="anvil-1", x=1)' }
counterexample = { to = "anvil-2", code = 'f(model="anvil-1")' }
"""


@pytest.mark.parametrize(
    ("change", "key_path", "message"),
    [
        (("counterexample = ", "# "), "row[0]", "r has no counterexample: a snippet at which it must not speak"),
        (("\nexample = ", "\n# "), "row[0]", "r has no example: a snippet at which it speaks"),
        (('at = "x="', 'at = "z="'), "row[0].example", "r: 'z=' does not stand in the snippet"),
        (('f(model="anvil-1")', "f("), "row[0].counterexample", "r: the snippet is no Python ('(' was never closed)"),
        (('{ to = "anvil-2", at', '{ to = "hammer", at'), "row[0].example", "r: 'hammer' is none of the models that the row leads to"),
    ],
)
def test_rows_show_when_they_speak(change: tuple[str, str], key_path: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "acme.toml").write_text(ROW, encoding="utf-8")
    assert lint(str(tmp_path)) == ()
    assert change[0] in ROW
    (folder / "acme.toml").write_text(ROW.replace(*change), encoding="utf-8")
    (found,) = lint(str(tmp_path))
    assert (found.file, found.key_path, found.message) == ("migrations/acme.toml", key_path, message)
    assert found.line is not None
