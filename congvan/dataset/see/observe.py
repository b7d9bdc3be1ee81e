"""Records to observations: every figure of every table and every figure in prose, each with the way back to it.

A build makes millions of them. So they are put together a table at a time: what a dispatch, a row or a column has in
common is told once (`Block`), and becomes columns of the dataset without an object for each figure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import product
from typing import Any

from msgspec.structs import replace

from congvan.dataset.see.block import NO_FIGURE, Audited, Block, Headings, OfDispatch, OfRow, Rows, figure
from congvan.dataset.see.data_tables import rows_are_things
from congvan.dataset.see.facts import (
    CellFacts,
    Columns,
    DispatchFacts,
    Evidence,
    HeaderFacts,
    RowFacts,
    TableFacts,
    facts_of,
)
from congvan.dataset.see.origin import Origin, origin_of
from congvan.dataset.see.places import Place
from congvan.dataset.see.prose_figures import observe_claims
from congvan.dataset.see.same_figures import named_by_tables
from congvan.dataset.see.table_columns import Around, headings_by_year, known_unit
from congvan.dataset.see.units import Unit, read_unit, section_kind, with_place
from congvan.dataset.words.subjects import subjects_of
from schemas.dispatch import Claim, Dispatch, RowKind
from schemas.finding import Verdict
from schemas.observation import Observation, Part

_PARTS: dict[str, Part] = {"data": "unit", "subtotal": "subtotal", "total": "total"}

OfUnit = tuple[str | None, str | None, str | None, str | None]
_NO_UNIT: OfUnit = (None, None, None, None)

Lines = tuple[str, bool, tuple[RowKind, ...], tuple[int | None, ...], tuple[str, ...], tuple[str, ...]]
"""The heading of the column of names, whether they are of things, and of each row its kind, page, name and unit.

Kinds, pages, names and units each by themselves, since the rows of a table are told from others by them, time and
again.
"""

Verdicts = Mapping[tuple[str, str], tuple[Verdict, str | None]]
"""By dispatch id and pointer of each figure that the audit checked, what it says."""

_UNCHECKED: Verdicts = {}
_TELLING = 100
_NUMBERING = re.compile(r"\(?(?:[1-9]\d?|[A-ZĐ])\)?")
"""A row named by a number or a letter alone: the numbers of the columns, read as a row."""


def observe(record: Dispatch, checked: Verdicts = _UNCHECKED, corrected: Set[str] = frozenset()) -> list[Observation]:
    """All observations of a file's dispatch and of those bound into the same file.

    `corrected` are the pointers into the file's record that a person changed.
    """
    facts = facts_of(record.model_dump_json().encode())
    return [row for block in observe_blocks(facts, checked, corrected) for row in _observations(block)]


def observe_blocks(
    record: DispatchFacts, checked: Verdicts = _UNCHECKED, corrected: Set[str] = frozenset()
) -> Iterator[Block]:
    """The same, gathered table by table and year by year."""
    for prefix, dispatch in _with_attached(record, ""):
        blocks = _of_dispatch(dispatch)
        if checked or corrected:
            blocks = (_marked(block, prefix, checked, corrected) for block in blocks)
        yield from blocks


def _observations(block: Block) -> Iterator[Observation]:
    usual = (None,) * len(block.cells)
    for number, (row, heading) in enumerate(product(block.rows.each, block.headings.each)):
        cell, checked = block.cells[number], (block.checked or usual)[number]
        value = figure(cell.value)
        if value is NO_FIGURE:
            continue
        facts = {**block.of_dispatch._asdict(), **row._asdict(), **heading._asdict()}
        yield Observation(
            pointer=facts.pop("pointer_start") + facts.pop("pointer_end"),
            year=block.year,
            value=value,
            printed=cell.text,
            confidence=block.confidences[number] if block.confidences else 1.0,
            disagrees=checked is not None and checked.verdict == "disagrees",
            verdict=checked and checked.verdict,
            computed=checked and checked.computed,
            corrected=bool(block.corrected and block.corrected[number]),
            **facts,
        )


def _with_attached(record: DispatchFacts, prefix: str) -> Iterator[tuple[str, DispatchFacts]]:
    """Each dispatch with the pointer to it in the file's record."""
    yield prefix, record
    for number, attached in enumerate(record.attached):
        yield from _with_attached(attached, f"{prefix}/attached/{number}")


