"""A job for each of many records on the workers of a cluster: what `map` is on one computer, in the same order.

So who works on records (`reparse`, audit, dataset) takes a `Spread`, and is the same code on one computer and on
many. What a lost worker had is done by the others.
"""

from __future__ import annotations

import collections
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from congvan.archive.truth.archive_errors import PlainError
from congvan.intake.many.cluster_client import AHEAD, LOST, OTHER_VERSION, connected, is_lost, threads_of, version

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

_A_BATCH = 8
"""Records that are sent at once: one takes some milliseconds, not much more than the way there and back."""


class Spread(Protocol):
    """`map`, or what does the same elsewhere: the results in the order of the items, made as they are asked for."""

    def __call__(self, job: Callable[[Item], Result], items: Iterable[Item], /) -> Iterator[Result]: ...


def spread_over(scheduler: str | None) -> Spread:
    """`map` of this computer, or the same on the cluster with this scheduler."""
    return map if scheduler is None else partial(mapped, scheduler)


def mapped(scheduler: str, job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The job's result for each item, in order; a few batches for each worker are under way.

    What the job raises is raised here. Raises `PlainError` where the cluster is not there (any more).
    """
    client = connected(scheduler)
    try:
        yield from _in_order(client, job, iter(items))
    except (CancelledError, OSError) as error:
        if is_lost(error):
            raise LOST from None
        raise
    finally:
        client.close(timeout=5)


def _in_order(client: Client, job: Callable[[Item], Result], items: Iterator[Item]) -> Iterator[Result]:
    executor = client.get_executor()
    under_way: collections.deque[Future[Any]] = collections.deque()
    while True:
        while len(under_way) < AHEAD * threads_of(client) and (batch := list(islice(items, _A_BATCH))):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that a batch is large
                under_way.append(executor.submit(_do, job, batch))
        if not under_way:
            return
        yield from _received(under_way.popleft())


def _received(future: Future[tuple[str, list[Result]]]) -> list[Result]:
    from distributed.scheduler import KilledWorker

    try:
        made_by, results = future.result()
    except KilledWorker:
        raise PlainError("Nhiều máy bị ngắt đột ngột vì cùng một văn bản nên đã thôi.") from None
    except (ImportError, AttributeError):  # it does not know what it is asked to do
        raise OTHER_VERSION from None
    if made_by != version():
        raise OTHER_VERSION
    return results


def _do(job: Callable[[Item], Result], batch: list[Item]) -> tuple[str, list[Result]]:
    """Do a batch; runs on a worker of the cluster."""
    return version(), [job(item) for item in batch]
