"""Reading one file, whatever stands where a file was listed."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.discover.read import Oversized, head, read, windows
from modelaudit.domain.report import Skipped

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


@pytest.mark.parametrize("size", [0, 1, 128 * 1024, 128 * 1024 + 1, 5_000_000])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x" * size)
    assert read(str(path)) == b"x" * size


def test_a_limit_tells_the_size_and_reads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x" * 11)
    assert read(str(path), 10) == Oversized(str(path), 11)
    assert read(str(path), 11) == b"x" * 11


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    missing = str(tmp_path / "gone.py")
    assert read(missing) == Skipped(missing, "gone, or not checked out")
    folder = tmp_path / "folder.py"
    folder.mkdir()
    assert read(str(folder)) == Skipped(str(folder), "a folder where a file was listed")
    assert read("nul\0.py") == Skipped("nul\0.py", "not readable")


@posix
def test_a_link_is_not_followed_unless_the_user_named_it(tmp_path: Path) -> None:
    (tmp_path / "real.py").write_bytes(b"x = 1")
    link = tmp_path / "link.py"
    link.symlink_to("real.py")
    assert read(str(link)) == Skipped(str(link), "symbolic link")
    assert read(str(link), follow=True) == b"x = 1"


@posix
def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("b.py")
    (tmp_path / "b.py").symlink_to("a.py")
    assert isinstance(read(str(tmp_path / "a.py")), Skipped)
    assert isinstance(read(str(tmp_path / "a.py"), follow=True), Skipped)


@posix
@pytest.mark.parametrize("follow", [False, True])
def test_a_pipe_and_a_socket_are_not_waited_for(tmp_path: Path, follow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = str(tmp_path / "pipe.py")
    os.mkfifo(pipe)
    assert read(pipe, follow=follow) == Skipped(pipe, "named pipe")
    assert list(windows(pipe)) == []
    server = socket.socket(socket.AF_UNIX)
    try:
        monkeypatch.chdir(tmp_path)  # the path of a socket must be short
        server.bind("s.py")
        assert read("s.py", follow=follow) == Skipped("s.py", "socket")
    finally:
        server.close()
    assert read("/dev/zero", follow=follow) == Skipped("/dev/zero", "device")


@posix
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x")
    path.chmod(0)
    assert read(str(path)) == Skipped(str(path), "permission denied")


def test_the_head_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "tool"
    path.write_bytes(b"#!/bin/sh\n" + b"x" * 1000)
    assert head(str(path), 9) == b"#!/bin/sh"
    assert head(str(tmp_path / "gone")) == b""


@given(data=st.binary(max_size=200), size=st.integers(1, 50), overlap=st.integers(0, 20))
def test_windows_cover_the_file_and_overlap(tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int, overlap: int) -> None:
    path = tmp_path_factory.mktemp("windows") / "big.txt"
    path.write_bytes(data)
    covered = 0
    for window in windows(str(path), size=size, overlap=overlap):
        assert data[window.offset : window.offset + len(window.data)] == window.data
        assert window.newlines == data[: window.offset].count(b"\n")
        assert covered - window.offset == min(overlap, covered)
        assert len(window.data) <= size + overlap
        covered = window.offset + len(window.data)
    assert covered == len(data)
