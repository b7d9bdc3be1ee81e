"""A job for each of many files in worker processes: one that hangs, dies or eats memory costs itself alone.

Each worker has a pipe of its own to the run and shares no lock with another, so that one may be killed at any moment.
"""

from __future__ import annotations

import collections
import errno
import logging
import multiprocessing
import multiprocessing.connection
import multiprocessing.context
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from congvan.archive.truth.archive_errors import PlainError
from ingest.door.errors import ReadError

_log = logging.getLogger("congvan.workers")

Item = TypeVar("Item")
Result = TypeVar("Result")

_FILES_A_WORKER = 200
"""A worker is renewed after so many files, so that what a library leaks is given back."""

_LOADED_ONCE = ("congvan.intake.process",)
_DEATHS = 3
"""An item is given up when so many workers died of it: one may have been killed for no doing of the item's."""


class NoWorkerError(PlainError):
    """No process can be started that reads: the machine has no memory or no processes left."""

    def __init__(self) -> None:
        super().__init__(
            "Không chạy được tiến trình đọc tệp (máy có thể đã hết bộ nhớ). Những gì đã báo xong còn nguyên; hãy đóng "
            "bớt chương trình rồi chạy lại lệnh này."
        )


@dataclass(frozen=True)
class Limits:
    """What one file may cost: seconds of wall time, and bytes of a worker's address space."""

    seconds: float = 600
    memory: int = 4 << 30
    workers: int = max(1, os.cpu_count() or 1)


def run_isolated(
    job: Callable[[Item], Result], items: Iterable[Item], limits: Limits | None = None
) -> Iterator[tuple[Item, Result | ReadError]]:
    """Each item with the job's result, or with the reason why there is none, in the order they are finished.

    Only as many items as there are workers are under way, so a folder of any size is walked as it is worked on. Other
    exceptions than `ReadError` become one: a fault of ours must not stop the other files. A full disk ends the run.
    """
    crew = _Crew(job, iter(items), limits or Limits())
    try:
        while crew.hand_out():
            yield from crew.collect()
    finally:
        for worker in crew.workers:
            worker.end()


class _Worker(Generic[Item]):
    """A process, our end of its pipe, and the item that it works on until when."""

    def __init__(self, job: Callable[[Item], Any], memory: int) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, job, memory), daemon=True)  # type: ignore[attr-defined]  # every context has it
        self.process.start()
        theirs.close()
        self.item: Item | None = None
        self.busy = False
        self.until = 0.0
        self.given = 0

    def give(self, item: Item, seconds: float) -> bool:
        """Hand out an item; False where the worker is dead."""
        try:
            self.pipe.send(item)
        except OSError:
            return False
        self.item, self.busy, self.until = item, True, time.monotonic() + seconds
        self.given += 1
        return True

    def end(self) -> int | None:
        """Stop the process, whatever it does; gives its exit code if it had ended by itself."""
        self.pipe.close()
        self.process.join(0 if self.busy else 0.2)
        code: int | None = self.process.exitcode
        self.process.kill()
        self.process.join()
        self.process.close()
        return code