def _of_dispatch(dispatch: DispatchFacts) -> Iterator[Block]:
    header = dispatch.header
    origin = origin_of(header, [table.note for table in dispatch.tables], _communes(dispatch))
    of_prose = _of_prose(dispatch, origin)
    evidence, told = dispatch.evidence, _told_times(dispatch.claims)
    tables: list[Block] = []
    of_cells = any(pointer.startswith("/tables/") for pointer in evidence)
    for number, table in enumerate(dispatch.tables):
        for block in _of_table(
            table, number, (origin, _with_time(header, table, told)), of_prose._replace(table=table.id)
        ):
            tables += [block] if dispatch.claims else []
            yield _with_confidence(block, evidence) if of_cells else block
    claims = [Claim.model_validate(claim) for claim in dispatch.claims]
    for block in named_by_tables(observe_claims(claims, origin, header, of_prose), tables):
        yield _with_page(_with_confidence(block, evidence), evidence)


def _told_times(claims: list[dict[str, Any]]) -> dict[int, str]:
    """The times that sentences tell of figures large enough to be no other's by chance."""
    told = ((claim.get("numerator"), claim.get("time")) for claim in claims)
    return {value: time for value, time in told if time and isinstance(value, int) and value >= _TELLING}


def _with_time(header: HeaderFacts, table: TableFacts, told: dict[int, str]) -> HeaderFacts:
    """The header with the time of the sentence that tells a total of the table, in the place of the title's."""
    totals = (cell.value for row in table.rows if row.kind == "total" for cell in row.cells) if told else ()
    time = next((told[value] for value in totals if isinstance(value, int) and value in told), None)
    return replace(header, subject=time) if time else header


def _of_prose(dispatch: DispatchFacts, origin: Origin) -> OfDispatch:
    """What all figures of a dispatch share; those of a table name that too."""
    header, province, district = dispatch.header, origin.province, origin.district
    return OfDispatch(
        province=province.name if province else None,
        district=origin.district_name,
        province_id=province.id if province else None,
        district_id=district.id if district else None,
        body=header.issuing_body,
        dispatch=dispatch.id,
        so_hieu=header.so_hieu,
        issued=header.date,
        table=None,
    )


def _of_table(
    table: TableFacts, number: int, where: tuple[Origin, HeaderFacts], of_dispatch: OfDispatch
) -> Iterator[Block]:
    """The figures row by row, in one block for the columns of each year, since a year is a part of the dataset.

    A form that nobody filled in, and a column of it that is blank in every row, has no figures.
    """
    origin, header = where
    columns = table.read_columns()
    by_year = _headings(table, columns, header)
    if not by_year:
        return
    rows = _rows(_lines(table, columns), number, origin.district or origin.province, origin.day)
    if rows_are_things(columns):
        rows = _filled_rows(rows, table.rows, [each.column for group in by_year for each in group.each])
    cells = [table.rows[row.row or 0].cells for row in rows.each]
    if not cells:
        return
    for headings in by_year:
        numbers = [heading.column for heading in headings.each if heading.column is not None]
        if any(cells[0][column].value is None for column in numbers):
            headings, numbers = _filled(headings, cells)
        if numbers:
            yield Block(of_dispatch, headings, rows, [line[column] for line in cells for column in numbers])


def _filled_rows(rows: Rows, lines: list[RowFacts], columns: list[int | None]) -> Rows:
    """Without the rows that hold no figure: where rows are things these are headings of what follows."""
    numbers = [column for column in columns if column is not None]
    return Rows(
        tuple(row for row in rows.each if any(lines[row.row or 0].cells[each].value is not None for each in numbers))
    )


def _filled(headings: Headings, cells: list[list[CellFacts]]) -> tuple[Headings, list[int]]:
    """The headings whose columns hold anything, with the numbers of these."""
    kept = [(each, each.column) for each in headings.each if each.column is not None]
    kept = [(each, column) for each, column in kept if any(line[column].value is not None for line in cells)]
    return Headings(tuple(each for each, _ in kept)), [column for _, column in kept]


