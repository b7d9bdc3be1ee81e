"""Deadlines one can act on: what must be done, by whom, from which dispatch; ours first, by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from congvan.register.books import Cell
from congvan.register.entries import Entry, Status

OLD = dt.timedelta(days=365)
"""What is overdue for longer is not listed unless it is asked for: nobody acts on it any more."""


class DueSpan(StrEnum):
    """When something is due, seen from today."""

    LATE = "Quá hạn"
    TODAY = "Hôm nay"
    THIS_WEEK = "Tuần này"
    NEXT_WEEK = "Tuần sau"
    LATER = "Sau đó"
    EVENT = "Tính từ một việc, hoặc chưa rõ ngày"
    CLOSED = "Đã xong, hoặc không thuộc đơn vị"


class Section(NamedTuple):
    """The deadlines of one span, ours first, then those that name nobody, then others'."""

    span: DueSpan
    entries: list[Entry]


def task_of(entry: Entry) -> str:
    """What must be done, in the dispatch's words; its subject where the item is not known."""
    return " ".join((entry.directive_text or entry.subject or entry.phrase).split())


def origin_of(entry: Entry) -> str:
    """From which dispatch: số hiệu, issuer, page."""
    page = f"trang {entry.page}" if entry.page else None
    day = f"ngày {entry.issued:%d/%m/%Y}" if entry.issued else None
    return ", ".join(part for part in (entry.so_hieu or entry.name, day, entry.issuing_body, page) if part)


def agenda(entries: Iterable[Entry], today: dt.date) -> list[Section]:
    """The deadlines by span; empty spans left out."""
    found: dict[DueSpan, list[Entry]] = {}
    for entry in entries:
        found.setdefault(span_of(entry, today), []).append(entry)
    return [Section(span, sorted(found[span], key=place_in_section)) for span in DueSpan if span in found]


def span_of(entry: Entry, today: dt.date) -> DueSpan:
    """When a deadline is due, seen from a day; weeks end on Sunday."""
    if entry.status in (Status.DONE, Status.NOT_OURS):
        return DueSpan.CLOSED
    if entry.due is None:
        return DueSpan.EVENT
    sunday = today + dt.timedelta(days=6 - today.weekday())
    if entry.due < today:
        return DueSpan.LATE
    if entry.due == today:
        return DueSpan.TODAY
    if entry.due <= sunday:
        return DueSpan.THIS_WEEK
    return DueSpan.NEXT_WEEK if entry.due <= sunday + dt.timedelta(days=7) else DueSpan.LATER


def without_old(entries: Iterable[Entry], today: dt.date) -> tuple[list[Entry], int]:
    """The deadlines without those overdue for more than a year, and how many these are."""
    kept, old = [], 0
    for entry in entries:
        if entry.status is Status.LATE and entry.due is not None and entry.due < today - OLD:
            old += 1
        else:
            kept.append(entry)
    return kept, old


def whose(entry: Entry) -> int:
    """0 for ours, 1 for what names nobody, 2 for others'."""
    if entry.ours:
        return 0
    return 2 if entry.assignees else 1


def place_in_section(entry: Entry) -> tuple[int, dt.date, str, str]:
    """Ours first, then what names nobody, then others'; each by day and hour."""
    return whose(entry), entry.due or dt.date.max, entry.due_time or "", entry.id


STATUS = {
    Status.OPEN: "đang làm", Status.LATE: "quá hạn", Status.DONE: "đã xong", Status.NOT_OURS: "không thuộc đơn vị",
}  # fmt: skip


class RegisterColumn(NamedTuple):
    """One column: its heading, and the cell that an entry has in it."""

    heading: str
    cell: Callable[[Entry], Cell]


COLUMNS = (
    RegisterColumn("Mã", lambda entry: entry.id),
    RegisterColumn("Hạn", lambda entry: entry.due or "chưa rõ"),
    RegisterColumn("Giờ", lambda entry: entry.due_time),
    RegisterColumn("Còn", lambda entry: entry.days_left),
    RegisterColumn("Tình trạng", lambda entry: STATUS[entry.status]),
    RegisterColumn("Phải làm gì", task_of),
    RegisterColumn("Ai làm", lambda entry: entry.assignees),
    RegisterColumn("Của ta", lambda entry: "x" if entry.ours else ""),
    RegisterColumn("Văn bản", lambda entry: entry.so_hieu or entry.name),
    RegisterColumn("Ngày văn bản", lambda entry: entry.issued),
    RegisterColumn("Cơ quan ban hành", lambda entry: entry.issuing_body),
    RegisterColumn("Trang", lambda entry: entry.page),
    RegisterColumn("Lời trong văn bản", lambda entry: entry.phrase),
    RegisterColumn("Cách đọc khác", lambda entry: entry.other),
    RegisterColumn("Văn bản trả lời", lambda entry: entry.reply_so_hieu),
    RegisterColumn("Chỉ có trong bản", lambda entry: entry.only_in),
)


def table_of(entries: Iterable[Entry]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The headings and the rows of a table of these entries."""
    rows = [tuple(column.cell(entry) for column in COLUMNS) for entry in entries]
    return tuple(column.heading for column in COLUMNS), rows
