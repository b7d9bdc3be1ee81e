"""The books of the rules, ready to print: Nghị định 30/2020/NĐ-CP, Phụ lục IV.

Sổ đăng ký văn bản đến has ten columns, Sổ theo dõi giải quyết văn bản đến seven, Sổ đăng ký văn bản đi eight. A
book has one row a dispatch; what the head of the office wrote on it (bút phê) stands in the last column.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, func, select

from congvan.archive.index.person_tables import assignments, voids
from congvan.archive.index.sql_tables import arrivals, dispatches
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.settings import Settings
from congvan.writing.cells import harmless

ARRIVALS_TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
ARRIVALS_COLUMNS = (
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
HANDLING_TITLE = "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
HANDLING_COLUMNS = (
    "Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan ban hành văn bản", "Đơn vị hoặc người nhận",
    "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
)  # fmt: skip
_PROGRESS = {
    Status.OPEN: "Đang giải quyết",
    Status.LATE: "Quá hạn",
    Status.DONE: "Đã giải quyết",
    Status.NOT_OURS: "Không thuộc đơn vị",
}
_ARRIVALS_WIDTHS = (12, 7, 19, 15, 12, 36, 19, 12, 10, 15)
_HANDLING_WIDTHS = (7, 46, 26, 24, 15, 18, 19)
_EMPTY_ARRIVALS = (
    "Sổ chưa có văn bản nào: năm {year} chưa văn bản nào được vào sổ. "
    "Xem congvan arrivals rồi congvan arrive từng văn bản, hoặc cả loạt (--all)."
)
_EMPTY_HANDLING = (
    "Sổ chưa có văn bản nào: chưa văn bản nào được vào sổ đến (congvan arrive) hay giao việc (congvan assign)."
)

__all__ = ["Book", "Cell", "arrivals_book", "handling_book", "harmless", "show"]

Cell = str | int | dt.date | None


@dataclass(frozen=True)
class Book:
    """A book: its title, headings and rows; widths of its columns in letters, by its content where empty.

    `unit`, `year`, `numbers` and `days` are for the cover: whose book it is, of which year, from which number and day
    to which. `empty` says why there are no rows.
    """

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    widths: tuple[int, ...] = ()
    unit: str | None = None
    year: int | None = None
    numbers: tuple[str, str] | None = None
    days: tuple[dt.date, dt.date] | None = None
    empty: str | None = None


def covered(book: Book, settings: Settings, numbers: Sequence[str], days: Iterable[dt.date | None]) -> Book:
    """A book with what its cover says."""
    known = sorted(day for day in days if day)
    return replace(
        book,
        unit=settings.unit.names[0] if settings.unit.names else None,
        numbers=(numbers[0], numbers[-1]) if numbers else None,
        days=(known[0], known[-1]) if known else None,
    )


def arrivals_book(engine: Engine, year: int, type_names: Mapping[str, str], settings: Settings | None = None) -> Book:
    """Sổ đăng ký văn bản đến of a year, in order of số đến, numbers made void included. `type_names` gives the
    Vietnamese name of each type.
    """
    own = dispatches.alias()  # what was entered first; a better copy that came later leads
    given = assignments.c
    statement = (
        select(
            arrivals.c.date.label("arrived"), arrivals.c.number, arrivals.c.unit, arrivals.c.note, dispatches,
            given.assignee, given.instruction, given.transferred, given.received,
        )
        .join(own, own.c.id == arrivals.c.dispatch_id)
        .join(dispatches, dispatches.c.id == func.coalesce(own.c.copy_of, own.c.id))
        .outerjoin(assignments, given.dispatch_id.in_([own.c.id, dispatches.c.id]))
        .where(arrivals.c.year == year)
        .order_by(arrivals.c.number)
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
        void = connection.execute(select(voids).where(voids.c.year == year)).all()
    made = {row.number: _arrival_row(row, type_names) for row in rows}
    for each in void:
        blank: tuple[Cell, ...] = (None,) * 7
        made[each.number] = (each.date, each.number, *blank, f"HỦY: {each.why} ({each.who})")
    lines = [made[number] for number in sorted(made)]
    empty = None if lines else _EMPTY_ARRIVALS.format(year=year)
    book = Book(f"{ARRIVALS_TITLE} NĂM {year}", ARRIVALS_COLUMNS, lines, _ARRIVALS_WIDTHS, year=year, empty=empty)
    days = [line[0] for line in lines if isinstance(line[0], dt.date)]
    return covered(book, settings or Settings(), [str(number) for number in sorted(made)], days)


def _arrival_row(row: Any, type_names: Mapping[str, str]) -> tuple[Cell, ...]:
    note = "; ".join(part for part in (row.instruction, row.note, _signed(row.signatures)) if part)
    return (
        row.arrived, row.number, row.issuing_body or "", row.so_hieu or "", row.date,
        subject_of(row, type_names), row.assignee or row.unit or "", row.transferred,
        show(row.received), note,
    )  # fmt: skip


def subject_of(row: Any, type_names: Mapping[str, str]) -> str:
    """Tên loại và trích yếu."""
    return " ".join(part for part in (type_names.get(row.doc_type or "", ""), row.subject) if part)


def _signed(words: str | None) -> str:
    """What the clerk notes of the signatures' check (Nghị định 30/2020, Điều 21 khoản 2)."""
    return f"Chữ ký số: {words}" if words else ""


