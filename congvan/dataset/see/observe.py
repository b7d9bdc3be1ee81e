"""Records to observations: every figure of every table and every figure in prose, each with the way back to it.

A build makes millions of them. So they are put together a table at a time: what a dispatch, a row or a column has in
common is told once (`Block`), and becomes columns of the dataset without an object for each figure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import product

from congvan.dataset.see.block import NO_FIGURE, Block, Headings, OfDispatch, OfRow, Rows, figure
from congvan.dataset.see.facts import Columns, DispatchFacts, Evidence, RowFacts, TableFacts, facts_of
from congvan.dataset.see.origin import Origin, origin_of
from congvan.dataset.see.places import Place
from congvan.dataset.see.prose_figures import observe_claims
from congvan.dataset.see.table_columns import headings_by_year
from congvan.dataset.see.units import Unit, read_unit, section_kind, with_place
from schemas.dispatch import Claim, Dispatch, RowKind
from schemas.observation import Observation, Part

_PARTS: dict[str, Part] = {"data": "unit", "subtotal": "subtotal", "total": "total"}
_NO_UNIT = (None, None, None, None)

Lines = tuple[str, tuple[RowKind, ...], tuple[int | None, ...], tuple[str, ...]]
"""The heading of the column of units, and of each row its kind, its page and the name in that column.

Kinds, pages and names each by themselves, since the rows of a table are told from others by them, time and again.
"""

Disputed = Set[tuple[str, str]]
"""Dispatch id and pointer of each figure that the audit found against."""


def observe(record: Dispatch, disputed: Disputed = frozenset(), corrected: Set[str] = frozenset()) -> list[Observation]:
    """All observations of a file's dispatch and of those bound into the same file.

    `corrected` are the pointers into the file's record that a person changed.
    """
    facts = facts_of(record.model_dump_json().encode())
    return [row for block in observe_blocks(facts, disputed, corrected) for row in _observations(block)]


def observe_blocks(
    record: DispatchFacts, disputed: Disputed = frozenset(), corrected: Set[str] = frozenset()
) -> Iterator[Block]:
    """The same, gathered table by table and year by year."""
    for prefix, dispatch in _with_attached(record, ""):
        blocks = _of_dispatch(dispatch)
        if disputed or corrected:
            blocks = (_marked(block, prefix, disputed, corrected) for block in blocks)
        yield from blocks


def _observations(block: Block) -> Iterator[Observation]:
    for number, (row, heading) in enumerate(product(block.rows.each, block.headings.each)):
        value = figure(block.values[number])
        if value is NO_FIGURE:
            continue
        facts = {**block.of_dispatch._asdict(), **row._asdict(), **heading._asdict()}
        yield Observation(
            pointer=facts.pop("pointer_start") + facts.pop("pointer_end"),
            value=value,
            confidence=block.confidences[number] if block.confidences else 1.0,
            disagrees=bool(block.disagrees and block.disagrees[number]),
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
    province = origin.province.name if origin.province else None
    shared = (province, origin.district_name, header.issuing_body, dispatch.id, header.so_hieu, header.date)
    evidence = dispatch.evidence
    of_cells = any(pointer.startswith("/tables/") for pointer in evidence)
    for number, table in enumerate(dispatch.tables):
        for block in _of_table(table, number, (origin, header.year), OfDispatch(*shared, table.id)):
            yield _with_confidence(block, evidence) if of_cells else block
    claims = [Claim.model_validate(claim) for claim in dispatch.claims]
    for block in observe_claims(claims, origin, header.year, OfDispatch(*shared, None)):
        yield _with_page(_with_confidence(block, evidence), evidence)


def _of_table(
    table: TableFacts, number: int, where: tuple[Origin, int | None], of_dispatch: OfDispatch
) -> Iterator[Block]:
    """The figures row by row, in one block for the columns of each year, since a year is a part of the dataset."""
    origin, year = where
    columns = table.read_columns()
    by_year = _headings(table, columns, year)
    if not by_year:
        return
    rows = _rows(_lines(table, columns), number, origin.district, origin.day)
    cells = [row.cells for row in table.rows if row.kind != "section"]
    for headings in by_year:
        numbers = [heading.column for heading in headings.each if heading.column is not None]
        yield Block(of_dispatch, headings, rows, [line[column].value for line in cells for column in numbers])


def _headings(table: TableFacts, columns: Columns, year: int | None) -> tuple[Headings, ...]:
    """The headings of the columns of figures, gathered by year."""
    caption = " ".join(part for part in (table.caption, table.label) if part)
    return headings_by_year(columns, caption, year)


def _lines(table: TableFacts, columns: Columns) -> Lines:
    """What the rows say before their figures: kind, page, and the name of the unit."""
    place, rows = columns.of_names, table.rows
    kinds, pages = tuple([row.kind for row in rows]), tuple([row.page for row in rows])
    if place is None:
        return "", kinds, pages, ("",) * len(rows)
    names = [row.cells[place].text if row.kind != "section" else _section(row) for row in rows]
    return " ".join(columns.each[place].path), kinds, pages, tuple(names)


def _section(row: RowFacts) -> str:
    """The words of a section that say of what kind the units below are, if any do."""
    return next((cell.text for cell in row.cells if section_kind(cell.text)), "")


def _units(lines: Lines) -> Iterator[tuple[int, Unit | None]]:
    """The numbers of the rows that hold figures, each with its unit; sections only tell the kind of the names below."""
    heading, kinds, _, names = lines
    section = section_kind(heading)
    for number, (kind, printed) in enumerate(zip(kinds, names, strict=True)):
        if kind == "section":
            section = section_kind(printed)
        else:
            yield number, read_unit(printed, section) if printed and kind == "data" else None


@lru_cache(maxsize=4_096)
def _rows(lines: Lines, number: int, district: Place | None, day: dt.date | None) -> Rows:
    _, kinds, pages, _ = lines
    found = []
    for row, unit in _units(lines):
        of_unit = _of_unit(unit, district, day) if unit else _NO_UNIT
        found.append(OfRow(*of_unit, _PARTS[kinds[row]], row, pages[row], f"/tables/{number}/rows/{row}/cells/"))
    return Rows(tuple(found))


def _communes(dispatch: DispatchFacts) -> Iterator[str]:
    for table in dispatch.tables:
        for _, unit in _units(_lines(table, table.read_columns())):
            if unit is not None and (unit.commune or unit.kind is None):
                yield unit.commune or unit.name


def _of_unit(
    unit: Unit, district: Place | None, day: dt.date | None
) -> tuple[str | None, str | None, str | None, str | None]:
    """The fields `unit` to `place`."""
    unit, place = with_place(unit, district, day)
    return unit.printed, unit.kind, unit.name, place


def _with_page(block: Block, evidence: Evidence) -> Block:
    """The page of a sentence; that of a row stands in the row."""
    [row] = block.rows.each
    shown = evidence.get(row.pointer_start)
    return block._replace(rows=Rows((row._replace(page=shown[0].page),))) if shown else block


def _with_confidence(block: Block, evidence: Evidence) -> Block:
    shown = (evidence.get(pointer) for pointer in block.pointers())
    return block._replace(confidences=[each[0].confidence if each else 1.0 for each in shown])


def _marked(block: Block, prefix: str, disputed: Disputed, corrected: Set[str]) -> Block:
    pointers = block.pointers()
    changed = [any(f"{path}/".startswith(f"{prefix}{pointer}/") for path in corrected) for pointer in pointers]
    against = [(block.of_dispatch.dispatch, pointer) in disputed for pointer in pointers]
    return block._replace(disagrees=against, corrected=changed)
