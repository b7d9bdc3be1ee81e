"""Files read by a cluster give the archive that this computer alone makes, whoever is lost on the way."""

from __future__ import annotations

import os
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bench.cases import ROOT
from congvan.archive.archive import Archive
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.verify import verify
from congvan.audit.across.batch import check_all
from congvan.audit.across.disputes import checked_figures
from congvan.dataset.keep.build import build
from congvan.intake import cluster
from congvan.intake.many import cluster_client
from congvan.intake.many.spread import spread_over
from congvan.intake.outcomes import Outcome, Report
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.reparse import reparse
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
    monkeypatch.setattr(cluster_client, "_CONNECT", 0.3)
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


def kept(folder: Path, root: Path) -> Archive:
    """An archive of these files, read here."""
    run(folder, root, None)
    return Archive(root / "kho")


def poisoned(number: int) -> int:
    """Ends its worker each time."""
    os._exit(1 if number == 3 else 0)


def test_records_come_in_order_as_from_map(tmp_path: Path) -> None:
    assert list(spread_over(None)(abs, [-3, 2, -1])) == [3, 2, 1]
    with two_workers(tmp_path) as made:
        spread = spread_over(made.scheduler_address)
        assert list(spread(abs, range(-40, 40))) == list(map(abs, range(-40, 40)))
        with pytest.raises(ValueError, match="invalid literal"):
            list(spread(int, ["1", "hai"]))


@pytest.mark.slow
def test_reparse_audit_and_dataset_are_the_same_on_a_cluster(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "vào")
    (folder / "bảng.txt").write_bytes(next((ROOT / "corpus").glob("01-*/*.txt")).read_bytes())
    archive = kept(folder, tmp_path)
    sha256 = next(archive.hashes())
    stale = archive.machine_record(sha256).model_copy(update={"directives": ()})
    here = {one: archive.layout.record(one).read_bytes() for one in archive.hashes()}
    archive.replace_record(stale)
    alone = check_all((None, archive.record(one)) for one in archive.hashes())
    with two_workers(tmp_path) as made:
        spread = spread_over(made.scheduler_address)
        audits = check_all(((None, archive.record(one)) for one in archive.hashes()), "vi", spread)
        changed = [path for path, _, is_new in reparse(archive, spread) if is_new]
        build(archive, tmp_path / "kia", partial(spread, checked_figures))
    build(archive, tmp_path / "đây", partial(map, checked_figures))
    assert [one.audit for one in audits] == [one.audit for one in alone]
    assert changed == [archive.layout.record(sha256)]
    assert {one: archive.layout.record(one).read_bytes() for one in archive.hashes()} == here
    parts = {
        path.relative_to(tmp_path / "đây"): path.read_bytes() for path in (tmp_path / "đây").glob("*/*/*/*.parquet")
    }
    assert parts == {place: (tmp_path / "kia" / place).read_bytes() for place in parts} and parts


@pytest.mark.whole
def test_each_worker_killed_once_costs_a_reparse_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "vào"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:03}.txt").write_bytes(good(number))
    archive = kept(folder, tmp_path)
    with two_workers(tmp_path) as made:
        killed: list[int] = []
        done: list[Path] = []
        for path, _, _ in reparse(archive, spread_over(made.scheduler_address)):
            done.append(path)
            if len(done) in (20, 90):
                worker = next(one for one in made.workers.values() if one.pid not in killed)
                killed.append(worker.pid)
                worker.process.process._process.kill()
    assert len(killed) == 2 and len(done) == len(set(done)) == 200


@pytest.mark.whole
def test_what_kills_every_worker_is_given_up_in_words(tmp_path: Path) -> None:
    with two_workers(tmp_path) as made, pytest.raises(PlainError, match="cùng một văn bản"):
        list(spread_over(made.scheduler_address)(poisoned, range(3, 4)))


def test_workers_of_another_version_are_refused(tmp_path: Path) -> None:
    came = cluster._Came(cluster.ReadError("empty", "Tệp rỗng."), (), "0.0.0")
    future: Any = type("Done", (), {"result": staticmethod(lambda: came)})
    flow = cluster._Flow(None, iter(()), tmp_path, cluster.terms_of(False, tmp_path, None))  # type: ignore[arg-type]  # asks nobody
    with pytest.raises(PlainError, match="phiên bản"):
        flow._received(tmp_path, future)
