"""The compiled file: what goes in comes out, lazily, and nothing damaged is believed."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.errors import FeedError
from modelaudit.feed.compile import DERIVED
from modelaudit.feed.index import FORMAT, MAGIC, Header, Index, is_compiled, read, write, write_beside
from modelaudit.feed.plain import Plain

HEADER = Header("digest", "2026-11-21", 3, "stamp", (("code", "message"),))

DERIVED_OF_FORMAT = {5: ("lexicon", "spellings", "anchors", "heads", "bindings")}
"""What a file of each format holds beside the sources. A section more or less is another format."""

LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=20) | st.binary(max_size=9)
)
PLAIN = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(max_size=5), inner)
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), PLAIN, max_size=5))
def test_round_trip(sections: dict[str, Plain]) -> None:
    opened = Index(write(HEADER, sections), "memory")
    assert opened.header == HEADER
    assert opened.names() == tuple(sorted(sections))
    for name, section in sections.items():
        found = opened.section(name)
        assert found == section
        assert type(found) is type(section)


def test_true_and_one_stay_apart() -> None:
    opened = Index(write(HEADER, {"a": (True, 1, 1.0, False, 0)}), "memory")
    assert [repr(one) for one in opened.section("a")] == ["True", "1", "1.0", "False", "0"]  # type: ignore[union-attr]


def test_equal_contents_give_equal_bytes() -> None:
    text = "shared " + "text"
    once: dict[str, Plain] = {"a": (text, text), "b": {"k": text}}
    again: dict[str, Plain] = {"b": {"k": "shared text"}, "a": ("".join(["shared", " text"]), " ".join(["shared", "text"]))}
    assert write(HEADER, once) == write(HEADER, again)


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_damaged_byte_is_noticed(at: int, flip: int) -> None:
    data = bytearray(write(HEADER, {"models": {"a": ("b", 1, None)}}))
    at %= len(data)
    data[at] ^= flip
    with pytest.raises(FeedError):
        Index(bytes(data), "damaged")


@given(st.integers(0, 300))
def test_a_cut_file_is_noticed(size: int) -> None:
    data = write(HEADER, {"models": {"a": ("b", 1, None)}})
    with pytest.raises(FeedError):
        Index(data[: min(size, len(data) - 1)], "cut")


def test_another_format_says_what_to_do() -> None:
    data = bytearray(write(HEADER, {}))
    data[len(MAGIC)] = FORMAT + 1
    with pytest.raises(FeedError, match="another version") as caught:
        Index(bytes(data), "old.bin")
    assert caught.value.hint


def test_a_section_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Index(write(HEADER, {}), "memory").section("calls")


def test_writing_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "feed.bin"
    write_beside(str(path), write(HEADER, {"a": 1}))
    assert read(str(path)).section("a") == 1
    assert [one.name for one in path.parent.iterdir()] == ["feed.bin"]


def test_a_text_file_is_not_compiled(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("schema = '1'", encoding="utf-8")
    assert not is_compiled(str(path))
    assert not is_compiled(str(tmp_path / "none"))
    with pytest.raises(FeedError, match="not a compiled rules feed"):
        read(str(path))


def test_bytes_do_not_depend_on_the_hash_seed(facts: Path) -> None:
    program = "import sys, zlib; from modelaudit.feed.compile import compile_feed; print(zlib.crc32(compile_feed((sys.argv[1],))))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", program, str(facts)], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(printed) == 1


def test_other_sections_are_another_format() -> None:
    """A file in the user's cache that lacks a section is otherwise taken for a whole one: `spellings` were missing, and no file could be
    read."""
    assert DERIVED_OF_FORMAT == {FORMAT: DERIVED}
