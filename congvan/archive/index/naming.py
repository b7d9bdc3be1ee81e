"""A dispatch named by what a clerk has at hand: its id or the beginning of it, số hiệu (of a year), its file's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, func, select

from congvan.archive.index.keys import body_key, so_hieu_key
from congvan.archive.index.sql_tables import dispatches

_OF_YEAR = re.compile(r"(?P<name>.+?)[\s,]+(?:(?:của )?năm\s+)?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{4,64}(?:#\d+)?")
_SURE_ID = 6
"""So many signs of an id are taken for one before anything else: fewer may be a number."""


class Candidate(NamedTuple):
    """A dispatch as a person tells it from others."""

    id: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    subject: str | None
    name: str


def find_dispatches(engine: Engine, name: str) -> list[str]:
    """The ids of the dispatches that a person may mean; files of one dispatch count once, as what was named."""
    name = name.strip()
    with engine.connect() as connection:
        ways = (_by_id, _by_number, _by_number_of_year, _by_file, _by_short_id, _by_part_of_name)
        found = next((ids for way in ways if (ids := way(connection, name))), [])
        return _one_a_dispatch(connection, found)


def candidates(engine: Engine, ids: Iterable[str]) -> list[Candidate]:
    """What a person is shown to choose from."""
    columns = [dispatches.c[name] for name in Candidate._fields]
    statement = (
        select(*columns)
        .where(dispatches.c.id.in_(list(ids)))
        .order_by(dispatches.c.date.desc().nulls_last(), columns[0])
    )
    with engine.connect() as connection:
        return [Candidate(*row) for row in connection.execute(statement)]


def _by_id(connection: Connection, name: str) -> list[str]:
    exact = list(connection.scalars(select(dispatches.c.id).where(dispatches.c.id == name)))
    return exact or (_starting(connection, name) if len(name) >= _SURE_ID else [])


def _by_short_id(connection: Connection, name: str) -> list[str]:
    return _starting(connection, name)


def _starting(connection: Connection, name: str) -> list[str]:
    if not _ID.fullmatch(name.lower()):
        return []
    found = list(connection.scalars(select(dispatches.c.id).where(dispatches.c.id.startswith(name.lower()))))
    whole = [each for each in found if "#" not in each]
    return whole or found


def _by_number(connection: Connection, name: str, year: int | None = None) -> list[str]:
    key = so_hieu_key(name)
    if not key or not key[0].isdigit():
        return []
    columns = dispatches.c
    like = (columns.so_hieu_key == key) | columns.so_hieu_key.startswith(f"{key} ")
    statement = select(columns.id, columns.so_hieu_key).where(columns.copy_of.is_(None), like)
    if year is not None:
        statement = statement.where(columns.year == year)
    rows = connection.execute(statement.order_by(columns.date.desc().nulls_last(), columns.id)).all()
    exact = [row.id for row in rows if row.so_hieu_key == key]
    return exact or [row.id for row in rows]


def _by_number_of_year(connection: Connection, name: str) -> list[str]:
    found = _OF_YEAR.fullmatch(name)
    return _by_number(connection, found["name"], int(found["year"])) if found else []


def _by_file(connection: Connection, name: str) -> list[str]:
    key = body_key(PurePath(name).name)
    return list(connection.scalars(select(dispatches.c.id).where(dispatches.c.name_key == key, _is_whole())))


def _by_part_of_name(connection: Connection, name: str) -> list[str]:
    key = body_key(name)
    if not key or len(key) < 3:
        return []
    padded = " " + dispatches.c.name_key + " "
    return list(connection.scalars(select(dispatches.c.id).where(padded.contains(f" {key} "), _is_whole())))


def _is_whole() -> Any:
    return dispatches.c.id == dispatches.c.file_sha256


def _one_a_dispatch(connection: Connection, ids: list[str]) -> list[str]:
    """Of several files of one dispatch, what leads them."""
    if len(ids) < 2:
        return ids
    columns = dispatches.c
    leads = select(func.coalesce(columns.copy_of, columns.id)).where(columns.id.in_(ids)).distinct()
    found = list(connection.scalars(leads))
    return found if len(found) < len(ids) else ids
