"""What `xã Minh Tân đạt 8/6=133,33%` counts, though it does not say so: what the columns count in which a table of the
same dispatch has these figures for that unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, product

from congvan.dataset.see.block import NO_FIGURE, Block, Headings, OfHeading, OfRow, figure
from congvan.dataset.words.concepts import RATIO
from vietnamese.fold import fold

_Unit = str | tuple[str | None, str]
_Figures = dict[_Unit, list[tuple[str, OfHeading]]]


def named_by_tables(claims: Iterable[Block], tables: Sequence[Block]) -> Iterator[Block]:
    """The figures of sentences; those that name a unit and nothing else with the words of the columns they stand in.

    Only where each figure of the sentence stands in one column of the unit's row, so that none is so by chance.
    """
    known: _Figures | None = None
    for _, blocks in groupby(claims, key=lambda block: block.rows.each[0].pointer_start):
        of_claim = list(blocks)
        if tables and len(of_claim) > 1 and all(map(_is_unnamed, of_claim)):
            known = _figures(tables) if known is None else known
            fitting = [_fitting(block, known) for block in of_claim]
            planned = {one.measure for each in fitting if len(each) == 1 for one in each if one.status == "plan"}
            fitting = [_of_measure(each, planned) for each in fitting]
            if all(len(each) == 1 for each in fitting):
                of_claim = [_named(block, each[0]) for block, each in zip(of_claim, fitting, strict=True)]
        yield from of_claim


def _is_unnamed(block: Block) -> bool:
    [heading], [row] = block.headings.each, block.rows.each
    return heading.measure is None and heading.concept in ("", RATIO) and row.unit_name is not None


def _unit(row: OfRow) -> _Unit:
    return row.place or (row.unit_kind, fold(row.unit_name or ""))


def _figures(tables: Sequence[Block]) -> _Figures:
    """Of each unit, the figures of its rows, each with its column."""
    figures: _Figures = defaultdict(list)
    for block in tables:
        for cell, (row, heading) in zip(block.cells, product(block.rows.each, block.headings.each), strict=True):
            value = figure(cell.value)
            if row.unit_name and value not in (None, NO_FIGURE):
                figures[_unit(row)].append((value or "", heading))
    return figures


def _fitting(block: Block, known: _Figures) -> list[OfHeading]:
    """The columns in which the figure of a sentence may stand."""
    [heading], [row], [cell] = block.headings.each, block.rows.each, block.cells
    told, is_percent = figure(cell.value) or "", heading.unit_of_value == "%"
    return [
        column
        for value, column in known.get(_unit(row), ())
        if column.status in (heading.status, None)
        and (column.unit_of_value == "%") == is_percent
        and (_rounds_to(value, told) if is_percent else value == told)
    ]


def _rounds_to(value: str, told: str) -> bool:
    """Whether a percentage may be told as another with as many decimals, rounded or cut off."""
    unit = Decimal(1).scaleb(-len(told.partition(".")[2]))
    return abs(Decimal(value) - Decimal(told)) < unit


def _of_measure(columns: list[OfHeading], planned: set[str | None]) -> list[OfHeading]:
    """Of several columns with the figure those of what was planned (`Nguồn` may be as large as `Kết nạp`)."""
    fitting = [one for one in columns if one.measure in planned]
    return fitting if len(columns) > 1 and fitting else columns


def _named(block: Block, column: OfHeading) -> Block:
    [heading] = block.headings.each
    named = heading._replace(
        measure=column.measure,
        concept=column.concept,
        dimensions=column.dimensions,
        unit_of_value=heading.unit_of_value or column.unit_of_value,
    )
    return block._replace(headings=Headings((named,)))
