"""A job for each of many files in worker processes: one that hangs, dies or eats memory costs itself alone."""

from __future__ import annotations

import itertools
import multiprocessing
import multiprocessing.context
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.errors import ReadError

Item = TypeVar("Item")
Result = TypeVar("Result")

_FILES_A_WORKER = 200
"""A worker is renewed after so many files, so that what a library leaks is given back."""

_LOADED_ONCE = ("congvan.pipeline", "ingest.read")


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

    Only a few items are under way at a time, so a folder of any size is walked as it is worked on. An item whose worker
    dies is given to another once more: the death may have been none of its doing. Other exceptions than `ReadError`
    become one: a fault of ours must not stop the other files.
    """
    limits = limits or Limits()
    queue = ((item, True) for item in items)
    with ProcessPool(limits.workers, _FILES_A_WORKER, _start_worker, (limits.memory,), _context()) as pool:
        under_way: dict[Future[Result], tuple[Item, bool]] = {}
        again: list[tuple[Item, bool]] = []
        while True:
            room = 2 * limits.workers - len(under_way)
            for item, first in itertools.islice(itertools.chain(again, queue), room):
                under_way[pool.schedule(job, args=[item], timeout=limits.seconds)] = (item, first)
            again = []
            if not under_way:
                return
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                item, first = under_way.pop(future)
                if first and isinstance(future.exception(), ProcessExpired):
                    again.append((item, False))
                else:
                    yield item, _outcome(future.result, limits)


def _context() -> multiprocessing.context.BaseContext:
    """How workers start: from a server that has loaded the pipeline already, so that a new one costs little."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *_LOADED_ONCE])
    return context


def _outcome(result: Callable[[], Result], limits: Limits) -> Result | ReadError:
    try:
        return result()
    except ReadError as error:
        return error
    except TimeoutError:
        return ReadError("timeout", f"Đọc quá {limits.seconds:.0f} giây chưa xong nên đã dừng.")
    except MemoryError:
        return ReadError("memory", f"Tệp cần quá {limits.memory >> 20} MB bộ nhớ nên đã dừng.")
    except ProcessExpired as error:
        return ReadError("crash", f"Chương trình đọc bị ngắt đột ngột khi đọc tệp này (mã {error.exitcode}).")
    except Exception as error:  # noqa: BLE001 - the last line of defence: whatever a hostile file provokes, the others go on
        return ReadError("internal", f"Lỗi của chương trình khi đọc tệp này ({type(error).__name__}: {error}).")


def _start_worker(memory: int) -> None:
    """In a new worker: one thread for OCR, a ceiling on memory where the system knows one, no life after the run."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_the_run() -> None:
    """A worker whose run was killed must not go on with a file that hangs."""
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)
