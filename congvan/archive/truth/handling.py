"""What people say of dispatches: a deadline met or not ours, a number of arrival. Each act is an event of the log.

An act is applied to the index when it is done and again when the index is rebuilt from the log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pydantic import JsonValue
from sqlalchemy import Connection, func, select

from congvan.archive.index import standing
from congvan.archive.index.dialects import upsert
from congvan.archive.index.person_tables import voids
from congvan.archive.index.sql_tables import arrivals, deadlines, dispatches, handling
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.log import Event
from congvan.archive.truth.said import SAID


class ActError(PlainError):
    """An act that cannot be done, with the reason in words."""


def next_arrival_number(connection: Connection, year: int) -> int:
    """The number of arrival that the running series of a year comes to next (Nghị định 30/2020, Điều 22)."""
    last = connection.scalar(select(func.max(arrivals.c.number)).where(arrivals.c.year == year))
    void = connection.scalar(select(func.max(voids.c.number)).where(voids.c.year == year))
    return max(int(last or 0), int(void or 0)) + 1


def next_arrival(
    connection: Connection, dispatch_id: str, date: dt.date | None, number: int | None
) -> dict[str, JsonValue]:
    """What enters a dispatch into the book: as it stands there; else today, and the next number of that year."""
    row = connection.execute(select(arrivals).where(arrivals.c.dispatch_id == dispatch_id)).one_or_none()
    day = date or (row.date if row else dt.date.today())
    if number is None:
        number = row.number if row and row.year == day.year else next_arrival_number(connection, day.year)
    kept = {"unit": row.unit, "note": row.note} if row else {}
    return {"number": number, "date": day.isoformat(), "unit": None, "note": None, **kept}


def entered_as(connection: Connection, dispatch_id: str) -> str:
    """Which of a dispatch and its copies stands in the book of arrivals; the dispatch itself where none does."""
    columns = dispatches.c
    lead = select(func.coalesce(columns.copy_of, columns.id)).where(columns.id == dispatch_id).scalar_subquery()
    group = select(columns.id).where((columns.id == lead) | (columns.copy_of == lead))
    entered = select(arrivals.c.dispatch_id).where(arrivals.c.dispatch_id.in_(group)).order_by(arrivals.c.number)
    found = list(connection.scalars(entered))
    return dispatch_id if dispatch_id in found or not found else found[0]


def deadline_now(connection: Connection, deadline_id: str) -> dict[str, JsonValue]:
    """A deadline's dispatch, item, words and day, as they are kept with what is said of it."""
    known = deadlines.c
    columns = select(known.dispatch_id, known.directive, known.phrase, known.due)
    row = connection.execute(columns.where(known.id == deadline_id.partition("@")[0])).one_or_none()
    return {} if row is None else {**row._mapping, "due": row.due.isoformat() if row.due else None}


def _handle(connection: Connection, event: Event) -> None:
    values = {
        "status": event["status"],
        "reply_so_hieu": event.get("reply_so_hieu"),
        "reply_date": _date(event.get("reply_date")),
        "who": event["who"],
        "time": event["time"],
        **{name: event.get(name) for name in ("dispatch_id", "directive", "phrase", "due")},
        "day": event["deadline_id"].partition("@")[2] or None,
    }
    statement = upsert(connection, handling).values(deadline_id=event["deadline_id"], **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["deadline_id"], set_=values))
    standing.see_what_was_said(connection, [event.get("dispatch_id")])
    standing.close_deadline(connection, event["deadline_id"])


def _arrive(connection: Connection, event: Event) -> None:
    date = dt.date.fromisoformat(event["date"])
    taken = select(arrivals.c.dispatch_id).where(arrivals.c.year == date.year, arrivals.c.number == event["number"])
    holder = connection.scalar(taken)
    if holder is not None and holder != event["dispatch_id"]:
        raise ActError(f"Số đến {event['number']} năm {date.year} đã dùng cho {_named(connection, holder)}.")
    void = connection.scalar(select(voids.c.why).where(voids.c.year == date.year, voids.c.number == event["number"]))
    if void is not None:
        raise ActError(f"Số đến {event['number']} năm {date.year} đã hủy ({void}); số đã hủy không dùng lại.")
    values = {
        "year": date.year,
        "number": event["number"],
        "date": date,
        "unit": event.get("unit"),
        "note": event.get("note"),
    }
    statement = upsert(connection, arrivals).values(dispatch_id=event["dispatch_id"], **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["dispatch_id"], set_=values))
    standing.refresh(connection, [event["dispatch_id"]])


def _named(connection: Connection, dispatch_id: str) -> str:
    """A dispatch as a person knows it: number, issuer, subject; its id only where it has none of them."""
    columns = dispatches.c
    statement = select(columns.so_hieu, columns.issuing_body, columns.subject, columns.name)
    row = connection.execute(statement.where(columns.id == dispatch_id)).one_or_none()
    if row is None:
        return f"văn bản {dispatch_id[:12]}…"
    told = [row.so_hieu or row.name, row.issuing_body, f"“{row.subject}”" if row.subject else None]
    return "văn bản " + ", ".join(part for part in told if part)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


ACTS: dict[str, Callable[[Connection, Event], None]] = {"handle": _handle, "arrive": _arrive, **SAID}
"""The acts by their name in the log."""
