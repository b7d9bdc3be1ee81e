"""Records to observations: every figure of every table and every figure in prose, each with the way back to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from congvan.dataset.headings import Meaning, read_heading
from congvan.dataset.origin import Origin, origin_of
from congvan.dataset.prose import observe_claims
from congvan.dataset.times import Time, time_of
from congvan.dataset.units import Unit, read_unit, section_kind, with_place
from schemas.dispatch import Dispatch, Evidence, Row, Table, TableCell
from schemas.observation import Observation, Part

_FIGURES = ("integer", "decimal", "percent")
_PARTS: dict[str, Part] = {"data": "unit", "subtotal": "subtotal", "total": "total"}


@dataclass(frozen=True)
class _Column:
    """A column of figures: its place, heading, meaning and time."""

    number: int
    heading: str
    meaning: Meaning
    time: Time


Disputed = Set[tuple[str, str]]
"""Dispatch id and pointer of each figure that the audit found against."""


def observe(record: Dispatch, disputed: Disputed = frozenset(), corrected: Set[str] = frozenset()) -> list[Observation]:
    """All observations of a file's dispatch and of those bound into the same file.

    `corrected` are the pointers into the file's record that a person changed.
    """
    found: list[Observation] = []
    for prefix, dispatch in _with_attached(record, ""):
        rows = _of_dispatch(dispatch)
        if disputed or corrected:
            rows = (_marked(row, prefix, disputed, corrected) for row in rows)
        found.extend(rows)
    return found


def _with_attached(record: Dispatch, prefix: str) -> Iterator[tuple[str, Dispatch]]:
    """Each dispatch with the pointer to it in the file's record."""
    yield prefix, record
    for number, attached in enumerate(record.attached):
        yield from _with_attached(attached, f"{prefix}/attached/{number}")


def _of_dispatch(dispatch: Dispatch) -> Iterator[Observation]:
    origin = origin_of(dispatch, _communes(dispatch))
    for number, table in enumerate(dispatch.tables):
        yield from _of_table(dispatch, origin, number, table)
    yield from observe_claims(dispatch, origin)


def _marked(row: Observation, prefix: str, disputed: Disputed, corrected: Set[str]) -> Observation:
    changed = any(pointer.startswith(prefix + row.pointer) for pointer in corrected)
    return row._replace(disagrees=(row.dispatch, row.pointer) in disputed, corrected=changed)


def _communes(dispatch: Dispatch) -> Iterator[str]:
    for table in dispatch.tables:
        for _, row, unit in _units(table):
            if row.kind == "data" and unit is not None and (unit.commune or unit.kind is None):
                yield unit.commune or unit.name


def _units(table: Table) -> Iterator[tuple[int, Row, Unit | None]]:
    """The rows that hold figures, each with its unit; sections only tell the kind of the names below them."""
    names = [number for number, column in enumerate(table.columns) if column.kind == "text"]
    place = names[0] if names else None
    section = section_kind(" ".join(table.columns[place].path)) if place is not None else None
    for number, row in enumerate(table.rows):
        if row.kind == "section":
            section = next((kind for cell in row.cells if (kind := section_kind(cell.text))), None)
            continue
        printed = row.cells[place].text if place is not None else ""
        yield number, row, read_unit(printed, section) if printed else None


def _of_table(dispatch: Dispatch, origin: Origin, number: int, table: Table) -> Iterator[Observation]:
    """The figures row by row. What a row or a column has in common is put together once: a build makes millions."""
    header, shown = dispatch.header, _shown_cells(dispatch)
    names = (place.name if place else None for place in (origin.province, origin.district))
    of_place = (*names, header.issuing_body)
    columns = [(column.number, *_of_column(column)) for column in _columns(dispatch, table)]
    for row_number, row, unit in _units(table):
        part = _PARTS[row.kind]
        of_unit = _of_unit(unit, origin, header.date) if unit is not None and part == "unit" else _NO_UNIT
        origin_of_row = (part, dispatch.id, header.so_hieu, header.date, table.id, row_number)
        for column, of_heading, of_figure in columns:
            cell = row.cells[column]
            if cell.value is not None and not _is_figure(cell):
                continue
            value = None if cell.value is None else str(cell.value)
            pointer = f"/tables/{number}/rows/{row_number}/cells/{column}"
            confidence = shown[pointer][0].confidence if pointer in shown else 1.0
            way_back = (column, row.page, pointer, confidence, False, False)
            # In the order of the fields.
            yield Observation._make((*of_place, *of_unit, *of_heading, value, *of_figure, *origin_of_row, *way_back))


_NO_UNIT = (None, None, None, None)


def _of_unit(unit: Unit, origin: Origin, day: dt.date | None) -> tuple[str | None, str | None, str | None, str | None]:
    """The fields `unit` to `place`."""
    unit, place = with_place(unit, origin.district, day)
    return unit.printed, unit.kind, unit.name, place


def _of_column(column: _Column) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The fields `measure` to `cumulative`, and those behind the value."""
    meaning, time = column.meaning, column.time
    dimensions = "; ".join(meaning.dimensions)
    of_heading = (meaning.measure, column.heading, dimensions, time.start, time.end, time.as_of, time.cumulative)
    return of_heading, (meaning.unit, meaning.status)


def _shown_cells(dispatch: Dispatch) -> Mapping[str, tuple[Evidence, ...]]:
    """The evidence, where any of it is of cells."""
    return dispatch.evidence if any(pointer.startswith("/tables/") for pointer in dispatch.evidence) else {}


def _is_figure(cell: TableCell) -> bool:
    """Whether a cell holds a figure; words in a column of figures (`Hết nguồn`) are none."""
    value = cell.value
    if isinstance(value, int):
        return True
    return isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit()


def _columns(dispatch: Dispatch, table: Table) -> list[_Column]:
    caption = " ".join(part for part in (table.caption, table.label) if part)
    found = []
    for number, column in enumerate(table.columns):
        if column.kind in _FIGURES:
            meaning = read_heading(column.path, caption, column.kind)
            time = time_of(column.path, caption, meaning, dispatch.header.year)
            found.append(_Column(number, " / ".join(column.path), meaning, time))
    return [_over_siblings(column, table, found) for column in found]


def _over_siblings(column: _Column, table: Table, columns: list[_Column]) -> _Column:
    """A sum beside columns of several years (`Năm 2024`, `Năm 2025`, `Cộng`) is over all of them."""
    group = table.columns[column.number].path[:-1]
    if not group or _has_digits(table.columns[column.number].path[-1]):
        return column
    times = [each.time for each in columns if each is not column and table.columns[each.number].path[:-1] == group]
    starts = [time.start for time in times if time.start]
    ends = [time.end for time in times if time.end]
    if not starts or not ends or min(starts).year == max(ends).year:
        return column
    return _Column(column.number, column.heading, column.meaning, Time(min(starts), max(ends)))


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
