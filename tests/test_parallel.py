"""Many files, some processes, one order of results."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit import parallel
from modelaudit.domain.errors import InternalError
from modelaudit.parallel import Lost, map_files

forking = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


@pytest.fixture(autouse=True)
def _alone() -> None:
    """A joined thread of an earlier test is gone for Python before it is for the system, and a process with threads does not fork."""
    until = time.monotonic() + 10
    while sys.platform == "linux" and len(os.listdir("/proc/self/task")) > 1 and time.monotonic() < until:
        time.sleep(0.001)


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    """A thread that another test's pool still has would forbid to fork; it ends on its own."""
    deadline = time.monotonic() + 10
    while threading.active_count() > 1 and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers for any number of items."""
    monkeypatch.setattr(parallel, "MANY", 1)
    monkeypatch.setattr(parallel, "MANY_TO_SPAWN", 1)


def square(number: int) -> int:
    return number * number


def with_pid(number: int) -> tuple[int, int]:
    return number, os.getpid()


def slow(number: int) -> tuple[int, int]:
    time.sleep(0.005)
    return with_pid(number)


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def exit_at_seven(number: int) -> int:
    if number == 7:
        os._exit(3)
    return number


def fail_at_seven(number: int) -> int:
    if number == 7:
        raise KeyError("seven")
    return number


class AwkwardError(Exception):
    """Cannot be rebuilt from what pickle keeps."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} {two}")


def fail_awkwardly(number: int) -> int:
    raise AwkwardError(number, number)


def give_something_unpicklable(number: int) -> object:
    return lambda: number


@pytest.mark.parametrize("jobs", [None, 1, 2, 4, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 1000])
@pytest.mark.usefixtures("eager")
def test_results_come_in_order(jobs: int | None, count: int) -> None:
    assert list(map_files(square, range(count), jobs)) == [number * number for number in range(count)]


@forking
@pytest.mark.usefixtures("eager")
@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=2000) | st.text(max_size=50), max_size=300), st.integers(2, 4))
def test_any_result_travels_unchanged(items: list[bytes | str], jobs: int) -> None:
    assert list(map_files(lambda item: (item, len(item)), items, jobs)) == [(item, len(item)) for item in items]


@forking
@pytest.mark.usefixtures("eager")
def test_a_result_larger_than_a_pipe_travels() -> None:
    assert list(map_files(lambda number: b"x" * 300_000 + bytes([number]), range(40), 2)) == [
        b"x" * 300_000 + bytes([number]) for number in range(40)
    ]


@forking
@pytest.mark.usefixtures("eager")
def test_the_work_is_shared() -> None:
    results = [result for result in map_files(slow, range(200), 2) if not isinstance(result, Lost)]
    workers = {pid for _, pid in results}
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_few_files_start_no_process() -> None:
    assert {result[1] for result in map_files(with_pid, range(100), 4) if not isinstance(result, Lost)} == {os.getpid()}


@forking
def test_few_but_slow_files_start_processes() -> None:
    results = [result for result in map_files(slow, range(100), 2) if not isinstance(result, Lost)]
    assert [number for number, _ in results] == list(range(100))
    assert results[0][1] == os.getpid()
    assert len({pid for _, pid in results}) == 3


@forking
def test_a_process_with_threads_does_not_fork() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert {result[1] for result in map_files(with_pid, range(parallel.MANY), 2) if not isinstance(result, Lost)} == {os.getpid()}
    finally:
        stop.set()
        thread.join()


@forking
@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(("function", "why"), [(die_at_seven, "was ended by SIGKILL"), (exit_at_seven, "ended with code 3")])
def test_a_worker_that_dies_costs_the_item_that_killed_it(function: object, why: str) -> None:
    assert callable(function)
    results = list(map_files(function, range(100), 2))
    assert results[7] == Lost(f"the process that worked on it {why}")
    assert results[:7] + results[8:] == [number for number in range(100) if number != 7]