def handling_book(engine: Engine, query: Query, settings: Settings, type_names: Mapping[str, str]) -> Book:
    """Sổ theo dõi giải quyết văn bản đến: one row for each dispatch that was entered or given to somebody."""
    given = assignments.c
    lead = func.coalesce(dispatches.c.copy_of, dispatches.c.id).label("lead")
    with engine.connect() as connection:
        entered = connection.execute(
            select(lead, arrivals).join(arrivals, arrivals.c.dispatch_id == dispatches.c.id)
        ).all()
        told = connection.execute(
            select(lead, assignments).join(assignments, given.dispatch_id == dispatches.c.id)
        ).all()
        numbers, assigned = {row.lead: row for row in entered}, {row.lead: row for row in told}
        wanted = select(dispatches).where(dispatches.c.id.in_({*numbers, *assigned}))
        rows = connection.execute(wanted).all()
    dues: dict[str, list[Entry]] = defaultdict(list)
    for entry in list_deadlines(engine, query, settings):
        dues[entry.dispatch_id].append(entry)
    ordered = sorted(rows, key=lambda row: _order(numbers.get(row.id), row))
    lines = [
        _handling_row((row, numbers.get(row.id), assigned.get(row.id)), dues[row.id], type_names, query.today)
        for row in ordered
    ]
    empty = None if lines else _EMPTY_HANDLING
    book = Book(HANDLING_TITLE, HANDLING_COLUMNS, lines, _HANDLING_WIDTHS, year=query.today.year, empty=empty)
    days = [numbers[row.id].date for row in ordered if row.id in numbers]
    return covered(book, settings, [str(line[0]) for line in lines if line[0] is not None], days)


def _order(entered: Any, row: Any) -> tuple[bool, int, int, str]:
    if entered is None:
        return True, 0, 0, str(row.id)
    return False, entered.year, entered.number, str(row.id)


def _handling_row(
    known: tuple[Any, Any, Any], dues: list[Entry], type_names: Mapping[str, str], today: dt.date
) -> tuple[Cell, ...]:
    row, entered, assigned = known
    named = " ".join(part for part in (type_names.get(row.doc_type or "", ""), row.so_hieu) if part)
    origin = ", ".join(part for part in (named, show(row.date), row.issuing_body) if part)
    told = f"{origin}: {row.subject}" if row.subject else origin
    to = (assigned.assignee if assigned else None) or (entered.unit if entered else None) or ""
    ours = [entry for entry in dues if entry.ours] or dues
    replies = dict.fromkeys(
        " ngày ".join(part for part in (entry.reply_so_hieu, show(entry.reply_date)) if part) for entry in ours
    )
    note = "; ".join(
        part
        for part in (
            assigned.instruction if assigned else None,
            f"chuyển {show(assigned.transferred)}" if assigned and assigned.transferred else None,
            f"nhận {show(assigned.received)}" if assigned and assigned.received else None,
            entered.note if entered else None,
        )
        if part
    )
    number = entered.number if entered else None
    progress = _progress(ours, assigned, today)
    return number, told, to, _dues_in_words(ours, assigned), progress, "; ".join(filter(None, replies)), note


def _dues_in_words(dues: list[Entry], assigned: Any) -> Cell:
    """The one day, as a day; several as lines, each with the other reading of its words."""
    own = [assigned.due] if assigned and assigned.due else []
    lines = [_due_in_words(entry) for entry in dues]
    if own and not lines:
        day: dt.date = own[0]
        return day
    if len(dues) == 1 and not own and dues[0].due and not (dues[0].due_time or dues[0].other):
        return dues[0].due
    return "\n".join([*(f"{show(day)} (theo bút phê)" for day in own), *dict.fromkeys(lines)])


def _due_in_words(entry: Entry) -> str:
    if entry.due is None:
        return entry.phrase
    words = f"{show(entry.due)} {entry.due_time or ''}".strip()
    other = f" (hoặc {show(entry.other)})" if entry.other else ""
    return words + other + (" dự kiến" if entry.tentative else "")


def _progress(dues: list[Entry], assigned: Any, today: dt.date) -> str:
    statuses = {entry.status for entry in dues}
    if assigned and assigned.due and not dues:
        statuses = {Status.LATE if assigned.due < today else Status.OPEN}
    for status in (Status.LATE, Status.OPEN, Status.DONE, Status.NOT_OURS):
        if status in statuses:
            return _PROGRESS[status]
    return ""


def show(date: dt.date | None) -> str:
    """A date as it is shown everywhere: `05/08/2024`."""
    return f"{date:%d/%m/%Y}" if date else ""
