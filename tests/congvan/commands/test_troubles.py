"""What keeps a command from its work is said in Vietnamese in one line; nothing half-written is left, and the next run
finishes.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.index.dialects import sqlite_index
from congvan.archive.index.sql_tables import deadlines
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.commands.words.troubles import in_words
from congvan.intake.quarantine import Quarantine
from ingest.door.errors import ReadError
from tests.support.clerk import dump
from tests.support.databases import only_sqlite
from tests.support.poison import good

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def in_this_process(job: Callable[[Path], Any], items: Iterable[Path], limits: object = None) -> Iterator[Any]:
    """Stands for the workers."""
    for item in items:
        try:
            yield item, job(item)
        except ReadError as error:
            yield item, error


class Office:
    """A clerk's folders, and the commands of a morning."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.archive, self.quarantine = root / "vào", root / "kho lưu", root / "để riêng"
        self.inbox.mkdir()
        (self.inbox / "một.txt").write_bytes(good(1))

    def do(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--archive", str(self.archive)])

    def ingest(self) -> Result:
        return self.do("ingest", str(self.inbox), "--quarantine", str(self.quarantine))

    def whole(self) -> None:
        assert list(verify(Archive(self.archive))) == []
        assert not list(self.archive.rglob("*.part")) and not list(self.quarantine.rglob("*.part"))
        before = dump(Archive(self.archive))
        Archive(self.archive).rebuild()
        assert dump(Archive(self.archive)) == before


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    monkeypatch.setattr("congvan.intake.reparse.run_isolated", in_this_process)
    return Office(tmp_path)


def first_deadline(office: Office) -> str:
    with Archive(office.archive).engine.connect() as connection:
        return str(connection.scalars(select(deadlines.c.id)).first())


DEEDS: dict[str, Callable[[Office], Result]] = {
    "ingest": Office.ingest,
    "correct": lambda office: office.do("correct", "1-CV/BTC", "/header/place", "Nơi khác"),
    "arrive": lambda office: office.do("arrive", "1-CV/BTC", "--date", "5/3/2024"),
    "done": lambda office: office.do("done", first_deadline(office), "--reply", "7-BC/CB"),
    "rebuild": lambda office: office.do("rebuild"),
    "reparse": lambda office: office.do("reparse"),
    "book": lambda office: office.do("book", "arrivals", "--format", "xlsx", "--out", str(office.inbox / "số.xlsx")),
    "calendar": lambda office: office.do("calendar", "--out", str(office.inbox / "lịch.ics")),
}


def damage(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class Disk:
    """Counts what is flushed to the disk; refuses it from a certain time on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
        self.flushed, self.room = 0, room
        self.flush = os.fsync
        monkeypatch.setattr("os.fsync", self.fsync)

    def fsync(self, descriptor: int) -> None:
        self.flushed += 1
        if self.flushed > self.room:
            raise FULL
        self.flush(descriptor)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_disk_that_is_full_at_any_place_of_writing(
    office: Office, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    if deed != "ingest":
        assert office.ingest().exit_code == 0
    if deed == "reparse":
        [record] = office.archive.glob("records/*/*.json")
        record.write_text(record.read_text("utf-8").replace("Hải Hậu", "Chỗ cũ"), "utf-8")
    if deed == "rebuild":
        DEEDS["done"](office)
        damage(office.archive / "log.jsonl", "7-BC/CB", "7-BC/CX")
    (office.inbox / "hỏng.pdf").write_bytes(b"%PDF-1.7\n")
    for room in range(40):
        with monkeypatch.context() as patched:
            disk = Disk(patched, room)
            result = DEEDS[deed](office)
        if disk.flushed <= room:
            break
        assert result.exit_code == 1 and "Ổ đĩa đã đầy" in result.stderr and "Traceback" not in result.stderr
        assert not list(office.inbox.glob("*.part"))
        if deed != "rebuild":  # which mends what is damaged until then
            office.whole()
    assert 0 < room < 40, "the disk was never full, or always"
    assert result.exit_code == (deed == "ingest")  # the damaged PDF is in quarantine
    office.whole()


@only_sqlite
def test_an_index_that_finds_no_room_confirms_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.ingest().exit_code == 0
    before = dump(Archive(office.archive))
    items = "".join(f"\n{n}. Các chi bộ rà soát hồ sơ đợt {n}, gửi kết quả về Ban Tổ chức.\n" for n in range(2, 900))
    long = good(2).decode().replace("15/4/2024.\n", "15/4/2024.\n" + items)
    (office.inbox / "hai.txt").write_text(long, "utf-8")
    configure = sqlite_index._configure

    def without_room(connection: sqlite3.Connection, record: object) -> None:
        configure(connection, record)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with monkeypatch.context() as patched:
        patched.setattr("congvan.archive.index.dialects.sqlite_index._configure", without_room)
        result = office.ingest()
    assert result.exit_code == 1 and "Ổ đĩa đã đầy" in result.stderr
    office.whole()
    assert office.ingest().exit_code == 0
    assert len(dump(Archive(office.archive))["dispatches"]) == 2 > len(before["dispatches"])


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "Không có quyền đọc hoặc ghi"), (errno.EROFS, "Không có quyền"), (errno.EDQUOT, "đầy")],
)
def test_a_folder_that_may_not_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    assert office.ingest().exit_code == 0

    def refuse(path: Path, target: Path) -> Path:
        raise OSError(number, os.strerror(number), str(path), None, str(target))

    (office.inbox / "hai.txt").write_bytes(good(2))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        results = [office.ingest(), DEEDS["book"](office), DEEDS["calendar"](office)]
    assert all(result.exit_code == 1 and words in result.stderr for result in results)
    assert all("Traceback" not in result.stderr for result in results)
    assert "số.xlsx" in results[1].stderr or number == errno.EDQUOT
    office.whole()
    assert office.ingest().exit_code == 0
    assert len(list(Archive(office.archive).hashes())) == 2


def test_a_file_that_another_program_holds_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.inbox / "khoá.txt").write_bytes(good(2))
    (office.inbox / "kín").mkdir()

    def refusing(really: Callable[..., Any]) -> Callable[..., Any]:
        def open_or_refuse(path: Any, *rest: Any, **named: Any) -> Any:
            if Path(path).name in ("khoá.txt", "kín"):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return really(path, *rest, **named)

        return open_or_refuse

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refusing(Path.open))
        patched.setattr("os.open", refusing(os.open))
        patched.setattr("os.scandir", refusing(os.scandir))
        result = office.ingest()
    assert result.exit_code == 1 and "Traceback" not in result.stderr
    assert {held.origin.name for held in Quarantine(office.quarantine).held()} == {"khoá.txt", "kín"}
    assert len(list(Archive(office.archive).hashes())) == 1
    assert office.ingest().exit_code == 0
    assert len(list(Archive(office.archive).hashes())) == 2


def busy(path: Path) -> None:
    with sqlite3.connect(path) as one, sqlite3.connect(path, timeout=0) as other:
        one.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def read_only(path: Path) -> None:
    sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("CREATE TABLE b (c)")


def no_room(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA max_page_count = 1")
    connection.execute("CREATE TABLE b (c)")


def garbage(path: Path) -> None:
    path.write_bytes(b"khong phai chi muc " * 400)
    sqlite3.connect(path).execute("SELECT * FROM a")


def elsewhere(path: Path) -> None:
    sqlite3.connect(path.parent / "không có" / "a").execute("SELECT 1")


@pytest.mark.parametrize(
    ("provoke", "words"),
    [
        (busy, "Một chương trình khác đang dùng"),
        (read_only, "Không có quyền ghi"),
        (no_room, "Ổ đĩa đã đầy"),
        (garbage, "congvan rebuild"),
        (elsewhere, "Không có quyền ghi"),
    ],
)
def test_what_the_index_says_is_put_in_words(provoke: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE a (b)")
    with pytest.raises(sqlite3.Error) as caught:
        provoke(path)
    assert words in str(in_words(caught.value))


def test_a_fault_of_the_program_is_not_put_in_words() -> None:
    assert in_words(KeyError("a")) is None and in_words(sqlite3.OperationalError("no such table: a")) is None