@forking
@pytest.mark.usefixtures("eager")
def test_every_worker_may_die() -> None:
    results = list(map_files(lambda number: os._exit(1) if number % 5 == 0 else number, range(100), 3))
    assert [isinstance(result, Lost) for result in results] == [number % 5 == 0 for number in range(100)]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_raised_here(jobs: int) -> None:
    with pytest.raises(KeyError, match="seven"):
        list(map_files(fail_at_seven, range(100), jobs))


@forking
@pytest.mark.usefixtures("eager")
def test_an_exception_from_a_worker_tells_where_it_was() -> None:
    with pytest.raises(KeyError) as caught:
        list(map_files(fail_at_seven, range(100), 2))
    assert any("fail_at_seven" in note for note in caught.value.__notes__)


@forking
@pytest.mark.usefixtures("eager")
def test_what_cannot_travel_is_a_defect_and_not_a_hang() -> None:
    with pytest.raises(InternalError, match="AwkwardError: 0 0"):
        list(map_files(fail_awkwardly, range(100), 2))
    with pytest.raises(Exception, match="pickle"):
        list(map_files(give_something_unpicklable, range(100), 2))


@forking
@pytest.mark.usefixtures("eager")
def test_the_first_exception_in_order_is_raised() -> None:
    def late_first(number: int) -> int:
        if number == 0:
            time.sleep(0.2)
        raise ValueError(number)

    with pytest.raises(ValueError, match="0") as caught:
        list(map_files(late_first, range(100), 2))
    assert caught.value.args == (0,)


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@forking
@pytest.mark.usefixtures("eager")
def test_a_caller_that_stops_early_leaves_nothing_behind() -> None:
    before, descriptors = children(), os.listdir("/proc/self/fd")
    results = map_files(square, range(100_000), 2)
    assert isinstance(results, Iterator)
    assert next(results) == 0
    assert len(children() - before) == 2
    results.close()  # type: ignore[attr-defined]
    assert children() == before
    assert os.listdir("/proc/self/fd") == descriptors
    assert gc.isenabled()


@forking
@pytest.mark.usefixtures("eager")
def test_nothing_is_left_behind_after_a_death_either() -> None:
    before, descriptors = children(), os.listdir("/proc/self/fd")
    list(map_files(die_at_seven, range(100), 2))
    assert children() == before
    assert os.listdir("/proc/self/fd") == descriptors


def test_the_collector_rests_meanwhile() -> None:
    assert list(map_files(lambda _: gc.isenabled(), range(3), 1)) == [False] * 3
    assert gc.isenabled()


@forking
@pytest.mark.usefixtures("eager")
def test_without_room_for_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", no_room)
    assert list(map_files(with_pid, range(100), 2)) == [(number, os.getpid()) for number in range(100)]


@pytest.mark.usefixtures("eager")
def test_where_nothing_may_fork_interpreters_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_may_fork", lambda: False)
    threads = threading.active_count()
    assert list(map_files(abs, range(-50, 0), 2)) == list(range(50, 0, -1))
    assert threading.active_count() == threads, "a process with another thread may not fork"


@forking
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupt_ends_parent_and_workers(tmp_path: Path, sent: signal.Signals) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
            import sys, time
            from modelaudit import parallel
            parallel.MANY = 1
            def work(number):
                if number == 20:
                    print("started", flush=True)
                time.sleep(0.01)
                return b"x" * 10_000
            try:
                for result in parallel.map_files(work, range(100_000), 2):
                    pass
            except KeyboardInterrupt:
                sys.exit(130)
        """)
    )
    process = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)
    else:
        os.kill(process.pid, sent)
    # The pipes close only when the last worker has gone.
    assert process.stderr.read() == b""
    process.stdout.close()
    process.stderr.close()
    assert process.wait(10) == (130 if sent == signal.SIGINT else -sent)
