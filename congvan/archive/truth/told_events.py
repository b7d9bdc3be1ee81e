"""Where in the log each event stands, of what it tells, who did it: so that the story of one dispatch, or the last
things done, are read without reading all of the log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, String, Table, func, select

from congvan.archive.index.dialects import upsert
from congvan.archive.index.sql_tables import WIDE, metadata
from congvan.archive.truth import log

_KEY = 16
"""So many signs of an identifier are kept: what else begins so is sorted out when the event is read."""

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("position", WIDE, nullable=False),
    Column("act", String, nullable=False),
    Column("who", String, nullable=False),
    Index("events_by_act", "act", "number"),
    Index("events_by_who", "who", "act", "number"),
)
event_subjects = Table(
    "event_subjects",
    metadata,
    Column("about", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)


def subjects(event: log.Event) -> set[str]:
    """The files and deadlines of which an event tells, as the beginnings of their identifiers."""
    found = {str(event[name]) for name in ("sha256", "dispatch_id", "one", "other", "deadline_id") if event.get(name)}
    if event["act"] == "undo":
        found |= {str(each) for each in event.get("about") or ()}
        found |= {str(value) for row in event["rows"] for name, value in row["key"].items() if name in _NAMES}
    return {key_of(each) for each in found}


_NAMES = {"sha256", "dispatch_id", "one", "other", "deadline_id"}


def key_of(identifier: str) -> str:
    """What is kept of the id of a file, a dispatch in it, or a deadline."""
    return identifier.partition("#")[0].partition("@")[0][:_KEY]


def follow(connection: Connection, lines: Iterable[log.LogLine]) -> None:
    """Take up what the log tells further; the lines are counted on from those known."""
    known = connection.scalar(select(func.max(events.c.number))) or 0
    rows: list[dict[str, Any]] = []
    about: list[dict[str, Any]] = []
    for line in lines:
        event = line.event or {"act": "", "who": ""}  # a damaged line counts, and tells nothing
        number = known + line.number
        rows.append({"number": number, "position": line.position, "act": event["act"], "who": event["who"]})
        about += [{"about": each, "number": number} for each in (subjects(event) if line.event else ())]
    for table, found in ((events, rows), (event_subjects, about)):
        if found:
            _put(connection, table, found)


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Put rows into a table, in place of those with their keys."""
    statement, keys = upsert(connection, table), [column.name for column in table.primary_key]
    rest = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    if rest:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    else:
        statement = statement.on_conflict_do_nothing()
    connection.execute(statement, rows)


def read_about(connection: Connection, path: Path, identifiers: Collection[str]) -> list[log.LogLine]:
    """The events that may tell of any of these files, dispatches or deadlines, in order."""
    keys = {key_of(each) for each in identifiers}
    found: set[tuple[int, int]] = set()
    for key in keys:
        rows = connection.execute(
            select(events.c.number, events.c.position)
            .join(event_subjects, event_subjects.c.number == events.c.number)
            .where(event_subjects.c.about == key)
        )
        found |= {(row.number, row.position) for row in rows}
    return log.read_at(path, sorted(found))


def read_last(
    connection: Connection, path: Path, who: str | None, acts: Collection[str], before: int | None, count: int | None
) -> list[log.LogLine]:
    """The last events (or all) of a person (or of all) and of some acts (or of any), the newest first."""
    statement = select(events.c.number, events.c.position).where(events.c.act != "")
    if who:
        statement = statement.where(events.c.who == who)
    if acts:
        statement = statement.where(events.c.act.in_(list(acts)))
    if before is not None:
        statement = statement.where(events.c.number < before)
    rows = connection.execute(statement.order_by(events.c.number.desc()).limit(count)).all()
    return log.read_at(path, [(row.number, row.position) for row in rows])
