"""Whatever engine is installed, the same patterns are found in the same places."""

from __future__ import annotations

import codecs
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.discover.prefilter import ENGINES, Match, Prefilter

MODULES = {"hyperscan": "hyperscan", "re2": "re2", "ahocorasick": "ahocorasick_rs", "re": "re"}
INSTALLED = [engine for engine in ENGINES if find_spec(MODULES[engine]) is not None]
every_engine = pytest.mark.parametrize("engine", INSTALLED)

# Few letters, so that patterns overlap, nest and repeat; and characters that mean something to an expression.
LETTERS = st.sampled_from(list(b"aAbB14-.*+?()[]{}|^$\\/ \n\xe9"))
PATTERN = st.lists(LETTERS, min_size=1, max_size=6).map(bytes)
# Beyond 64 the standard engine and beyond 500 the kept database come into play.
PADDING = tuple(f"zz-{number}-zz".encode() for number in range(70))


def expected(patterns: tuple[bytes, ...], data: bytes) -> tuple[Match, ...]:
    """The definition, literally."""
    lowered = data.lower()
    return tuple(
        sorted(
            Match(start, start + len(pattern), pattern)
            for pattern in dict.fromkeys(patterns)
            if pattern
            for start in range(len(data))
            if lowered.startswith(pattern.lower(), start)
        )
    )


@settings(max_examples=300, deadline=None)
@given(patterns=st.lists(PATTERN, max_size=12).map(tuple), data=st.lists(LETTERS, max_size=60).map(bytes), many=st.booleans())
def test_every_engine_agrees_with_the_definition(patterns: tuple[bytes, ...], data: bytes, many: bool) -> None:
    patterns += PADDING * many
    wanted = expected(patterns, data)
    for engine in INSTALLED:
        prefilter = Prefilter(patterns, engine=engine)
        assert prefilter.offsets(data) == wanted, engine
        assert prefilter.which(data) == {match.pattern for match in wanted}, engine
        assert prefilter.matches(data) is bool(wanted), engine
        for match in wanted:
            assert prefilter.holds(data, lambda *found, match=match: found == (data, *match)), engine
        assert not prefilter.holds(data, lambda *found: False), engine


@every_engine
def test_patterns_that_contain_one_another_are_all_found(engine: str) -> None:
    prefilter = Prefilter((b"gpt-4", b"gpt-4o", b"4o", b"GPT-4", *PADDING), engine=engine)
    assert prefilter.which(b"a Gpt-4O b") == {b"gpt-4", b"gpt-4o", b"4o", b"GPT-4"}
    assert prefilter.offsets(b"gpt-4o") == (Match(0, 5, b"GPT-4"), Match(0, 5, b"gpt-4"), Match(0, 6, b"gpt-4o"), Match(4, 6, b"4o"))


@every_engine
@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_is_searched_as_text(engine: str, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert Prefilter((b"gpt-4",), engine=engine).matches(mark + "x = 'gpt-4'".encode(encoding))


@every_engine
def test_no_patterns_find_nothing(engine: str) -> None:
    for patterns in ((), (b"",)):
        prefilter = Prefilter(patterns, engine=engine)
        assert not prefilter.matches(b"anything")
        assert prefilter.which(b"anything") == frozenset()
        assert prefilter.offsets(b"anything") == ()


@every_engine
def test_empty_data_holds_nothing(engine: str) -> None:
    assert not Prefilter((b"a",), engine=engine).matches(b"")


def test_a_pattern_with_a_nul_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        Prefilter((b"a\0b",))


def test_without_the_fast_engines_the_standard_library_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in ENGINES[:-1]:
        monkeypatch.setitem(sys.modules, MODULES[engine], None)
        monkeypatch.delitem(sys.modules, f"modelaudit.discover.engines.with_{engine}", raising=False)
    prefilter = Prefilter((b"gpt-4",))
    assert prefilter.engine == "re"
    assert prefilter.matches(b"GPT-4")


@pytest.mark.parametrize("engine", [engine for engine in INSTALLED if engine != "re"])
@pytest.mark.parametrize("unit", [b"gpt-", b"a", b"gpt-4", b'\\"""\n'])
def test_time_grows_with_length_and_not_faster(engine: str, unit: bytes) -> None:
    prefilter = Prefilter((b"gpt-4-0314", b"gpt-gpt-gpt-5", b"aaaaaaaaaaab"), engine=engine)

    def took(data: bytes) -> float:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            prefilter.matches(data)
            times.append(time.perf_counter() - began)
        return min(times)

    short, long = took(unit * 100_000), took(unit * 800_000)
    assert long < 40 * short + 0.05


@pytest.mark.skipif("hyperscan" not in INSTALLED, reason="only Hyperscan keeps what it builds")
class TestKept:
    PATTERNS = tuple(f"model-{number}".encode() for number in range(600))

    def build(self, folder: Path) -> Prefilter:
        return Prefilter(self.PATTERNS, engine="hyperscan", cache_dir=str(folder))

    def test_a_database_is_kept_and_used(self, tmp_path: Path) -> None:
        self.build(tmp_path)
        (kept,) = tmp_path.iterdir()
        before = kept.stat().st_mtime_ns
        assert self.build(tmp_path).which(b"MODEL-7 ") == {b"model-7"}
        assert kept.stat().st_mtime_ns == before

    def test_other_patterns_have_another_file(self, tmp_path: Path) -> None:
        self.build(tmp_path)
        Prefilter((*self.PATTERNS, b"x"), engine="hyperscan", cache_dir=str(tmp_path))
        assert len(list(tmp_path.iterdir())) == 2

    @pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100_000])
    def test_a_damaged_file_is_replaced(self, tmp_path: Path, damage: bytes) -> None:
        self.build(tmp_path)
        (kept,) = tmp_path.iterdir()
        whole = kept.read_bytes()
        kept.write_bytes(damage)
        assert self.build(tmp_path).which(b"MODEL-7 ") == {b"model-7"}
        assert kept.read_bytes() == whole

    def test_one_changed_byte_is_noticed(self, tmp_path: Path) -> None:
        self.build(tmp_path)
        (kept,) = tmp_path.iterdir()
        whole = bytearray(kept.read_bytes())
        whole[len(whole) // 2] ^= 1
        kept.write_bytes(whole)
        assert self.build(tmp_path).which(b"MODEL-7 ") == {b"model-7"}
        assert kept.read_bytes() != whole

    def test_a_folder_that_cannot_be_written_is_no_obstacle(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        assert self.build(tmp_path / "file").matches(b"model-7")
