"""The way to a Dask cluster, and what is said where it is not there (any more)."""

from __future__ import annotations

import logging
import warnings
from concurrent.futures import CancelledError
from functools import cache
from typing import TYPE_CHECKING

from congvan.archive.truth.archive_errors import PlainError

if TYPE_CHECKING:
    from distributed import Client

_CONNECT = 15
"""Seconds after which a scheduler that does not answer is given up."""
WITHOUT_WORKERS = 60
"""Seconds after which a cluster that has no worker (any more) is given up."""
AHEAD = 2
"""Jobs under way for each worker: one that is done, one that waits for it."""
LOST = PlainError(
    "Mất liên lạc với bộ điều phối. Những gì đã báo xong còn nguyên; hãy chạy lại lệnh này để làm tiếp phần còn lại."
)
OTHER_VERSION = PlainError("Máy đọc tệp cài phiên bản congvan khác với máy này; hãy cài cùng một phiên bản.")
_NO_WORKERS = PlainError("Bộ điều phối không có máy nào để đọc tệp. Những gì đã báo xong còn nguyên.")


def connected(scheduler: str) -> Client:
    """A client of the cluster with this scheduler. Raises `PlainError` where there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise PlainError("Thiếu phần đọc trên nhiều máy; hãy cài: pip install congvan[cluster]") from None
    # What it has to say of lost workers and large files, it says to programmers.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError):
        raise PlainError(f"Không liên lạc được với bộ điều phối {scheduler} (viết như tcp://10.0.0.5:8786).") from None


def threads_of(client: Client) -> int:
    """How many jobs the workers do at once; waits a while for the first worker."""
    from distributed import TimeoutError as NoneInTime

    if not client.nthreads():
        try:
            client.wait_for_workers(1, timeout=WITHOUT_WORKERS)
        except NoneInTime:
            raise _NO_WORKERS from None
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def is_lost(error: Exception) -> bool:
    """Whether an error is of the cluster, and not of a file on this computer."""
    return isinstance(error, CancelledError) or (isinstance(error, OSError) and error.filename is None)


@cache
def version() -> str:
    """The version of this program, which must be that of the workers."""
    from importlib.metadata import version as installed

    return installed("congvan")
