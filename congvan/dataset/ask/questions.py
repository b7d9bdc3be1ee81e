"""Questions to the dataset, answered by DuckDB over its Parquet parts.

Questions that look at all figures first make a small table of them, once for all that are asked of the same `Dataset`:
`counts`, the figures of one column of one dispatch in one row; `cells`, those that are given two values; and
`contradictions`, each older value of these beside the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from congvan.dataset.keep.parquet import UNKNOWN, parts_folder

if TYPE_CHECKING:
    from pandas import DataFrame

_MOST_MEMORY = "1GB"


class Answer(NamedTuple):
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Question(NamedTuple):
    """A question in SQL over `observations` and the tables that it needs of `TABLES`."""

    statement: str
    needs: str | None = None


# Every column of these is the same within a group; what stands in no table (prose) is told apart by its pointer.
_COUNTS = """
SELECT dispatch, "table", "column", part, CASE WHEN "table" IS NULL THEN pointer END AS pointer,
       first(province) AS province, first(district) AS district, first(so_hieu) AS so_hieu, first(issued) AS issued,
       first(measure) AS measure, first(heading) AS heading, first(dimensions) AS dimensions,
       first(status) AS status, first(period_start) AS period_start, first(period_end) AS period_end,
       first(as_of) AS as_of, count(*) AS figures, count(place) AS placed, count(*) FILTER (disagrees) AS disagrees,
       count(*) FILTER (corrected) AS corrected, sum(value_number) AS total
FROM observations GROUP BY 1, 2, 3, 4, 5
"""

# A cell of the dataset is one unit, measure, breakdown, period and status. Only totals of what the dispatch is about
# are cells: a subtotal has no name of its own.
_IS_CELL = """
measure IS NOT NULL AND value_number IS NOT NULL AND district IS NOT NULL AND period_start IS NOT NULL
AND period_end IS NOT NULL AND (part <> 'unit' OR unit_name IS NOT NULL) AND part <> 'subtotal' AND "table" IS NOT NULL
"""
_CELL = """
province, district, unit_name, part, measure, dimensions, status, period_start, period_end, cumulative, unit_of_value
"""
_DISPUTED = f"""
SELECT hash({_CELL}) AS cell FROM observations WHERE {_IS_CELL}
GROUP BY cell HAVING min(value_number) <> max(value_number)
"""
_CELLS = f"""
WITH disputed AS ({_DISPUTED})
SELECT {_CELL}, value, value_number, so_hieu, issued, dispatch, pointer
FROM observations WHERE {_IS_CELL} AND hash({_CELL}) IN (SELECT cell FROM disputed)
"""

UNMAPPED = Question(
    """
SELECT heading, sum(figures) AS figures, count(DISTINCT dispatch) AS dispatches, min(so_hieu) AS example
FROM counts WHERE measure IS NULL AND "table" IS NOT NULL
GROUP BY heading ORDER BY dispatches DESC, figures DESC, heading
""",
    "counts",
)

# A plan that a later dispatch prints otherwise was revised; two results for one cell contradict each other.
_CONTRADICTIONS = f"""
WITH ranked AS (
    SELECT *, row_number() OVER same AS age, first_value(value) OVER same AS newer,
           first_value(value_number) OVER same AS newer_number, first_value(so_hieu) OVER same AS newer_in,
           first_value(issued) OVER same AS newer_issued, first_value(dispatch) OVER same AS newer_dispatch,
           first_value(pointer) OVER same AS newer_at
    FROM cells WINDOW same AS (PARTITION BY {_CELL} ORDER BY issued DESC NULLS LAST, dispatch, pointer)
)
SELECT coalesce(province, '') AS province, district, coalesce(unit_name, '') AS unit_name, measure, dimensions, status,
       period_start, period_end, newer, newer_in, newer_issued, newer_dispatch, newer_at,
       value AS older, so_hieu AS older_in, issued AS older_issued, dispatch AS older_dispatch, pointer AS older_at,
       CASE WHEN status IN ('plan', 'estimate') AND newer_issued > issued
            THEN 'revision' ELSE 'contradiction' END AS kind
FROM ranked WHERE age > 1 AND newer_number <> value_number AND newer_dispatch <> dispatch
"""

CONTRADICTIONS = Question(
    """
SELECT * FROM contradictions
ORDER BY kind, newer_issued DESC NULLS LAST, province, district, unit_name, measure, older_issued DESC NULLS LAST,
         older_dispatch, older_at
""",
    "contradictions",
)

TABLES = {
    "counts": Question(_COUNTS),
    "cells": Question(_CELLS),
    "contradictions": Question(_CONTRADICTIONS, "cells"),
}

# The plan of the year and the latest result in it, summed over units, never over totals.
PROGRESS = Question(
    """
