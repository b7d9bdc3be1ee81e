"""A backup is the archive of one moment, whole, whoever writes meanwhile; put back, it is that archive again."""

from __future__ import annotations

import datetime as dt
import gzip
import sqlite3
import stat
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.archive import backup
from congvan.archive.archive import Archive
from congvan.archive.backup import back_up, is_backup, restore_backup
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.verify import verify
from congvan.commands.cli import app
from tests.support.clerk import clerk, dump, lost, needs_fork, register


def filled(root: Path) -> Archive:
    """An archive with something of each kind in it."""
    archive = Archive(root)
    one, two, three = (register(archive, data) for data in (b"mot", b"hai", b"ba"))
    archive.correct(one, "/header/place", "Hải Hậu")
    archive.arrive(two, dt.date(2024, 3, 5), None, "Văn phòng", None)
    archive.take_out(three, "nạp nhầm")
    (root / "settings.toml").write_text('units = ["Văn phòng"]\n', encoding="utf-8")
    (root / "trust").mkdir()
    (root / "trust" / "cơ quan.pem").write_bytes(b"pem")
    with closing(sqlite3.connect(root / "desk.sqlite")) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE people (name TEXT)")
        database.execute("INSERT INTO people VALUES ('an')")
    return archive


@pytest.mark.parametrize("name", ["kho.tar", "kho.tar.gz"])
def test_what_is_put_back_is_what_was_there(tmp_path: Path, name: str) -> None:
    archive = filled(tmp_path / "kho")
    made = back_up(archive, tmp_path / name)
    assert made.files == 2 and is_backup(tmp_path / name)
    again = restore_backup(tmp_path / name, tmp_path / "mới")
    assert (again.time, again.files) == (made.time, 2)
    other = Archive(tmp_path / "mới")
    assert list(verify(other)) == [] and dump(other) == dump(archive)
    assert other.layout.log.read_bytes() == archive.layout.log.read_bytes()
    for path in ("settings.toml", "trust/cơ quan.pem"):
        assert (tmp_path / "mới" / path).read_bytes() == (tmp_path / "kho" / path).read_bytes()
    with closing(sqlite3.connect(tmp_path / "mới" / "desk.sqlite")) as database:
        assert database.execute("SELECT name FROM people").fetchall() == [("an",)]
    other.put_back(other.removals()[0]["sha256"])
    assert sum(1 for _ in other.hashes()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights here")
def test_a_backup_is_for_its_owner_alone(tmp_path: Path) -> None:
    back_up(filled(tmp_path / "kho"), tmp_path / "kho.tar")
    assert stat.S_IMODE((tmp_path / "kho.tar").stat().st_mode) == 0o600


@needs_fork
@pytest.mark.slow
def test_backups_while_two_clerks_write_are_each_of_one_moment(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    logs = []
    with clerk(root, 1, 10_000), clerk(root, 2, 10_000):
        while not (root / "log.jsonl").exists():
            time.sleep(0.02)
        for number in range(4):
            before = (root / "log.jsonl").read_bytes()
            back_up(Archive(root), tmp_path / f"{number}.tar")
            logs.append(before[: before.rfind(b"\n") + 1])
    whole = (root / "log.jsonl").read_bytes()
    for number, before in enumerate(logs):
        place = tmp_path / f"kho {number}"
        restore_backup(tmp_path / f"{number}.tar", place)
        log = (place / "log.jsonl").read_bytes()
        assert log.startswith(before) and whole.startswith(log) and before
        assert lost(place, []) == []
    assert len(logs[0]) < len(whole)


def test_what_changes_between_the_two_passes_is_as_it_stood_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between them one file is read anew, one comes, one goes into the trash, one out of it, one is purged."""
    archive = filled(tmp_path / "kho")
    gone, back, purged = (register(archive, data) for data in (b"bon", b"nam", b"sau"))
    for sha256 in (back, purged):
        archive.take_out(sha256, "nạp nhầm")
    passes = []
    held_still = archive.held_still

    def meanwhile() -> object:
        passes.append(1)
        record = archive.machine_record(next(iter(archive.hashes())))
        header = record.header.model_copy(update={"subject": "đọc lại"})
        archive.replace_record(record.model_copy(update={"header": header}))
        register(archive, b"bay")
        archive.take_out(gone, "nạp nhầm")
        archive.put_back(back)
        archive.purge(purged)
        return held_still()

    monkeypatch.setattr(archive, "held_still", meanwhile)
    back_up(archive, tmp_path / "kho.tar")
    restore_backup(tmp_path / "kho.tar", tmp_path / "mới")
    other = Archive(tmp_path / "mới")
    assert passes and list(verify(other)) == [] and dump(other) == dump(archive)
    assert not list((tmp_path / "mới" / "trash").glob(f"{purged}*"))


def spoiled(path: Path, how: str) -> None:
    """A backup damaged on its way."""
    data = path.read_bytes()
    if how == "bit":
        place = data.index(b'"schema_version"')
        data = data[:place] + b"'" + data[place + 1 :]
    else:
        data = gzip.compress(data) if how == "packed" else data
        data = data[: len(data) // 2]
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "bit", "packed"])
def test_a_damaged_backup_puts_nothing_in_place(tmp_path: Path, how: str) -> None:
    back_up(filled(tmp_path / "kho"), tmp_path / "kho.tar")
    spoiled(tmp_path / "kho.tar", how)
    with pytest.raises(PlainError, match="bản sao lưu bị hỏng"):
        restore_backup(tmp_path / "kho.tar", tmp_path / "mới")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kho", "kho.tar"]


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "kho.tar", "w") as tar:
        for name in (".congvan-backup", "../ngoài.txt"):
            tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(PlainError):
        restore_backup(tmp_path / "kho.tar", tmp_path / "mới")
    assert not (tmp_path / "ngoài.txt").exists()


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = filled(tmp_path / "kho")

    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.tarfile, "copyfileobj", full)
    with pytest.raises(OSError, match="No space"):
        back_up(archive, tmp_path / "kho.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["kho"]


def test_the_commands_say_what_was_done_and_what_cannot_be(tmp_path: Path) -> None:
    filled(tmp_path / "kho")
    file, place = tmp_path / "kho.tar", tmp_path / "mới"

    def do(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, [str(word) for word in words])
        return done.exit_code, " ".join(done.output.split())

    code, words = do("backup", file, "--archive", tmp_path / "kho")
    assert code == 0 and "Đã sao lưu 2 tệp" in words
    code, words = do("backup", file, "--archive", tmp_path / "kho")
    assert code == 1 and "đã có tệp này" in words
    code, words = do("backup", tmp_path / "kho" / "a.tar", "--archive", tmp_path / "kho")
    assert code == 1 and "không để trong kho lưu" in words
    code, words = do("restore", file, "--archive", place)
    assert code == 0 and "Đã dựng lại kho lưu" in words and "2 tệp" in words
    code, words = do("restore", file, "--archive", place)
    assert code == 1 and "không ghi đè" in words
    (tmp_path / "hỏng.tar").write_bytes(b"tar")
    code, words = do("restore", tmp_path / "hỏng.tar", "--archive", place)
    assert code == 1 and "không phải bản sao lưu" in words
