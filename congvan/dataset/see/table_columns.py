"""The columns of figures of a table: what each counts, of which time, under which heading."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from congvan.dataset.see.block import Headings, OfHeading
from congvan.dataset.see.data_tables import figure_columns, rows_are_things
from congvan.dataset.see.facts import ColumnFacts, Columns
from congvan.dataset.words.concepts import FORMULA
from congvan.dataset.words.headings import Meaning, of_things, read_heading
from congvan.dataset.words.times import of_what_was_done, time_of
from congvan.dataset.words.vocabulary import plain_words, units_of_value
from congvan.dataset.words.when import Time, read_time

_UNIT_LINE = re.compile(r"(?:đơn vị tính|đơn vị|đvt|đv tính)\s*:\s*([^:;,()\n]+)", re.IGNORECASE)
_DAMAGED = re.compile(r"[£€{}|~^\\]")
"""What no heading prints: it was misread, and may have named a time of its own."""


class Around(NamedTuple):
    """What is said around a table: its caption with its label, its note, and the title of the dispatch."""

    caption: str
    note: str
    title: str


@lru_cache(maxsize=20_000)
def headings_by_year(columns: Columns, around: Around, year: int | None) -> tuple[Headings, ...]:
    """The columns of figures, those of each year together, in order. `year` is that of the dispatch.

    Cached, since the same form is filled in by many bodies.
    """
    found: dict[int | None, list[OfHeading]] = {}
    meanings = {}
    told, are_things = _told_unit(f"{around.note} {around.caption}"), rows_are_things(columns)
    for number in figure_columns(columns):
        column = columns.each[number]
        meaning = read_heading(column.path, around.caption, column.kind, _known_unit(column.measure) or told)
        meanings[number] = of_things(meaning, column.path) if are_things else meaning
    done = any(meaning.status in ("result", "estimate") for meaning in meanings.values())
    title = of_what_was_done(around.title) if done else around.title
    read = {}
    for number, meaning in meanings.items():
        path = columns.each[number].path
        said = ("", "") if any(map(_DAMAGED.search, path)) else (around.caption, title)
        read[number] = meaning, time_of(path, said[0], meaning, year, said[1])
    for number, (meaning, time) in read.items():
        time = _of_ratio(columns.each, number, read) or time
        of_siblings = [
            each for other, (_, each) in read.items() if other != number and _siblings(columns.each, number, other)
        ]
        heading = heading_of(" / ".join(columns.each[number].path), meaning, _over(of_siblings) or time, number)
        found.setdefault(heading.year_of_period, []).append(heading)
    return tuple(Headings(tuple(headings)) for headings in found.values())


def heading_of(heading: str, meaning: Meaning, time: Time, column: int | None = None) -> OfHeading:
    """What the figures under a heading share; without a column for a sentence."""
    return OfHeading(
        measure=meaning.measure,
        concept=meaning.concept,
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


def known_unit(text: str) -> str | None:
    """A unit as it is written in the vocabulary, or None where it is none that is known."""
    words = plain_words(text)
    return units_of_value().get(words) if words else None


def _known_unit(text: str | None) -> str | None:
    return (known_unit(text) or text) if text else None


def _told_unit(text: str) -> str | None:
    """The unit that a table gives to all its figures: `Đơn vị tính: triệu đồng`."""
    return next((unit for inside in _UNIT_LINE.findall(text) if (unit := known_unit(inside))), None)


def _of_ratio(columns: tuple[ColumnFacts, ...], number: int, read: dict[int, tuple[Meaning, Time]]) -> Time | None:
    """The time of a ratio that names none: that of the column which its formula divides; else of that to its left, a
    plan only where it is for a later year than what was reached before (`Ước 2017 | Kế hoạch 2018 | So sánh`)."""
    path, meaning = columns[number].path, read[number][0]
    formulas = [found for level in path if (found := FORMULA.fullmatch(level.strip()))]
    divided = [number + int(found[2]) - int(found[1]) for found in formulas if found[3] in "/:"]
    if divided and divided[0] in read:
        return read[divided[0]][1]
    if formulas or meaning.unit != "%" or read_time(" ".join(path), None):
        return None
    left = [each for each in read if each < number and read[each][0].unit != "%"]
    reached = next((read[each][1] for each in reversed(left) if read[each][0].status != "plan"), None)
    last = read[left[-1]][1] if left else None
    return last if reached and last and last.end and reached.end and last.end.year > reached.end.year else reached


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
