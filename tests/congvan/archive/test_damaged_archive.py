"""What a damaged disk does to the archive's own files: verify names it, rebuild and reparse make it good."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.index.dialects import dialect_of
from congvan.archive.index.sql_tables import arrivals, deadlines, handling
from congvan.archive.recovery import merged
from congvan.archive.truth import log
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.pipeline import ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.reparse import reparse
from ingest.door.errors import ReadError
from tests.congvan.commands.test_troubles import damage, in_this_process
from tests.support.clerk import dump
from tests.support.databases import ON_POSTGRES, only_sqlite
from tests.support.poison import good

DAY = dt.date(2024, 3, 8)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Three dispatches, a number of arrival, a correction and a deadline met."""
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    monkeypatch.setattr("congvan.intake.reparse.run_isolated", in_this_process)
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"{number}.txt").write_bytes(good(number))
    archive = Archive(tmp_path / "archive")
    ingest([inbox], archive, Quarantine(tmp_path / "quarantine"))
    first, second, _ = archive.hashes()
    archive.correct(first, "/header/place", "Nơi khác")
    archive.arrive(second, DAY, 7, "Văn phòng", None)
    archive.arrive(first, DAY, None, None, None)
    archive.act("handle", deadline_id=deadline_ids(archive)[0], status="done", reply_so_hieu="7-BC/CB")
    return archive


def deadline_ids(archive: Archive) -> list[str]:
    with archive.engine.connect() as connection:
        return list(connection.scalars(select(deadlines.c.id).order_by(deadlines.c.id)))


def lose_index(archive: Archive) -> None:
    """Of SQLite the file alone: its write-ahead log stays."""
    if ON_POSTGRES:
        dialect_of(archive.engine).drop(archive.engine)
    else:
        archive.layout.index.unlink()


def said(archive: Archive) -> list[str]:
    return [damage.what for damage in verify(archive)]


def acts(archive: Archive) -> list[tuple[object, ...]]:
    with archive.engine.connect() as connection:
        return [
            *map(tuple, connection.execute(select(arrivals).order_by(arrivals.c.number))),
            *map(tuple, connection.execute(select(handling.c.deadline_id, handling.c.reply_so_hieu))),
        ]


@pytest.mark.parametrize("act", ["add", "correct", "arrive", "handle"])
@pytest.mark.parametrize("how", ["a letter", "half", "not text", "gone"])
def test_a_damaged_line_of_the_log(archive: Archive, act: str, how: str) -> None:
    before, done, path = dump(archive), acts(archive), archive.layout.log
    lines = path.read_bytes().splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if json.loads(line)["act"] == act)
    line = lines[number]
    middle = len(line) // 2
    lines[number] = {
        "a letter": line.replace(b'"2', b'"3', 1),
        "half": line[:middle] + b"\n",
        "not text": line[:middle] + b"\xff\x00" + line[middle + 2 :],
        "gone": b"",
    }[how]
    path.write_bytes(b"".join(lines))
    assert any(f"Nhật ký, dòng {number + 1}:" in what or "Nhật ký thiếu" in what for what in said(archive)) or (
        (act, how) == ("correct", "gone")
    )
    again = Archive(archive.layout.root)
    again.rebuild()
    after = dump(again)
    assert {name: rows for name, rows in after.items() if name not in ("files", "handling")} == {
        name: rows for name, rows in before.items() if name not in ("files", "handling")
    }
    assert acts(again) == done
    assert said(again) == []
    again.rebuild()
    assert dump(again) == after and said(again) == []
    lose_index(again)
    assert acts(Archive(archive.layout.root)) == done


def test_a_log_that_is_gone_is_told_again(archive: Archive) -> None:
    before = acts(archive)
    archive.layout.log.unlink()
    again = Archive(archive.layout.root)
    assert len([what for what in said(again) if "Nhật ký thiếu" in what]) == 3 + 3
    again.rebuild()
    assert acts(again) == before and said(again) == []
    lose_index(again)
    assert acts(Archive(archive.layout.root)) == before


def test_a_log_damaged_anywhere_never_stops_a_rebuild(archive: Archive) -> None:
    rng, whole = random.Random(4), archive.layout.log.read_bytes()
    before = acts(archive)
    for _ in range(40):
        torn = bytearray(whole)
        place, length = rng.randrange(len(whole)), rng.randrange(1, 400)
        torn[place : place + length] = rng.randbytes(rng.randrange(length + 1))
        archive.layout.log.write_bytes(torn)
        again = Archive(archive.layout.root)
        again.rebuild()
        assert acts(again) == before and said(again) == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("how", [cut, zeroed, Path.unlink])
@pytest.mark.parametrize("what", ["records", "documents"])
def test_a_damaged_record_or_document_is_named_and_read_again(
    archive: Archive, how: Callable[[Path], None], what: str
) -> None:
    first, second, third = archive.hashes()
    before = dump(archive)
    [path] = archive.layout.root.glob(f"{what}/*/{first}*")
    how(path)
    assert [damage.path for damage in verify(archive)][:1] == [path]
    assert Archive(archive.layout.root).rebuild().files == (2 if what == "records" else 3)
    results = {record.id: record for _, record, _ in reparse(archive) if not isinstance(record, ReadError)}
    assert set(results) == {first, second, third}
    assert results[first].source.name in {f"{number}.txt" for number in range(3)}
    assert said(archive) == []
    assert archive.record(first).header.place == "Nơi khác"
    assert dump(archive) == before


