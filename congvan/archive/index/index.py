"""The index: whether it is whole, and the rows of one file."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, insert, select
from sqlalchemy.exc import DBAPIError

from congvan.archive.index import standing
from congvan.archive.index.copies import link_copies, unlink
from congvan.archive.index.dialects import dialect_of
from congvan.archive.index.index_rows import citation_rows, deadline_rows, dispatch_row, doubt_rows
from congvan.archive.index.passages import PLACE_BITS, SLOT_BITS, IndexedPassage, first_row_number, passages_of
from congvan.archive.index.sql_tables import (
    VERSION,
    citations,
    deadlines,
    dispatches,
    doubts,
    metadata,
    passages,
)
from schemas.dispatch import Dispatch


def is_current(engine: Engine) -> bool:
    """Whether the index was wholly made, by this version of its tables."""
    return dialect_of(engine).version(engine) == VERSION


def set_current(connection: Connection) -> None:
    """Say that the index holds everything: the last thing when it is made."""
    dialect_of(connection).set_version(connection, VERSION)


def is_damage(engine: Engine, error: DBAPIError) -> bool:
    """Whether an error says that the index is damaged, which nothing but making it anew mends."""
    return dialect_of(engine).is_damage(error)


def clear(connection: Connection) -> None:
    """Empty every table, the full-text index included."""
    dialect_of(connection).remove_all_words(connection)
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
    first = number << PLACE_BITS
    rest = select(passages).where(passages.c.id >= first).order_by(passages.c.id)
    with connection.execute(rest) as rows:
        old = list(itertools.takewhile(lambda row: row.dispatch == number, rows))
    if not old:
        return
    dialect_of(connection).remove_words(connection, [dict(row._mapping) for row in old])
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


def _insert_all(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _add_passages(connection: Connection, number: int, found: list[IndexedPassage]) -> None:
    first = number << PLACE_BITS
    rows = [{"id": first + step, "dispatch": number, **passage._asdict()} for step, passage in enumerate(found)]
    connection.execute(insert(passages), rows)
    dialect_of(connection).add_words(connection, rows)


def _free_number(connection: Connection, dispatch: Dispatch, count: int) -> int:
    """A free number on the dispatch's day, drawn from its id: the same in every index, but for the rarest clash."""
    day = first_row_number(dispatch.header.date) >> PLACE_BITS
    draw = int(hashlib.sha256(dispatch.id.encode()).hexdigest()[:12], 16)
    slots = 1 << SLOT_BITS
    wide = (count >> PLACE_BITS) + 1
    for step in range(slots):
        number = day + min((draw + step) % slots, slots - wide)
        if _is_free(connection, number, wide):
            return number
    raise OverflowError(f"no free numbers on {dispatch.header.date}")


def _is_free(connection: Connection, number: int, wide: int) -> bool:
    """Whether no dispatch begins in these slots and no passage of one before reaches into them."""
    low, high = number << PLACE_BITS, (number + wide) << PLACE_BITS
    return not connection.scalar(select(exists().where(passages.c.id >= low, passages.c.id < high)))
