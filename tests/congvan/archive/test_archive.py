"""The archive keeps what it is given, whole, and mends what a kill left half done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from congvan.archive.archive import Archive
from congvan.archive.index.dialects import ask, dialect_of
from congvan.archive.index.keys import so_hieu_key
from congvan.archive.index.passages import first_row_number
from congvan.archive.index.search import both_ways
from congvan.archive.index.sql_tables import arriving, dispatches, metadata, passages
from congvan.archive.truth import log
from congvan.archive.truth.corrections import CorrectionError
from congvan.archive.truth.files import pack, write_atomic
from congvan.archive.upkeep import Seen
from schemas.dispatch import Directive, Dispatch, Header
from schemas.document import Document
from schemas.source import Source


def make(data: bytes, so_hieu: str = "12-CV/HU", date: str | None = "2024-03-05") -> tuple[bytes, Dispatch]:
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(name="a.txt", media_type="text/plain", size=len(data), sha256=sha256, reader="text")
    header = Header.model_validate({"so_hieu": so_hieu, "subject": "rà soát hồ sơ", "date": date})
    record = Dispatch(id=sha256, source=source, header=header, directives=(Directive(id="1", text="Rà soát đầy đủ"),))
    return pack(Document(source=source).json_pieces()), record


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def put(archive: Archive, data: bytes, **header: str) -> Dispatch:
    document, record = make(data, **header)
    archive.add(data, document, record, Seen("/in/a.txt", len(data), 1, record.id, "done"))
    return record


def test_what_is_kept_comes_back_unaltered(archive: Archive) -> None:
    record = put(archive, b"mot")
    assert archive.record(record.id) == record
    original = archive.layout.find_original(record.id)
    assert original is not None and original.read_bytes() == b"mot" and original.suffix == ".txt"
    assert archive.document(record.id).source == record.source
    assert [event["act"] for event in log.read(archive.layout.log)] == ["add"]


def test_adding_again_replaces_the_index_rows(archive: Archive) -> None:
    put(archive, b"mot", so_hieu="12-CV/HU")
    put(archive, b"mot", so_hieu="13-CV/HU")
    with archive.engine.connect() as connection:
        assert connection.scalars(select(dispatches.c.so_hieu)).all() == ["13-CV/HU"]
        assert ask(connection).count_in(both_ways(["ra soat day du"]), 0, 1 << 62) == 1


def test_row_numbers_follow_the_dates_and_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    def numbers(folder: str, order: list[bytes]) -> dict[str, list[int]]:
        archive = Archive(tmp_path / folder)
        for data in order:
            put(archive, data, date="2024-03-05" if data != b"ba" else "2023-01-01")
        with archive.engine.connect() as connection:
            joined = passages.join(dispatches, dispatches.c.number == passages.c.dispatch)
            rows = connection.execute(
                select(dispatches.c.id, passages.c.id).select_from(joined).order_by(passages.c.id)
            ).all()
        found: dict[str, list[int]] = {}
        for dispatch_id, number in rows:
            found.setdefault(dispatch_id, []).append(number)
        return found

    one = numbers("one", [b"mot", b"hai", b"ba"])
    assert one == numbers("two", [b"ba", b"hai", b"mot"])
    assert max(one[hashlib.sha256(b"ba").hexdigest()]) < min(one[hashlib.sha256(b"mot").hexdigest()])
    assert first_row_number(None) < first_row_number(make(b"x")[1].header.date)


def test_a_file_wholly_written_before_a_kill_is_indexed_at_the_next_start(archive: Archive) -> None:
    document, record = make(b"mot")
    with archive.engine.begin() as connection:
        connection.execute(insert(arriving).values(sha256=record.id))
    write_atomic(archive.layout.original(record.id, ".txt"), b"mot")
    write_atomic(archive.layout.document(record.id), document)
    write_atomic(archive.layout.record(record.id), record.model_dump_json().encode())
    with Archive(archive.layout.root).engine.connect() as connection:
        assert connection.scalars(select(dispatches.c.id)).all() == [record.id]
        assert connection.scalars(select(arriving.c.sha256)).all() == []


def test_a_file_half_written_before_a_kill_is_forgotten(archive: Archive) -> None:
    _, record = make(b"mot")
    with archive.engine.begin() as connection:
        connection.execute(insert(arriving).values(sha256=record.id))
    part = archive.layout.original(record.id, ".txt").with_suffix(".txt.1.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"m")
    again = Archive(archive.layout.root)
    assert not part.exists() and not again.holds(record.id)
    with again.engine.connect() as connection:
        assert connection.scalars(select(arriving.c.sha256)).all() == []


def test_a_line_of_the_log_cut_off_by_a_kill_is_removed(archive: Archive) -> None:
    put(archive, b"mot")
    with archive.layout.log.open("ab") as file:
        file.write(b'{"act": "ad')
    assert len(list(log.read(archive.layout.log))) == 1
    put(Archive(archive.layout.root), b"hai")
    lines = archive.layout.log.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["act"] for line in lines] == ["add", "add"]


def test_paths_are_remembered(archive: Archive) -> None:
    archive.note(Seen("/x/a.txt", 3, 10, "ab", "done"))
    archive.note(Seen("/x/a.txt", 4, 11, "cd", "done"))
    with archive.memory() as seen:
        assert seen("/x/a.txt") == Seen("/x/a.txt", 4, 11, "cd", "done")
        assert seen("/x/b.txt") is None


def dump(archive: Archive) -> list[str]:
    with archive.engine.connect() as connection:
        tables = [metadata.tables[name] for name in ("files", "dispatches", "deadlines", "citations", "passages")]
        rows = (connection.execute(select(table).order_by(*list(table.columns)[:2])) for table in tables)
        return [str(row) for of_table in rows for row in of_table]


def test_a_rebuilt_index_gives_the_same_answers(archive: Archive) -> None:
    for data in (b"mot", b"hai", b"ba"):
        put(archive, data)
    archive.note(Seen("/x/b.txt", 3, 10, "ab", "duplicate", "Trùng"))
    archive.correct(hashlib.sha256(b"hai").hexdigest(), "/header/date", "2024-04-01")
    before = dump(archive)
    assert archive.rebuild().files == 3
    assert dump(archive) == before
    dialect_of(archive.engine).drop(archive.engine)
    fresh = Archive(archive.layout.root)
    fresh.rebuild()
    assert dump(fresh) == before


def test_a_correction_survives_a_better_reading_and_a_changed_value_is_shown(archive: Archive) -> None:
    record = put(archive, b"mot", date="2024-03-05")
    archive.correct(record.id, "/header/date", "2024-03-06")
    assert str(archive.record(record.id).header.date) == "2024-03-06"
    put(archive, b"mot", date="2024-03-05")
    assert str(archive.record(record.id).header.date) == "2024-03-06"
    assert archive.record(record.id).warnings == ()
    put(archive, b"mot", date="2024-03-09")
    again = archive.record(record.id)
    assert str(again.header.date) == "2024-03-06"
    [conflict] = again.warnings
    assert (conflict.code, conflict.pointer, conflict.suggested) == (
        "correction_conflict",
        "/header/date",
        '"2024-03-09"',
    )
    put(archive, b"mot", date="2024-03-06")
    assert archive.record(record.id).warnings == ()


def test_a_conflict_is_settled_by_correcting_again(archive: Archive) -> None:
    record = put(archive, b"mot", date="2024-03-05")
    archive.correct(record.id, "/header/date", "2024-03-06")
    archive.correct(record.id, "/header/date", "2024-03-07")
    assert archive.record(record.id).warnings == ()
    put(archive, b"mot", date="2024-03-09")
    [conflict] = archive.record(record.id).warnings
    assert '"2024-03-05" thành "2024-03-07"' in conflict.message and '"2024-03-09"' in conflict.message
    archive.correct(record.id, "/header/date", "2024-03-07")  # it stands
    assert archive.record(record.id).warnings == ()
    put(archive, b"mot", date="2024-03-10")
    assert [notice.code for notice in archive.record(record.id).warnings] == ["correction_conflict"]
    archive.correct(record.id, "/header/date", "2024-03-10")  # the machine is right
    again = archive.record(record.id)
    assert (str(again.header.date), again.warnings) == ("2024-03-10", ())
    archive.rebuild()
    archive.layout.corrections(record.id).unlink()
    archive.rebuild()
    assert archive.record(record.id) == again and len(archive.corrections(record.id)) == 4


def test_a_correction_within_a_corrected_item_is_no_conflict(archive: Archive) -> None:
    record = put(archive, b"mot")
    archive.correct(record.id, "/directives/0", {"id": "1", "text": "Rà soát lại đầy đủ"})
    archive.correct(record.id, "/directives/0/id", "2")
    again = archive.record(record.id)
    assert again.warnings == () and (again.directives[0].id, again.directives[0].text) == ("2", "Rà soát lại đầy đủ")


@pytest.mark.parametrize(("pointer", "value"), [("/header/dat", "2024-03-05"), ("/header/date", "hôm qua")])
def test_a_correction_that_makes_no_valid_record_is_refused(archive: Archive, pointer: str, value: str) -> None:
    record = put(archive, b"mot")
    with pytest.raises(CorrectionError):
        archive.correct(record.id, pointer, value)
    assert archive.record(record.id) == record


@pytest.mark.parametrize("other", ["1499 CV HU", "1499-cv/hu", "01499-CV/HU"])
def test_one_so_hieu_has_one_key(other: str) -> None:
    assert so_hieu_key(other) == so_hieu_key("1499-CV/HU")
    assert so_hieu_key("1500-CV/HU") != so_hieu_key("1499-CV/HU")
