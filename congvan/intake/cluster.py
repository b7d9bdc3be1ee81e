"""Files read by the workers of a Dask cluster, on as many machines as it has: another executor for the same pipeline.

This side sends a file's bytes and gets back what `process_file` makes of them, so that a worker needs no folder of
ours. There, each file is read in a process of its own, as here (`workers`): what hangs or dies costs itself alone. Few
files are under way at once, whatever the size of a folder. What a lost worker had is done by the others.

Needs the extra `cluster` here and on the workers, and the same version of this program.
"""

from __future__ import annotations

import collections
import multiprocessing
import tempfile
import threading
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from congvan.intake.inside import Inside, Item, Unpacked, bytes_at
from congvan.intake.many.cluster_client import (
    AHEAD,
    LOST,
    OTHER_VERSION,
    WITHOUT_WORKERS,
    connected,
    is_lost,
    threads_of,
    version,
)
from congvan.intake.process import Processed, process_file
from congvan.intake.workers import Limits, run_isolated
from ingest.door.errors import ReadError

if TYPE_CHECKING:
    from distributed import Client

Result = Processed | Unpacked | ReadError


class ReadingTerms(NamedTuple):
    """How files are read there: as `process_file`, with the certificates by their place (`trust/NAME`) and bytes."""

    allow_secret: bool
    trust: tuple[tuple[str, bytes], ...]
    limits: Limits


def terms_of(allow_secret: bool, trust: Path, limits: Limits | None) -> ReadingTerms:
    """The terms with the certificates that lie in the folder `trust`, where there is one."""
    found = sorted(path for path in trust.glob("*") if path.is_file())
    return ReadingTerms(
        allow_secret, tuple((f"trust/{path.name}", path.read_bytes()) for path in found), limits or Limits()
    )


class _Sent(NamedTuple):
    """A file on its way there."""

    item: Item
    name: str
    data: bytes
    terms: ReadingTerms


class _Came(NamedTuple):
    """What came back: the result, the bytes of the files taken out of it, and the version that made it."""

    result: Result
    inside: tuple[bytes, ...]
    version: str


class _Task(NamedTuple):
    """A file as it lies on the worker, in a folder of its own."""

    item: Item
    folder: str
    allow_secret: bool


def read_on(scheduler: str, items: Iterable[Item], folder: Path, terms: ReadingTerms) -> Iterator[tuple[Item, Result]]:
    """Each file with what `process_file` makes of it on the cluster, in the order they are finished.

    What lies inside a file is put into `folder`. Raises `PlainError` where the cluster is not there (any more).
    """
    client = connected(scheduler)
    try:
        yield from _Flow(client, iter(items), folder, terms).results()
    except (CancelledError, OSError) as error:
        if is_lost(error):
            raise LOST from None
        raise
    finally:
        client.close(timeout=5)


@dataclass
class _Flow:
    """The files of one run on their way there and back."""

    client: Client
    items: Iterator[Item]
    folder: Path
    terms: ReadingTerms

    def results(self) -> Iterator[tuple[Item, Result]]:
        """Send and receive until nothing is under way any more."""
        executor = self.client.get_executor()
        under_way: dict[Future[_Came], Item] = {}
        while True:
            refused = []
            for item in self._next(AHEAD * threads_of(self.client) - len(under_way)):
                sent = _loaded(item, self.terms)
                if isinstance(sent, ReadError):
                    refused.append((item, sent))
                else:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")  # that a file is large
                        under_way[executor.submit(_read_there, sent)] = item
            yield from refused
            if not under_way and not refused:
                return
            for future in wait(under_way, WITHOUT_WORKERS, FIRST_COMPLETED).done:
                item = under_way.pop(future)
                yield item, self._received(item, future)

    def _next(self, count: int) -> Iterator[Item]:
        for _ in range(count):
            for item in self.items:
                yield item
                break

    def _received(self, item: Item, future: Future[_Came]) -> Result:
        from distributed.scheduler import KilledWorker

        try:
            came = future.result()
        except KilledWorker:
            return ReadError("crash", "Nhiều máy bị ngắt đột ngột khi đọc tệp này nên đã thôi.")
        except (ImportError, AttributeError):  # it does not know what it is asked to do
            raise OTHER_VERSION from None
        if came.version != version():
            raise OTHER_VERSION
        return _brought_here(item, came, self.folder)


