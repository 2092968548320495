"""The cache of facts gives back what was kept, or nothing."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modelaudit.domain.expr import Text
from modelaudit.domain.facts import Binding, BindingKind, FileFacts, Literal, Role
from modelaudit.domain.location import Span
from modelaudit.extract import cachefile
from modelaudit.extract.cache import COLD, UNUSED_RUNS, FactsCache, clean, digest_of, info, pack, secret_in, stamp_of, unpack

SECRET = b"s" * 32
SPAN = Span(1, 10, 1, 20)
NOW = 1_800_000_000_000_000_000


def facts(path: str = "a.py", text: str = "gpt-4-0314") -> FileFacts:
    binding = Binding("MODEL", BindingKind.CONSTANT, Text(text, SPAN), SPAN)
    return FileFacts(path, "python", (Literal(text, SPAN, Role.BINDING, "MODEL"),), (binding,))


def cache(folder: Path, key: str = "key", secret: bytes = SECRET, began: int = 0) -> FactsCache:
    return FactsCache(str(folder), key, secret, began=began)


def filled(folder: Path, *names: str) -> list[bytes]:
    made = cache(folder)
    digests = [digest_of(name, name.encode()) for name in names]
    for name, digest in zip(names, digests, strict=True):
        made.put(digest, facts(name))
    made.close()
    return digests


def the_file(folder: Path) -> Path:
    (found,) = folder.glob("*.facts")
    return found


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    one, two = filled(tmp_path, "a.py", "b.py")
    again = cache(tmp_path)
    assert again.get(one) == facts("a.py")
    assert again.get(two) == facts("b.py")
    assert two in again
    assert again.get(digest_of("c.py", b"")) is None


def test_path_and_content_both_count() -> None:
    digests = {digest_of(path, data) for path in ("a", "ab", os.fsdecode(b"\xff")) for data in (b"", b"b", b"\0a")}
    assert len(digests) == 9


@pytest.mark.parametrize(("key", "secret"), [("other", SECRET), ("key", b"t" * 32)])
def test_another_key_or_secret_finds_nothing(tmp_path: Path, key: str, secret: bytes) -> None:
    (digest,) = filled(tmp_path, "a.py")
    assert cache(tmp_path, key, secret).get(digest) is None


def test_an_entry_renamed_to_another_key_is_foreign(tmp_path: Path) -> None:
    (digest,) = filled(tmp_path, "a.py")
    content = the_file(tmp_path).read_bytes()
    the_file(tmp_path).unlink()
    other = cache(tmp_path, "other")
    other.put(digest_of("x", b""), facts())
    other.close()
    the_file(tmp_path).write_bytes(content)
    assert cache(tmp_path, "other").get(digest) is None


def test_an_entry_moved_to_another_digest_is_foreign(tmp_path: Path) -> None:
    one, two = filled(tmp_path, "a.py", "b.py")
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(one, b"?" * 16).replace(two, one).replace(b"?" * 16, two))
    again = cache(tmp_path)
    assert again.get(one) is None
    assert again.get(two) is None


class Bomb:
    """Does something when it is unpickled."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.mark,)


def test_what_somebody_else_made_is_not_unpacked(tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(str(tmp_path / "exploded")))
    digest = digest_of("a.py", b"a.py")
    hostile = cache(tmp_path, secret=b"guessed" * 4)
    hostile.put_packed(digest, bomb)
    hostile.close()
    again = cache(tmp_path)
    assert again.get(digest) is None
    assert not (tmp_path / "exploded").exists()
    unpack(bomb)
    assert (tmp_path / "exploded").exists(), "the bomb would have worked"


def test_a_foreign_entry_is_replaced(tmp_path: Path) -> None:
    (digest,) = filled(tmp_path, "a.py")
    mine = cache(tmp_path, secret=b"t" * 32)
    assert mine.get(digest) is None
    mine.put(digest, facts("a.py"))
    mine.close()
    assert cache(tmp_path, secret=b"t" * 32).get(digest) == facts("a.py")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255), cut=st.booleans())