def _headings(table: TableFacts, columns: Columns, header: HeaderFacts) -> tuple[Headings, ...]:
    """The headings of the columns of figures, gathered by year."""
    caption = " ".join(part for part in (table.caption, table.label) if part)
    return headings_by_year(columns, Around(caption, table.note or "", header.subject or ""), header.year)


def _lines(table: TableFacts, columns: Columns) -> Lines:
    """What the rows say before their figures: kind, page, the name of the unit, and the unit of the figures."""
    place, rows, of_units = columns.of_names, table.rows, columns.of_units
    kinds, pages = tuple([row.kind for row in rows]), tuple([row.page for row in rows])
    units = () if of_units is None else tuple([row.cells[of_units].text for row in rows])
    if place is None:
        return "", False, kinds, pages, ("",) * len(rows), units
    names = [row.cells[place].text if row.kind != "section" else _section(row) for row in rows]
    return " ".join(columns.each[place].path), rows_are_things(columns), kinds, pages, tuple(names), units


def _section(row: RowFacts) -> str:
    """The words of a section; those that say of what kind the units below are, if any do."""
    texts = [cell.text for cell in row.cells if cell.text]
    return next((text for text in texts if section_kind(text)), max(texts, key=len, default=""))


def _units(lines: Lines) -> Iterator[tuple[int, Unit | None, str | None]]:
    """The numbers of the rows that hold figures, each with its unit and section; a section may tell the kind of the
    names below it."""
    heading, _, kinds, _, names, _ = lines
    kind_below, section = section_kind(heading), None
    for number, (kind, printed) in enumerate(zip(kinds, names, strict=True)):
        if kind == "data" and _NUMBERING.fullmatch(printed):
            continue
        if kind == "section":
            kind_below, section = section_kind(printed), printed or None
        else:
            yield number, read_unit(printed, kind_below) if printed and kind == "data" else None, section


@lru_cache(maxsize=4_096)
def _rows(lines: Lines, number: int, above: Place | None, day: dt.date | None) -> Rows:
    _, are_things, kinds, pages, names, units = lines
    found, subjects = [], subjects_of(names, kinds) if are_things else {}
    for row, unit, section in _units(lines):
        of_unit = _of_unit(unit, above, day, are_things) if unit else _NO_UNIT
        found.append(
            OfRow(
                *of_unit,
                section=section,
                subject=subjects.get(row),
                unit_of_row=known_unit(units[row]) if units else None,
                part=_PARTS[kinds[row]],
                row=row,
                page=pages[row],
                pointer_start=f"/tables/{number}/rows/{row}/cells/",
            )
        )
    return Rows(tuple(found))


def _communes(dispatch: DispatchFacts) -> Iterator[str]:
    for table in dispatch.tables:
        lines = _lines(table, table.read_columns())
        for _, unit, _ in () if lines[1] else _units(lines):
            if unit is not None and (unit.commune or unit.kind is None):
                yield unit.commune or unit.name


def _of_unit(unit: Unit, above: Place | None, day: dt.date | None, is_thing: bool) -> OfUnit:
    """The fields `unit` to `place`; a thing that is counted has no kind of body and no place."""
    if is_thing:
        return unit.printed, None, unit.name, None
    unit, place = with_place(unit, above, day)
    return unit.printed, unit.kind, unit.name, place


def _with_page(block: Block, evidence: Evidence) -> Block:
    """The page of a sentence; that of a row stands in the row."""
    [row] = block.rows.each
    shown = evidence.get(row.pointer_start)
    return block._replace(rows=Rows((row._replace(page=shown[0].page),))) if shown else block


def _with_confidence(block: Block, evidence: Evidence) -> Block:
    shown = (evidence.get(pointer) for pointer in block.pointers())
    return block._replace(confidences=[each[0].confidence if each else 1.0 for each in shown])


def _marked(block: Block, prefix: str, checked: Verdicts, corrected: Set[str]) -> Block:
    pointers = block.pointers()
    changed = [any(f"{path}/".startswith(f"{prefix}{pointer}/") for path in corrected) for pointer in pointers]
    found = [checked.get((block.of_dispatch.dispatch, pointer)) for pointer in pointers]
    said = [each and Audited(*each) for each in found]
    return block._replace(checked=said, corrected=changed)
