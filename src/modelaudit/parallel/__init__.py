"""One function over many files, with as many processes as pay off, and results in the order of the files.

Processes are forked where that is safe (Linux, one thread): a worker starts in a millisecond and already holds everything that was
loaded. Threads would wait for one another, and starting interpreters costs more than scanning a thousand files.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from modelaudit.domain.record import NamedTuple

Item = TypeVar("Item")
Result = TypeVar("Result")

MANY = 1500
"""Files from which workers are started at once: the work of about 50 milliseconds."""
MANY_TO_SPAWN = 5000
"""The same where an interpreter has to be started for each worker."""
_TRIAL = 0.04
"""Seconds of fewer but larger files after which the rest is looked at again."""
_WORTH = 0.06
"""Seconds that the rest must be expected to take."""


class Lost(NamedTuple):
    """In the place of a result: the process that worked on this item died."""

    why: str


def map_files(function: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None) -> Iterator[Result | Lost]:
    """`function` of every item, in order. At most `jobs` processes; None takes one for each processor that this process may use.

    An exception of `function` is raised here when its turn comes, whichever process it happened in. The cyclic garbage collector rests
    meanwhile: it would go again and again through results that all stay.
    """
    workers = processors() if jobs is None else max(1, jobs)
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield from _mapped(function, items, min(workers, len(items)))
    finally:
        if collecting:
            gc.enable()


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _mapped(function: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result | Lost]:
    if workers < 2:
        yield from map(function, items)
    elif _may_fork():
        done = 0
        if len(items) < MANY:
            for result in _trial(function, items):
                done += 1
                yield result
        if done < len(items):
            from modelaudit.parallel.workers import forked

            yield from forked(function, items[done:], workers)
    elif len(items) >= MANY_TO_SPAWN:
        from modelaudit.parallel.workers import spawned

        yield from spawned(function, items, workers)
    else:
        yield from map(function, items)


def _trial(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Results until it shows that the rest is worth starting workers for; all of them when it is not."""
    spent = longest = 0.0
    for done, item in enumerate(items, 1):
        began = time.perf_counter()
        result = function(item)
        took = time.perf_counter() - began
        spent, longest = spent + took, max(longest, took)
        yield result
        # The longest is left out of the estimate: the first file of a kind pays for loading what reads it.
        if spent > _TRIAL and (spent - longest) / done * (len(items) - done) > _WORTH:
            return


def _may_fork() -> bool:
    """Only a process with one thread may fork: a lock held by another thread would stay locked in the child for ever."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False
