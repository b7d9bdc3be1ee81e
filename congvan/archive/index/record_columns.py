"""Columns of the index made from the fields of a record: what a deadline or a header holds is defined in `schemas`.

A new field of theirs is a column of the index, of Datasette and of every export that names it, with nothing written
here; the index is made anew because its `VERSION` is counted from its tables.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Collection
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from sqlalchemy import Boolean, Column, Date, Float, Integer, String
from sqlalchemy.types import TypeEngine

from schemas.base import Record

JOINED_BY = "; "
"""Between the names of a list that is one column."""

_KINDS: dict[type, type[TypeEngine[Any]]] = {
    str: String,
    bool: Boolean,
    int: Integer,
    float: Float,
    dt.date: Date,
}


def columns(record: type[Record], *, without: Collection[str] = (), indexed: Collection[str] = ()) -> list[Column[Any]]:
    """A column for each field of a record that a column can hold: plain values, and lists of words as one text.

    `without` are fields that stay out; a field that always has a value is a column that must.
    """
    return [
        Column(name, kind, nullable=optional, index=name in indexed or None)
        for name, (kind, optional) in _plain(record).items()
        if name not in without
    ]


def values(one: Record, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The values of these columns: lists of words joined, null where nothing is in them."""
    return {name: _value(getattr(one, name)) for name in _plain(type(one)) if name not in without}


def _value(value: Any) -> Any:
    return JOINED_BY.join(value) or None if isinstance(value, tuple) else value


@cache
def _plain(record: type[Record]) -> dict[str, tuple[type[TypeEngine[Any]], bool]]:
    """The fields that a column can hold: its kind, and whether it may be null."""
    found = {}
    for name, field in record.model_fields.items():
        kinds = [one for one in _alternatives(field.annotation) if one is not type(None)]
        optional = len(kinds) < len(_alternatives(field.annotation))
        if len(kinds) == 1 and (kind := _column_kind(kinds[0])) is not None:
            found[name] = kind, optional or get_origin(kinds[0]) is tuple
    return found


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _column_kind(annotation: Any) -> type[TypeEngine[Any]] | None:
    if get_origin(annotation) is Literal:
        return String
    if get_origin(annotation) is tuple:
        return String if get_args(annotation) == (str, ...) else None
    return _KINDS.get(annotation)
