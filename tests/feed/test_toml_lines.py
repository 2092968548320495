"""Finding the line of a key path in TOML text."""

from hypothesis import given
from hypothesis import strategies as st

from modelaudit.feed.lines import find_line, index, spell

TEXT = """\
# a comment
schema = "1"

[source.page]
url = "x"

[[model]]
key = "a"

  [[model.life]]
  ids = ["a"]
  events = [
    # why
    { kind = "x" },
    { kind = "y" },
  ]
  note = "after"

  [[model.life]]
  ids = ["b"]

[[model]]
key = "b"

  [[model.life]]
  "odd key" = 1
"""


def test_headers_keys_and_items_have_lines() -> None:
    lines = index(TEXT)
    assert lines["schema",] == 2
    assert lines["source", "page", "url"] == 5
    assert lines["model", 0, "key"] == 8
    assert lines["model", 0, "life", 0, "events", 1] == 15
    assert lines["model", 0, "life", 0, "note"] == 17
    assert lines["model", 0, "life", 1] == 19
    assert lines["model", 1, "life", 0] == 25
    assert lines["model", 1, "life", 0, "odd key"] == 26


def test_a_path_without_a_line_has_that_of_its_parent() -> None:
    assert find_line(TEXT, ("model", 0, "life", 0, "events", 0, "kind")) == 14
    assert find_line(TEXT, ("model", 0, "life", 0, "ids", 0)) == 11
    assert find_line(TEXT, ("nothing",)) is None
    assert find_line(TEXT, ()) is None


def test_paths_are_spelled_as_people_write_them() -> None:
    assert spell(("model", 3, "life", 0, "odd key")) == 'model[3].life[0]."odd key"'
    assert spell(()) == ""


KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)


@given(st.lists(st.tuples(KEYS, st.lists(KEYS, max_size=4, unique=True)), max_size=6))
def test_every_key_written_is_found_on_its_line(tables: list[tuple[str, list[str]]]) -> None:
    lines, wanted, counts = [], {}, dict[str, int]()
    for name, keys in tables:
        lines.append(f"[[{name}]]")
        at = counts[name] = counts.get(name, -1) + 1
        for key in keys:
            lines.append(f"{key} = 1")
            wanted[name, at, key] = len(lines)
    found = index("\n".join(lines))
    assert {path: line for path, line in found.items() if len(path) == 3} == wanted


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    index(text)
