"""One indicator by place and time: its figures with where each is printed, the latest of each place, and the gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from congvan.dataset.ask.dataframes import Dataset, rows_of
from congvan.dataset.ask.questions import Question

_MOST_FIGURES = 5_000


class Indicator(NamedTuple):
    """A measure that the dataset has figures of, how many, and how it is printed most often."""

    measure: str
    figures: int
    printed_as: str | None


class Reported(NamedTuple):
    """One figure: its place, period and value, and the cell that it is printed in; `unit` is its unit as printed."""

    province: str | None
    district: str | None
    unit_name: str | None
    status: str | None
    dimensions: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    value: str
    number: float | None
    unit_of_value: str | None
    so_hieu: str | None
    issued: dt.date | None
    dispatch: str
    pointer: str
    disagrees: bool
    unit: str | None = None


_KEY = "coalesce(measure, nullif(words, ''))"
"""What an indicator is called: its measure, else the words of its heading and row."""
_INDICATORS = Question(
    f"SELECT {_KEY} AS key, count(*) AS figures, "
    "mode(CASE WHEN subject IS NULL THEN heading ELSE unit END) AS printed_as "
    "FROM figures WHERE key IS NOT NULL AND value IS NOT NULL GROUP BY key ORDER BY count(*) DESC, key",
    ("figures",),
)
_FIGURES = Question(
    f"""
SELECT province, district, unit_name, status, dimensions, period_start, period_end, value, value_number, unit_of_value,
       so_hieu, issued, dispatch, pointer, coalesce(disagrees, false) AS disagrees, unit
FROM figures
WHERE {_KEY} = ? AND value IS NOT NULL AND (? IS NULL OR year(coalesce(period_end, as_of, issued)) = ?)
      AND (? IS NULL OR contains(lower(concat_ws(' ', province, district, unit_name)), lower(?)))
ORDER BY province, district, unit_name NULLS FIRST, period_end DESC NULLS LAST, issued DESC NULLS LAST, dispatch,
         pointer
LIMIT {_MOST_FIGURES}
""",
    ("figures",),
)
_YEARS = Question(
    "SELECT DISTINCT year(coalesce(period_end, as_of, issued)) AS of_year FROM figures "
    f"WHERE {_KEY} = ? AND value IS NOT NULL AND of_year IS NOT NULL ORDER BY of_year DESC",
    ("figures",),
)
_ABSENT = Question(
    f"""
SELECT DISTINCT province, district FROM observations WHERE district IS NOT NULL
EXCEPT
SELECT province, district FROM figures WHERE {_KEY} = ? AND value IS NOT NULL
       AND (? IS NULL OR year(coalesce(period_end, as_of, issued)) = ?)
ORDER BY 1, 2
""",
    ("figures",),
)


class Indicators:
    """The dataset in a folder, asked for one indicator at a time."""

    def __init__(self, folder: Path, hidden: Collection[str] = ()) -> None:
        self._dataset = Dataset(folder)
        self._hidden = hidden

    def measures(self) -> list[Indicator]:
        """The measures that have figures, those with most first."""
        return [Indicator(*row) for row in rows_of(self._dataset.frame(_INDICATORS))]

    def years(self, measure: str) -> list[int]:
        """The years of which a measure has figures, the latest first."""
        return [int(row[0]) for row in rows_of(self._dataset.frame(_YEARS, [measure]))]

    def figures(self, measure: str, year: int | None = None, place: str | None = None) -> list[Reported]:
        """The figures of a measure, of a year and of places whose names hold some words; files of `hidden` left out."""
        rows = rows_of(self._dataset.frame(_FIGURES, [measure, year, year, place, place]))
        found = [Reported(*row) for row in rows]
        return [one for one in found if one.dispatch.partition("#")[0] not in self._hidden]

    def absent(self, measure: str, year: int | None = None) -> list[tuple[str | None, str]]:
        """The districts of the dataset that have no figure of a measure, in a year."""
        return [(row[0], row[1]) for row in rows_of(self._dataset.frame(_ABSENT, [measure, year, year]))]


def latest(figures: Collection[Reported]) -> list[Reported]:
    """Of each district the latest figure that stands for the whole of it (no unit below it, no breakdown), largest
    first.
    """
    best: dict[tuple[str | None, str | None], Reported] = {}
    for one in figures:
        if one.unit_name or one.dimensions or one.number is None or one.district is None or one.status == "plan":
            continue
        known = best.get((one.province, one.district))
        if known is None or _age(one) > _age(known):
            best[one.province, one.district] = one
    return sorted(best.values(), key=lambda one: -(one.number or 0))


def _age(one: Reported) -> tuple[dt.date, dt.date]:
    return one.period_end or dt.date.min, one.issued or dt.date.min


def contradicted(figures: Collection[Reported]) -> set[tuple[str, str]]:
    """Dispatch and pointer of the figures that another dispatch gives otherwise for the same place, period and kind."""
    groups: dict[tuple[object, ...], list[Reported]] = {}
    for one in figures:
        if one.period_end and one.district:
            key = (one.province, one.district, one.unit_name, one.status, one.dimensions, one.period_start,
                   one.period_end, one.unit_of_value)  # fmt: skip
            groups.setdefault(key, []).append(one)
    return {
        (one.dispatch, one.pointer)
        for group in groups.values()
        if len({one.number for one in group}) > 1 and len({one.dispatch for one in group}) > 1
        for one in group
    }
