"""An archive made by an older version: nothing is lost from it, and what was settled in it stays so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.index.dialects import dialect_of
from congvan.archive.index.keys import deadline_ids
from congvan.archive.review.queue import list_dispatches, open_doubts
from congvan.archive.review.settle import settle_ok
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.pipeline import ingest
from congvan.intake.quarantine import Quarantine
from congvan.register.assigning import Assignment, assign
from congvan.web.show.review_form import review_form
from schemas.source import Notice
from tests.congvan.web.test_pages import TODAY
from tests.support.kept_letters import Letter, put_letter

OFFICE = Notice(code="unsure_reading", message="«UBND HUYỆN» đọc chưa chắc chắn.", pointer="/header/issuing_body")
CELL = Notice(code="unsure_reading", message="Ô «17» đọc chưa chắc chắn.", pointer="/tables/0/rows/0/cells/0")
STAMP = Notice(code="under_stamp", message="Chữ ký che tên người ký.", pointer="/header/signers/0")
LETTER = Letter("cv.pdf", {"so_hieu": "1/UBND", "date": "2026-01-02"}, ("2026-03-30",),
                warnings=(OFFICE, CELL, STAMP))  # fmt: skip


def old_key(notice: Notice) -> str:
    """The key of a doubt as it was when one code stood for many and a cell's words were not kept."""
    of_header = (notice.pointer or "").startswith("/header/")
    return hashlib.sha256(f"low_confidence|{notice.pointer if of_header else notice.message}".encode()).hexdigest()[:12]


def make_older(archive: Archive, sha256: str) -> None:
    """Give the record the codes of before, and the index the tables of before."""
    path = archive.layout.record(sha256)
    written = path.read_text("utf-8")
    for code in ("unsure_reading", "under_stamp"):
        written = written.replace(f'"code":"{code}"', '"code":"low_confidence"').replace(
            f'"code": "{code}"', '"code": "low_confidence"'
        )
    assert written.count("low_confidence") == 3
    path.write_text(written, "utf-8")
    with archive.engine.begin() as connection:
        connection.execute(text("DROP TABLE deadlines"))
        connection.execute(text("CREATE TABLE deadlines (id TEXT PRIMARY KEY, dispatch_id TEXT)"))
        dialect_of(connection).set_version(connection, 7)
    archive.engine.dispose()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive of before, one letter looked through, given to somebody and answered, one not looked at."""
    archive = Archive(tmp_path / "kho")
    done = put_letter(archive, LETTER)
    put_letter(archive, Letter("khac.pdf", {"so_hieu": "2/UBND", "date": "2026-01-03"}, warnings=(OFFICE,)))
    archive.act("settle", dispatch_id=done, keys=[old_key(notice) for notice in LETTER.warnings])
    archive.act("review", dispatch_id=done, status="reviewed")
    assign(archive, done, Assignment("Phòng Nội vụ", "tham mưu", None, None, None), TODAY)
    archive.handle(deadline_ids(archive.record(done))[0], "done", "9/BC", TODAY)
    make_older(archive, done)
    return tmp_path / "kho"


def told(archive: Archive) -> dict[str, tuple[str, int]]:
    return {one.name: (one.state.value, one.open_doubts) for one in list_dispatches(archive.engine)[0]}


def test_it_opens_with_all_that_was_said_and_verifies(older: Path) -> None:
    archive = Archive(older)
    assert told(archive) == {"cv.pdf": ("done", 0), "khac.pdf": ("review", 1)}
    assert list(verify(archive)) == []
    with archive.engine.connect() as connection:
        status = connection.exec_driver_sql("SELECT h.status, a.assignee, l.closed FROM deadlines l "
                                            "JOIN handling h ON h.deadline_id = l.id "
                                            "JOIN assignments a ON a.dispatch_id = l.dispatch_id").all()  # fmt: skip
    assert status == [("done", "Phòng Nội vụ", 1)]


def test_what_was_settled_stays_so_in_another_reading_with_codes_and_words_of_its_own(older: Path) -> None:
    archive = Archive(older)
    (done,) = (one.id for one in list_dispatches(archive.engine)[0] if one.name == "cv.pdf")
    new = Notice(code="past_date", message="Thời hạn đã qua.", pointer="/deadlines/0/due")
    read_again = (OFFICE, CELL.model_copy(update={"quote": "17"}), STAMP, new)
    archive.replace_record(archive.machine_record(done).model_copy(update={"warnings": read_again}))
    assert [doubt.code for doubt in open_doubts(archive.engine, done)] == ["past_date"]
    archive.rebuild()
    assert told(archive)["cv.pdf"] == ("review", 1)
    keys = {doubt.key for doubt in open_doubts(archive.engine, done)}
    assert [one.code for one in review_form(archive.record(done), archive.document(done), keys).rest] == ["past_date"]


def test_reparse_tells_of_what_was_looked_through_and_is_doubted_now(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text("UBND XÃ AN LÃO\nSố: /UBND-VP\nAn Lão, ngày 05 tháng 3 năm 2026\nV/v báo cáo công tác văn thư\n"
                    "Kính gửi: Các thôn.\nĐề nghị các thôn báo cáo trước ngày 20/3/2026.\n", "utf-8")  # fmt: skip
    archive = Archive(tmp_path / "kho")
    record = ingest([path], archive, Quarantine(tmp_path / "apart")).entries[0].record
    assert record is not None and record.warnings
    archive.replace_record(record.model_copy(update={"warnings": ()}))
    settle_ok(archive, [record.id])
    assert told(archive) == {"cv.txt": ("done", 0)}
    for doubted in (True, False):
        answer = CliRunner().invoke(app, ["reparse", "--archive", str(tmp_path / "kho")])
        assert answer.exit_code == 0
        assert ("Đã xem xong trước đây" in answer.output) == doubted, answer.output
