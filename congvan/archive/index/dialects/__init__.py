"""The databases that an index can stand in: SQLite beside the archive (the default), or PostgreSQL by its address.

What one of them says in its own SQL stands in its file here; the rest is SQLAlchemy Core, or SQL that both understand.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Table

from congvan.archive.index.dialects.dialect import Asker, Dialect
from congvan.archive.index.dialects.sqlite_index import SqliteIndex


def dialect_of(bound: Connection | Engine) -> Dialect:
    """How the database of a connection is spoken to."""
    if bound.dialect.name == "sqlite":
        return SqliteIndex()
    from congvan.archive.index.dialects.postgres_index import PostgresIndex  # its driver is an extra

    return PostgresIndex()


def ask(connection: Connection) -> Asker:
    """Who asks the database of a connection, in its own words where they differ."""
    return dialect_of(connection).asker(connection)


def upsert(connection: Connection, table: Table) -> Any:
    """An insert that can say what becomes of a row that stands there already (`on_conflict_do_…`)."""
    return dialect_of(connection).upsert(table)
