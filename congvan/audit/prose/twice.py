"""The same figure in two tables of one dispatch: rows of one unit under one heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from congvan.audit.prose.against import may_be_same
from congvan.audit.prose.views import PERIOD, TableView
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.sheet import Head, Sheet, SheetEntry
from vietnamese.fold import fold

_FEWEST = 2
_SAME = 3, 5
_TELLING = 10
"""Figures under this are equal by chance too often to show that two columns tell the same."""


@dataclass
class _Pair:
    """One column of a table beside one of another, with the cells of the units that both name."""

    heads: tuple[Head, Head]
    cells: list[tuple[int, SheetEntry, SheetEntry]] = field(default_factory=list)


def check_twice(views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """Figures that two tables print of one unit under one heading, where most of them are the same."""
    for one, other in combinations(views, 2):
        if len(one.sheet.rows) * len(other.sheet.rows) > 250_000:
            continue
        shared = _shared_rows(one, other)
        if len(shared) < _FEWEST + 1:
            continue
        pairs = list(_pairs(one.sheet, other.sheet))
        for pair in pairs:
            _fill(one, other, pair, shared)
        together = not _of_two_periods(one.sheet, other.sheet) and _tell_the_same(
            [cells for pair in pairs for cells in pair.cells]
        )
        for pair in pairs:
            if _tell_the_same(pair.cells) or (together and _some_alike(pair.cells)):
                for row, cell, beside in pair.cells:
                    yield _draft(one.sheet, other.sheet, row, pair.heads[0], (cell, beside))


def _shared_rows(one: TableView, other: TableView) -> list[tuple[int, int]]:
    found = []
    for row in one.sheet.of_kind("data"):
        name = one.sheet.name(row)
        twin = other.units.find(name) if len(name) > 3 else None
        if twin is not None and one.units.find(name) == row and other.sheet.rows[twin].kind == "data":
            found.append((row, twin))
    return [*found, *_summed_rows(one.sheet, other.sheet)]


def _summed_rows(one: Sheet, other: Sheet) -> list[tuple[int, int]]:
    """Rows of one table that the other one sums up (`Khu vực nông thôn`, `Cộng khu vực nông thôn`), and both totals
    where there are such rows."""
    found = []
    for rows, sums in ((one, other), (other, one)):
        named = {_SUMMING.sub("", fold(sums.name(row))).strip(): row for row in sums.of_kind("subtotal")}
        for row in rows.of_kind("data"):
            twin = named.get(fold(rows.name(row)).strip())
            if twin is not None:
                found.append((row, twin) if rows is one else (twin, row))
    totals = one.of_kind("total"), other.of_kind("total")
    if found and len(totals[0]) == len(totals[1]) == 1:
        found.append((totals[0][0], totals[1][0]))
    return found


_SUMMING = re.compile(r"^(?:cong|tong cong|tong so|tong)\s")


def _pairs(one: Sheet, other: Sheet) -> Iterator[_Pair]:
    """Columns of amounts under the same words, of which no other column of either table has the same."""
    for head in one.heads:
        alike = [twin for twin in other.heads if _same_words(head, twin)]
        own = [twin for twin in one.heads if _same_words(head, twin)]
        if len(alike) == 1 and len(own) == 1:
            yield _Pair((head, alike[0]))


def _same_words(one: Head, other: Head) -> bool:
    telling = len(one.words.split()) > 1
    return telling and one.numeric and other.numeric and not one.percent and one.words == other.words


def _fill(one: TableView, other: TableView, pair: _Pair, shared: list[tuple[int, int]]) -> None:
    left, right = pair.heads
    for row, twin in shared:
        cell, beside = one.sheet.entries[row][left.place], other.sheet.entries[twin][right.place]
        if cell is not None and beside is not None:
            pair.cells.append((row, cell, beside))


def _of_two_periods(one: Sheet, other: Sheet) -> bool:
    """Do the captions name two periods?"""
    told = [set(PERIOD.findall(fold(sheet.table.caption or ""))) for sheet in (one, other)]
    return all(told) and told[0] != told[1]


Cells = Sequence[tuple[int, SheetEntry, SheetEntry]]


def _alike(cells: Cells) -> list[SheetEntry]:
    return [cell for _, cell, beside in cells if may_be_same(cell.printed, beside.printed)]


def _tell_the_same(cells: Cells) -> bool:
    """Are most figures the same, by two at least that are no small numbers?"""
    same = _alike(cells)
    telling = {cell.value for cell in same if cell.value >= _TELLING}
    return len(telling) >= _FEWEST and len(same) * _SAME[1] >= len(cells) * _SAME[0]


def _some_alike(cells: Cells) -> bool:
    """Is any figure that is no small number the same, and no more than one row and the total with it not?"""
    same = _alike(cells)
    return len(cells) - len(same) <= 2 and any(cell.value >= _TELLING for cell in same)


def _draft(sheet: Sheet, other: Sheet, row: int, head: Head, cells: tuple[SheetEntry, SheetEntry]) -> FindingDraft:
    right = may_be_same(cells[0].printed, cells[1].printed)
    place = other.table.label or other.table.caption or f"bảng {other.place + 1}"
    return FindingDraft(
        check="grand_total",
        verdict="agrees" if right else "disagrees",
        message="twice_agrees" if right else "twice_disagrees",
        values={
            "row": sheet.name(row),
            "column": head.title,
            "reported": cells[1].text,
            "cells": cells[0].text,
            "other": place,
            "table": sheet.table.label or sheet.table.caption or f"bảng {sheet.place + 1}",
        },
        reported=cells[1].text,
        computed=cells[0].text,
        pointers=(cells[1].pointer, cells[0].pointer),
        doubted=any(cell.doubted for cell in cells),
    )
