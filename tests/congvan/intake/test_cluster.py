"""Files read by a cluster give the archive that this computer alone makes, whoever is lost on the way."""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from congvan.archive.archive import Archive
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.verify import verify
from congvan.intake import cluster
from congvan.intake.outcomes import Outcome, Report
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits
from tests.support.poison import good
from tests.support.word import p, word_bytes

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@contextmanager
def two_workers(tmp_path: Path) -> Iterator[Any]:
    """A cluster of this computer: a scheduler and two workers, each a process under its nanny."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
    ) as made:
        yield made


def run(folder: Path, root: Path, scheduler: str | None, limits: Limits | None = None) -> Report:
    options = Options(scheduler=scheduler, limits=limits)
    return ingest([folder], Archive(root / "kho"), Quarantine(root / "riêng"), options)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {entry.path.name: entry.outcome for entry in report.entries}


def records(root: Path) -> dict[str, bytes]:
    archive = Archive(root / "kho")
    return {sha256: archive.layout.record(sha256).read_bytes() for sha256 in archive.hashes()}


def inbox(folder: Path) -> Path:
    """Files of several kinds: text, Word, one with others inside, one that is damaged."""
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_bytes(good(number))
    word = word_bytes("".join(p(line) for line in good(20).decode().splitlines()))
    (folder / "word.docx").write_bytes(word)
    (folder / "hỏng.docx").write_bytes(word[: len(word) // 2])
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("trong cùng.txt", good(30))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("bên trong/cv.txt", good(31))
        archive.writestr("lồng.zip", inner.getvalue())
    (folder / "nhiều tệp.zip").write_bytes(outer.getvalue())
    return folder


def test_who_is_not_there_is_told_of_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.3)
    folder = inbox(tmp_path / "vào")
    for address in ("tcp://127.0.0.1:9", "đâu đó", "http://127.0.0.1:9"):
        with pytest.raises(PlainError, match="Không liên lạc được"):
            run(folder, tmp_path, address)


@pytest.mark.slow
def test_a_cluster_makes_the_archive_that_this_computer_makes(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "vào")
    here = run(folder, tmp_path / "đây", None)
    with two_workers(tmp_path) as made:
        there = run(folder, tmp_path / "kia", made.scheduler_address)
        again = run(folder, tmp_path / "kia", made.scheduler_address)
    assert outcomes(there) == outcomes(here) and records(tmp_path / "kia") == records(tmp_path / "đây")
    assert len(records(tmp_path / "kia")) == 9
    assert set(outcomes(again).values()) <= {Outcome.UNCHANGED, Outcome.FAILED}
    assert list(verify(Archive(tmp_path / "kia" / "kho"))) == []


@pytest.mark.whole
def test_what_killed_workers_had_is_done_by_others_and_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "vào"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_bytes(good(number))
    with two_workers(tmp_path) as made:
        done: list[str] = []
        killed: list[int] = []

        def kill_each_once() -> None:
            for threshold in (20, 60):
                while len(done) < threshold:
                    time.sleep(0.02)
                workers = [one for one in made.workers.values() if one.pid not in killed]
                killed.append(workers[0].pid)
                workers[0].process.process._process.kill()

        assassin = threading.Thread(target=kill_each_once)
        assassin.start()
        report = ingest(
            [folder],
            Archive(tmp_path / "kho"),
            Quarantine(tmp_path / "riêng"),
            Options(scheduler=made.scheduler_address),
            lambda entry: done.append(entry.path.name),
        )
        assassin.join()
    assert len(killed) == 2 and sorted(done) == [f"{number:03}.txt" for number in range(120)]
    assert report.failed == 0 and len(list(Archive(tmp_path / "kho").hashes())) == 120


def test_workers_of_another_version_are_refused(tmp_path: Path) -> None:
    came = cluster._Came(cluster.ReadError("empty", "Tệp rỗng."), (), "0.0.0")
    future: Any = type("Done", (), {"result": staticmethod(lambda: came)})
    flow = cluster._Flow(None, iter(()), tmp_path, cluster.terms_of(False, tmp_path, None))  # type: ignore[arg-type]  # asks nobody
    with pytest.raises(PlainError, match="phiên bản"):
        flow._received(tmp_path, future)
