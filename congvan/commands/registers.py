"""Commands of the registers: deadlines, done, calendar, arrivals, arrive, book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.keeping import DispatchId
from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    FirstDay,
    Format,
    LastDay,
    OutFile,
    OutputFormat,
    Today,
    complain,
    read_day,
    read_days,
    today_or,
)

if TYPE_CHECKING:
    from congvan.register.entries import Entry


class StatusChoice(StrEnum):
    """What became of a deadline."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    NOT_OURS = "not_ours"


class BookChoice(StrEnum):
    """Which book to print."""

    ARRIVALS = "arrivals"
    HANDLING = "handling"


def deadlines(
    first: FirstDay = None,
    last: LastDay = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị phải thực hiện.")] = None,
    status: Annotated[StatusChoice | None, typer.Option("--status", help="Tình trạng.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc quá hạn.")] = False,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """In sổ thời hạn: hạn nào, còn mấy ngày, ai phải làm, lời trong văn bản."""
    from congvan.archive.archive import open_archive
    from congvan.register.entries import Query, Status, list_deadlines
    from congvan.register.handled import unplaced
    from congvan.register.settings import load_settings

    query = Query(today_or(today), *read_days(first, last), unit, Status(status.value) if status else None, overdue)
    kept = open_archive(archive)
    entries = list_deadlines(kept.engine, query, load_settings(archive))
    for one in unplaced(kept.engine):
        complain(
            f"Đã ghi “{_STATUS[one.status]}” cho “{one.phrase}” ({one.so_hieu}), nay bản ghi không còn thời hạn ấy."
        )
    _print_deadlines(entries, f"{len(entries)} thời hạn, tính đến {query.today:%d/%m/%Y}", form, out)


def _print_deadlines(entries: Sequence[Entry], title: str, form: Format, out: Path | None) -> None:
    from congvan.commands.lists import print_list
    from congvan.register.entries import Entry

    if form is Format.JSON:
        names = list(Entry._fields)
        print_list(names, names, list(entries), form, out)
        return
    if form is Format.TABLE:
        headings = ["Hạn", "Lời trong văn bản", "Ai làm", "Văn bản, mã"]
        print_list(headings, headings, [_short_row(entry) for entry in entries], form, title=title)
        return
    headings = ["Mã", "Hạn", "Còn", "Tình trạng", "Văn bản", "Lời trong văn bản", "Ai làm", "Cách đọc khác"]
    rows = [
        [
            entry.id, _due(entry.due, entry.due_time), entry.days_left, _STATUS[entry.status.value],
            entry.so_hieu or entry.name, entry.phrase, _whom(entry), entry.other,
        ]
        for entry in entries
    ]  # fmt: skip
    print_list(headings, headings, rows, form, out, title=title)


def done(
    deadline: Annotated[str, typer.Argument(help="Mã thời hạn.", metavar="ID")],
    reply: Annotated[str | None, typer.Option("--reply", help="Số, ký hiệu văn bản trả lời.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Ngày của văn bản trả lời.", metavar="DATE")] = None,
    status: Annotated[StatusChoice, typer.Option("--status", help="Ghi tình trạng khác.")] = StatusChoice.DONE,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Ghi một thời hạn là đã xong (hoặc không thuộc đơn vị)."""
    from congvan.archive.archive import open_archive
    from congvan.register.entries import is_deadline
    from congvan.register.settings import load_settings

    kept = open_archive(archive)
    day = read_day(date)
    if not is_deadline(kept.engine, deadline, load_settings(archive)):
        complain(f"Không có thời hạn “{deadline}”.")
        raise typer.Exit(1)
    kept.handle(deadline, status.value, reply, day)
    typer.echo(f"{deadline}: {_STATUS[status.value]}")


def calendar(
    out: OutFile = None,
    first: FirstDay = None,
    last: LastDay = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị phải thực hiện.")] = None,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """In các thời hạn thành lịch iCalendar (.ics)."""
    from congvan.archive.archive import open_archive
    from congvan.archive.truth.files import write_atomic
    from congvan.register.calendar import calendar_of
    from congvan.register.entries import Query, list_deadlines
    from congvan.register.settings import load_settings

    day = today_or(today)
    entries = list_deadlines(
        open_archive(archive).engine, Query(day, *read_days(first, last), unit), load_settings(archive)
    )
    text = calendar_of(entries, dt.datetime.combine(day, dt.time(), dt.UTC))
    if out is None:
        typer.echo(text.decode(), nl=False)
    else:
        write_atomic(out, text)


def arrivals(
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Liệt kê văn bản chưa vào sổ, với số đến được đề nghị."""
    from congvan.archive.archive import open_archive
    from congvan.commands.lists import print_list
    from congvan.register.arrivals import proposals

    found = proposals(open_archive(archive).engine, today_or(today))
    headings = ["Số đến", "Mã", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu"]
    keys = ["number", "id", "so_hieu", "date", "issuing_body", "subject"]
    rows = [[one.number, one.dispatch_id[:12], one.so_hieu, one.date, one.issuing_body, one.subject] for one in found]
    print_list(headings, keys, rows, form, out, title=f"{len(rows)} văn bản chưa vào sổ; số đến là đề nghị")


def arrive(
    dispatch: DispatchId,
    number: Annotated[int | None, typer.Option("--number", min=1, help="Số đến (mặc định: số đề nghị).")] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Ngày đến (mặc định: ngày đã vào sổ, hoặc hôm nay).", metavar="DATE")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị hoặc người nhận.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Ghi chú.")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Vào sổ một văn bản: xác nhận số đến và ngày đến."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    dispatch_id = one_dispatch(kept, dispatch)
    event = kept.arrive(dispatch_id, read_day(date), number, unit, note)
    typer.echo(f"Số đến {event['number']}, ngày {dt.date.fromisoformat(str(event['date'])):%d/%m/%Y}")


def book(
    which: Annotated[BookChoice, typer.Argument(help="arrivals: sổ đăng ký; handling: sổ theo dõi giải quyết.")],
    out: OutFile = None,
    year: Annotated[int | None, typer.Option("--year", help="Năm của sổ đăng ký.")] = None,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.XLSX,
) -> None:
    """In sổ đăng ký văn bản đến, hoặc sổ theo dõi giải quyết văn bản đến."""
    from congvan.archive.archive import open_archive
    from congvan.commands.lists import print_list
    from congvan.register.book_sheet import write_xlsx
    from congvan.register.books import arrivals_book, handling_book
    from congvan.register.entries import Query
    from congvan.register.settings import load_settings
    from form.doc_types import document_types

    engine = open_archive(archive).engine
    day = today_or(today)
    names = {kind.key: kind.name.capitalize() for kind in document_types()}
    if which is BookChoice.ARRIVALS:
        made = arrivals_book(engine, year or day.year, names)
    else:
        made = handling_book(engine, Query(day), load_settings(archive), names)
    if form is Format.XLSX:
        path = out or Path("outputs") / f"so-{which.value}.xlsx"
        write_xlsx(made, path)
        typer.echo(f"Đã ghi {path}", err=True)
    else:
        print_list(made.columns, made.columns, made.rows, form, out, title=made.title)


_STATUS = {"open": "đang làm", "late": "quá hạn", "done": "đã xong", "not_ours": "không thuộc đơn vị"}


def _short_row(entry: Entry) -> list[str | None]:
    """A row that fits a narrow screen: days left and the other reading under the due date, the id under the số hiệu."""
    status = _STATUS[entry.status.value]
    if entry.days_left is not None and entry.status.value in ("open", "late"):
        status = _days(entry.days_left)
    due = [_due(entry.due, entry.due_time), f"(hoặc {entry.other:%d/%m})" if entry.other else "", status]
    return ["\n".join(filter(None, due)), entry.phrase, _whom(entry), f"{entry.so_hieu or entry.name}\n{entry.id}"]


def _days(left: int) -> str:
    if left == 0:
        return "hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá {-left} ngày"


def _whom(entry: Entry) -> str:
    return ("★ " if entry.ours else "") + (entry.assignees or "")


def _due(due: dt.date | None, time: str | None) -> str:
    if due is None:
        return "chưa rõ"
    return f"{due:%d/%m/%Y}" + (f" {time}" if time else "")


COMMANDS = (deadlines, done, calendar, arrivals, arrive, book)
