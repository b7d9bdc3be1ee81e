"""SQLite as the index: one file beside the archive, searched by FTS5.

Statements go to the driver as they are: it answers quicker than SQLAlchemy prepares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from congvan.archive.index.dialects.dialect import Asker, Conditions, Dialect, Term

# The folded column finds words typed without marks (SQLite's own folding leaves đ alone); the exact one ranks higher.
FULL_TEXT = """
CREATE VIRTUAL TABLE IF NOT EXISTS passages_fts USING fts5(
    text, folded, content="passages", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
)
"""
BUSY_MS = 30_000
_EXACT_WEIGHT, _FOLDED_WEIGHT = 2.0, 1.0
_JOINED = "JOIN passages p ON p.id = passages_fts.rowid JOIN dispatches d ON d.number = p.dispatch"
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab(main, passages_fts, col)"


def connect(path: Path) -> Engine:
    """The index at `path`, as it is: WAL, so that readers never wait for the writer."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def match_expression(terms: Iterable[Term]) -> str:
    """The FTS5 query for these terms: all of them, as printed or folded.

    >>> match_expression([Term("đốc", "doc"), Term("ket nap", "ket nap")])
    '({text}: "đốc" OR {folded}: "doc") AND {folded}: "ket nap"'
    """
    parts = []
    for typed, folded in terms:
        plain = f'{{folded}}: "{folded}"'
        parts.append(plain if typed == folded else f'({{text}}: "{typed}" OR {plain})')
    return " AND ".join(parts)


class SqliteAsker(Asker):
    """Asks the driver directly."""

    driving_join = "CROSS JOIN"

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        self.execute = driver.execute

    def listed(self, name: str) -> str:
        return f"SELECT value FROM json_each(:{name})"

    def rows_of(self, name: str) -> str:
        return f"json_each(:{name})"

    def part(self, place: int) -> str:
        return f"json_extract(t.value, '$[{place}]')"

    day_part = part

    def same(self, column: str, name: str) -> str:
        return f"{column} IS :{name}"

    def holds(self, text: str, name: str) -> str:
        return f"instr({text}, :{name}) > 0"

    def unindexed(self, column: str) -> str:
        return f"+{column}"

    def find(
        self, terms: Sequence[Term], asked: Conditions, columns: str, by_rank: bool, limit: int
    ) -> Iterable[Sequence[Any]]:
        """The full-text index is asked first, alone where it can be, so that only the rows shown are fetched."""
        order = f"bm25(passages_fts, {_EXACT_WEIGHT}, {_FOLDED_WEIGHT})" if by_rank else "passages_fts.rowid DESC"
        joined = _JOINED if asked.of_rows else ""
        where = " AND ".join(["passages_fts MATCH :expression", *asked.all("passages_fts.rowid")])
        place = f", {order} AS place" if by_rank else ""
        inner = f"SELECT passages_fts.rowid AS id{place} FROM passages_fts {joined} WHERE {where}"
        statement = (
            f"SELECT {columns} FROM ({inner} ORDER BY {order} LIMIT :limit) hits JOIN passages p ON p.id = hits.id "
            f"JOIN dispatches d ON d.number = p.dispatch ORDER BY {'hits.place' if by_rank else 'hits.id DESC'}"
        )
        values = asked.values | {"expression": match_expression(terms), "limit": limit}
        rows: Iterable[Sequence[Any]] = self.execute(statement, values)
        return rows

    def count_in(self, terms: Sequence[Term], low: int, high: int) -> int:
        statement = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ? AND rowid BETWEEN ? AND ?"
        return int(self.execute(statement, (match_expression(terms), low, high - 1)).fetchone()[0])

    def count(self, terms: Sequence[Term], asked: Conditions, most: int) -> int:
        statement = (
            "SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM (SELECT rowid AS id FROM passages_fts "
            "WHERE passages_fts MATCH :expression LIMIT :most) hits JOIN passages p ON p.id = hits.id "
            f"JOIN dispatches d ON d.number = p.dispatch WHERE {' AND '.join(asked.all('hits.id')) or '1'}"
        )
        values = asked.values | {"expression": match_expression(terms), "most": most}
        return int(self.execute(statement, values).fetchone()[0])

    def spellings(self) -> Iterable[tuple[str, int]]:
        self.execute(_WORDS)
        found: list[tuple[str, int]] = self.execute("SELECT term, doc FROM temp.known WHERE col = 'text'").fetchall()
        return found


class SqliteIndex(Dialect):
    """A file, and what SQLite keeps beside it."""

    upsert = staticmethod(insert)

    def asker(self, connection: Connection) -> Asker:
        return SqliteAsker(connection)

    def stands(self, engine: Engine) -> bool:
        return self._path(engine).exists()

    def version(self, engine: Engine) -> int:
        with engine.connect() as connection:
            return int(connection.scalar(text("PRAGMA user_version")) or 0)

    def set_version(self, connection: Connection, version: int) -> None:
        connection.execute(text(f"PRAGMA user_version = {version}"))

    def make_tables(self, engine: Engine, tables: MetaData) -> None:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS passages_fts"))
            old = MetaData()
            old.reflect(connection)
            old.drop_all(connection)
            tables.create_all(connection)
            connection.execute(text(FULL_TEXT))

    def drop(self, engine: Engine) -> None:
        path = self._path(engine)
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()

    def _path(self, engine: Engine) -> Path:
        return Path(engine.url.database or "")

    def is_sound(self, connection: Connection) -> bool:
        return bool(connection.scalar(text("PRAGMA quick_check(1)")) == "ok")

    def is_damage(self, error: DBAPIError) -> bool:
        return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))

    def is_busy(self, error: DBAPIError) -> bool:
        return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))

    def add_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.execute(
            text("INSERT INTO passages_fts(rowid, text, folded) VALUES (:id, :text, :folded)"), list(rows)
        )

    def remove_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.execute(
            text("INSERT INTO passages_fts(passages_fts, rowid, text, folded) VALUES ('delete', :id, :text, :folded)"),
            list(rows),
        )

    def remove_all_words(self, connection: Connection) -> None:
        connection.execute(text("INSERT INTO passages_fts(passages_fts) VALUES ('delete-all')"))
