"""The two books of the rules, ready to print: Nghị định 30/2020/NĐ-CP, Phụ lục IV.

Sổ đăng ký văn bản đến has ten columns, Sổ theo dõi giải quyết văn bản đến seven.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from congvan.archive.files import write_atomic
from congvan.archive.tables import arrivals, dispatches
from congvan.register.deadlines import Entry, Query, Status, list_deadlines
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
_WIDTHS = (11, 8, 24, 16, 12, 44, 22, 11, 11, 16)
_RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Book:
    """A book: its title, headings and rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


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
    return Book(f"{ARRIVALS_TITLE} NĂM {year}", ARRIVALS_COLUMNS, [_arrival_row(row, type_names) for row in rows])


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
    return Book(HANDLING_TITLE, HANDLING_COLUMNS, rows)


def _handling_row(entry: Entry, number: int | None, kind: str) -> tuple[str, ...]:
    named = " ".join(part for part in (kind, entry.so_hieu) if part)
    origin = ", ".join(part for part in (named, show(entry.issued), entry.issuing_body) if part)
    due = f"{show(entry.due)} {entry.due_time or ''}".strip() if entry.due else entry.phrase
    reply = " ngày ".join(part for part in (entry.reply_so_hieu, show(entry.reply_date)) if part)
    return (
        str(number or ""), origin, entry.assignees or "", due, _PROGRESS[entry.status], reply,
        "dự kiến" if entry.tentative else "",
    )  # fmt: skip


def show(date: dt.date | None) -> str:
    """A date as offices write it, `05/8/2024`: Nghị định 30 wants a 0 before days under 10 and months 1 and 2."""
    if date is None:
        return ""
    month = f"{date.month:02}" if date.month <= 2 else str(date.month)
    return f"{date.day:02}/{month}/{date.year}"


def harmless(text: str) -> str:
    """A cell that a spreadsheet cannot take for a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def write_xlsx(book: Book, path: Path) -> None:
    """The book as a spreadsheet, A4 landscape, headings repeated on every page; every cell is text, never a formula."""
    import xlsxwriter

    whole = io.BytesIO()  # nothing half-written is seen, whatever happens
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(whole, options) as workbook:
        font = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
        heading = workbook.add_format({**font, "bold": True, "border": 1, "align": "center", "valign": "vcenter"})
        title = workbook.add_format({**font, "bold": True, "font_size": 14, "align": "center", "text_wrap": False})
        cell = workbook.add_format({**font, "border": 1})
        sheet = workbook.add_worksheet("Sổ")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1, 2)
        last = len(book.columns) - 1
        sheet.merge_range(0, 0, 0, last, book.title, title)
        for place, name in enumerate(book.columns):
            sheet.write_string(1, place, name, heading)
            sheet.write_string(2, place, f"({place + 1})", heading)
            sheet.set_column(place, place, _WIDTHS[place])
        for line, row in enumerate(book.rows, start=3):
            for place, text in enumerate(row):
                sheet.write_string(line, place, text, cell)
        sheet.freeze_panes(3, 0)
    write_atomic(path, whole.getvalue())
