"""A field of a record is defined once: the index has a column for it because the record has it."""

from __future__ import annotations

import datetime as dt

from pydantic import Field
from sqlalchemy import Column, MetaData, String, Table

from congvan.archive.index.record_columns import columns, values
from congvan.archive.index.sql_tables import deadlines, dispatches, metadata, version_of
from schemas.dispatch import Deadline, Header


class LaterDeadline(Deadline):
    """A deadline as a coming version may have it: one line more."""

    penalty: str | None = Field(default=None, description="What follows where it is missed.")


def test_a_new_field_is_a_column_and_a_value_of_it() -> None:
    names = [column.name for column in columns(LaterDeadline)]
    assert [name for name in names if name not in {column.name for column in columns(Deadline)}] == ["penalty"]
    one = LaterDeadline(id="dl1", phrase="trước ngày 5/6/2026", kind="before", penalty="phê bình")
    assert values(one)["penalty"] == "phê bình"


def test_a_new_column_makes_the_index_anew() -> None:
    later = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(later)
    assert version_of(later) == version_of(metadata)
    Table("deadlines", later, Column("penalty", String), extend_existing=True)
    assert version_of(later) != version_of(metadata)


def test_lists_of_names_are_one_text_and_nothing_is_null() -> None:
    one = Deadline(id="dl1", phrase="…", kind="by", due=dt.date(2026, 6, 5), assignees=("Sở Y tế", "Sở Nội vụ"))
    assert values(one, without=["id"])["assignees"] == "Sở Y tế; Sở Nội vụ"
    assert values(one.model_copy(update={"assignees": ()}))["assignees"] is None
    assert "id" not in values(one, without=["id"])


def test_no_field_of_a_deadline_or_a_header_is_left_out_unawares() -> None:
    assert set(Deadline.model_fields) <= set(deadlines.columns.keys())
    nested = {"distribution"}  # shown in the record, not in lists
    renamed = {"number"}  # the index numbers its dispatches under this name; số is in số hiệu
    assert set(Header.model_fields) - nested - renamed <= set(dispatches.columns.keys())
