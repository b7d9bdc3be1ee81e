"""PostgreSQL (15 or later) as the index: a schema for each archive, searched by `tsvector`.

Words are cut and folded here, as for SQLite, so that answers hang neither on the server's locale nor on its
dictionaries, and đ is found as d. The rank is BM25 as FTS5 reckons it: both databases give one order.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, MetaData, String, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from congvan.archive.index.dialects.cut_words import SoughtPhrase, padded, phrases, tokens
from congvan.archive.index.dialects.dialect import Asker, Conditions, Dialect, Term

SCHEMA, UNSETTLED = "index_schema", "unsettled"
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6
"""Of BM25, as FTS5 has them."""
_JOINED = "JOIN passages p ON p.id = w.id JOIN dispatches d ON d.number = p.dispatch"
_MORE_TABLES = """
ALTER TABLE files ADD COLUMN rowid bigint GENERATED ALWAYS AS IDENTITY;
CREATE TABLE passage_words (id bigint PRIMARY KEY, length integer NOT NULL, printed text COLLATE "C" NOT NULL,
 plain text COLLATE "C" NOT NULL, words tsvector NOT NULL);
CREATE INDEX passage_words_by_word ON passage_words USING gin (words);
CREATE TABLE passage_totals (passages bigint NOT NULL, words bigint NOT NULL);
INSERT INTO passage_totals VALUES (0, 0);
CREATE TABLE vocabulary (term text COLLATE "C" PRIMARY KEY, passages bigint NOT NULL);
CREATE INDEX vocabulary_gone ON vocabulary (term) WHERE passages <= 0;
CREATE INDEX dispatches_like_issuer ON dispatches USING gin (issuing_body_key gin_trgm_ops);
CREATE INDEX dispatches_like_name ON dispatches USING gin (name_key gin_trgm_ops)
"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('congvan pg_trgm'))"
_MADE = str(zlib.crc32(_MORE_TABLES.encode()))
"""Of another value where these tables are other ones."""
_ADD_WORDS = """
INSERT INTO passage_words SELECT r.id, r.length, r.printed, r.plain, array_to_tsvector(r.words)
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id bigint, length integer, printed text, plain text, words text[])
"""
_COUNT_TERMS = """
INSERT INTO vocabulary SELECT key, CAST(value AS bigint) FROM jsonb_each_text(CAST(:terms AS jsonb))
ON CONFLICT (term) DO UPDATE SET passages = vocabulary.passages + excluded.passages
"""
_COUNT_ALL = "UPDATE passage_totals SET passages = passages + :passages, words = words + :words"
_DAMAGED = ("XX001", "XX002")
_BEING_MADE = ("42P01", "3F000", "40P01", "55P03")
"""No such table or schema just now; another holds the lock."""


def code_of(error: object) -> str:
    """The SQLSTATE of an error of the driver; empty where the server was not reached."""
    told = getattr(error, "args", ())
    return str(told[0].get("C", "")) if told and isinstance(told[0], dict) else ""


class _Answer(list[tuple[Any, ...]]):
    """Rows, given as the sqlite3 module gives them."""

    def fetchone(self) -> tuple[Any, ...] | None:
        return self[0] if self else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self


