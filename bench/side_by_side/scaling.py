"""Files by the thousand into an archive: by one and two processes here, by one and two workers of a cluster."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.cases import ROOT
from congvan.archive.archive import Archive
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits

FILES = 1_000
_ROUNDS = 2


class Scaled(NamedTuple):
    """How long a way of ingesting took for so many files, round by round."""

    files: int
    way: str
    seconds: list[float]


def scaling(count: int = FILES, ways: tuple[str, ...] = ("local 1", "local 2", "dask 1", "dask 2")) -> list[Scaled]:
    """Each way in turn, twice, each time into an archive of its own."""
    found = [Scaled(count, way, []) for way in ways]
    with tempfile.TemporaryDirectory(prefix="congvan-bench-") as name:
        folder = Path(name, "in")
        _fill(folder, count)
        for number in range(_ROUNDS):
            for one in found:
                one.seconds.append(_ingested(folder, Path(name, f"{one.way} {number}"), one.way, count))
    return found


def _ingested(folder: Path, root: Path, way: str, count: int) -> float:
    """Seconds from the first file to the last; the start of a cluster is not counted."""
    kind, workers = way.split()
    with _cluster(int(workers)) if kind == "dask" else _nothing() as scheduler:
        options = Options(limits=Limits(workers=int(workers)), scheduler=scheduler)
        began = time.perf_counter()
        report = ingest([folder], Archive(root / "archive"), Quarantine(root / "quarantine"), options)
        took = time.perf_counter() - began
    assert len(report.entries) == count and report.failed == 0
    return took


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """A cluster of this computer that has done one thing already."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.gather(client.map(abs, range(workers)))
        yield cluster.scheduler_address


def _fill(folder: Path, count: int) -> None:
    """The corpus as text, each dispatch with another line at its end, so that no two are the same file."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("[0-9]*/*.txt"))]
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"{texts[number % len(texts)]}\nBản số {number}\n", encoding="utf-8")
