"""Questions to the dataset in SQL, over views and small tables that `Dataset` makes when one is asked that needs them.

`observations` are the figures, their measures as the archive's rules say. `figures` are the same with what they are of
in words, whether or not a vocabulary knows it, with codes of places and converted units. Questions that look at all
figures first make a small table of them, once for all that are asked of the same `Dataset`: `counts`, the figures of
one column of one dispatch in one row; `cells`, those that are given two values; and `contradictions`, each older value
of these beside the newest.
"""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """A question in SQL and the tables and views that it needs, besides `observations`."""

    statement: str
    needs: tuple[str, ...] = ()


FIGURES = """
SELECT o.*, concat_ws(' / ', o.subject, nullif(o.concept, '')) AS words,
       coalesce(v.label, o.measure, nullif(concat_ws(' / ', o.subject, nullif(o.concept, '')), '')) AS indicator,
       coalesce(o.province, CASE p.level WHEN 'province' THEN p.name END) AS of_province,
       coalesce(o.district, CASE p.level WHEN 'district' THEN p.name END) AS of_district,
       CASE p.level WHEN 'commune' THEN p.name END AS of_commune,
       ltrim(coalesce(o.province_id, CASE p.level WHEN 'province' THEN p.id END), 'n') AS province_code,
       ltrim(coalesce(o.district_id, CASE p.level WHEN 'district' THEN p.id END), 'n') AS district_code,
       CASE p.level WHEN 'commune' THEN ltrim(p.id, 'n') END AS commune_code,
       coalesce(o.unit_of_value, o.unit_of_row) AS printed_unit, o.value_number * coalesce(u.factor, 1) AS base_value,
       coalesce(u.base, o.unit_of_value, o.unit_of_row) AS base_unit
FROM observations o LEFT JOIN vocabulary v ON v.key = o.measure LEFT JOIN places p ON p.id = o.place
LEFT JOIN units u ON u.unit = coalesce(o.unit_of_value, o.unit_of_row)
"""

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

# A plan that a later dispatch prints otherwise was revised; two results for one cell contradict each other.
_CONTRADICTIONS = f"""
WITH ranked AS (
    SELECT *, row_number() OVER same AS age, first_value(value) OVER same AS newer,
           first_value(value_number) OVER same AS newer_number, first_value(so_hieu) OVER same AS newer_in,
           first_value(issued) OVER same AS newer_issued, first_value(dispatch) OVER same AS newer_dispatch,
           first_value(pointer) OVER same AS newer_at
    FROM cells WINDOW same AS (PARTITION BY {_CELL} ORDER BY issued DESC NULLS LAST, dispatch, pointer)
)
SELECT province, district, unit_name, measure, coalesce(v.label, measure) AS indicator, dimensions, status,
       period_start, period_end, newer, newer_in, newer_issued, newer_dispatch, newer_at,
       value AS older, so_hieu AS older_in, issued AS older_issued, dispatch AS older_dispatch, pointer AS older_at,
       CASE WHEN status IN ('plan', 'estimate') AND newer_issued > issued
            THEN 'revision' ELSE 'contradiction' END AS kind
FROM ranked LEFT JOIN vocabulary v ON v.key = measure
WHERE age > 1 AND newer_number <> value_number AND newer_dispatch <> dispatch
"""

VIEWS = {"figures": Question(FIGURES, ("places", "units", "vocabulary"))}
TABLES = {
    "counts": Question(_COUNTS),
    "cells": Question(_CELLS),
    "contradictions": Question(_CONTRADICTIONS, ("cells", "vocabulary")),
}

CONTRADICTIONS = Question(
    """
SELECT * FROM contradictions
ORDER BY kind, newer_issued DESC NULLS LAST, province, district, unit_name, measure, older_issued DESC NULLS LAST,
         older_dispatch, older_at
""",
    ("contradictions",),
)

UNMAPPED = Question(
    """
SELECT heading, sum(figures)::BIGINT AS figures, count(DISTINCT dispatch) AS dispatches, min(so_hieu) AS example
FROM counts WHERE measure IS NULL AND "table" IS NOT NULL
GROUP BY heading ORDER BY dispatches DESC, figures DESC, heading
""",
    ("counts",),
)

MEASURES = Question(
    """
SELECT indicator, count(*) AS figures, count(DISTINCT dispatch) AS dispatches,
       count(DISTINCT (of_province, of_district)) FILTER (of_district IS NOT NULL) AS districts,
       min(year) AS first_year, max(year) AS last_year, mode(printed_unit) AS unit_of_value,
       mode(CASE WHEN subject IS NULL THEN heading ELSE unit END) AS printed_as, mode(words) AS words
FROM figures WHERE indicator IS NOT NULL
GROUP BY indicator ORDER BY dispatches DESC, figures DESC, indicator
""",
    ("figures",),
)

