"""Watching a folder: a file is taken once it is wholly there, as a copy."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.intake.find import find_files
from congvan.intake.quarantine import Quarantine
from congvan.intake.unfinished import is_open_for_writing
from congvan.intake.watching.steady import Patience, Steady
from congvan.intake.watching.watch import Manner, watch_folder
from tests.support.poison import good


class Looks:
    """A folder that is looked at again and again, by a clock of our own."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, 0.0
        self.steady = Steady(clock=lambda: self.now, wall=lambda: path.stat().st_mtime if path.exists() else 0.0)

    def write(self, data: bytes) -> None:
        self.path.write_bytes(data)
        os.utime(self.path, (1e9 + self.now, 1e9 + self.now))

    def first_ready(self, seconds: int) -> float | None:
        """After how many seconds of looks, one a second, the file is ready; None where it is not."""
        for waited in range(seconds):
            if self.steady.ready([self.path]):
                self.now += 1
                return waited
            self.now += 1
        return None


WHOLE = {
    "a.pdf": b"%PDF-1.7 trang 1 %%EOF\n",
    "a.png": b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82",
    "a.jpg": b"\xff\xd8\xff\xe0....\xff\xd9",
    "a.docx": b"PK\x03\x04....PK\x05\x06",
    "a.rtf": b"{\\rtf1 van ban}",
    "a.txt": b"van ban",
    "a.tif": b"II*\x00 trang 1",
}
SURE = {"a.png", "a.jpg", "a.docx"}


@pytest.fixture
def looks(tmp_path: Path) -> Callable[[str], Looks]:
    return lambda name: Looks(tmp_path / name)


@pytest.mark.parametrize("name", WHOLE)
def test_what_came_whole_is_taken_soon_and_once(looks: Callable[[str], Looks], name: str) -> None:
    seen = looks(name)
    seen.write(WHOLE[name])
    waited = seen.first_ready(10)
    assert waited is not None and waited <= 5
    assert seen.first_ready(1000) is None


@pytest.mark.parametrize("name", WHOLE)
def test_what_grew_is_waited_for_and_the_longer_it_paused_the_longer(looks: Callable[[str], Looks], name: str) -> None:
    seen = looks(name)
    for pause in (2, 60):
        seen.write(WHOLE[name] if pause == 2 else WHOLE[name] + WHOLE[name])
        for _ in range(pause):
            seen.steady.ready([seen.path])
            seen.now += 1
        seen.steady._looks[seen.path].given = False  # only how long it waits from here on is asked
    seen.write(WHOLE[name] * 3)
    waited = seen.first_ready(1000)
    assert waited is not None and (waited >= 10 if name in SURE else waited >= 180)


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.jpg", "a.docx", "a.rtf"])
def test_what_lacks_its_end_is_waited_for(looks: Callable[[str], Looks], name: str) -> None:
    seen = looks(name)
    seen.write(WHOLE[name][:9])
    assert seen.first_ready(100) is None
    seen.write(WHOLE[name])
    assert seen.first_ready(400) is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="leases are asked for on Linux only")
def test_what_a_program_has_open_to_write_is_not_taken(looks: Callable[[str], Looks]) -> None:
    seen = looks("a.txt")
    with seen.path.open("wb") as writer:
        writer.write(b"van ban")
        writer.flush()
        if not is_open_for_writing(seen.path):
            pytest.skip("this file system knows no leases")
        assert seen.first_ready(1000) is None
    assert seen.first_ready(10) is not None


def test_a_state_that_comes_after_it_was_taken_is_taken_too(looks: Callable[[str], Looks]) -> None:
    seen = looks("a.txt")
    seen.write(b"trang 1")
    assert seen.first_ready(10) is not None
    seen.write(b"trang 1, trang 2")
    waited = seen.first_ready(1000)
    assert waited is not None and waited >= 100


@pytest.mark.parametrize(
    "name",
    [
        "cv.pdf.crdownload",
        "cv.docx.part",
        "Unconfirmed 1234.crdownload",
        ".cv.pdf.Xy12ab",
        "~$cv.docx",
        "cv.pdf.filepart",
    ],
)
def test_an_unfinished_name_is_neither_found_nor_ready(tmp_path: Path, name: str) -> None:
    seen = Looks(tmp_path / name)
    seen.write(b"van ban")
    assert seen.first_ready(1000) is None and list(find_files([tmp_path])) == []
    seen.path.rename(tmp_path / "cv.txt")
    assert list(find_files([tmp_path])) == [tmp_path / "cv.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("move", [False, True])
def test_a_growing_file_is_taken_only_when_it_is_complete(tmp_path: Path, move: bool) -> None:
    folder, whole = tmp_path / "in", good(7)
    folder.mkdir()
    archive, stop, said = Archive(tmp_path / "archive"), threading.Event(), list[str]()
    watching = threading.Thread(
        target=watch_folder,
        args=(folder, archive, Quarantine(tmp_path / "quarantine")),
        kwargs={
            "manner": Manner(Patience(grew=3.0), 0.0 if move else None),
            "say": said.append,
            "stop": stop,
        },
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
