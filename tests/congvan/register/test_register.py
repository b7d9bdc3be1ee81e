"""The deadline register: due dates by calendar, by event and by rule; books and calendar that other programs take."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import openpyxl
import pytest
import recurring_ical_events
from icalendar import Calendar
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.truth import log
from congvan.archive.truth.files import pack
from congvan.archive.truth.handling import ActError
from congvan.archive.upkeep import Seen
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.register.arrivals import proposals
from congvan.register.book_sheet import height_of, write_xlsx
from congvan.register.books import arrivals_book, handling_book, show
from congvan.register.calendar import calendar_of
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.handled import unplaced
from congvan.register.occurrences import Events, Terms, due_rule, occurrences
from congvan.register.settings import Days, Settings, load_settings
from congvan.register.workdays import add_working_days
from congvan.writing.cells import harmless
from schemas.dispatch import Deadline, Directive, Dispatch, Header
from schemas.document import Document
from schemas.source import Source

D = dt.date
STRICT = Settings()
PRINTED = Settings.model_validate({"deadlines": {"before": "printed"}})


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (D(2024, 8, 5), 5, D(2024, 8, 12)),  # Monday; the week-end between does not count
        (D(2024, 8, 9), 1, D(2024, 8, 12)),  # Friday, the next working day is Monday
        (D(2024, 8, 30), 1, D(2024, 9, 4)),  # Friday; 2 and 3 September are the National Day
        (D(2024, 2, 7), 2, D(2024, 2, 16)),  # Tết Giáp Thìn: 8 to 14 February are free, the 15th and 16th are worked
        (D(2024, 4, 26), 1, D(2024, 5, 2)),  # 29 April was swapped, 30 April and 1 May are holidays
        (D(2023, 12, 29), 3, D(2024, 1, 4)),  # over the year's end: 1 January is free
    ],
)
def test_working_days(start: D, count: int, due: D) -> None:
    assert add_working_days(start, count, Days()) == due


def test_swapped_days_of_the_office_come_first() -> None:
    swapped = Days(off=(D(2024, 8, 6),), work=(D(2024, 8, 10),))
    assert add_working_days(D(2024, 8, 5), 4, swapped) == D(2024, 8, 10)


YEAR = (D(2024, 1, 1), D(2024, 12, 31))


@pytest.mark.parametrize(
    ("rule", "phrase", "begin", "due"),
    [
        ("FREQ=MONTHLY", "hằng tháng", D(2024, 10, 7), ["2024-10-31", "2024-11-30", "2024-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng", D(2024, 10, 26), ["2024-11-25", "2024-12-25"]),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25 hằng tháng", D(2024, 11, 1), ["2024-11-24", "2024-12-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "trước ngày 01 hằng tháng", D(2024, 11, 5), ["2024-11-30", "2024-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "ngày 31 hằng tháng", D(2024, 10, 31), ["2024-10-31", "2024-11-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "ngày 30 hằng tháng", D(2024, 1, 31), ["2024-02-29", "2024-03-30"]),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", D(2024, 5, 2), ["2024-06-30", "2024-09-30", "2024-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=6", "định kỳ 6 tháng", D(2024, 3, 1), ["2024-06-30", "2024-12-31"]),
        ("FREQ=YEARLY", "hằng năm", D(2024, 3, 1), ["2024-12-31"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "trước ngày 15/12 hằng năm", D(2024, 1, 1), ["2024-12-14"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "trước ngày 01/3 hằng năm", D(2024, 1, 1), ["2024-02-29"]),
        ("FREQ=WEEKLY;BYDAY=FR", "thứ Sáu hằng tuần", D(2024, 12, 16), ["2024-12-20", "2024-12-27"]),
        ("FREQ=WEEKLY", "hằng tuần", D(2024, 12, 18), ["2024-12-20", "2024-12-27"]),
    ],
)  # fmt: skip
def test_recurring_deadlines(rule: str, phrase: str, begin: D, due: list[str]) -> None:
    found = occurrences(Terms(phrase, "recurring", recurrence=rule), Events(issued=begin), YEAR, STRICT)
    assert [str(one.due) for one in found][: len(due)] == due
    assert all(begin <= one.due for one in found)


def test_the_other_reading_of_before_is_shown_and_one_setting_turns_it() -> None:
    once = Terms("trước ngày 15/8/2024", "before", due=D(2024, 8, 14), alternative_due=D(2024, 8, 15))
    assert [(one.due, one.other) for one in occurrences(once, Events(), YEAR, STRICT)] == [
        (D(2024, 8, 14), D(2024, 8, 15))
    ]
    assert [(one.due, one.other) for one in occurrences(once, Events(), YEAR, PRINTED)] == [
        (D(2024, 8, 15), D(2024, 8, 14))
    ]
    monthly = Terms("trước ngày 25 hằng tháng", "recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=25")
    window = (D(2024, 8, 1), D(2024, 8, 31))
    issued = Events(issued=D(2024, 1, 1))
    assert [(one.due, one.other) for one in occurrences(monthly, issued, window, STRICT)] == [
        (D(2024, 8, 24), D(2024, 8, 25))
    ]
    assert [(one.due, one.other) for one in occurrences(monthly, issued, window, PRINTED)] == [
        (D(2024, 8, 25), D(2024, 8, 24))
    ]


@pytest.mark.parametrize(
    ("anchor", "timex", "working", "events", "due"),
    [
        ("ngày ký", "P15D", False, Events(issued=D(2024, 8, 5)), D(2024, 8, 20)),
        ("ngày nhận được văn bản", "P5D", True, Events(D(2024, 8, 1), D(2024, 8, 5)), D(2024, 8, 12)),
        ("ngày nhận được công văn này", "P1M", False, Events(arrived=D(2024, 1, 31)), D(2024, 2, 29)),
        ("ngày nhận được văn bản", "P5D", False, Events(issued=D(2024, 8, 1)), None),
        ("ngày kết thúc hội nghị", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày 20/12/2024", "P15D", False, Events(), D(2025, 1, 4)),
        ("ngày văn bản này được ban hành", "P5D", False, Events(issued=D(2024, 8, 1)), D(2024, 8, 6)),
        ("ngày văn bản đến", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), D(2024, 8, 7)),
        ("ngày ký hợp đồng", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày nhận đủ hồ sơ, văn bản", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày người dân đến làm việc", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày ban hành Quyết định phê duyệt", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày nhận được kế hoạch", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), None),
        ("ngày nhận được Kế hoạch này", "P5D", False, Events(D(2024, 8, 1), D(2024, 8, 2)), D(2024, 8, 7)),
        ("ngày ban hành", None, False, Events(issued=D(2024, 8, 1)), None),
    ],
)
def test_terms_counted_from_an_event(
    anchor: str, timex: str | None, working: bool, events: Events, due: D | None
) -> None:
    terms = Terms("trong vòng …", "after_event", anchor=anchor, timex=timex, working_days=working)
    assert [one.due for one in occurrences(terms, events, YEAR, STRICT)] == ([due] if due else [])


def put(archive: Archive, name: str, so_hieu: str, deadlines: list[dict[str, object]]) -> Dispatch:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    source = Source(name=name, media_type="text/plain", size=1, sha256=sha256, reader="text")
    header = Header.model_validate(
        {"so_hieu": so_hieu, "date": "2024-08-01", "year": 2024, "issuing_body": "UBND HUYỆN KIM BẢNG",
         "doc_type": "cong_van",
         "subject": "=HYPERLINK(0) rà soát"}
    )  # fmt: skip
    items = (Directive(id="1", text="Rà soát"),)
    made = tuple(Deadline.model_validate({"id": f"D{n}", "directive": "1", **each}) for n, each in enumerate(deadlines))
    record = Dispatch(id=sha256, source=source, header=header, directives=items, deadlines=made)
    document = pack(Document(source=source).json_pieces())
    archive.add(name.encode(), document, record, Seen(f"/in/{name}", 1, 1, sha256, "done"))
    return record


BEFORE = {"phrase": "trước ngày 15/8/2024", "kind": "before", "due": "2024-08-14", "alternative_due": "2024-08-15",
          "assignees": ["Phòng Nội vụ", "UBND xã Nhật Tân"]}  # fmt: skip
MONTHLY = {"phrase": "hằng tháng", "kind": "recurring", "recurrence": "FREQ=MONTHLY", "assignees": ["Phòng Y tế"]}
NEVER = {"phrase": "trong 5 ngày kể từ ngày nhận", "kind": "after_event", "anchor": "ngày nhận", "timex": "P5D"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    put(archive, "a.txt", "10/UBND-NV", [BEFORE, MONTHLY, NEVER])
    return archive


def listed(archive: Archive, **query: object) -> list[Entry]:
    facts = {"today": D(2024, 8, 10), **query}
    return list_deadlines(archive.engine, Query(**facts), load_settings(archive.layout.root))


def test_the_register_lists_each_with_days_left(archive: Archive) -> None:
    assert [(str(entry.due), entry.days_left, entry.status.value) for entry in listed(archive)] == [
        ("2024-08-14", 4, "open"),
        ("2024-08-31", 21, "open"),
        ("None", None, "open"),
    ]
    late = listed(archive, today=D(2024, 8, 15), overdue=True)
    assert [(entry.phrase, entry.days_left, entry.status) for entry in late] == [
        ("trước ngày 15/8/2024", -1, Status.LATE)
    ]


def test_a_day_of_arrival_makes_the_term_known(archive: Archive) -> None:
    dispatch_id = hashlib.sha256(b"a.txt").hexdigest()
    event = archive.arrive(dispatch_id, D(2024, 8, 5), None, "Văn phòng", None)
    assert event["number"] == 1
    assert str(listed(archive)[0].due) == "2024-08-10"


def test_units_and_our_unit(archive: Archive) -> None:
    assert [entry.phrase for entry in listed(archive, unit="phong y te")] == ["hằng tháng"]
    (archive.layout.root / "settings.toml").write_text('[unit]\nnames = ["Phòng Y tế"]\n', encoding="utf-8")
    first = listed(archive)[0]
    assert (first.phrase, first.ours) == ("hằng tháng", True)


def test_done_is_kept_by_the_log_and_survives_a_rebuild(archive: Archive) -> None:
    first, monthly, _ = listed(archive)
    archive.act("handle", deadline_id=first.id, status="done", reply_so_hieu="5/BC-NV", reply_date="2024-08-12")
    archive.act("handle", deadline_id=monthly.id, status="not_ours")
    archive.rebuild()
    entries = {entry.id: entry for entry in listed(archive, end=D(2024, 9, 30))}
    assert (entries[first.id].status, entries[first.id].reply_so_hieu) == (Status.DONE, "5/BC-NV")
    by_month = [entry.status for entry in entries.values() if entry.phrase == "hằng tháng"]
    assert by_month == [Status.NOT_OURS, Status.OPEN]


def test_an_act_told_to_the_log_but_not_to_the_index_is_replayed(archive: Archive) -> None:
    first = listed(archive)[0]
    line = {"time": "2024-08-10T08:00:00+07:00", "who": "x", "act": "handle", "deadline_id": first.id, "status": "done"}
    log.append(archive.layout.log, line)
    assert listed(Archive(archive.layout.root))[-1].status is not Status.LATE
    assert {entry.id: entry.status for entry in listed(Archive(archive.layout.root))}[first.id] is Status.DONE


def test_a_number_of_arrival_is_given_once(archive: Archive) -> None:
    one = hashlib.sha256(b"a.txt").hexdigest()
    other = put(archive, "b.txt", "11/UBND-NV", []).id
    archive.arrive(one, D(2024, 8, 5), 7, None, None)
    with pytest.raises(ActError):
        archive.arrive(other, D(2024, 8, 6), 7, None, None)
    assert archive.arrive(other, D(2024, 8, 6), None, None, None)["number"] == 8
    rows = arrivals_book(archive.engine, 2024, {"cong_van": "Công văn"}).rows
    assert [(row[0], row[1], row[3]) for row in rows] == [
        (D(2024, 8, 5), 7, "10/UBND-NV"),
        (D(2024, 8, 6), 8, "11/UBND-NV"),
    ]
    assert rows[0][5] == "Công văn =HYPERLINK(0) rà soát"


def test_no_cell_of_a_book_is_a_formula(archive: Archive, tmp_path: Path) -> None:
    archive.arrive(hashlib.sha256(b"a.txt").hexdigest(), D(2024, 8, 5), None, "=1+1", "@x")
    path = tmp_path / "so.xlsx"
    write_xlsx(arrivals_book(archive.engine, 2024, {}), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d", "n"}
    assert [cell.value for cell in sheet[4]][6] == "=1+1"
    assert harmless("=1+1") == "'=1+1" and harmless("1+1") == "1+1"


@pytest.mark.parametrize(
    ("date", "text"), [(D(2024, 8, 5), "05/08/2024"), (D(2024, 1, 15), "15/01/2024"), (D(2024, 12, 1), "01/12/2024")]
)
def test_dates_are_written_in_one_way(date: D, text: str) -> None:
    assert show(date) == text


def test_the_calendar_is_read_back_by_another_library(archive: Archive) -> None:
    stamp = dt.datetime(2024, 8, 10, tzinfo=dt.UTC)
    made = calendar_of(listed(archive), stamp)
    assert made == calendar_of(listed(archive), stamp)
    calendar = Calendar.from_ical(made)
    uids = [str(part["UID"]) for part in calendar.walk() if part.name in ("VTODO", "VEVENT")]
    assert len(uids) == len(set(uids)) == 2
    events = recurring_ical_events.of(calendar).between(D(2024, 8, 1), D(2025, 1, 1))
    assert sorted(str(event["DTSTART"].dt) for event in events) == [
        "2024-08-14", "2024-08-31", "2024-09-30", "2024-10-31", "2024-11-30", "2024-12-31",
    ]  # fmt: skip
    assert len(list(calendar.walk("VALARM"))) == 4


def test_due_rule_says_the_same_whatever_day_it_starts_on() -> None:
    monthly = Terms("hằng tháng", "recurring", recurrence="FREQ=MONTHLY")
    assert str(due_rule(monthly, STRICT)) == "FREQ=MONTHLY;BYMONTHDAY=-1"


def test_the_commands(archive: Archive) -> None:
    run = CliRunner().invoke
    where = ["--archive", str(archive.layout.root), "--today", "2024-08-10"]
    printed = run(app, ["deadlines", "--format", "csv", *where])
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert [row["Hạn"] for row in rows] == ["14/08/2024", "31/08/2024", "chưa rõ"]
    late = run(app, ["deadlines", "--format", "csv", *where[:2], "--today", "2024-08-20"]).stdout
    assert next(row["Còn"] for row in csv.DictReader(io.StringIO(late))) == "-6"
    done = run(app, ["done", rows[0]["Mã"], "--reply", "5/BC-NV", "--date", "12/8/2024", *where[:2]])
    assert done.exit_code == 0
    facts = [json.loads(line) for line in run(app, ["deadlines", "--format", "json", *where]).stdout.splitlines()]
    assert facts[0]["status"] == "done" and facts[0]["reply_date"] == "2024-08-12"
    assert run(app, ["done", "khong-co", *where[:2]]).exit_code == 1
    assert run(app, ["deadlines", "--from", "hôm qua", *where]).exit_code == 2
    assert "BEGIN:VCALENDAR" in run(app, ["calendar", *where]).stdout


def test_what_was_missed_and_what_comes_next_is_listed(archive: Archive) -> None:
    found = [
        (str(entry.due), entry.status.value) for entry in listed(archive, today=D(2024, 11, 5)) if entry.recurrence
    ]
    assert found == [("2024-10-31", "late"), ("2024-11-30", "open")]
    late = listed(archive, today=D(2024, 11, 5), overdue=True)
    assert [str(entry.due) for entry in late] == ["2024-08-14", "2024-10-31"]
    [missed] = [entry for entry in late if entry.recurrence]
    archive.act("handle", deadline_id=missed.id, status="done")
    assert [str(entry.due) for entry in listed(archive, today=D(2024, 11, 5), overdue=True)] == ["2024-08-14"]
    yearly = {"phrase": "hằng năm", "kind": "recurring", "recurrence": "FREQ=YEARLY"}
    put(archive, "b.txt", "11/UBND-NV", [yearly])
    assert [str(entry.due) for entry in listed(archive) if entry.phrase == "hằng năm"] == ["2024-12-31"]
    assert [entry for entry in listed(archive, end=D(2024, 9, 1)) if entry.phrase == "hằng năm"] == []


def test_a_turned_setting_keeps_what_was_done(archive: Archive) -> None:
    by_day = {"phrase": "trước ngày 25 hằng tháng", "kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=25"}
    put(archive, "b.txt", "11/UBND-NV", [by_day])
    [entry] = [entry for entry in listed(archive) if entry.phrase.startswith("trước ngày 25")]
    archive.act("handle", deadline_id=entry.id, status="done")
    (archive.layout.root / "settings.toml").write_text('[deadlines]\nbefore = "printed"\n', encoding="utf-8")
    [entry] = [entry for entry in listed(archive) if entry.phrase.startswith("trước ngày 25")]
    assert (str(entry.due), entry.status) == ("2024-08-25", Status.DONE)


def test_only_what_is_listed_can_be_done(archive: Archive) -> None:
    single, monthly, _ = listed(archive)
    run, where = CliRunner().invoke, ["--archive", str(archive.layout.root)]
    base = monthly.id.split("@")[0]
    for name in (f"{base}@2024-08-30", f"{base}@mai", f"{single.id}@2024-08-14", "khong-co"):
        refused = run(app, ["done", name, *where])
        assert refused.exit_code == 1 and "Không có thời hạn" in refused.stderr
    assert run(app, ["done", f"{base}@2024-09-30", *where]).exit_code == 0


def test_a_calendar_that_is_imported_again_shows_what_was_done(archive: Archive) -> None:
    single, monthly, _ = listed(archive)
    stamp = dt.datetime(2024, 8, 10, tzinfo=dt.UTC)

    def parts() -> dict[str, list[tuple[str, bool]]]:
        calendar = Calendar.from_ical(calendar_of(listed(archive, end=D(2024, 10, 31)), stamp))
        found: dict[str, list[tuple[str, bool]]] = {}
        for part in calendar.walk():
            if part.name in ("VTODO", "VEVENT"):
                facts = (str(part.get("STATUS", "")), bool(list(part.walk("VALARM"))))
                found.setdefault(str(part["UID"])[:10], []).append(facts)
        return found

    before = parts()
    archive.act("handle", deadline_id=single.id, status="done")
    archive.act("handle", deadline_id=f"{monthly.id[:10]}@2024-08-31", status="done")
    after = parts()
    assert before.keys() == after.keys()
    assert after[single.id] == [("", False)]
    assert after[monthly.id[:10]] == [("", True)]
    events = recurring_ical_events.of(Calendar.from_ical(calendar_of(listed(archive, end=D(2024, 10, 31)), stamp)))
    days = [str(event["DTSTART"].dt) for event in events.between(D(2024, 8, 20), D(2024, 11, 1))]
    assert sorted(days) == ["2024-09-30", "2024-10-31"]
    archive.act("handle", deadline_id=single.id, status="not_ours")
    assert parts()[single.id] == [("CANCELLED", False)]


def a_better_copy(archive: Archive, deadlines: list[dict[str, object]]) -> Dispatch:
    """A file of the same dispatch as the fixture's that leads from now on."""
    first = hashlib.sha256(b"a.txt").hexdigest()
    names = (f"{number}.docx" for number in range(100))
    name = next(name for name in names if hashlib.sha256(name.encode()).hexdigest() < first)
    return put(archive, name, "10/UBND-NV", deadlines)