# The plan of the year and the latest result in it, summed over units, never over totals.
PROGRESS = Question(
    """
WITH chosen AS (
    SELECT * FROM figures
    WHERE (indicator = $1 OR measure = $1) AND part = 'unit' AND dimensions = '' AND "table" IS NOT NULL
      AND of_district IS NOT NULL AND coalesce(period_start, as_of, period_end) IS NOT NULL
      AND coalesce(status, 'result') <> 'estimate'
      AND (coalesce(status, 'result') = 'result' OR (year(period_start) = year(period_end)
           AND month(period_start) = 1 AND month(period_end) = 12))
), figures_of AS (
    SELECT *, coalesce(status, 'result') AS told, year(coalesce(period_end, as_of)) AS of_year, dense_rank() OVER (
        PARTITION BY of_province, of_district, coalesce(status, 'result'), year(coalesce(period_end, as_of))
        ORDER BY coalesce(period_end, as_of) DESC, period_start, issued DESC NULLS LAST, dispatch
    ) AS age
    FROM chosen
)
SELECT of_province AS province, of_district AS district, of_year AS year,
       sum(value_number) FILTER (told = 'plan') AS plan, sum(value_number) FILTER (told = 'result') AS result,
       max(coalesce(period_end, as_of)) FILTER (told = 'result') AS up_to,
       count(*) FILTER (disagrees)::BIGINT AS disagrees
FROM figures_of WHERE age = 1
GROUP BY ALL ORDER BY province, district, year
""",
    ("figures",),
)

REPORTED = Question(
    """
SELECT province, district, year(coalesce(period_end, as_of, issued)) AS year, measure,
       coalesce(first(v.label), measure) AS indicator, count(DISTINCT dispatch) AS dispatches
FROM counts LEFT JOIN vocabulary v ON v.key = measure
WHERE measure IS NOT NULL AND district IS NOT NULL AND coalesce(period_end, as_of, issued) IS NOT NULL
GROUP BY province, district, 3, measure ORDER BY province, district, year, measure
""",
    ("counts", "vocabulary"),
)

# What at least one district has reported for a year and another district of the dataset has not.
GAPS = Question(
    f"""
WITH reported AS ({REPORTED.statement}), districts AS (SELECT DISTINCT province, district FROM reported),
asked AS (SELECT measure, indicator, year, count(*) AS others FROM reported GROUP BY ALL)
SELECT province, district, year, indicator, others, (SELECT count(*) FROM districts) AS districts
FROM districts CROSS JOIN asked
WHERE NOT EXISTS (FROM reported r WHERE r.province IS NOT DISTINCT FROM districts.province
                  AND r.district = districts.district AND r.measure = asked.measure AND r.year = asked.year)
ORDER BY province, district, year DESC, others DESC, indicator
""",
    ("counts", "vocabulary"),
)

SUMMARY = Question(
    """
SELECT sum(figures)::BIGINT AS observations, count(DISTINCT dispatch) AS dispatches,
       count(DISTINCT province) AS provinces,
       count(DISTINCT (province, district)) FILTER (district IS NOT NULL) AS districts,
       sum(figures) FILTER (measure IS NOT NULL)::BIGINT AS mapped, sum(placed)::BIGINT AS placed,
       sum(disagrees)::BIGINT AS disagrees, sum(corrected)::BIGINT AS corrected
FROM counts
""",
    ("counts",),
)

ALL = Question(
    """
SELECT province, district, province_code, district_code, commune_code, unit, unit_kind, unit_name, place, section,
       indicator, measure, subject, concept, heading, dimensions, status, part, period_start, period_end, as_of,
       cumulative, year, value_number, value, printed, printed_unit AS unit_of_value, base_value, base_unit, disagrees,
       verdict, computed, corrected, confidence, body, so_hieu, issued, page, "table", "row", "column", dispatch,
       pointer, province_id, district_id
FROM figures ORDER BY province, district, dispatch, "table" NULLS LAST, "row", "column", pointer
""",
    ("figures",),
)
"""All figures with everything that is known of each."""

TIDY = Question(
    """
SELECT indicator, of_province AS province, of_district AS district, of_commune AS commune, province_code,
       district_code, commune_code, unit, section, heading, dimensions, status, part, period_start, period_end, as_of,
       cumulative, year, value_number, printed, printed_unit AS unit_of_value, base_value, base_unit, verdict, computed,
       body, so_hieu, issued, page, "table", "row", "column", dispatch, pointer
FROM figures
WHERE (list_contains($1::VARCHAR[], indicator) OR list_contains($1::VARCHAR[], words))
  AND ($2::INTEGER IS NULL OR year = $2)
ORDER BY province, district, issued, dispatch, "table" NULLS LAST, "row", "column", pointer
""",
    ("figures",),
)
"""The figures of some measures: their names or words, and the year or NULL for all."""
