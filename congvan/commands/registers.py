"""Commands of the deadlines: deadlines, done, calendar, remind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    from sqlalchemy import Engine

    from congvan.register.agenda import Section
    from congvan.register.entries import Entry, Query
    from congvan.register.settings import Settings

_TASK = 320


class StatusChoice(StrEnum):
    """What became of a deadline."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    NOT_OURS = "not_ours"


class DigestFormat(StrEnum):
    """How the digest of a day is written."""

    TEXT = "text"
    HTML = "html"


def deadlines(
    first: FirstDay = None,
    last: LastDay = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị phải thực hiện.")] = None,
    status: Annotated[StatusChoice | None, typer.Option("--status", help="Tình trạng.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc quá hạn.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Chỉ việc của đơn vị tôi và việc không nêu ai.")] = False,
    old: Annotated[bool, typer.Option("--all", help="Toàn bộ sổ, cả việc quá hạn trên một năm.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Mỗi nhóm in nhiều nhất bao nhiêu việc.")] = 50,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """In sổ thời hạn theo tuần: phải làm gì, ai làm, hạn nào, theo văn bản nào."""
    from congvan.archive.archive import open_archive
    from congvan.register.agenda import STATUS
    from congvan.register.entries import Query, Status
    from congvan.register.handled import unplaced
    from congvan.register.settings import load_settings

    query = Query(today_or(today), *read_days(first, last), unit, Status(status.value) if status else None, overdue)
    kept, settings = open_archive(archive), load_settings(archive)
    for one in unplaced(kept.engine):
        told = STATUS[Status(one.status)]
        complain(f"Đã ghi “{told}” cho “{one.phrase}” ({one.so_hieu}), nay bản ghi không còn thời hạn ấy.")
    if form is Format.TABLE and not old:
        left_out = _print_fronts(kept.engine, query, settings, mine, limit)
    else:
        entries, left_out = _whole(kept.engine, query, settings, mine, old)
        _print_whole(entries, query.today, form, out)
    if left_out:
        complain(f"Không in {left_out} việc đã quá hạn trên một năm; --all để in cả.")
    if form is Format.TABLE and not settings.unit.names:
        complain("Chưa biết đơn vị của tôi; đặt tên để việc của mình lên trước: congvan config --unit “…”")


def _whole(engine: Engine, query: Query, settings: Settings, mine: bool, old: bool) -> tuple[list[Entry], int]:
    from congvan.register.agenda import whose, without_old
    from congvan.register.entries import list_deadlines

    entries = list_deadlines(engine, query, settings)
    if mine:
        entries = [entry for entry in entries if whose(entry) < 2]
    return (entries, 0) if old or query.start else without_old(entries, query.today)


def _print_fronts(engine: Engine, query: Query, settings: Settings, mine: bool, limit: int) -> int:
    """Print the first lines of each span; gives how many are left out because they are older than a year."""
    from congvan.register.screens.asked import Whose
    from congvan.register.screens.due_screen import open_register
    from congvan.register.screens.front import count_old, fronts

    whose = Whose.OURS_OR_NOBODYS if mine else Whose.ALL
    with open_register(engine, query.today, settings, unit=query.unit or "", whose=whose) as register:
        found = fronts(register, query, limit)
        old = count_old(register, query)
    for section, count in found:
        more = f", in {len(section.entries)}; --limit để in thêm" if count > len(section.entries) else ""
        _print_section(section, f"{count}{more}")
    _print_end(sum(front.number for front in found), query.today)
    return old


def _print_section(section: Section, count: str) -> None:
    typer.echo(f"{section.span.value.upper()} ({count})")
    for entry in section.entries:
        typer.echo(_paragraph(entry))
    typer.echo()


def _print_end(count: int, today: dt.date) -> None:
    typer.echo(f"{count} thời hạn, tính đến {today:%d/%m/%Y}. Ghi xong: congvan done MÃ")


def _print_whole(entries: Sequence[Entry], today: dt.date, form: Format, out: Path | None) -> None:
    from congvan.commands.lists import print_list
    from congvan.register.agenda import agenda, table_of
    from congvan.register.entries import Entry

    if form is Format.TABLE:
        for section in agenda(entries, today):
            _print_section(section, str(len(section.entries)))
        _print_end(len(entries), today)
        return
    if form is Format.JSON:
        names = list(Entry._fields)
        print_list(names, names, list(entries), form, out)
        return
    headings, rows = table_of(entries)
    print_list(headings, headings, rows, form, out, title=f"{len(entries)} thời hạn, tính đến {today:%d/%m/%Y}")


def _paragraph(entry: Entry) -> str:
    from congvan.register.agenda import STATUS, origin_of, task_of
    from congvan.writing.screen import fold_lines

    status = STATUS[entry.status]
    if entry.days_left is not None and entry.status.value in ("open", "late"):
        status = _days(entry.days_left)
    tentative = ", dự kiến" if entry.tentative else ""
    other = f", hoặc {entry.other:%d/%m/%Y}" if entry.other else ""
    only = f" · chỉ có trong bản {entry.only_in}" if entry.only_in else ""
    lines = [
        fold_lines(f"{'★ ' if entry.ours else ''}{_due(entry.due, entry.due_time)} ({status}{other}{tentative})"),
        fold_lines(_shortened(task_of(entry)), "    "),
        fold_lines(f"Ai làm: {entry.assignees or 'không nêu'} · “{entry.phrase}”", "    "),
        fold_lines(f"{origin_of(entry)}{only} · mã {entry.id}", "    "),
    ]
    return "\n".join(lines)


def _shortened(text: str) -> str:
    """So much of a task as a screen of deadlines has room for."""
    return text if len(text) <= _TASK else text[: text.rfind(" ", 0, _TASK)] + " …"


def done(
    deadline: Annotated[str, typer.Argument(help="Mã thời hạn.", metavar="ID")],
    reply: Annotated[str | None, typer.Option("--reply", help="Số, ký hiệu văn bản trả lời.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Ngày của văn bản trả lời.", metavar="DATE")] = None,
    status: Annotated[StatusChoice, typer.Option("--status", help="Ghi tình trạng khác.")] = StatusChoice.DONE,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Ghi một thời hạn là đã xong (hoặc không thuộc đơn vị)."""
    from congvan.archive.archive import open_archive
    from congvan.register.agenda import STATUS
    from congvan.register.entries import Status
    from congvan.register.screens.named import is_deadline
    from congvan.register.settings import load_settings

    kept = open_archive(archive)
    day = read_day(date)
    if not is_deadline(kept.engine, deadline, load_settings(archive)):
        complain(f"Không có thời hạn “{deadline}”.")
        raise typer.Exit(1)
    kept.handle(deadline, status.value, reply, day)
    typer.echo(f"{deadline}: {STATUS[Status(status.value)]}")


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
    from congvan.register.agenda import without_old
    from congvan.register.calendar import calendar_of
    from congvan.register.entries import Query, list_deadlines
    from congvan.register.settings import load_settings

    day, days = today_or(today), read_days(first, last)
    entries = list_deadlines(open_archive(archive).engine, Query(day, *days, unit), load_settings(archive))
    if days[0] is None:
        entries, _ = without_old(entries, day)
    text = calendar_of(entries, dt.datetime.combine(day, dt.time(), dt.UTC))
    if out is None:
        typer.echo(text.decode(), nl=False)
    else:
        write_atomic(out, text)


def remind(
    form: Annotated[
        DigestFormat, typer.Option("--format", help="Chữ thường, hoặc HTML để gửi thư.")
    ] = DigestFormat.TEXT,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    out: OutFile = None,
) -> None:
    """In bản nhắc việc của một ngày: quá hạn, hôm nay, tuần này, tuần sau; dùng cho cron và thư."""
    from congvan.archive.archive import open_archive
    from congvan.archive.truth.files import write_atomic
    from congvan.register.screens.reminders import digest_html, digest_text, due_soon
    from congvan.register.settings import load_settings

    day = today_or(today)
    found = due_soon(open_archive(archive).engine, day, load_settings(archive))
    text = (digest_html if form is DigestFormat.HTML else digest_text)(found, day)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_atomic(out, text.encode())


def _days(left: int) -> str:
    if left == 0:
        return "hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá {-left} ngày"


def _due(due: dt.date | None, time: str | None) -> str:
    if due is None:
        return "chưa rõ"
    return f"{due:%d/%m/%Y}" + (f" {time}" if time else "")


COMMANDS = (deadlines, done, calendar, remind)
