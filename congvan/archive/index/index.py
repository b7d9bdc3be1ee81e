"""The SQLite index: opening it, and the rows of one file."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, delete, event, insert, select, text
from sqlalchemy.exc import DatabaseError

from congvan.archive.index import standing
from congvan.archive.index.copies import link_copies, unlink
from congvan.archive.index.index_rows import citation_rows, deadline_rows, dispatch_row, doubt_rows
from congvan.archive.index.passages import IndexedPassage, passages_of
from congvan.archive.index.sql_tables import (
    FULL_TEXT,
    VERSION,
    citations,
    deadlines,
    dispatches,
    doubts,
    metadata,
    passages,
)
from schemas.dispatch import Dispatch

BUSY_MS = 30_000
_UNDATED = dt.date(1, 1, 1)
# A passage's number: the day, a slot drawn from the dispatch's id, the place within the dispatch. No wider than it must
# be, because the full-text index holds the distances between them. A dispatch of more passages takes several slots.
_SLOT_BITS = 22
_PLACE_BITS = 10


def connect(path: Path) -> Engine:
    """The index at `path`, as it is: WAL, so that readers never wait for the writer."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _configure)
    return engine


def is_current(engine: Engine) -> bool:
    """Whether the index was wholly made, by this version of its tables."""
    with engine.connect() as connection:
        return bool(connection.scalar(text("PRAGMA user_version")) == VERSION)


def is_damage(error: DatabaseError) -> bool:
    """Whether an error says that the file of the index is damaged, which nothing but making it anew mends."""
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_busy(error: DatabaseError) -> bool:
    """Whether an error says that another process has the index to itself, as only he has who makes it."""
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def make_tables(engine: Engine) -> None:
    """Empty tables in place of whatever stands there."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS passages_fts"))
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        metadata.create_all(connection)
        connection.execute(text(FULL_TEXT))


def set_current(connection: Connection) -> None:
    """Say that the index holds everything: the last thing when it is made."""
    connection.execute(text(f"PRAGMA user_version = {VERSION}"))


def _configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def clear(connection: Connection) -> None:
    """Empty every table, the full-text index included."""
    connection.execute(text("INSERT INTO passages_fts(passages_fts) VALUES ('delete-all')"))
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


def remove(connection: Connection, sha256: str) -> list[str]:
    """Take the rows of one file out of the index. Gives the dispatches that were linked to it as copies."""
    of_file = select(dispatches.c.id, dispatches.c.number).where(dispatches.c.file_sha256 == sha256)
    found = connection.execute(of_file).all()
    ids = [row.id for row in found]
    for row in found:
        _remove_passages(connection, row.number)
    left = unlink(connection, ids)
    for table in (deadlines, citations, doubts):
        connection.execute(delete(table).where(table.c.dispatch_id.in_(ids)))
    standing.see_what_was_said(connection, ids)
    connection.execute(delete(dispatches).where(dispatches.c.file_sha256 == sha256))
    return left


def take_out(connection: Connection, sha256: str) -> None:
    """Take one file out of the index; its copies are linked anew without it."""
    for dispatch_id in remove(connection, sha256):
        link_copies(connection, dispatch_id)


def _remove_passages(connection: Connection, number: int) -> None:
    first = number << _PLACE_BITS
    rest = select(passages).where(passages.c.id >= first).order_by(passages.c.id)
    with connection.execute(rest) as rows:
        old = list(itertools.takewhile(lambda row: row.dispatch == number, rows))
    if not old:
        return
    connection.execute(
        text("INSERT INTO passages_fts(passages_fts, rowid, text, folded) VALUES ('delete', :id, :text, :folded)"),
        [{"id": row.id, "text": row.text, "folded": row.folded} for row in old],
    )
    connection.execute(delete(passages).where(passages.c.id.between(first, old[-1].id)))


def add(connection: Connection, record: Dispatch) -> None:
    """Put the dispatches of one file into the index, instead of what stood there for it."""
    left = remove(connection, record.source.sha256)
    for dispatch in with_attached(record):
        found = list(passages_of(dispatch))
        number = _free_number(connection, dispatch, len(found))
        connection.execute(insert(dispatches), {**dispatch_row(dispatch), "number": number})
        _insert_all(connection, deadlines, deadline_rows(dispatch))
        _insert_all(connection, citations, citation_rows(dispatch))
        _insert_all(connection, doubts, doubt_rows(dispatch))
        standing.refresh(connection, [dispatch.id])
        standing.see_what_was_said(connection, [dispatch.id])
        _add_passages(connection, number, found)
        link_copies(connection, dispatch.id)
    for dispatch_id in left:
        link_copies(connection, dispatch_id)


def with_attached(record: Dispatch) -> Iterator[Dispatch]:
    """A dispatch and all that are bound into the same file."""
    yield record
    for attached in record.attached:
        yield from with_attached(attached)


def first_row_number(date: dt.date | None) -> int:
    """The lowest passage number of a day; undated dispatches come before all days."""
    return (date or _UNDATED).toordinal() << (_SLOT_BITS + _PLACE_BITS)


def _insert_all(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _add_passages(connection: Connection, number: int, found: list[IndexedPassage]) -> None:
    first = number << _PLACE_BITS
    rows = [{"id": first + step, "dispatch": number, **passage._asdict()} for step, passage in enumerate(found)]
    connection.execute(insert(passages), rows)
    connection.execute(text("INSERT INTO passages_fts(rowid, text, folded) VALUES (:id, :text, :folded)"), rows)


def _free_number(connection: Connection, dispatch: Dispatch, count: int) -> int:
    """A free number on the dispatch's day, drawn from its id: the same in every index, but for the rarest clash."""
    day = first_row_number(dispatch.header.date) >> _PLACE_BITS
    draw = int(hashlib.sha256(dispatch.id.encode()).hexdigest()[:12], 16)
    slots = 1 << _SLOT_BITS
    wide = (count >> _PLACE_BITS) + 1
    for step in range(slots):
        number = day + min((draw + step) % slots, slots - wide)
        if _is_free(connection, number, wide):
            return number
    raise OverflowError(f"no free numbers on {dispatch.header.date}")


def _is_free(connection: Connection, number: int, wide: int) -> bool:
    """Whether no dispatch begins in these slots and no passage of one before reaches into them."""
    low, high = number << _PLACE_BITS, (number + wide) << _PLACE_BITS
    taken = "SELECT EXISTS (SELECT 1 FROM passages WHERE id >= :low AND id < :high)"
    return not connection.scalar(text(taken), {"low": low, "high": high})
