"""Number and day written by pen held against the dispatches of the same office in the archive.

Nghị định 30/2020/NĐ-CP (Điều 15): a dispatch is numbered in the order of issue, from 01 at the beginning of the year.
So within one year and one ký hiệu the numbers of an office never fall while its days go on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Engine, select

from congvan.archive.index.keys import body_key, so_hieu_key
from congvan.archive.index.sql_tables import dispatches
from form.number_line import read_official_number
from schemas.dispatch import Dispatch
from schemas.source import Notice, Suggestion

_NUMBER, _DATE = "/header/number", "/header/date"


class Neighbour(NamedTuple):
    """Another dispatch of the same office, year and ký hiệu."""

    number: int
    date: dt.date
    so_hieu: str


def judged_by_neighbours(engine: Engine, record: Dispatch) -> Dispatch:
    """The record with what a pen wrote in its letterhead judged by its neighbours in the archive.

    Readings that were only suggested are ranked: those that are in order first. Values that were taken and are out of
    order stay, with a doubt that says which neighbour says otherwise.
    """
    header = record.header
    by_pen = {notice.pointer for notice in record.warnings if notice.code == "handwritten"} & {_NUMBER, _DATE}
    if not by_pen or header.year is None or not header.symbol or not header.issuing_body:
        return record
    beside = _neighbours(engine, record)
    number, date = header.number, header.date
    if not beside or (number is None and date is None):
        return record
    if number is not None and date is not None:
        return _doubted(record, _witness(beside, number, date), _NUMBER if _NUMBER in by_pen else _DATE)
    if number is None and date is not None:
        fits = _if_number(lambda value: _witness(beside, value, date) is None)
        only = _only_number(beside, date)
        return _ranked(record, _NUMBER, fits, [] if only is None else [str(only)])
    assert number is not None
    return _ranked(record, _DATE, _if_date(lambda day: _witness(beside, number, day) is None), [])


def _neighbours(engine: Engine, record: Dispatch) -> list[Neighbour]:
    columns, header = dispatches.c, record.header
    statement = select(columns.so_hieu, columns.date).where(
        columns.issuing_body_key == body_key(header.issuing_body),
        columns.date.between(dt.date(header.year or 1, 1, 1), dt.date(header.year or 1, 12, 31)),
        columns.so_hieu_key.endswith(f" {so_hieu_key(header.symbol)}", autoescape=True),
        columns.is_draft.is_(False),
        columns.file_sha256 != record.source.sha256,
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    read = ((read_official_number(row.so_hieu), row) for row in rows)
    return [
        Neighbour(found.number, row.date, row.so_hieu)
        for found, row in read
        if found is not None and found.number is not None and found.symbol == header.symbol
    ]


def _witness(beside: Sequence[Neighbour], number: int, date: dt.date) -> Neighbour | None:
    """The nearest neighbour with a lower number and a later day, or with a higher number and an earlier day."""
    against = [
        one for one in beside if (one.number < number and one.date > date) or (one.number > number and one.date < date)
    ]
    return min(against, key=lambda one: abs(one.number - number), default=None)


def _only_number(beside: Sequence[Neighbour], date: dt.date) -> int | None:
    """The one number that is left between the neighbours of the days before and after."""
    before = max((one.number for one in beside if one.date <= date), default=None)
    after = min((one.number for one in beside if one.date >= date), default=None)
    return before + 1 if before is not None and after is not None and after - before == 2 else None


def _if_number(fits: Callable[[int], bool]) -> Callable[[str], bool]:
    def fitting(value: str) -> bool:
        digits = value.rstrip("abcdđ")
        return digits.isdigit() and fits(int(digits))

    return fitting


def _if_date(fits: Callable[[dt.date], bool]) -> Callable[[str], bool]:
    return lambda value: fits(dt.date.fromisoformat(value))


def _ranked(record: Dispatch, pointer: str, fits: Callable[[str], bool], offered: Sequence[str]) -> Dispatch:
    """The record with the readings of strokes that are in order before those that are not, then what is `offered`."""
    warnings = tuple(
        _with_order(notice, fits, offered) if notice.code == "handwritten" and notice.pointer == pointer else notice
        for notice in record.warnings
    )
    return record.model_copy(update={"warnings": warnings})


def _with_order(notice: Notice, fits: Callable[[str], bool], offered: Sequence[str]) -> Notice:
    pen = sorted(
        (one for one in notice.suggestions if one.source == "pen"), key=lambda one: not fits(one.value)
    )  # sorting keeps the likelier ones first among those that are alike in this
    others = [one for one in notice.suggestions if one.source != "pen"]
    known = {one.value for one in notice.suggestions}
    more = [Suggestion(value=value, source="neighbours") for value in offered if value not in known]
    return notice.model_copy(update={"suggestions": (*pen, *more, *others)})


def _doubted(record: Dispatch, witness: Neighbour | None, pointer: str) -> Dispatch:
    header = record.header
    if witness is None or header.date is None:
        return record
    message = (
        f"Số {header.so_hieu} ngày {header.date:%d/%m/%Y} không theo thứ tự: trong kho lưu, cơ quan này đã ban hành số "
        f"{witness.so_hieu} ngày {witness.date:%d/%m/%Y}. Số hoặc ngày viết tay có thể đọc sai."
    )
    place = next(one for one in record.warnings if one.code == "handwritten" and one.pointer == pointer)
    doubt = Notice(code="date_conflict", message=message, pointer=pointer, page=place.page, bbox=place.bbox)
    return record.model_copy(update={"warnings": (*record.warnings, doubt)})