@dataclass
class _Crew(Generic[Item, Result]):
    """The workers of one run."""

    job: Callable[[Item], Result]
    items: Iterator[Item]
    limits: Limits
    workers: list[_Worker[Item]] = field(default_factory=list)
    again: collections.deque[Item] = field(default_factory=collections.deque)
    deaths: list[Item] = field(default_factory=list)

    def hand_out(self) -> bool:
        """Give every free worker an item; False when nothing is under way any more."""
        while sum(worker.busy for worker in self.workers) < self.limits.workers:
            item = self._next_item()
            if item is None:
                break
            self._give(item)
        return any(worker.busy for worker in self.workers)

    def _give(self, item: Item) -> None:
        for _ in range(_DEATHS):
            if self._free_worker().give(item, self.limits.seconds):
                return
        raise NoWorkerError

    def _next_item(self) -> Item | None:
        """What comes next; what a worker died of comes last, when whatever killed workers may be over."""
        for item in self.items:
            return item
        return self.again.popleft() if self.again else None

    def _free_worker(self) -> _Worker[Item]:
        for worker in [worker for worker in self.workers if not worker.busy]:
            if worker.given < _FILES_A_WORKER and worker.process.is_alive():
                return worker
            self._dismiss(worker)
        try:
            self.workers.append(_Worker(self.job, self.limits.memory))
        except (OSError, EOFError) as error:
            raise NoWorkerError from error
        return self.workers[-1]

    def _dismiss(self, worker: _Worker[Item]) -> int | None:
        self.workers.remove(worker)
        return worker.end()

    def collect(self) -> Iterator[tuple[Item, Result | ReadError]]:
        """The outcomes that come in first."""
        busy = [worker for worker in self.workers if worker.busy]
        patience = min(worker.until for worker in busy) - time.monotonic()
        ready = multiprocessing.connection.wait([worker.pipe for worker in busy], max(0.0, patience))
        for worker in busy:
            item: Item = worker.item  # type: ignore[assignment]  # a busy worker has one
            if worker.pipe in ready:
                yield from self._answer(worker, item)
            elif worker.until <= time.monotonic():
                self._dismiss(worker)
                yield item, ReadError("timeout", f"Đọc quá {self.limits.seconds:.0f} giây chưa xong nên đã dừng.")

    def _answer(self, worker: _Worker[Item], item: Item) -> Iterator[tuple[Item, Result | ReadError]]:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            code = self._dismiss(worker)
            self.deaths.append(item)
            if self.deaths.count(item) < _DEATHS:
                self.again.append(item)
            else:
                yield item, ReadError("crash", f"Chương trình đọc bị ngắt đột ngột khi đọc tệp này (mã {code}).")
            return
        worker.busy = False
        if isinstance(answer, OSError):
            raise answer
        yield item, self._memory_error() if isinstance(answer, MemoryError) else answer

    def _memory_error(self) -> ReadError:
        return ReadError("memory", f"Tệp cần quá {self.limits.memory >> 20} MB bộ nhớ nên đã dừng.")


def _context() -> multiprocessing.context.BaseContext:
    """How workers start: from a server that has loaded the pipeline already, so that a new one costs little."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *_LOADED_ONCE])
    return context


def _serve(pipe: Connection, job: Callable[[Item], Result], memory: int) -> None:
    """The life of a worker: item after item until the run closes its end."""
    _set_limits(memory)
    _be_silent()
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(job, item))


def _outcome(job: Callable[[Item], Result], item: Item) -> Result | ReadError | MemoryError | OSError:
    try:
        return job(item)
    except ReadError as error:
        return error
    except MemoryError:
        return MemoryError()
    except OSError as error:
        _log.debug("a file could not be read", exc_info=True)
        return _full_disk(error) or ReadError("unreadable", "Không đọc được tệp này từ đĩa (ổ đĩa hoặc mạng có lỗi).")
    except Exception:  # noqa: BLE001 - the last line of defence: whatever a hostile file provokes, the others go on
        _log.debug("a fault of the program", exc_info=True)
        return ReadError("internal", "Chương trình gặp lỗi khi đọc tệp này; tệp vẫn nguyên, các tệp khác vẫn được đọc.")


def _full_disk(error: OSError) -> OSError | None:
    """A full disk is no fault of the file that was read: the run ends with it, and the file waits for the next."""
    return OSError(error.errno, error.strerror) if error.errno in (errno.ENOSPC, errno.EDQUOT) else None


def _set_limits(memory: int) -> None:
    """One thread for OCR, and a ceiling on memory where the system knows one."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _be_silent() -> None:
    """What libraries written in C print of a strange file, past all that Python could catch, is for no person.

    Who looks for a fault of the program sets CONGVAN_DEBUG.
    """
    if not os.environ.get("CONGVAN_DEBUG"):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _end_with_the_run() -> None:
    """A worker whose run was killed must not go on with a file that hangs."""
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)
