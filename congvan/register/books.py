"""The two books of the rules, ready to print: Nghị định 30/2020/NĐ-CP, Phụ lục IV.

Sổ đăng ký văn bản đến has ten columns, Sổ theo dõi giải quyết văn bản đến seven.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from congvan.archive.index.sql_tables import arrivals, dispatches
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.settings import Settings

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
_ARRIVALS_WIDTHS = (11, 7, 19, 15, 11, 36, 19, 11, 10, 15)
_HANDLING_WIDTHS = (7, 46, 30, 17, 15, 20, 19)
_RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Book:
    """A book: its title, headings and rows of text; widths of its columns in letters, by its content where empty."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    widths: tuple[int, ...] = ()


def arrivals_book(engine: Engine, year: int, type_names: dict[str, str]) -> Book:
    """Sổ đăng ký văn bản đến of a year, in order of số đến. `type_names` gives the Vietnamese name of each type."""
    own = dispatches.alias()  # what was entered first; a better copy that came later leads
    statement = (
        select(arrivals.c.date.label("arrived"), arrivals.c.number, arrivals.c.unit, arrivals.c.note, dispatches)
        .join(own, own.c.id == arrivals.c.dispatch_id)
        .join(dispatches, dispatches.c.id == func.coalesce(own.c.copy_of, own.c.id))
        .where(arrivals.c.year == year)
        .order_by(arrivals.c.number)
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    made = [_arrival_row(row, type_names) for row in rows]
    return Book(f"{ARRIVALS_TITLE} NĂM {year}", ARRIVALS_COLUMNS, made, _ARRIVALS_WIDTHS)


def _arrival_row(row: Any, type_names: dict[str, str]) -> tuple[str, ...]:
    kind = type_names.get(row.doc_type or "", "")
    subject = " ".join(part for part in (kind, row.subject) if part)
    return (
        show(row.arrived), str(row.number), row.issuing_body or "", row.so_hieu or "", show(row.date), subject,
        row.unit or "", "", "", "; ".join(part for part in (row.note, _signed(row.signatures)) if part),
    )  # fmt: skip


def _signed(words: str | None) -> str:
    """What the clerk notes of the signatures' check (Nghị định 30/2020, Điều 21 khoản 2)."""
    return f"Chữ ký số: {words}" if words else ""


def handling_book(engine: Engine, query: Query, settings: Settings, type_names: dict[str, str]) -> Book:
    """Sổ theo dõi giải quyết văn bản đến: one row for each deadline."""
    with engine.connect() as connection:
        lead = func.coalesce(dispatches.c.copy_of, dispatches.c.id)
        entered = select(lead, arrivals.c.number).join(arrivals, arrivals.c.dispatch_id == dispatches.c.id)
        numbers = {row[0]: row[1] for row in connection.execute(entered.order_by(arrivals.c.number.desc()))}
        kinds = {row[0]: row[1] for row in connection.execute(select(dispatches.c.id, dispatches.c.doc_type))}
    rows = [
        _handling_row(entry, numbers.get(entry.dispatch_id), type_names.get(kinds.get(entry.dispatch_id) or "", ""))
        for entry in list_deadlines(engine, query, settings)
    ]
    return Book(HANDLING_TITLE, HANDLING_COLUMNS, rows, _HANDLING_WIDTHS)


def _handling_row(entry: Entry, number: int | None, kind: str) -> tuple[str, ...]:
    named = " ".join(part for part in (kind, entry.so_hieu) if part)
    origin = ", ".join(part for part in (named, show(entry.issued), entry.issuing_body) if part)
    due = f"{show(entry.due)} {entry.due_time or ''}".strip() if entry.due else entry.phrase
    reply = " ngày ".join(part for part in (entry.reply_so_hieu, show(entry.reply_date)) if part)
    other = f"hoặc {show(entry.other)}" if entry.other else ""
    note = "; ".join(part for part in (other, "dự kiến" if entry.tentative else "") if part)
    return (str(number or ""), origin, entry.assignees or "", due, _PROGRESS[entry.status], reply, note)


def show(date: dt.date | None) -> str:
    """A date as offices write it, `05/8/2024`: Nghị định 30 wants a 0 before days under 10 and months 1 and 2."""
    if date is None:
        return ""
    month = f"{date.month:02}" if date.month <= 2 else str(date.month)
    return f"{date.day:02}/{month}/{date.year}"


def harmless(text: str) -> str:
    """A cell that a spreadsheet cannot take for a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text