def _loaded(item: Item, terms: ReadingTerms) -> _Sent | ReadError:
    if isinstance(item, Inside) and item.error is not None:
        return item.error
    path = bytes_at(item)
    try:
        return _Sent(item, path.name, path.read_bytes(), terms)
    except OSError:
        return ReadError("unreadable", "Không mở được tệp (đã bị xoá, hoặc không có quyền đọc).")


def _brought_here(item: Item, came: _Came, folder: Path) -> Result:
    """The result with the files taken out lying here, known as what they are here."""
    result = came.result
    if isinstance(result, ReadError):
        return result
    members = result.members if isinstance(result, Unpacked) else result.inside
    if not members:
        return result
    outermost = item.container if isinstance(item, Inside) else item
    home = Path(tempfile.mkdtemp(prefix="inside-", dir=folder))
    here = []
    for number, (member, data) in enumerate(zip(members, came.inside, strict=True)):
        path = home / str(number) / member.path.name
        if member.error is None:
            path.parent.mkdir()
            path.write_bytes(data)
        here.append(member._replace(path=path, container=outermost))
    if isinstance(result, Unpacked):
        return result._replace(members=tuple(here))
    return Processed(result.document, result.record, tuple(here))


def _read_there(sent: _Sent) -> _Came:
    """Read one file that was sent; runs on a worker of the cluster."""
    with tempfile.TemporaryDirectory(prefix="congvan-cluster-") as folder:
        path = Path(folder, "file", sent.name)
        for name, data in ((f"file/{sent.name}", sent.data), *sent.terms.trust):
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(folder, name).write_bytes(data)
        item = sent.item._replace(path=path) if isinstance(sent.item, Inside) else path
        try:
            result = _crew(sent.terms.limits).do(_Task(item, folder, sent.terms.allow_secret))
        except OSError:  # a full disk ends a crew
            _crews.limits = None
            result = ReadError("unreadable", "Máy đọc tệp đã đầy ổ đĩa; hãy dọn chỗ ở máy ấy rồi chạy congvan retry.")
        members = result.members if isinstance(result, Unpacked) else getattr(result, "inside", ())
        data_inside = tuple(b"" if member.error else member.path.read_bytes() for member in members)
    return _Came(result, data_inside, version())


def _process(task: _Task) -> Processed | Unpacked:
    folder = Path(task.folder)
    trust = folder / "trust"
    return process_file(task.item, task.allow_secret, trust if trust.exists() else None, folder / "opened")


class _Given:
    """The files given to a crew so far: it may come to an end and go on."""

    def __init__(self) -> None:
        self.tasks: collections.deque[_Task] = collections.deque()

    def __iter__(self) -> _Given:
        return self

    def __next__(self) -> _Task:
        if not self.tasks:
            raise StopIteration
        return self.tasks.popleft()


class _StandingCrew:
    """One process on a worker of the cluster that reads file after file, renewed as `run_isolated` does."""

    def __init__(self, limits: Limits) -> None:
        self._given = _Given()
        self._results = run_isolated(_process, self._given, Limits(limits.seconds, limits.memory, 1))

    def do(self, task: _Task) -> Result:
        """What `process_file` makes of a file. Raises OSError where the disk is full."""
        self._given.tasks.append(task)
        return next(self._results)[1]


_crews = threading.local()


def _crew(limits: Limits) -> _StandingCrew:
    """The crew of this thread of a worker: a worker with two threads has two."""
    if getattr(_crews, "limits", None) != limits:
        # A worker under its nanny is a daemonic process, which may start none. The rule is for processes that nobody
        # would end; ours end with the one that started them (`workers._end_with_the_run`).
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # not in its stubs
        _crews.limits, _crews.crew = limits, _StandingCrew(limits)
    crew: _StandingCrew = _crews.crew
    return crew