WITH figures AS (
    SELECT *, year(period_end) AS of_year, dense_rank() OVER (
        PARTITION BY province, district, status, year(period_end)
        ORDER BY period_end DESC, period_start, issued DESC NULLS LAST, dispatch
    ) AS age
    FROM counts
    WHERE measure IN ('ket_nap', 'ket_nap_va_tham_tra') AND part = 'unit' AND dimensions = '' AND "table" IS NOT NULL
      AND district IS NOT NULL AND period_start IS NOT NULL
      AND (status = 'result' OR (year(period_start) = year(period_end)
           AND month(period_start) = 1 AND month(period_end) = 12))
)
SELECT province, district, of_year AS year,
       sum(total) FILTER (status = 'plan') AS plan,
       sum(total) FILTER (status = 'result') AS result,
       max(period_end) FILTER (status = 'result') AS up_to
FROM figures WHERE age = 1
GROUP BY ALL ORDER BY province, district, year
""",
    "counts",
)

GAPS = Question(
    """
SELECT province, district, year(coalesce(period_end, as_of, issued)) AS year, measure,
       count(DISTINCT dispatch) AS dispatches
FROM counts
WHERE measure IS NOT NULL AND district IS NOT NULL AND coalesce(period_end, as_of, issued) IS NOT NULL
GROUP BY ALL ORDER BY province, district, year, measure
""",
    "counts",
)

SUMMARY = Question(
    """
SELECT sum(figures) AS observations, count(DISTINCT dispatch) AS dispatches, count(DISTINCT province) AS provinces,
       count(DISTINCT (province, district)) FILTER (district IS NOT NULL) AS districts,
       sum(figures) FILTER (measure IS NOT NULL) AS mapped, sum(placed) AS placed,
       sum(disagrees) AS disagrees, sum(corrected) AS corrected
FROM counts
""",
    "counts",
)


class Dataset:
    """The dataset in a folder, open for questions. An empty dataset gives no rows."""

    def __init__(self, out: Path) -> None:
        parts = parts_folder(out)
        self._is_empty = not any(parts.glob("*/*/*.parquet"))
        self._made: set[str] = set()
        # Small groups are many: what does not fit goes to disk, so that a report needs no more than a build.
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MOST_MEMORY,
            "temp_directory": gettempdir(),
        }
        self._connection = duckdb.connect(config=config)
        if not self._is_empty:
            source = str(parts / "*" / "*" / "*.parquet").replace("'", "''")
            self._connection.execute(
                f"CREATE VIEW observations AS SELECT * REPLACE (nullif(province, '{UNKNOWN}') AS province) FROM "
                f"read_parquet('{source}', hive_partitioning=true, hive_types={{'province': VARCHAR, 'year': INTEGER}})"
            )

    def ask(self, question: Question, values: Sequence[object] = (), most: int | None = None) -> Answer:
        """The answer to a question: of its rows the first, where `most` is given."""
        if self._is_empty:
            return Answer((), [])
        self._make(question.needs)
        limit = "" if most is None else f" LIMIT {most}"
        result = self._connection.execute(question.statement + limit, list(values))
        columns = tuple(column[0] for column in result.description or ())
        return Answer(columns, result.fetchall())

    def frame(self, question: Question, values: Sequence[object] = ()) -> DataFrame:
        """The answer as a DataFrame: whole numbers stay whole where some are missing, days are `datetime64`."""
        import pandas
        import pyarrow

        if self._is_empty:
            return pandas.DataFrame()
        self._make(question.needs)
        whole = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.int32(): pandas.Int32Dtype()}
        known = {**whole, pyarrow.bool_(): pandas.BooleanDtype(), pyarrow.string(): pandas.StringDtype()}
        answer = self._connection.sql(question.statement, params=list(values) or None)
        found: DataFrame = answer.to_arrow_table().to_pandas(types_mapper=known.get, date_as_object=False)
        return found

    def _make(self, table: str | None) -> None:
        if table is None or table in self._made:
            return
        self._make(TABLES[table].needs)
        self._connection.execute(f"CREATE TEMP TABLE {table} AS {TABLES[table].statement}")
        self._made.add(table)

    def count(self, question: Question) -> int:
        """How many rows the answer to a question has."""
        rows = self.ask(Question(f"SELECT count(*) FROM ({question.statement})", question.needs)).rows
        return int(rows[0][0]) if rows else 0


def ask(out: Path, question: Question) -> Answer:
    """The answer to one question to the dataset in a folder."""
    return Dataset(out).ask(question)
