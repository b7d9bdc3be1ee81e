"""`python -m bench.archive_speed [FILES]`: taking in a folder again that has not changed.

Anchors in the same run: walking the folder, one `stat` and one look-up by path a file; hashing every file; the first
ingest of born-digital files by one worker (wall time: the work is done in another process). Processor time, best of
five rounds in turns, start-up aside.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.upkeep import Seen
from congvan.intake.outcomes import Outcome
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits

FILES = 10_000
FIRST = 24
ROUNDS = 5
CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def main(count: int = FILES) -> None:
    """Print the figures with their bars."""
    with tempfile.TemporaryDirectory(prefix="congvan-bench-") as name:
        root = Path(name)
        archive, held = Archive(root / "archive"), Quarantine(root / "quarantine")
        first = _first_ingest(root, archive, held)
        _fill(root / "in", count, archive)
        anchor, again, hashing, checked = best(
            lambda: _walk_stat_look_up(root / "in", archive.layout.index),
            lambda: _ingest(root / "in", archive, held, Options()),
            lambda: _hash_all(root / "in"),
            lambda: _ingest(root / "in", archive, held, Options(checksum=True)),
        )
        each = 1e6 / count
        print(f"{count} unchanged files, microseconds a file")
        print(f"  walking, stat, one look-up  {anchor * each:8.1f}")
        print(f"  ingest again                {again * each:8.1f}   {(again - anchor) * each:.1f} beyond (bar 10)")
        print(f"  hashing                     {hashing * each:8.1f}")
        print(f"  ingest again --checksum     {checked * each:8.1f}   {checked / hashing:.2f} times hashing (bar 1.3)")
        quotient = first / FIRST / (again / count)
        print(f"  first ingest, born-digital  {first / FIRST * 1e6:8.0f}   {quotient:.0f} times again (bar 200)")
        print(f"  a byte changed under the old time is caught: {_caught(root / 'in', archive, held)}")


def best(*actions: Callable[[], object]) -> list[float]:
    """Seconds of processor time of each action, the best of some rounds in which they take turns."""
    found: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for action, seconds in zip(actions, found, strict=True):
            began = time.process_time()
            action()
            seconds.append(time.process_time() - began)
    return [min(seconds) for seconds in found]


def _first_ingest(root: Path, archive: Archive, held: Quarantine) -> float:
    """Seconds of wall time for the corpus' PDFs with one worker, loaded beforehand by a file."""
    folder = root / "first"
    folder.mkdir()
    found = sorted(CORPUS.glob("*/*.pdf"))[: FIRST + 1]
    for path in found:
        shutil.copy2(path, folder / path.name)
    paths = sorted(folder.iterdir())
    options = Options(limits=Limits(workers=1))
    ingest(paths[:1], archive, held, options)
    began = time.perf_counter()
    report = ingest(paths[1:], archive, held, options)
    assert not report.failed
    return time.perf_counter() - began


def _fill(folder: Path, count: int, archive: Archive) -> None:
    """Files of about 50 KB in folders of a hundred, known to the archive as they are."""
    body = next(CORPUS.glob("01-*/*.pdf")).read_bytes()
    rows = []
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"van-ban-{number:05}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = body + b"\n%%%d" % number
        path.write_bytes(data)
        stat = path.stat()
        sha256 = hashlib.sha256(data).hexdigest()
        rows.append(Seen(str(path), stat.st_size, stat.st_mtime_ns, sha256, "done"))
    connection = sqlite3.connect(archive.layout.index)
    with connection:
        connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.close()


def _walk_stat_look_up(folder: Path, index: Path) -> None:
    connection = sqlite3.connect(index)
    ask = connection.cursor().execute
    for parent, _, names in os.walk(folder):
        for name in names:
            path = f"{parent}/{name}"
            os.stat(path)
            ask("SELECT path, size, modified_ns, sha256, outcome, reason FROM files WHERE path = ?", (path,)).fetchone()
    connection.close()


def _ingest(folder: Path, archive: Archive, held: Quarantine, options: Options) -> None:
    report = ingest([folder], archive, held, options)
    assert all(entry.outcome is Outcome.UNCHANGED for entry in report.entries)


def _hash_all(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            with open(f"{parent}/{name}", "rb") as file:
                hashlib.sha256(file.read()).hexdigest()


def _caught(folder: Path, archive: Archive, held: Quarantine) -> bool:
    path = next(folder.glob("*/*.pdf"))
    stat = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    trusting = ingest([path], archive, held, Options()).entries[0].outcome
    checking = ingest([path], archive, held, Options(checksum=True)).entries[0].outcome
    return trusting is Outcome.UNCHANGED and checking is not Outcome.UNCHANGED


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)