def test_any_damage_gives_the_truth_or_nothing(tmp_path_factory: pytest.TempPathFactory, at: float, byte: int, cut: bool) -> None:
    folder = tmp_path_factory.mktemp("cache")
    digests = filled(folder, "a.py", "b.py")
    content = bytearray(the_file(folder).read_bytes())
    position = int(at * len(content))
    if cut:
        del content[position:]
    else:
        content[position] ^= byte
    the_file(folder).write_bytes(content)
    again = cache(folder)
    for digest, name in zip(digests, ("a.py", "b.py"), strict=True):
        assert again.get(digest) in (None, facts(name))
        again.put(digest, facts(name))
    again.close()
    assert [cache(folder).get(digest) for digest in digests] == [facts("a.py"), facts("b.py")]


@given(st.binary(max_size=300))
def test_no_bytes_of_a_stranger_break_a_run(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    folder = tmp_path_factory.mktemp("cache")
    (digest,) = filled(folder, "a.py")
    for content in (junk, b"modelaudit facts 1\n" + junk):
        the_file(folder).write_bytes(content)
        assert cache(folder).get(digest) is None


def test_facts_of_an_older_shape_are_dropped(tmp_path: Path) -> None:
    digest = digest_of("a.py", b"")
    old = cache(tmp_path)
    old.put_packed(digest, pickle.dumps(("not", "facts")))
    old.close()
    assert cache(tmp_path).get(digest) is None
    assert unpack(b"cmodelaudit.domain.facts\nGone\n.") is None


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    (digest,) = filled(tmp_path, "a.py")
    before = the_file(tmp_path).stat().st_mtime_ns, the_file(tmp_path).stat().st_ino
    again = cache(tmp_path)
    again.get(digest)
    again.close()
    assert (the_file(tmp_path).stat().st_mtime_ns, the_file(tmp_path).stat().st_ino) == before


def test_entries_that_nobody_uses_go_after_some_runs(tmp_path: Path) -> None:
    used, unused = filled(tmp_path, "a.py", "b.py")
    for run in range(UNUSED_RUNS + 1):
        assert unused in cache(tmp_path), run
        again = cache(tmp_path)
        again.get(used)
        again.put(digest_of(str(run), b""), facts())
        again.close()
    assert unused not in cache(tmp_path)
    assert used in cache(tmp_path)


def test_a_file_does_not_outgrow_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modelaudit.extract.cache.LARGEST", 3000)
    filled(tmp_path, *(f"{number}.py" for number in range(100)))
    assert the_file(tmp_path).stat().st_size < 3100
    assert any(digest_of(f"{number}.py", f"{number}.py".encode()) in cache(tmp_path) for number in range(100))


def test_a_folder_does_not_outgrow_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = 0
    for number in range(5):
        made = cache(tmp_path, f"tree {number}")
        made.put(digest_of("a", b""), facts())
        made.close()
        size = max(size, info(str(tmp_path)).size // (number + 1))
    for age, path in enumerate(sorted(tmp_path.glob("*.facts"))):
        os.utime(path, (age, age))
    oldest = min(tmp_path.glob("*.facts"))
    monkeypatch.setattr(cachefile, "LARGEST_FOLDER", size * 4 + 10)
    made = cache(tmp_path, "tree 5")
    made.put(digest_of("a", b""), facts())
    made.close()
    assert len(list(tmp_path.glob("*.facts"))) == 4
    assert not oldest.exists()


def test_runs_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    program = """
import sys
from modelaudit.extract.cache import FactsCache, digest_of
from modelaudit.domain.facts import FileFacts
for run in range(40):
    cache = FactsCache(sys.argv[1], "key", b"s" * 32)
    for number in range(50):
        digest = digest_of(f"{number}.py", b"")
        found = cache.get(digest)
        assert found in (None, FileFacts(f"{number}.py", "python")), found
        cache.put(digest, FileFacts(f"{number}.py", "python"))
    cache.close()
"""
    runs = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(4)]
    assert [run.wait(60) for run in runs] == [0] * 4
    assert len(list(tmp_path.iterdir())) == 1
    assert cache(tmp_path).get(digest_of("7.py", b"")) == FileFacts("7.py", "python")


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    filled(tmp_path / "file", "a.py")
    assert secret_in(str(tmp_path / "file")) is None
    assert info(str(tmp_path / "nowhere")).files == 0


def test_info_and_clean(tmp_path: Path) -> None:
    filled(tmp_path, "a.py")
    (tmp_path / "x.facts.123").write_bytes(b"left by a killed run")
    (tmp_path / "other.bin").write_bytes(b"somebody else's")
    held = info(str(tmp_path))
    assert (held.folder, held.files) == (str(tmp_path), 2)
    assert clean(str(tmp_path)) == held
    assert info(str(tmp_path)) == cachefile.Info(str(tmp_path), 0, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["other.bin"]


def test_the_secret_is_made_once_and_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    secret = secret_in(str(folder))
    assert secret is not None
    assert len(secret) == 32
    assert secret_in(str(folder)) == secret
    assert [path.name for path in folder.iterdir()] == ["secret"]
    if os.name != "nt":
        assert (folder / "secret").stat().st_mode & 0o077 == 0


def test_a_damaged_secret_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")
    secret = secret_in(str(tmp_path))
    assert secret is not None
    assert len(secret) == 32


class TestStamps:
    def stamp(self, touched: int = NOW - 10**10, size: int = 5) -> bytes:
        return b"".join(number.to_bytes(8, "big") for number in (touched, touched, size, 1, 1))

    def test_an_untouched_file_is_recalled_without_reading(self, tmp_path: Path) -> None:
        digest = digest_of("ä.py", b"x")
        made = cache(tmp_path, began=NOW)
        made.put(digest, facts())
        made.remember("ä.py", self.stamp(), digest)
        made.remember("cold.py", self.stamp(size=7), COLD)
        made.close()
        again = cache(tmp_path)
        assert again.recall("ä.py", self.stamp()) == digest
        assert again.recall("cold.py", self.stamp(size=7)) == COLD
        assert again.recall("ä.py", self.stamp(size=6)) is None
        assert again.recall("new.py", self.stamp()) is None

    def test_a_file_touched_just_before_the_run_is_not_trusted(self, tmp_path: Path) -> None:
        made = cache(tmp_path, began=NOW)
        for path, age in (("old.py", 3 * 10**9), ("fresh.py", 10**9), ("later.py", -1)):
            made.remember(path, self.stamp(NOW - age), COLD)
        made.close()
        again = cache(tmp_path)
        assert [
            again.recall(path, self.stamp(NOW - age)) for path, age in (("old.py", 3 * 10**9), ("fresh.py", 10**9), ("later.py", -1))
        ] == [
            COLD,
            None,
            None,
        ]

    def test_stamps_of_a_stranger_are_not_trusted(self, tmp_path: Path) -> None:
        hostile = cache(tmp_path, secret=b"t" * 32, began=NOW)
        hostile.remember("a.py", self.stamp(), COLD)
        hostile.close()
        assert cache(tmp_path).recall("a.py", self.stamp()) is None

    def test_a_whole_run_forgets_files_that_are_gone(self, tmp_path: Path) -> None:
        made = cache(tmp_path, began=NOW)
        made.remember("a.py", self.stamp(), COLD)
        made.remember("b.py", self.stamp(), COLD)
        made.close()
        part = cache(tmp_path, began=NOW)
        part.remember("c.py", self.stamp(), COLD)
        part.close()
        assert cache(tmp_path).recall("a.py", self.stamp()) == COLD
        whole = cache(tmp_path, began=NOW)
        whole.remember("b.py", self.stamp(), COLD)
        whole.close(whole=True)
        assert cache(tmp_path).recall("a.py", self.stamp()) is None
        assert cache(tmp_path).recall("b.py", self.stamp()) == COLD

    def test_every_change_of_a_file_changes_its_stamp(self, tmp_path: Path) -> None:
        path = tmp_path / "a.py"
        path.write_text("x = 1")
        os.utime(path, (1, 1))
        stamps = {stamp_of(path.stat())}
        path.write_text("x = 2")
        os.utime(path, (1, 1))
        stamps.add(stamp_of(path.stat()))
        path.write_text("x = 10")
        os.utime(path, (1, 1))
        stamps.add(stamp_of(path.stat()))
        assert len(stamps) == (3 if os.name != "nt" else len(stamps))


def test_packing_is_exact() -> None:
    assert unpack(pack(facts())) == facts()
    assert isinstance(unpack(pack(facts())), FileFacts)
