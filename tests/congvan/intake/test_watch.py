"""Watching a folder: a file is taken once it is wholly there, as a copy."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.intake.quarantine import Quarantine
from congvan.intake.watch import Steady, watch_folder
from tests.support.poison import good


def test_a_file_is_ready_at_the_second_look_that_finds_it_the_same(tmp_path: Path) -> None:
    steady, path = Steady(), tmp_path / "a.txt"
    ready = []
    for size in (1, 2, 3, 3, 3, 4, 4):
        path.write_bytes(b"x" * size)
        os.utime(path, ns=(size, size))
        ready.append(bool(steady.ready([path])))
    assert ready == [False, False, False, True, False, False, True]
    path.unlink()
    assert steady.ready([path]) == []


@pytest.mark.slow
@pytest.mark.parametrize("move", [False, True])
def test_a_growing_file_is_taken_only_when_it_is_complete(tmp_path: Path, move: bool) -> None:
    folder, whole = tmp_path / "in", good(7)
    folder.mkdir()
    archive, stop, said = Archive(tmp_path / "archive"), threading.Event(), list[str]()
    watching = threading.Thread(
        target=watch_folder,
        args=(folder, archive, Quarantine(tmp_path / "quarantine")),
        kwargs={"leave_after": 0.0 if move else None, "say": said.append, "stop": stop},
    )
    watching.start()
    with (folder / "a.txt").open("wb", buffering=0) as file:
        for start in range(0, len(whole), 100):
            file.write(whole[start : start + 100])
            time.sleep(0.4)
    for _ in range(150):
        if list(archive.hashes()) and (not move or not (folder / "a.txt").exists()):
            break
        time.sleep(0.1)
    stop.set()
    watching.join()
    [sha256] = archive.hashes()
    original = archive.layout.find_original(sha256)
    assert original is not None and original.read_bytes() == whole
    assert (folder / "a.txt").exists() is not move
    assert len([line for line in said if "đã đăng ký" in line]) == 1
