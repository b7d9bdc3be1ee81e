"""The fields of a deadline are written once: the index, the register's line and its exports are made from that."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import create_engine, inspect

from congvan.archive.index.record_columns import columns, values
from congvan.archive.index.sql_tables import deadlines, metadata
from congvan.register.agenda import COLUMNS, table_of
from congvan.register.deadline_rows import SELECT, DeadlineRow
from congvan.register.entries import Entry, Query, list_deadlines
from congvan.register.settings import Settings
from schemas.dispatch import Deadline
from tests.support.desks import DrawnLetter, open_desk, put_drawn


class DeadlineWithPlace(Deadline):
    """A deadline with a field more, as a later version may have it."""

    place: str | None = None


def test_a_new_field_of_the_record_is_a_column_of_the_index_with_its_value() -> None:
    known = {column.name for column in columns(Deadline)}
    assert {column.name for column in columns(DeadlineWithPlace)} - known == {"place"}
    one = DeadlineWithPlace(
        id="D1", phrase="trước ngày 5/9", kind="before", due=dt.date(2026, 9, 4), place="hội trường"
    )
    assert values(one)["place"] == "hội trường"
    assert {column.name for column in columns(Deadline, without=["id"])} < {column.name for column in deadlines.c}


def test_the_question_asks_for_every_field_of_a_row_and_the_index_has_them() -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    assert "deadlines" in inspect(engine).get_table_names()
    with engine.connect() as connection:
        found = connection.exec_driver_sql(SELECT)
        assert len(list(found.keys())) == len(DeadlineRow._fields)


def test_a_field_that_row_and_line_share_is_carried_over(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    (line,) = list_deadlines(desk.archive.engine, Query(dt.date(2026, 3, 20)), Settings())
    with desk.archive.engine.connect() as connection:
        row = DeadlineRow._make(connection.exec_driver_sql(SELECT).one())
    reckoned = {"issued", "due", "tentative", "status", "reply_so_hieu", "reply_date"}
    shared = set(Entry._fields) & set(DeadlineRow._fields) - reckoned
    assert {"phrase", "assignees", "page", "name"} <= shared
    assert {name: getattr(line, name) for name in shared} == {name: getattr(row, name) for name in shared}


def test_every_export_has_the_same_columns(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    lines = list_deadlines(desk.archive.engine, Query(dt.date(2026, 3, 20)), Settings())
    headings, rows = table_of(lines)
    assert headings == tuple(column.heading for column in COLUMNS) and len(set(headings)) == len(headings)
    row = dict(zip(headings, rows[0], strict=True))
    assert row["Hạn"] == dt.date(2026, 3, 22) and row["Còn"] == 2 and row["Tình trạng"] == "đang làm"
