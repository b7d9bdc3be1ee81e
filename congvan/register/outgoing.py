"""Sổ đăng ký văn bản đi: what the office itself issued (Nghị định 30/2020, Phụ lục IV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from congvan.archive.index.keys import body_key
from congvan.archive.index.sql_tables import dispatches
from congvan.register.books import Book, Cell, covered, subject_of
from congvan.register.settings import Settings

OUTGOING_TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
OUTGOING_COLUMNS = (
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú",
)  # fmt: skip
_WIDTHS = (16, 12, 44, 20, 30, 18, 9, 15)
_NO_UNIT = "Sổ để trống: chưa biết đơn vị của tôi. Đặt tên: congvan config --unit “UBND huyện …”."
_NONE = "Sổ chưa có văn bản nào: trong kho lưu không có văn bản năm {year} do {unit} ban hành."


def outgoing_book(engine: Engine, year: int, type_names: Mapping[str, str], settings: Settings) -> Book:
    """Sổ đăng ký văn bản đi of a year, in order of number: the dispatches whose issuing body is our office."""
    rows = _own(engine, year, settings)
    lines = [_row(row, type_names) for row in sorted(rows, key=_order)]
    empty = None
    if not settings.unit.names:
        empty = _NO_UNIT
    elif not lines:
        empty = _NONE.format(year=year, unit=settings.unit.names[0])
    book = Book(f"{OUTGOING_TITLE} NĂM {year}", OUTGOING_COLUMNS, lines, _WIDTHS, year=year, empty=empty)
    return covered(book, settings, [str(line[0]) for line in lines if line[0]], (row.date for row in rows))


def is_own(issuing_body: str | None, settings: Settings) -> bool:
    """Whether a dispatch was issued by our office."""
    return bool(issuing_body) and body_key(issuing_body) in {body_key(name) for name in settings.unit.names}


def _own(engine: Engine, year: int, settings: Settings) -> list[Any]:
    names = [body_key(name) for name in settings.unit.names]
    columns = dispatches.c
    wanted = (columns.year == year) & columns.copy_of.is_(None) & columns.issuing_body_key.in_(names)
    with engine.connect() as connection:
        return list(connection.execute(select(dispatches).where(wanted)).all())


def _order(row: Any) -> tuple[str, int, str]:
    number = (row.so_hieu_key or "").split(" ")[0]
    return str(row.date or ""), int(number) if number.isdigit() else 0, row.id


def _row(row: Any, type_names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        row.so_hieu or "",
        row.date,
        subject_of(row, type_names),
        row.signers or "",
        row.recipients or "",
        "",
        None,
        "",
    )
