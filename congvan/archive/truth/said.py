"""What people say of dispatches besides deadlines and numbers of arrival: each is a row of one table, told by the log.

A dispatch looked through, doubts settled, to whom it was given, a number made void, two files said to be one or two, a
file taken out. `undo` puts rows back as they were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Date, Table, and_, delete, select, update

from congvan.archive.index import standing
from congvan.archive.index.copies import relink
from congvan.archive.index.dialects import upsert
from congvan.archive.index.person_tables import BY_ACT, TABLES, copy_says, removed, reviews, settled
from congvan.archive.index.sql_tables import arrivals, handling
from congvan.archive.truth.log import Event

Act = Callable[[Connection, Event], None]


def put_row(connection: Connection, table: Table, facts: Mapping[str, Any]) -> None:
    """Put a row of what was said into its table, in place of the one with its key."""
    values = {column.name: _typed(column, facts.get(column.name)) for column in table.columns}
    keys = [column.name for column in table.primary_key]
    statement = upsert(connection, table).values(**values)
    if len(keys) < len(values):
        rest = {name: value for name, value in values.items() if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def drop_row(connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
    """Take the row with a key out of its table."""
    connection.execute(delete(table).where(_is(table, key)))


def row_of(connection: Connection, table: Table, key: Mapping[str, Any]) -> dict[str, Any] | None:
    """The row with a key as plain JSON, or None."""
    row = connection.execute(select(table).where(_is(table, key))).mappings().one_or_none()
    return None if row is None else plain(dict(row))


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as plain JSON."""
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


def _is(table: Table, key: Mapping[str, Any]) -> Any:
    return and_(*(table.c[column.name] == key[column.name] for column in table.primary_key))


def _typed(column: Any, value: Any) -> Any:
    return dt.date.fromisoformat(value) if isinstance(column.type, Date) and isinstance(value, str) else value


def _put(table: Table) -> Act:
    return lambda connection, event: put_row(connection, table, event)


def _settle(connection: Connection, event: Event) -> None:
    for key in event["keys"] if "keys" in event else [event["key"]]:
        put_row(connection, settled, {**event, "key": key})
    standing.refresh(connection, [event["dispatch_id"]])


def _review(connection: Connection, event: Event) -> None:
    put_row(connection, reviews, event)
    standing.refresh(connection, [event["dispatch_id"]])


def _cancel(connection: Connection, event: Event) -> None:
    connection.execute(
        delete(arrivals).where(
            arrivals.c.dispatch_id == event["dispatch_id"],
            arrivals.c.year == event["year"],
            arrivals.c.number == event["number"],
        )
    )
    put_row(connection, BY_ACT["cancel"], event)
    standing.refresh(connection, [event["dispatch_id"]])


def _copy(connection: Connection, event: Event) -> None:
    put_row(connection, copy_says, event)
    relink(connection, (event["one"], event["other"]))


def _return(connection: Connection, event: Event) -> None:
    drop_row(connection, removed, event)


def _purge(connection: Connection, event: Event) -> None:
    statement = update(removed).where(removed.c.sha256 == event["sha256"])
    connection.execute(statement.values(purged=event["purged"]))


def _undo(connection: Connection, event: Event) -> None:
    for each in event["rows"]:
        table = TABLES[each["table"]]
        drop_row(connection, table, each["key"])
        if each["row"] is not None:
            put_row(connection, table, each["row"])
    of = (reviews.name, settled.name, arrivals.name)
    handled = [each for each in event["rows"] if each["table"] == handling.name]
    standing.see_what_was_said(connection, {each["row"].get("dispatch_id") for each in handled if each["row"]})
    for each in handled:
        standing.close_deadline(connection, each["key"]["deadline_id"])
    standing.refresh(connection, {each["key"]["dispatch_id"] for each in event["rows"] if each["table"] in of})
    for each in event["rows"]:
        if each["table"] == copy_says.name:
            relink(connection, (each["key"]["one"], each["key"]["other"]))


SAID: dict[str, Act] = {
    "review": _review,
    "settle": _settle,
    "assign": _put(BY_ACT["assign"]),
    "answer": _put(BY_ACT["answer"]),
    "cancel": _cancel,
    "copy": _copy,
    "remove": _put(removed),
    "return": _return,
    "purge": _purge,
    "undo": _undo,
}
"""The acts by their name in the log."""


def touched(event: Event) -> Iterable[tuple[Table, dict[str, Any]]]:
    """The tables and keys of the rows that an act puts, changes or takes away."""
    act = event["act"]
    if act == "undo":
        return
    if act == "return":
        yield removed, {"sha256": event["sha256"]}
        return
    if act == "settle":
        for key in event.get("keys", [event.get("key")]):
            yield settled, {"dispatch_id": event["dispatch_id"], "key": key}
        return
    if act == "cancel":
        yield arrivals, {"dispatch_id": event["dispatch_id"]}
    table = BY_ACT.get(act)
    if table is not None:
        yield table, {column.name: event[column.name] for column in table.primary_key}
