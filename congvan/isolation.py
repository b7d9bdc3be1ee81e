"""A job for each of many files in worker processes: one that hangs, dies or eats memory costs itself alone."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import sys
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

    Only a few items are under way at a time, so a folder of any size is walked as it is worked on. Other exceptions
    than `ReadError` become one: a fault of ours must not stop the other files.
    """
    limits = limits or Limits()
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    queue = iter(items)
    with ProcessPool(limits.workers, _FILES_A_WORKER, _start_worker, (limits.memory,), context) as pool:
        under_way: dict[Future[Result], Item] = {}
        while True:
            for item in itertools.islice(queue, 2 * limits.workers - len(under_way)):
                under_way[pool.schedule(job, args=[item], timeout=limits.seconds)] = item
            if not under_way:
                return
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                yield under_way.pop(future), _outcome(future.result, limits)


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
    """In a new worker: one thread for OCR, and a ceiling on memory where the system knows one."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
