"""Questions to the dataset, answered by DuckDB over its Parquet parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from congvan.dataset.build import parts_folder


class Answer(NamedTuple):
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


UNMAPPED = """
SELECT heading, count(*) AS figures, count(DISTINCT dispatch) AS dispatches, min(so_hieu) AS example
FROM observations WHERE measure IS NULL AND "table" IS NOT NULL
GROUP BY heading ORDER BY dispatches DESC, figures DESC, heading
"""

# A cell of the dataset is one unit, measure, breakdown, period and status. A plan that a later dispatch prints
# otherwise was revised; two results for one cell contradict each other.
CONTRADICTIONS = """
WITH cells AS (
    SELECT coalesce(province, '') AS province, district, coalesce(unit_name, '') AS unit_name, part, measure,
           dimensions, status, period_start, period_end, cumulative, value_number, value, so_hieu, issued, dispatch,
           pointer
    FROM observations
    WHERE measure IS NOT NULL AND value IS NOT NULL AND district IS NOT NULL AND period_end IS NOT NULL
      AND period_start IS NOT NULL AND (part <> 'unit' OR unit_name IS NOT NULL) AND part <> 'subtotal'
      AND "table" IS NOT NULL
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY province, district, unit_name, part, measure, dimensions, status, period_start, period_end,
                     cumulative
        ORDER BY issued DESC NULLS LAST, dispatch, pointer
    ) AS age
    FROM cells
)
SELECT newer.province, newer.district, newer.unit_name, newer.measure, newer.dimensions, newer.status,
       newer.period_start, newer.period_end,
       newer.value AS newer, newer.so_hieu AS newer_in, newer.issued AS newer_issued,
       newer.dispatch AS newer_dispatch, newer.pointer AS newer_at,
       older.value AS older, older.so_hieu AS older_in, older.issued AS older_issued,
       older.dispatch AS older_dispatch, older.pointer AS older_at,
       CASE WHEN newer.status IN ('plan', 'estimate') AND newer.issued > older.issued
            THEN 'revision' ELSE 'contradiction' END AS kind
FROM ranked newer JOIN ranked older
USING (province, district, unit_name, part, measure, dimensions, status, period_start, period_end, cumulative)
WHERE newer.age = 1 AND older.age > 1 AND newer.value_number <> older.value_number AND newer.dispatch <> older.dispatch
ORDER BY kind, newer.issued DESC NULLS LAST, newer.province, newer.district, newer.unit_name, newer.measure,
         older.issued DESC NULLS LAST
"""

# The plan of the year and the latest result in it, summed over units, never over totals.
PROGRESS = """
WITH figures AS (
    SELECT *, year(period_end) AS of_year, dense_rank() OVER (
        PARTITION BY province, district, status, year(period_end)
        ORDER BY period_end DESC, period_start, issued DESC NULLS LAST, dispatch
    ) AS age
    FROM observations
    WHERE measure IN ('ket_nap', 'ket_nap_va_tham_tra') AND part = 'unit' AND dimensions = '' AND "table" IS NOT NULL
      AND district IS NOT NULL AND period_start IS NOT NULL
      AND (status = 'result' OR (year(period_start) = year(period_end)
           AND month(period_start) = 1 AND month(period_end) = 12))
)
SELECT province, district, of_year AS year,
       sum(value_number) FILTER (status = 'plan') AS plan,
       sum(value_number) FILTER (status = 'result') AS result,
       max(period_end) FILTER (status = 'result') AS up_to
FROM figures WHERE age = 1
GROUP BY ALL ORDER BY province, district, year
"""

GAPS = """
SELECT province, district, year(coalesce(period_end, as_of, issued)) AS year, measure,
       count(DISTINCT dispatch) AS dispatches
FROM observations
WHERE measure IS NOT NULL AND district IS NOT NULL AND coalesce(period_end, as_of, issued) IS NOT NULL
GROUP BY ALL ORDER BY province, district, year, measure
"""

SUMMARY = """
SELECT count(*) AS observations, count(DISTINCT dispatch) AS dispatches, count(DISTINCT province) AS provinces,
       count(DISTINCT (province, district)) FILTER (district IS NOT NULL) AS districts,
       count(*) FILTER (measure IS NOT NULL) AS mapped, count(*) FILTER (place IS NOT NULL) AS placed,
       count(*) FILTER (disagrees) AS disagrees, count(*) FILTER (corrected) AS corrected
FROM observations
"""


def ask(out: Path, question: str, values: Sequence[object] = ()) -> Answer:
    """The answer to a question in SQL over the table `observations`. An empty dataset gives no rows."""
    files = parts_folder(out) / "*" / "*" / "*.parquet"
    connection = duckdb.connect()
    if not any(parts_folder(out).glob("*/*/*.parquet")):
        return Answer((), [])
    source = str(files).replace("'", "''")
    connection.execute(
        "CREATE VIEW observations AS SELECT * REPLACE (nullif(province, 'khong-ro') AS province) "
        f"FROM read_parquet('{source}', hive_partitioning=true, hive_types={{'province': VARCHAR, 'year': INTEGER}})"
    )
    result = connection.execute(question, list(values))
    columns = tuple(column[0] for column in result.description or ())
    return Answer(columns, result.fetchall())