def test_a_damaged_record_is_read_again_by_ingest_and_stops_no_other_command(archive: Archive, tmp_path: Path) -> None:
    first = next(archive.hashes())
    cut(archive.layout.record(first))
    where = ["--archive", str(archive.layout.root)]
    shown = CliRunner().invoke(app, ["show", first, *where])
    assert shown.exit_code == 1 and "congvan reparse" in shown.stderr and "Traceback" not in shown.stderr
    assert CliRunner().invoke(app, ["search", "rà soát", *where]).exit_code == 0
    report = ingest([tmp_path / "in"], archive, Quarantine(tmp_path / "quarantine"))
    assert len(report.entries) == 3  # unchanged files are not opened
    for path in (tmp_path / "in").iterdir():
        path.rename(path.with_name(f"mới-{path.name}"))
    report = ingest([tmp_path / "in"], archive, Quarantine(tmp_path / "quarantine"))
    assert sorted(entry.outcome.value for entry in report.entries if entry.record is None) == ["duplicate"] * 2
    assert said(archive) == [] and archive.record(first).header.place == "Nơi khác"


def test_an_altered_original_is_named_and_never_read_again(archive: Archive) -> None:
    first = next(archive.hashes())
    original = archive.layout.find_original(first)
    assert original is not None
    original.write_bytes(original.read_bytes() + b" ")
    cut(archive.layout.record(first))
    assert [damage.path for damage in verify(archive)][:1] == [original]
    [reason] = [result.message for _, result, _ in reparse(archive) if isinstance(result, ReadError)]
    assert "đã bị thay đổi" in reason


def test_a_damaged_correction_is_taken_from_the_log_and_a_half_line_is_none(archive: Archive) -> None:
    first = next(archive.hashes())
    archive.correct(first, "/header/place", "Nơi thứ ba")
    path = archive.layout.corrections(first)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"patch"', b'"patc', 1))
    assert said(archive) == ["Dòng 1 (chỗ sửa của người) bị hỏng; congvan rebuild lấy lại từ nhật ký."]
    assert archive.record(first).header.place == "Nơi thứ ba"
    archive.rebuild()
    assert path.read_bytes() == whole and said(archive) == []
    path.write_bytes(whole[:-1])  # never confirmed to anybody as far as the file can tell; the log knows better
    assert len(archive.corrections(first)) == 1
    archive.rebuild()
    assert path.read_bytes() == whole


@only_sqlite
@pytest.mark.parametrize("how", ["garbage", "page", "gone"])
def test_a_damaged_index_is_made_anew(archive: Archive, how: str) -> None:
    before, index = dump(archive), archive.layout.index
    with archive.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        page = connection.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'deadlines'"))
    archive.engine.dispose()
    data = bytearray(index.read_bytes())
    if how == "garbage":
        index.write_bytes(random.Random(1).randbytes(len(data)))
    elif how == "page":
        data[4096 * (page - 1) : 4096 * page] = bytes(4096)
        index.write_bytes(data)
    else:
        index.unlink()
    again = Archive(archive.layout.root)
    if how == "page":
        assert "Chỉ mục bị hỏng; hãy chạy congvan rebuild." in said(again)
        again.rebuild()
    assert dump(again) == before and said(again) == []


def test_what_rebuild_says(archive: Archive) -> None:
    damage(archive.layout.log, "7-BC/CB", "7-BC/CX")
    where = ["--archive", str(archive.layout.root)]
    assert CliRunner().invoke(app, ["verify", *where]).exit_code == 1
    rebuilt = CliRunner().invoke(app, ["rebuild", *where])
    assert rebuilt.exit_code == 0 and "không dùng được dòng" in rebuilt.stderr and "1 việc" in rebuilt.stderr
    assert CliRunner().invoke(app, ["verify", *where]).exit_code == 0
    assert CliRunner().invoke(app, ["rebuild", *where]).stderr == ""
    assert [event["act"] for event in log.read(archive.layout.log)][-1] == "restore"


def test_a_damaged_note_in_quarantine_hides_no_file(tmp_path: Path) -> None:
    held, path = Quarantine(tmp_path / "q"), tmp_path / "a.pdf"
    path.write_bytes(b"mot")
    held.hold(path, ReadError("damaged", "Tệp hỏng."))
    [note] = (tmp_path / "q").glob("*/ly-do.json")
    cut(note)
    assert [(one.copy.name, one.copy.read_bytes()) for one in held.held()] == [("a.pdf", b"mot")]


def test_corrections_of_both_places_keep_their_order(archive: Archive) -> None:
    first = next(archive.hashes())
    archive.correct(first, "/header/place", "Nơi thứ ba")
    archive.correct(first, "/header/place", "Nơi thứ tư")
    one, two, three = archive.corrections(first)
    assert merged([one, three], [two, three]) == [one, two, three]
    assert merged([one, two], [one, three]) == [one, two, three]
    assert merged([one, two, three], [one]) == [one, two, three] and merged([], [one, two]) == [one, two]
