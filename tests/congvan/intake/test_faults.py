"""What goes wrong around the program: a disk that is really full, a share that goes away, a clock that jumps, several
people at once for minutes. Nothing confirmed is lost, every file is accounted for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.archive.review.history import undo
from congvan.archive.truth import log
from congvan.archive.verify import verify
from congvan.intake.quarantine import Quarantine
from tests.support.clerk import clerk, lost, needs_fork, register

pytestmark = pytest.mark.whole
CONGVAN = (sys.executable, "-c", "from congvan.commands.cli import main; main()")
SECONDS = float(os.environ.get("CONGVAN_MINUTES", "2")) * 60
LETTER = """UBND HUYỆN HỒ TRÚC          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                     Độc lập - Tự do - Hạnh phúc
Số: {number}/UBND-VP                 Hồ Trúc, ngày 05 tháng 3 năm 2026

Kính gửi: Các phòng, ban.

1. Phòng Nội vụ rà soát danh mục thứ {number}, báo cáo trước ngày 20/3/2026.
{padding}
"""


def letters(folder: Path, count: int, first: int = 1) -> None:
    """Letters of some kilobytes each, all different."""
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        padding = "\n".join(f"Đoạn {line} của văn bản {number}: các đơn vị thực hiện." for line in range(40))
        (folder / f"cv-{number:03}.txt").write_text(LETTER.format(number=number, padding=padding), "utf-8")


def congvan(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CONGVAN, *words], cwd=folder, capture_output=True, text=True, check=False)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of a few megabytes mounted there; skipped where that is not allowed."""
    place.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def accounted(root: Path, held: Path, inbox: Path) -> set[str]:
    """The names of the files of a folder that are neither registered nor held."""
    archive = Archive(root)
    known = {archive.name_of(sha256) for sha256 in archive.hashes()}
    known |= {one.origin.name for one in Quarantine(held).held()}
    return {path.name for path in inbox.iterdir()} - known


def test_a_disk_that_is_full_and_then_has_room_again(tmp_path: Path) -> None:
    disk, inbox = tmp_path / "disk", tmp_path / "den"
    letters(inbox, 30)
    where = ("--archive", str(disk / "kho"))
    with small_disk(disk, "1m"):
        full = congvan(tmp_path, "ingest", str(inbox), *where, "--quarantine", str(disk / "q"))
        assert full.returncode == 1 and "Ổ đĩa" in full.stdout + full.stderr, full.stderr[-2000:]
        assert "Traceback" not in full.stderr
        remount(disk, "size=64m")
        assert congvan(tmp_path, "ingest", str(inbox), *where, "--quarantine", str(disk / "q")).returncode == 0
        assert accounted(disk / "kho", disk / "q", inbox) == set()
        assert congvan(tmp_path, "verify", *where).returncode == 0
        _fix_on_a_full_disk(tmp_path, disk, where)


def _fix_on_a_full_disk(folder: Path, disk: Path, where: tuple[str, ...]) -> None:
    free = shutil.disk_usage(disk).free
    (disk / "rac").write_bytes(b"0" * (free - 4096))
    refused = congvan(folder, "fix", "7/UBND-VP", "--number", "77", *where)
    assert "Traceback" not in refused.stderr
    (disk / "rac").unlink()
    archive = Archive(disk / "kho")
    numbers = {archive.record(sha256).header.number for sha256 in archive.hashes()}
    assert (77 in numbers) == (refused.returncode == 0) or 77 not in numbers
    assert list(verify(archive)) == []
    assert congvan(folder, "fix", "8/UBND-VP", "--number", "88", *where).returncode == 0


def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    disk, inbox = tmp_path / "disk", tmp_path / "den"
    letters(inbox, 2)
    where = ("--archive", str(disk / "kho"))
    with small_disk(disk, "64m"):
        assert congvan(tmp_path, "ingest", str(inbox), *where).returncode == 0
        remount(disk, "ro")
        for words in (("fix", "1/UBND-VP", "--number", "5"), ("ingest", str(inbox)), ("ok", "1/UBND-VP")):
            refused = congvan(tmp_path, *words, *where)
            assert refused.returncode == 1 and "Traceback" not in refused.stderr, refused.stderr[-2000:]
            assert "quyền" in refused.stderr or "ghi" in refused.stderr
        remount(disk, "rw")
        assert congvan(tmp_path, "verify", *where).returncode == 0


def test_a_share_that_goes_away_in_the_middle(tmp_path: Path) -> None:
    inbox, gone = tmp_path / "den", tmp_path / "mat"
    letters(inbox, 60)
    running = subprocess.Popen([*CONGVAN, "ingest", str(inbox)], cwd=tmp_path, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)  # fmt: skip
    records = tmp_path / "outputs" / "archive" / "records"
    while running.poll() is None and not list(records.glob("*/*.json")):
        time.sleep(0.05)
    inbox.rename(gone)
    told = running.communicate(timeout=300)[0]
    assert "Traceback" not in told, told[-3000:]
    archive = Archive(tmp_path / "outputs" / "archive")
    assert list(verify(archive)) == []
    registered = {archive.name_of(sha256) for sha256 in archive.hashes()}
    missing = {path.name for path in gone.iterdir()} - registered
    lines = told.replace("\n", "")  # a long path is folded at its hyphens
    assert {name for name in missing if name not in lines} == set(), told  # neither registered nor told of
    gone.rename(inbox)
    assert congvan(tmp_path, "ingest", str(inbox)).returncode == 0
    assert accounted(tmp_path / "outputs" / "archive", tmp_path / "outputs" / "quarantine", inbox) == set()


def test_a_clock_that_jumps_back_a_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    sha256 = register(archive, b"mot")
    archive.correct(sha256, "/header/place", "Nơi thứ nhất")
    monkeypatch.setattr(log, "now", lambda: "2019-01-01T00:00:00+07:00")
    archive.correct(sha256, "/header/place", "Nơi thứ hai")
    archive.act("review", dispatch_id=sha256, status="reviewed")
    archive.rebuild()
    assert archive.record(sha256).header.place == "Nơi thứ hai" and list(verify(archive)) == []
    assert undo(archive) == ["xác nhận đã xem xong"]
    undo(archive)
    assert archive.record(sha256).header.place == "Nơi thứ nhất"


@needs_fork
def test_two_clerks_and_a_watcher_for_minutes(tmp_path: Path) -> None:
    root, inbox = tmp_path / "outputs" / "archive", tmp_path / "den"
    inbox.mkdir()
    watcher = subprocess.Popen([*CONGVAN, "watch", str(inbox)], cwd=tmp_path, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)  # fmt: skip
    with clerk(root, 1, 100_000) as (one, ones), clerk(root, 2, 100_000) as (other, others):
        until, number = time.monotonic() + SECONDS, 1
        while time.monotonic() < until:
            letters(inbox, 1, number)
            number += 1
            time.sleep(SECONDS / 40)
        for process in (one, other):
            process.kill()
            process.join()
        deeds = [*ones(), *others()]
    _wait_for(lambda: not accounted(root, tmp_path / "outputs" / "quarantine", inbox), 120)
    watcher.terminate()
    assert "Traceback" not in watcher.communicate(timeout=60)[1]
    assert len(deeds) > 50 and lost(root, deeds) == []
    assert accounted(root, tmp_path / "outputs" / "quarantine", inbox) == set()
    assert list(verify(Archive(root))) == []


def _wait_for(done: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(1)