class PostgresAsker(Asker):
    """Asks through SQLAlchemy, which writes the names of values as the driver wants them."""

    driving_join = "JOIN"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.execute = self._execute

    def _execute(self, statement: str, values: Mapping[str, Any] | None = None) -> _Answer:
        rows = self._connection.execute(text(statement), dict(values or {}))
        return _Answer(tuple(_plain(value) for value in row) for row in rows)

    def listed(self, name: str) -> str:
        return f"SELECT jsonb_array_elements_text(CAST(:{name} AS jsonb))"

    def rows_of(self, name: str) -> str:
        return f"jsonb_array_elements(CAST(:{name} AS jsonb))"

    def part(self, place: int) -> str:
        return f"(t.value ->> {place})"

    def day_part(self, place: int) -> str:
        return f"CAST(t.value ->> {place} AS date)"

    def same(self, column: str, name: str) -> str:
        return f"{column} IS NOT DISTINCT FROM :{name}"

    def holds(self, text: str, name: str) -> str:
        return f"strpos({text}, :{name}) > 0"

    def unindexed(self, column: str) -> str:
        return column

    def find(
        self, terms: Sequence[Term], asked: Conditions, columns: str, by_rank: bool, limit: int
    ) -> Iterable[Sequence[Any]]:
        match, values = _match([term.folded for term in terms])
        values |= asked.values | {"limit": limit}
        where = " AND ".join([*match, *asked.all("w.id")])
        source = f"FROM passage_words w {_JOINED if asked.of_rows else ''} WHERE {where}"
        inner, outer = f"SELECT w.id {source} ORDER BY w.id DESC LIMIT :limit", "hits.id DESC"
        if by_rank:
            ranked, more = self._ranked(terms, source)
            inner, outer = f"{ranked} ORDER BY place, id LIMIT :limit", "hits.place, hits.id"
            values |= more
        return self._execute(
            f"SELECT {columns} FROM ({inner}) hits JOIN passages p ON p.id = hits.id "
            f"JOIN dispatches d ON d.number = p.dispatch ORDER BY {outer}",
            values,
        )

    def _ranked(self, terms: Sequence[Term], source: str) -> tuple[str, dict[str, Any]]:
        """The passages with their place by BM25: what `bm25()` of FTS5 gives."""
        looked_for = list(phrases(terms))
        rows, length = self._execute("SELECT passages, words FROM passage_totals")[0]
        values: dict[str, Any] = {"mean": length / rows if rows else 1.0}
        counts, sums = [], []
        for place, phrase in enumerate(looked_for):
            values |= {f"phrase_{place}": phrase.words, f"idf_{place}": self._idf(phrase, rows)}
            column, words = f"w.{phrase.column}", f"CAST(:phrase_{place} AS text)"
            times = f"(length({column}) - length(replace({column}, {words}, ''))) / length({words})"
            counts.append(f"CAST({phrase.weight} * {times} AS double precision) AS f_{place}")
            spread = f"{_K1} * (1 - {_B} + {_B} * length / CAST(:mean AS double precision))"
            sums.append(f"CAST(:idf_{place} AS double precision) * (f_{place} * {_K1 + 1}) / (f_{place} + {spread})")
        of_each = f"SELECT w.id, CAST(w.length AS double precision) AS length, {', '.join(counts)} {source}"
        return f"SELECT id, -({' + '.join(sums)}) AS place FROM ({of_each}) counted", values

    def _idf(self, phrase: SoughtPhrase, rows: int) -> float:
        """How rare a phrase is."""
        match, values = _match([phrase.folded])
        if phrase.column == "printed":
            match.append("strpos(w.printed, :printed) > 0")
        statement = f"SELECT count(*) FROM passage_words w WHERE {' AND '.join(match)}"
        hit = int(self._execute(statement, values | {"printed": phrase.words})[0][0])
        return max(math.log((rows - hit + 0.5) / (hit + 0.5)), 0.0) or _LEAST_IDF

    def count_in(self, terms: Sequence[Term], low: int, high: int) -> int:
        match, values = _match([term.folded for term in terms])
        statement = f"SELECT count(*) FROM passage_words w WHERE {' AND '.join(match)} AND w.id >= :from AND w.id < :to"
        return int(self._execute(statement, values | {"from": low, "to": high})[0][0])

    def count(self, terms: Sequence[Term], asked: Conditions, most: int) -> int:
        match, values = _match([term.folded for term in terms])
        where = " AND ".join(asked.all("w.id")) or "TRUE"
        statement = (
            f"SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM (SELECT w.id FROM passage_words w WHERE "
            f"{' AND '.join(match)} LIMIT :most) w {_JOINED} WHERE {where}"
        )
        return int(self._execute(statement, values | asked.values | {"most": most})[0][0])

    def spellings(self) -> Iterable[tuple[str, int]]:
        return [(term, count) for term, count in self._execute("SELECT term, passages FROM vocabulary ORDER BY term")]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _match(folded: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Whether a passage `w` holds all terms: what holds one as printed holds it folded too."""
    cut = [found for term in folded if (found := tokens(term))]
    values: dict[str, Any] = {"query": " & ".join(f"'{word}'" for words in cut for word in words)}
    parts = ["w.words @@ CAST(:query AS tsquery)"]
    for place, words in enumerate(cut):
        if len(words) > 1:
            parts.append(f"strpos(w.plain, :phrase_in_{place}) > 0")
            values[f"phrase_in_{place}"] = padded(words)
    return parts, values


class PostgresIndex(Dialect):
    """A schema, whose comment says of which version of the tables it is."""

    upsert = staticmethod(insert)

    def asker(self, connection: Connection) -> Asker:
        return PostgresAsker(connection)

    def stands(self, engine: Engine) -> bool:
        return True

    def version(self, engine: Engine) -> int:
        told = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :schema"
        with engine.connect() as connection:
            version, _, made = str(connection.scalar(text(told), {"schema": _schema(engine)}) or "").partition(" ")
        return int(version) if made == _MADE else 0

    def set_version(self, connection: Connection, version: int) -> None:
        connection.execute(text(f"COMMENT ON SCHEMA {_schema(connection)} IS '{version} {_MADE}'"))

    def make_tables(self, engine: Engine, tables: MetaData) -> None:
        self.drop(engine)
        with engine.begin() as connection:
            connection.execute(text(_ONE_AT_A_TIME))  # several archives may begin at once
            if not connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")):
                connection.execute(text("CREATE EXTENSION pg_trgm SCHEMA public"))
            connection.execute(text(f"CREATE SCHEMA {_schema(engine)}"))
            for statement in (*_tables(engine, tables), *_MORE_TABLES.split(";")):
                connection.execute(text(statement))

    def drop(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {_schema(engine)} CASCADE"))

    def is_sound(self, connection: Connection) -> bool:
        """Pages are checked by the server itself, where it was made so (`initdb --data-checksums`)."""
        whole = "SELECT (SELECT count(*) FROM passages) = (SELECT count(length) FROM passage_words)"
        return bool(connection.scalar(text(whole)))

    def is_damage(self, error: DBAPIError) -> bool:
        return code_of(error.orig) in _DAMAGED

    def is_busy(self, error: DBAPIError) -> bool:
        return code_of(error.orig) in _BEING_MADE

    def add_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        made = []
        for row in rows:
            printed, plain = tokens(row["text"]), tokens(row["folded"])
            made.append(
                {"id": row["id"], "length": len(printed) + len(plain), "printed": padded(printed),
                 "plain": padded(plain), "words": sorted(set(plain))}
            )  # fmt: skip
        connection.execute(text(_ADD_WORDS), {"rows": json.dumps(made)})
        self._count(connection, rows, 1)

    def remove_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        ids = {"low": min(row["id"] for row in rows), "high": max(row["id"] for row in rows)}
        connection.execute(text("DELETE FROM passage_words WHERE id BETWEEN :low AND :high"), ids)
        self._count(connection, rows, -1)

    def _count(self, connection: Connection, rows: Sequence[Mapping[str, Any]], sign: int) -> None:
        """Note what is to be added to the totals, or taken from them."""
        unsettled = connection.info.setdefault(UNSETTLED, _Unsettled(Counter(), Counter()))
        for row in rows:
            printed, plain = tokens(row["text"]), tokens(row["folded"])
            for term in set(printed):
                unsettled.terms[term] += sign
            unsettled.totals.update({"passages": sign, "words": sign * (len(printed) + len(plain))})

    def remove_all_words(self, connection: Connection) -> None:
        connection.info.pop(UNSETTLED, None)
        for statement in ("DELETE FROM passage_words", "DELETE FROM vocabulary"):
            connection.execute(text(statement))
        connection.execute(text("UPDATE passage_totals SET passages = 0, words = 0"))


class _Unsettled(NamedTuple):
    """What a transaction adds to the totals: to change them row by row would leave a dead row each time, and who makes
    a whole index in one transaction would read all of these again and again.
    """

    terms: Counter[str]
    totals: Counter[str]


def settle(connection: Connection) -> None:
    """Bring the totals up to date, at the end of a transaction."""
    unsettled: _Unsettled | None = connection.info.pop(UNSETTLED, None)
    if unsettled is None:
        return
    connection.execute(text(_COUNT_TERMS), {"terms": json.dumps({k: n for k, n in unsettled.terms.items() if n})})
    connection.execute(text("DELETE FROM vocabulary WHERE passages <= 0"))
    connection.execute(text(_COUNT_ALL), {"passages": unsettled.totals["passages"], "words": unsettled.totals["words"]})


def _schema(bound: Connection | Engine) -> str:
    return str(bound.get_execution_options()[SCHEMA])


def _tables(engine: Engine, tables: MetaData) -> Iterator[str]:
    """The tables of every index, as PostgreSQL must have them to sort as SQLite does: texts by their bytes, nulls as
    the least; what refers to another table is not held to it, there as here.
    """
    copy = MetaData()
    for table in tables.sorted_tables:
        made = table.to_metadata(copy)
        for column in made.columns:
            if isinstance(column.type, String):
                column.type = String(collation="C")
        yield str(CreateTable(made, include_foreign_key_constraints=[]).compile(engine))
        for index in sorted(made.indexes, key=lambda each: str(each.name)):
            yield str(CreateIndex(index).compile(engine)).replace(" DESC", " DESC NULLS LAST")