def test_a_better_copy_that_comes_later_is_neither_open_again_nor_entered_again(archive: Archive) -> None:
    scan = hashlib.sha256(b"a.txt").hexdigest()
    single, monthly, _ = listed(archive)
    archive.arrive(scan, D(2024, 8, 5), 7, "Văn phòng", None)
    archive.handle(single.id, "done", "5/BC-NV", D(2024, 8, 9))
    archive.handle(monthly.id, "done")
    word = a_better_copy(archive, [BEFORE, MONTHLY, NEVER, {**BEFORE, "directive": "2"}])
    found = listed(archive, end=D(2024, 9, 30))
    assert {entry.dispatch_id for entry in found} == {word.id}
    assert sorted((entry.phrase, entry.directive, str(entry.due), entry.status.value) for entry in found) == [
        ("hằng tháng", "1", "2024-08-31", "done"),
        ("hằng tháng", "1", "2024-09-30", "open"),
        ("trong 5 ngày kể từ ngày nhận", "1", "2024-08-10", "open"),
        ("trước ngày 15/8/2024", "1", "2024-08-14", "done"),
        ("trước ngày 15/8/2024", "2", "2024-08-14", "open"),
    ]
    assert proposals(archive.engine, D(2024, 8, 10)) == []
    event = archive.arrive(word.id, None, None, None, "bản Word đến sau")
    assert (event["number"], event["date"], event["unit"]) == (7, "2024-08-05", "Văn phòng")
    [row] = arrivals_book(archive.engine, 2024, {}).rows
    assert (row[1], row[-1]) == (7, "bản Word đến sau")
    rows = handling_book(archive.engine, Query(D(2024, 8, 10)), STRICT, {}).rows
    assert [row[0] for row in rows] == [7]
    before = listed(archive)
    archive.rebuild()
    assert listed(archive) == before and list(verify(archive)) == []


