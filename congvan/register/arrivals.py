"""Numbers of arrival: one series a year (Nghị định 30/2020, Điều 22), proposed here, confirmed by the clerk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select, text

from congvan.archive.index.sql_tables import arrivals, dispatches
from congvan.archive.truth.handling import next_arrival_number
from congvan.register.outgoing import is_own
from congvan.register.settings import Settings

_FIRST_SEEN = text("(SELECT min(f.rowid) FROM files f WHERE f.sha256 = dispatches.file_sha256)")
"""Rows of paths are made in the order in which the log tells of them, and keep their numbers (PostgreSQL too is given a
`rowid` of them).
"""


@dataclass(frozen=True)
class Proposal:
    """A dispatch that is not yet in the book, and the number that it would get."""

    number: int
    dispatch_id: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    subject: str | None
    name: str


def proposals(engine: Engine, today: dt.date, settings: Settings | None = None) -> list[Proposal]:
    """The dispatches that have no number of arrival, nor a copy of them, in the order in which they arrived.

    Copies, enclosures and what our office issued itself are left out.
    """
    columns, copies = dispatches.c, dispatches.alias()
    group = (copies.c.id == columns.id) | (copies.c.copy_of == columns.id)
    entered = select(arrivals.c.number).join(copies, copies.c.id == arrivals.c.dispatch_id).where(group)
    statement = (
        select(dispatches)
        .where(~entered.exists(), columns.copy_of.is_(None), columns.id == columns.file_sha256)
        .order_by(_FIRST_SEEN, columns.id)
    )
    with engine.connect() as connection:
        first = next_arrival_number(connection, today.year)
        found = connection.execute(statement).all()
    rows = [row for row in found if not is_own(row.issuing_body, settings or Settings())]
    return [
        Proposal(number, row.id, row.so_hieu, row.date, row.issuing_body, row.subject, row.name)
        for number, row in enumerate(rows, start=first)
    ]
