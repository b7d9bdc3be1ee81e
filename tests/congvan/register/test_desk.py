"""Books, deadlines and calendar as an office uses them: what to do, by whom, cells of their kind, hours in a zone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import recurring_ical_events
from click.testing import Result
from icalendar import Calendar
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.review.history import undo
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.register.agenda import DueSpan, agenda, without_old
from congvan.register.arrivals import proposals
from congvan.register.assigning import Assignment, assign
from congvan.register.book_sheet import write_xlsx
from congvan.register.books import arrivals_book, handling_book
from congvan.register.calendar import calendar_of
from congvan.register.entries import Query, list_deadlines
from congvan.register.outgoing import outgoing_book
from congvan.register.settings import OwnUnit, Settings, load_settings, save_settings
from schemas.dispatch import Deadline, Dispatch
from tests.support.kept_letters import Letter, put_letter

D = dt.date
TODAY = D(2024, 8, 14)  # a Wednesday
OURS = Settings(unit=OwnUnit(names=("Phòng Nội vụ", "P.NV")))
STAMP = dt.datetime(2024, 8, 1, tzinfo=dt.UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "kho")


def put(archive: Archive, name: str, *dues: dict[str, object], **header: object) -> str:
    """Register a letter with deadlines given field by field, each of the item `Gửi báo cáo lần N.`."""
    letter = Letter(
        name, {"so_hieu": f"{name[:2]}/UBND-VP", "date": "2024-08-01", **header}, ("2024-09-01",) * len(dues)
    )
    data, record = letter.record()
    changed = [
        Deadline.model_validate(one.model_dump() | facts) for one, facts in zip(record.deadlines, dues, strict=True)
    ]
    sha256 = put_letter(archive, letter)
    archive.replace_record(
        Dispatch.model_validate(record.model_copy(update={"deadlines": tuple(changed)}).model_dump())
    )
    assert data
    return sha256


def run(archive: Archive, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--archive", str(archive.layout.root)])


def test_what_must_be_done_comes_by_week_ours_first(archive: Archive) -> None:
    put(
        archive, "10.pdf",
        {"due": "2024-08-16", "assignees": ["Phòng Y tế"]},
        {"due": "2024-08-18", "assignees": ["Phòng Nội vụ", "Công an huyện"]},
        {"due": "2024-08-17", "assignees": []},
        {"due": "2024-08-25", "assignees": ["p.nv"]},
        {"due": "2024-08-14"}, {"due": "2024-08-13"}, {"due": "2008-08-13"},
        {"due": None, "kind": "after_event", "timex": "P5D", "anchor": "ngày nghiệm thu"},
    )  # fmt: skip
    entries, old = without_old(list_deadlines(archive.engine, Query(TODAY), OURS), TODAY)
    assert old == 1
    found = {section.span: [str(entry.due) for entry in section.entries] for section in agenda(entries, TODAY)}
    assert found == {
        DueSpan.LATE: ["2024-08-13"],
        DueSpan.TODAY: ["2024-08-14"],
        DueSpan.THIS_WEEK: ["2024-08-18", "2024-08-17", "2024-08-16"],
        DueSpan.NEXT_WEEK: ["2024-08-25"],
        DueSpan.EVENT: ["None"],
    }
    save_settings(archive.layout.root, OURS)
    told = run(archive, "deadlines", "--today", "14/8/2024")
    assert "Gửi báo cáo lần 3." in told.stdout and "10/UBND-VP, ngày 01/08/2024, UBND huyện Kim Thành" in told.stdout
    assert "13/08/2008" not in told.stdout and "1 việc đã quá hạn trên một năm" in told.stderr
    assert "13/08/2008" in run(archive, "deadlines", "--all", "--today", "14/8/2024").stdout
    assert "Phòng Y tế" not in run(archive, "deadlines", "--mine", "--today", "14/8/2024").stdout


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_digest_of_a_day_leaves_out_what_is_others_and_escapes(archive: Archive, form: str) -> None:
    save_settings(archive.layout.root, OURS)
    put(
        archive, "10.pdf", {"due": "2024-08-16", "assignees": ["Phòng <b>Y tế"]},
        {"due": "2024-08-18", "assignees": ["Phòng Nội vụ", "<i>Công an"]},
    )  # fmt: skip
    told = run(archive, "remind", "--today", "14/8/2024", "--format", form)
    assert told.exit_code == 0 and "thứ Tư 14/08/2024: 1 việc cần để ý" in told.stdout
    assert "Gửi báo cáo lần 3." in told.stdout and "Y tế" not in told.stdout
    assert ("<i>" in told.stdout) is (form == "text")
    assert "không có việc" in run(archive, "remind", "--today", "1/1/2024").stdout


def test_hours_stand_in_the_zone_of_vietnam_whose_definition_goes_with_them(archive: Archive) -> None:
    put(
        archive, "10.pdf", {"due": "2025-06-21", "due_time": "10:30"}, {"due": "2025-06-23"},
        {"due": None, "kind": "recurring", "recurrence": "FREQ=WEEKLY;BYDAY=FR", "due_time": "16:00"},
    )  # fmt: skip
    entries = list_deadlines(archive.engine, Query(D(2025, 6, 1), None, D(2025, 6, 30)), Settings())
    text = calendar_of(entries, STAMP).decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20250621T103000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1 and "TZOFFSETTO:+0700" in text
    calendar = Calendar.from_ical(text)
    assert len(calendar.walk("VEVENT")) == 3 and not calendar.walk("VTODO")
    events = recurring_ical_events.of(calendar).between(D(2025, 6, 1), D(2025, 6, 30))
    hours = {event["DTSTART"].dt for event in events if isinstance(event["DTSTART"].dt, dt.datetime)}
    assert {hour.astimezone(dt.UTC).strftime("%d %H:%M") for hour in hours} == {
        "21 03:30", "06 09:00", "13 09:00", "20 09:00", "27 09:00",
    }  # fmt: skip
    titles = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert "Hạn: Gửi báo cáo lần 2. (10/UBND-VP)" in titles
    assert all(len(event.walk("VALARM")) == 2 for event in calendar.walk("VEVENT"))


def test_a_calendar_without_hours_needs_no_zone(archive: Archive) -> None:
    put(archive, "10.pdf", {"due": "2025-06-23"})
    text = calendar_of(list_deadlines(archive.engine, Query(D(2025, 6, 1)), Settings()), STAMP).decode()
    assert "VTIMEZONE" not in text and "DTSTART;VALUE=DATE:20250623" in text


def test_days_and_numbers_are_cells_of_their_kind_and_a_book_has_a_cover(archive: Archive, tmp_path: Path) -> None:
    for place, day in enumerate((D(2025, 12, 1), D(2025, 6, 4), D(2025, 5, 19)), start=1):
        archive.arrive(put(archive, f"1{place}.pdf", date=day.isoformat()), D(2025, 12, place), None, None, None)
    path = tmp_path / "so.xlsx"
    write_xlsx(arrivals_book(archive.engine, 2025, {}, OURS), path)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["Sổ"].iter_rows(min_row=4, max_row=6)]
    assert [row[1] for row in rows] == [1, 2, 3]
    assert [row[4] for row in rows] == [dt.datetime(2025, 12, 1), dt.datetime(2025, 6, 4), dt.datetime(2025, 5, 19)]
    assert {cell.number_format for cell in book["Sổ"]["E"][3:6]} == {"dd/mm/yyyy"}
    assert book["Sổ"].auto_filter.ref == "A3:J6" and book["Sổ"]["A7"].value == "Tổng số: 3 văn bản."
    cover = [str(cell.value) for cell in book["Bìa"]["A"] if cell.value]
    assert cover == [
        "PHÒNG NỘI VỤ", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2025", "Từ số 1 đến số 3",
        "Từ ngày 01/12/2025 đến ngày 03/12/2025", "Quyển số: ………………",
    ]  # fmt: skip


def test_the_handling_book_has_a_row_a_dispatch_with_the_office_s_own_assignee(archive: Archive) -> None:
    two = put(archive, "10.pdf", {"due": "2024-08-16"}, {"due": "2024-08-20"}, subject="rà soát hồ sơ")
    none = put(archive, "11.pdf", subject="trả lời kiến nghị")
    put(archive, "12.pdf", {"due": "2024-08-20"})  # neither entered nor given to anybody
    archive.arrive(two, D(2024, 8, 5), None, None, None)
    archive.arrive(none, D(2024, 8, 6), None, "Văn phòng", None)
    assign(archive, two, Assignment("Nguyễn Văn Năm", "tham mưu trả lời", due=D(2024, 8, 15)), D(2024, 8, 7))
    for _ in range(2):
        rows = handling_book(archive.engine, Query(TODAY), Settings(), {}).rows
        assert [(row[0], row[2], row[4]) for row in rows] == [
            (1, "Nguyễn Văn Năm", "Đang giải quyết"), (2, "Văn phòng", ""),
        ]  # fmt: skip
        assert "rà soát hồ sơ" in str(rows[0][1])
        assert rows[0][3] == "15/08/2024 (theo bút phê)\n16/08/2024\n20/08/2024"
        assert rows[0][6] == "tham mưu trả lời; chuyển 07/08/2024"
        archive.rebuild()
    [first, _] = arrivals_book(archive.engine, 2024, {}).rows
    assert (first[6], first[7], first[9]) == ("Nguyễn Văn Năm", D(2024, 8, 7), "tham mưu trả lời")
    assign(archive, two, Assignment(received=D(2024, 8, 8)), TODAY)
    assert "nhận 08/08/2024" in str(handling_book(archive.engine, Query(TODAY), Settings(), {}).rows[0][6])
    undo(archive)
    assert "nhận" not in str(handling_book(archive.engine, Query(TODAY), Settings(), {}).rows[0][6])
    for wrong in (Assignment(), Assignment(received=D(2024, 8, 1))):
        with pytest.raises(PlainError):
            assign(archive, two, wrong, TODAY)
    assert list(verify(archive)) == []


def test_what_the_office_issued_stands_in_the_outgoing_book_and_does_not_arrive(archive: Archive) -> None:
    put(archive, "12.pdf", issuing_body="Phòng Nội vụ", recipients=["UBND các xã"], signers=[{"name": "Đỗ Thị Sáu"}])
    put(archive, "02.pdf", issuing_body="PHÒNG NỘI VỤ", date="2024-07-01")
    put(archive, "13.pdf")
    rows = outgoing_book(archive.engine, 2024, {}, OURS).rows
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("02/UBND-VP", "", ""), ("12/UBND-VP", "Đỗ Thị Sáu", "UBND các xã"),
    ]  # fmt: skip
    assert [one.so_hieu for one in proposals(archive.engine, TODAY, OURS)] == ["13/UBND-VP"]
    assert "congvan config" in str(outgoing_book(archive.engine, 2024, {}, Settings()).empty)
    assert "2023" in str(outgoing_book(archive.engine, 2023, {}, OURS).empty)


def test_numbers_are_proposed_in_the_order_of_arrival(archive: Archive) -> None:
    for name, day in (("13.pdf", "2024-08-09"), ("11.pdf", "2024-08-01"), ("12.pdf", "2024-08-05")):
        put(archive, name, date=day)
    for _ in range(2):
        assert [one.name for one in proposals(archive.engine, TODAY)] == ["13.pdf", "11.pdf", "12.pdf"]
        archive.rebuild()


def test_an_empty_book_says_why(archive: Archive, tmp_path: Path) -> None:
    put(archive, "10.pdf", {"due": "2024-08-16"})
    for which in ("arrivals", "handling", "outgoing"):
        told = run(archive, "book", which, "--out", str(tmp_path / f"{which}.xlsx"))
        assert told.exit_code == 0 and "Sổ" in told.stderr and "0 dòng" in told.stderr
        sheet = openpyxl.load_workbook(tmp_path / f"{which}.xlsx")["Sổ"]
        assert str(sheet["A4"].value).startswith("Sổ ")


def test_the_office_is_named_once_under_all_its_names(archive: Archive) -> None:
    told = run(archive, "config", "--unit", 'Phòng "Nội vụ"', "--unit", "P.NV", "--before", "printed")
    assert told.exit_code == 0 and "P.NV" in told.stdout
    settings = load_settings(archive.layout.root)
    assert settings.unit.names == ('Phòng "Nội vụ"', "P.NV") and settings.deadlines.before == "printed"
    assert "chính ngày ấy" in run(archive, "config").stdout


def test_a_day_of_issue_that_was_put_right_moves_what_is_counted_from_it(archive: Archive) -> None:
    counted = {"kind": "after_event", "timex": "P15D", "anchor": "ngày ký Quyết định này", "due": "2024-08-16"}
    sha256 = put(
        archive, "10.pdf", counted,
        {**counted, "anchor": "ngày nghiệm thu", "due": None},
        {**counted, "due": "2024-09-01"},  # what the machine read elsewhere is put right by a person
        {"due": "2024-08-20"},
    )  # fmt: skip
    archive.correct(sha256, "/deadlines/2/due", "2024-10-01")
    archive.correct(sha256, "/header/date", "2024-08-11")
    dues = [str(one.due) for one in archive.record(sha256).deadlines]
    assert dues == ["2024-08-26", "None", "2024-10-01", "2024-08-20"]