def test_done_stays_when_the_words_are_corrected_and_is_told_of_when_the_deadline_is_gone(archive: Archive) -> None:
    sha256 = hashlib.sha256(b"a.txt").hexdigest()
    single = listed(archive)[0]
    archive.handle(single.id, "done", "5/BC-NV", D(2024, 8, 9))
    archive.correct(sha256, "/deadlines/0/phrase", "trước ngày 15 tháng 8 năm 2024")
    now = {entry.phrase: entry for entry in listed(archive)}["trước ngày 15 tháng 8 năm 2024"]
    assert now.id != single.id and (now.status, now.reply_so_hieu) == (Status.DONE, "5/BC-NV")
    archive.correct(sha256, "/deadlines/0/due", "2024-09-14")
    assert unplaced(archive.engine) == [("done", "trước ngày 15/8/2024", "10/UBND-NV")]
    told = CliRunner().invoke(app, ["deadlines", "--archive", str(archive.layout.root)])
    assert "trước ngày 15/8/2024" in told.stderr and "không còn thời hạn ấy" in told.stderr
    archive.handle({entry.phrase: entry for entry in listed(archive)}[now.phrase].id, "done")
    assert [entry.status for entry in listed(archive) if entry.phrase == now.phrase] == [Status.DONE]


def test_a_book_is_ready_to_print(archive: Archive, tmp_path: Path) -> None:
    long = "Văn phòng Huyện ủy; Ban Tổ chức Huyện ủy; Ban Tuyên giáo Huyện ủy; Ủy ban Kiểm tra Huyện ủy"
    archive.arrive(hashlib.sha256(b"a.txt").hexdigest(), D(2024, 8, 5), None, long, None)
    archive.arrive(put(archive, "b.txt", "11/UBND-NV", []).id, D(2024, 8, 6), None, "Ủy ban", None)
    path = tmp_path / "so.xlsx"
    write_xlsx(arrivals_book(archive.engine, 2024, {}), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)  # as wide as one page
    assert (sheet.print_title_rows, sheet.oddFooter.center.text) == ("$2:$3", "&P/&N")
    cell = sheet["G4"]
    assert cell.value == long and cell.alignment.wrap_text and cell.font.name == "Times New Roman"
    lines = len(long) / sheet.column_dimensions["G"].width
    assert sheet.row_dimensions[4].height >= 16 * lines > 16 * 4 > sheet.row_dimensions[5].height
    assert len(arrivals_book(archive.engine, 2024, {}).widths) == 10
    book = handling_book(archive.engine, Query(D(2024, 8, 10)), STRICT, {})
    assert len(book.widths) == 7 and len(book.rows) == 2 and "(hoặc 15/08/2024)" in str(book.rows[0][3])


def test_a_row_is_as_high_as_its_words_need() -> None:
    assert height_of(("ngắn", "hai dòng\nhẳn hoi"), (10, 20)) == 32
    assert height_of(("UỶ BAN NHÂN DÂN HUYỆN KIM BẢNG",), (16,)) > height_of(("uỷ ban nhân dân huyện kim bảng",), (16,))
    assert height_of(("a " * 5000,), (10,)) == 409


def test_what_is_opened_again_is_late_by_its_day(archive: Archive) -> None:
    single = listed(archive)[0]
    archive.handle(single.id, "done")
    assert listed(archive, today=D(2024, 8, 20), overdue=True) == []
    archive.handle(single.id, "open")
    assert [entry.status for entry in listed(archive, today=D(2024, 8, 20), overdue=True)] == [Status.LATE]
