"""The columns of figures of a table: what each counts, of which time, under which heading."""

from __future__ import annotations

from functools import lru_cache

from congvan.dataset.see.block import Headings, OfHeading
from congvan.dataset.see.facts import ColumnFacts, Columns
from congvan.dataset.see.headings import Meaning, read_heading
from congvan.dataset.see.times import Time, time_of

_FIGURES = ("integer", "decimal", "percent")


@lru_cache(maxsize=20_000)
def headings_by_year(columns: Columns, caption: str, year: int | None) -> tuple[Headings, ...]:
    """The columns of figures, those of each year together, in order. `year` is that of the dispatch.

    Cached, since the same form is filled in by many bodies.
    """
    found: dict[int | None, list[OfHeading]] = {}
    read = {}
    for number, column in enumerate(columns.each):
        if column.kind in _FIGURES:
            meaning = read_heading(column.path, caption, column.kind)
            read[number] = meaning, time_of(column.path, caption, meaning, year)
    for number, (meaning, time) in read.items():
        of_siblings = [
            each for other, (_, each) in read.items() if other != number and _siblings(columns.each, number, other)
        ]
        heading = heading_of(" / ".join(columns.each[number].path), meaning, _over(of_siblings) or time, number)
        found.setdefault(heading.year, []).append(heading)
    return tuple(Headings(tuple(headings)) for headings in found.values())


def heading_of(heading: str, meaning: Meaning, time: Time, column: int | None = None) -> OfHeading:
    """What the figures under a heading share; without a column for a sentence."""
    return OfHeading(
        measure=meaning.measure,
        heading=heading,
        dimensions="; ".join(meaning.dimensions),
        period_start=time.start,
        period_end=time.end,
        as_of=time.as_of,
        cumulative=time.cumulative,
        unit_of_value=meaning.unit,
        status=meaning.status,
        column=column,
        pointer_end="" if column is None else str(column),
    )


def _siblings(columns: tuple[ColumnFacts, ...], number: int, other: int) -> bool:
    """Whether a column without a year of its own stands under the same heading as another."""
    path = columns[number].path
    return len(path) > 1 and path[:-1] == columns[other].path[:-1] and not any(letter.isdigit() for letter in path[-1])


def _over(siblings: list[Time]) -> Time | None:
    """The time of a sum beside columns of several years (`Năm 2024`, `Năm 2025`, `Cộng`): all of them."""
    starts = [time.start for time in siblings if time.start]
    ends = [time.end for time in siblings if time.end]
    if not starts or not ends or min(starts).year == max(ends).year:
        return None
    return Time(min(starts), max(ends))
