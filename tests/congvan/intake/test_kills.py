"""Killed at any moment, the archive loses nothing that was confirmed and shows nothing half written."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.archive.verify import verify
from congvan.dataset.keep.build import build
from congvan.dataset.keep.parquet import parts_folder
from congvan.intake.quarantine import Quarantine
from ingest.door.errors import ReadError
from tests.support.clerk import clerk, dump, lost, needs_fork, register
from tests.support.databases import only_sqlite

LONGEST = 0.5
"""Seconds after which a clerk is killed at the latest: time for some dozens of deeds."""


def kill_a_clerk(root: Path, seed: int) -> list[str]:
    rng = random.Random(seed)
    with clerk(root, seed, 10_000) as (process, confirmed):
        time.sleep(rng.uniform(0.01, LONGEST))
        process.kill()
        process.join()
        return lost(root, confirmed())


@needs_fork
@pytest.mark.slow
def test_killed_a_few_times(tmp_path: Path) -> None:
    for seed in range(12):
        assert kill_a_clerk(tmp_path / str(seed % 4), seed) == []


@needs_fork
@pytest.mark.whole
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    for seed in range(200):
        assert kill_a_clerk(tmp_path / str(seed % 20), seed) == []


@needs_fork
def test_two_clerks_of_whom_one_is_killed(tmp_path: Path) -> None:
    with clerk(tmp_path, 1, 15) as (staying, confirmed), clerk(tmp_path, 2, 10_000) as (killed, other):
        time.sleep(0.2)
        killed.kill()
        killed.join()
        staying.join()
        assert lost(tmp_path, [*confirmed(), *other()]) == []


def test_a_copy_in_quarantine_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, path = Quarantine(tmp_path / "q"), tmp_path / "a.pdf"
    path.write_bytes(b"mot")
    held.hold(path, ReadError("damaged", "Tệp hỏng."))

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    path.write_bytes(b"hai")
    monkeypatch.setattr("shutil.copy2", stop)
    with pytest.raises(KeyboardInterrupt):
        held.hold(path, ReadError("damaged", "Tệp hỏng."))
    assert [one.copy.read_bytes() for one in held.held()] == [b"mot"]


def test_a_copy_that_is_tried_again_keeps_its_origin_and_goes_when_it_is_read(tmp_path: Path) -> None:
    held, path = Quarantine(tmp_path / "q"), tmp_path / "a.pdf"
    path.write_bytes(b"mot")
    held.hold(path, ReadError("damaged", "Tệp hỏng."))
    path.unlink()
    [one] = held.held()
    held.hold(one.copy, ReadError("damaged", "Vẫn hỏng."))
    [one] = held.held()
    assert (one.origin, one.reason, one.copy.read_bytes()) == (path, "Vẫn hỏng.", b"mot")
    held.release(one.copy)
    assert list(held.held()) == []


@only_sqlite
def test_a_full_disk_confirms_nothing_and_spoils_nothing(tmp_path: Path) -> None:
    """The limit on the size of a file stands for the end of the disk."""
    root = tmp_path / "archive"
    register(Archive(root), b"mot")
    before = dump(Archive(root))
    limit = (root / "index.sqlite").stat().st_size // 2
    script = (
        "import resource, signal, sys; from pathlib import Path; from congvan.archive.archive import Archive;"
        "from tests.support.clerk import register;"
        "archive = Archive(Path(sys.argv[1])); signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])));"
        "register(archive, b'hai' * int(sys.argv[2]))"
    )
    if sys.platform == "win32":
        pytest.skip("no limits on the size of files here")
    done = subprocess.run([sys.executable, "-c", script, str(root), str(limit)], capture_output=True, check=False)
    assert done.returncode != 0
    again = Archive(root)
    assert list(verify(again)) == [] and dump(again) == before
    assert not list(root.rglob("*.part"))


def test_a_dataset_whose_building_was_stopped_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.congvan.dataset.test_dataset import PLAN, REPORT, contents, dispatch, put

    archive = Archive(tmp_path / "archive")
    for number in range(12):
        put(archive, dispatch(f"{number + 20}-BC/HU", f"20{10 + number}-10-02", [REPORT]))
    out, whole = tmp_path / "out", tmp_path / "whole"
    build(archive, out)
    put(archive, dispatch("1-KH/HU", "2024-01-10", [PLAN]))
    put(archive, dispatch("2-KH/HU", "2022-01-10", [PLAN]))
    written = []

    def stop(*args: object) -> None:
        written.append(args)
        if len(written) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("congvan.dataset.keep.build.replace_file", stop)
        with pytest.raises(KeyboardInterrupt):
            build(archive, out)
    next(parts_folder(out).glob("*/*/*.parquet")).unlink()
    build(archive, out)
    build(archive, whole, full=True)
    assert contents(out) == contents(whole)
