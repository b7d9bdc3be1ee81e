"""Poison among good files costs itself alone; a kill of a worker or of the whole run loses nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.outcomes import Outcome
from congvan.intake.quarantine import Quarantine
from tests.support.poison import LIMITS, fill, good, poison, run

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are looked up in /proc")


def kept(root: Path) -> tuple[int, int]:
    """How many files are registered, and how many in quarantine."""
    return len(list(Archive(root / "archive").hashes())), len(list(Quarantine(root / "quarantine").held()))


def check(folder: Path, root: Path, sound: int, poisoned: int) -> None:
    """A last run over the folder: everything has its outcome, and the archive is whole."""
    report = run(folder, root)
    assert len(report.entries) == sound + poisoned
    assert report.count(Outcome.FAILED) == poisoned
    assert kept(root) == (sound, poisoned)
    assert list(verify(Archive(root / "archive"))) == []
    for held in Quarantine(root / "quarantine").held():
        assert held.copy.read_bytes() == held.origin.read_bytes() and held.reason


@pytest.mark.slow
def test_forty_files_of_which_ten_are_poison(tmp_path: Path) -> None:
    fill(tmp_path / "in", 30, 10)
    assert len(poison()) == 10
    report = run(tmp_path / "in", tmp_path)
    assert report.count(Outcome.FAILED) == 10
    reasons = {entry.path.name.split("-", 2)[2]: entry.reason for entry in report.entries if entry.reason}
    assert all(f"quá {LIMITS.seconds:.0f} giây" in str(reasons[name]) for name in ("sleep.txt", "spin.txt")), reasons
    assert "ngắt đột ngột" in str(reasons["crash.txt"]) and "bộ nhớ" in str(reasons["eat.txt"])
    check(tmp_path / "in", tmp_path, 30, 10)


def workers_of(pid: int) -> list[int]:
    """All processes below one, the server that forks the workers included."""
    parents = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(Path(entry.path, "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def run_and_kill(folder: Path, root: Path, rng: random.Random, longest: float) -> None:
    """A run in a process of its own, killed at a random moment; its workers end with it."""
    process = subprocess.Popen([sys.executable, "-m", "tests.support.poison", str(folder), str(root)])
    time.sleep(rng.uniform(1.5, longest))
    below = workers_of(process.pid)
    process.kill()
    process.wait()
    for _ in range(100):
        if not any(map(is_alive, below)):
            break
        time.sleep(0.1)
    assert not [pid for pid in below if is_alive(pid)], "workers live on without their run"


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_the_run_after_killed_runs_finishes_the_rest(tmp_path: Path) -> None:
    fill(tmp_path / "in", 30, 4)
    rng = random.Random(5)
    for _ in range(2):
        run_and_kill(tmp_path / "in", tmp_path, rng, 5)
    check(tmp_path / "in", tmp_path, 30, 4)


@pytest.mark.slow
def test_a_killed_worker_costs_no_file(tmp_path: Path) -> None:
    fill(tmp_path / "in", 120, 0)
    stop = threading.Event()
    killed = []

    def kill_workers() -> None:
        rng = random.Random(3)
        while not stop.wait(0.25) and len(killed) < 4:
            below = [pid for pid in workers_of(os.getpid()) if _is_worker(pid)]
            if below:
                killed.append(rng.choice(below))
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill_workers)
    killer.start()
    report = run(tmp_path / "in", tmp_path)
    stop.set()
    killer.join()
    assert killed, "no worker was there to be killed"
    assert report.count(Outcome.FAILED) == 0
    assert kept(tmp_path) == (120, 0)


def _is_worker(pid: int) -> bool:
    """Whether a process below this one reads files: it has been forked from the server."""
    try:
        parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        return parent != os.getpid() and b"forkserver" in Path(f"/proc/{parent}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.slow
def test_a_corrected_field_stays_through_reparse_rebuild_and_a_second_ingest(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.txt"
    path.write_bytes(good(7))
    where = ["--archive", str(tmp_path / "archive")]
    into = ["ingest", str(tmp_path / "in"), *where, "--quarantine", str(tmp_path / "quarantine")]

    def congvan(*words: str) -> str:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        return done.output

    congvan(*into)
    congvan("correct", "7-CV/BTC", "/header/place", "Nơi khác", *where)
    path.touch()
    for command in (["reparse", *where], ["rebuild", *where], into, ["verify", *where]):
        congvan(*command)
        assert '"place": "Nơi khác"' in congvan("show", "7-CV/BTC", "--json", *where)


@pytest.mark.whole
def test_a_thousand_files_of_which_thirty_are_poison(tmp_path: Path) -> None:
    fill(tmp_path / "in", 970, 30)
    rng = random.Random(7)
    for _ in range(4):
        run_and_kill(tmp_path / "in", tmp_path, rng, 15)
    check(tmp_path / "in", tmp_path, 970, 30)
