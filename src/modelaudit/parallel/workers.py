"""Worker processes for `parallel`: they take numbers of chunks from one pipe and send results back through their own."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from modelaudit.domain.errors import InternalError
from modelaudit.domain.record import NamedTuple
from modelaudit.parallel import Lost

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

_NUMBER = 4
"""Bytes of a chunk number or of a length."""
_PIPE = 64 * 1024
"""What a pipe holds; all chunk numbers must fit, so that handing them out never waits."""
_TAKEN, _DONE = b"t", b"d"


class _Failure(NamedTuple):
    """Stands for a chunk in which the function raised."""

    error: Exception


def forked(function: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result | Lost]:
    """Results in order, from forked workers. A worker that dies costs the item that killed it, nothing else."""
    crew = _Crew(function, items)
    # Moved out of the collector's sight, so that workers do not copy every page by looking at it.
    gc.freeze()
    try:
        for _ in range(min(workers, len(crew.chunks))):
            crew.hire()
        for number in range(len(crew.chunks)):
            found = crew.wait_for(number)
            if isinstance(found, _Failure):
                raise found.error
            yield from found
    finally:
        crew.dismiss()
        gc.unfreeze()


class _Crew(Generic[Item, Result]):
    """The workers at one job."""

    def __init__(self, function: Callable[[Item], Result], items: Sequence[Item]) -> None:
        self._function = function
        self._items = items
        self.chunks = _chunks(len(items))
        self._results: dict[int, list[Result | Lost] | _Failure] = {}
        self._workers: dict[int, _Worker] = {}
        self._poll = select.poll()
        self._tasks, tasks = os.pipe()
        os.write(tasks, b"".join(number.to_bytes(_NUMBER, "big") for number in range(len(self.chunks))))
        os.close(tasks)

    def hire(self) -> None:
        """Starts one more worker; when the system has no room for it, those that there are do its work."""
        reading, writing = os.pipe()
        try:
            child = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            return
        if child == 0:
            # The reading ends belong to the parent alone: a worker must notice when it is gone.
            _live(lambda: self._work(writing), (reading, *self._workers))
        os.close(writing)
        self._workers[reading] = _Worker(child, bytearray(), [])
        self._poll.register(reading, select.POLLIN)

    def wait_for(self, number: int) -> list[Result | Lost] | _Failure:
        """The results of one chunk, while those of others may come in."""
        while number not in self._results and self._workers:
            for pipe, _ in self._poll.poll():
                self._listen(pipe)
        if number not in self._results:
            self._results[number] = [_alone(self._function, self._items[index]) for index in self.chunks[number]]
        return self._results.pop(number)

    def dismiss(self) -> None:
        """Ends every worker, also in the middle of its work."""
        for pipe, worker in self._workers.items():
            os.close(pipe)
            os.kill(worker.child, signal.SIGKILL)
            os.waitpid(worker.child, 0)
        self._workers.clear()
        os.close(self._tasks)

    def _work(self, writing: int) -> None:
        while token := os.read(self._tasks, _NUMBER):
            _send(writing, _TAKEN + token)
            outcome = _result_or_failure(self._results_of, int.from_bytes(token, "big"))
            _send(writing, _DONE + token + len(outcome).to_bytes(_NUMBER, "big") + outcome)

    def _results_of(self, number: int) -> list[Result]:
        return [self._function(self._items[index]) for index in self.chunks[number]]

    def _listen(self, pipe: int) -> None:
        """Takes in what a worker sent; nothing at all means that it ended."""
        worker = self._workers[pipe]
        piece = os.read(pipe, 1 << 20)
        if piece:
            worker.received.extend(piece)
            self._understand(worker)
            return
        del self._workers[pipe]
        self._poll.unregister(pipe)
        os.close(pipe)
        if _how_it_ended(worker.child) is not None:
            self._recover(worker)

    def _understand(self, worker: _Worker) -> None:
        received = worker.received
        while len(received) > _NUMBER:
            number = int.from_bytes(received[1 : 1 + _NUMBER], "big")
            if received[:1] == _TAKEN:
                worker.at.append(number)
                del received[: 1 + _NUMBER]
                continue
            start = 1 + 2 * _NUMBER
            end = start + int.from_bytes(received[1 + _NUMBER : start], "big")
            if len(received) < start or len(received) < end:
                return
            self._results[number] = pickle.loads(memoryview(received)[start:end])
            del received[:end]
            worker.at.clear()

    def _recover(self, worker: _Worker) -> None:
        """Does the chunk of a dead worker again, each item in a process of its own, and hires another worker."""
        for number in worker.at:
            self._results[number] = [_alone(self._function, self._items[index]) for index in self.chunks[number]]
        self.hire()


class _Worker(NamedTuple):
    """A worker as its parent sees it."""

    child: int
    received: bytearray
    """What it sent and was not understood yet."""
    at: list[int]
    """The chunk that it works on."""


def spawned(function: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result | Lost]:
    """Results in order, from interpreters started for the purpose. `function` and the items must be picklable."""
    from concurrent.futures.process import BrokenProcessPool

    waiting = _chunks(len(items))
    while waiting:
        with _pool(workers) as pool:
            futures = [pool.submit(_results_of, function, items[chunk.start : chunk.stop]) for chunk in waiting]
            try:
                for future in futures:
                    yield from future.result()
                    del waiting[0]
                return
            except BrokenProcessPool:
                pass
            except BaseException:  # nobody wants the rest; otherwise leaving the block waits, so that no thread of the pool is left
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        for index in waiting.pop(0):
            yield _alone_spawned(function, items[index])


def _pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"), _settle)


def _results_of(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _alone_spawned(function: Callable[[Item], Result], item: Item) -> Result | Lost:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return Lost("the process that worked on it died")


def _alone(function: Callable[[Item], Result], item: Item) -> Result | Lost:
    """The result of one item from a process of its own."""
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return function(item)
    if child == 0:
        _live(lambda: _send(writing, _result_or_failure(function, item)), (reading,))
    os.close(writing)
    with open(reading, "rb") as stream:
        outcome = stream.read()
    why = _how_it_ended(child)
    if why is not None:
        return Lost(why)
    found: Result | _Failure = pickle.loads(outcome)
    if isinstance(found, _Failure):
        raise found.error
    return found


def _live(work: Callable[[], None], closed: Iterable[int]) -> NoReturn:
    """A worker's whole life. It ends without the parent's exit handlers and without writing out the parent's buffered output again."""
    code = 1
    try:
        _settle()
        for pipe in closed:
            os.close(pipe)
        work()
        code = 0
    finally:
        os._exit(code)


def _settle() -> None:
    """An interrupt reaches every process of a terminal; the parent answers it, and ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _how_it_ended(child: int) -> str | None:
    """Why a child ended too early; None when it came to the end of its work."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 0:
        return None
    if code > 0:
        return f"the process that worked on it ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"the process that worked on it was ended by {name}"


def _result_or_failure(work: Callable[[Item], object], item: Item) -> bytes:
    try:
        return pickle.dumps(work(item), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> bytes:
    """The exception with what led to it, or a plain one in its place when it cannot travel."""
    import traceback

    error.add_note("".join(traceback.format_exception(error)))
    try:
        data = pickle.dumps(_Failure(error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(data)
    except Exception:
        data = pickle.dumps(_Failure(InternalError(f"{type(error).__name__}: {error}")), pickle.HIGHEST_PROTOCOL)
    return data


def _send(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _chunks(count: int) -> list[range]:
    """Stretches of equal length: short enough to share the work evenly, few enough for their numbers to fit in a pipe."""
    size = max(8, min(256, count // 32), -(-count * _NUMBER // _PIPE))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]
