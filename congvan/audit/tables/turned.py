"""Tables of indicators, turned: each row a column, so that `Tỷ lệ hộ nghèo` is found to be one row over another.

Reports of a year list what they measure down the page (`Diện tích`, `Năng suất`, `Sản lượng`; `Tổng số hộ`, `Hộ nghèo`,
`Tỷ lệ`) and plan, result and last year across it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, column
from congvan.audit.read.sheet import Head, Sheet, SheetEntry
from congvan.audit.tables.candidates import rate_scales
from congvan.audit.tables.relation import Relation
from congvan.audit.tables.relations import ACCEPTED, fitting, no_chance
from schemas.dispatch import Column, ColumnKind, Row
from vietnamese.fold import fold

_UNIT_HEAD = re.compile(r"(?<![a-z])(?:don vi(?: tinh)?|dvt|dv tinh|dv)(?![a-z])")
_SHARE = re.compile(r"%|^\W*(?:ty|ti) (?:le|trong)(?![a-z])|^\W*co cau(?![a-z])")
_ABOVE, _BELOW = 8, 3
"""How far a rate stands from what it is made of: mostly it comes last."""


class Turned(Sheet):
    """A sheet whose rows and columns have changed places. `columns`: those of the sheet that hold figures of a kind."""

    turned = True

    def __init__(self, sheet: Sheet, columns: list[int]) -> None:
        self.sheet, self.columns = sheet, columns
        self.table, self.place, self.pointer = sheet.table, sheet.place, sheet.pointer
        unit = _unit_column(sheet)
        self.heads = [_head(sheet, row, unit, columns) for row in range(len(sheet.rows))]
        self.rows = tuple(
            Row(kind="data", cells=tuple(row.cells[place] for row in sheet.rows), page=None) for place in columns
        )
        self.entries = [[self._turned(row, place) for row in range(len(sheet.rows))] for place in columns]
        self.numeric = [head.place for head in self.heads if any(line[head.place] for line in self.entries)]

    def _turned(self, row: int, place: int) -> SheetEntry | None:
        entry = self.sheet.entries[row][place]
        return replace(entry, rounded=entry.rounded or self.heads[row].measured) if entry is not None else None

    def cell_pointer(self, row: int, column: int) -> str:
        return self.sheet.cell_pointer(column, self.columns[row])

    def name(self, row: int) -> str:
        return self.sheet.heads[self.columns[row]].title


def _unit_column(sheet: Sheet) -> int | None:
    """The column that prints the unit of each row."""
    named = (head for head in sheet.heads if not head.numeric and _UNIT_HEAD.fullmatch(head.leaf.strip(" .()")))
    return next((head.place for head in named), None)


def _head(sheet: Sheet, row: int, unit: int | None, columns: list[int]) -> Head:
    name = sheet.name(row)
    measure = sheet.rows[row].cells[unit].text.strip() if unit is not None else ""
    title = f"{name} ({measure})" if measure and measure not in name else name
    entries = (sheet.entries[row][place] for place in columns)
    decimals = any(entry is not None and entry.printed.decimals for entry in entries)
    kind: ColumnKind = "percent" if _SHARE.search(fold(title)) else "decimal" if decimals else "integer"
    return Head(row, Column(path=(title,), kind=kind, measure=measure or None))


def turned_relations(sheet: Sheet, taken: Collection[int]) -> tuple[Turned, list[Relation]] | None:
    """A table of indicators with the ratios among its rows. `taken`: columns that are made from others already."""
    columns = [place for place in sheet.numeric if place not in taken and not sheet.heads[place].percent]
    unit = _unit_column(sheet)
    if len(columns) < 2 or not any(_is_rate(sheet, row, unit) for row in range(len(sheet.rows))):
        return None
    turned = Turned(sheet, columns)
    found = [relation for place in turned.numeric if (relation := _best(turned, place)) is not None]
    return (turned, found) if found else None


def _is_rate(sheet: Sheet, row: int, unit: int | None) -> bool:
    """Do a row's name and unit tell of a share, or of so much for each?"""
    measure = sheet.rows[row].cells[unit].text if unit is not None else ""
    told = fold(f"{sheet.name(row)} ({measure})")
    rate = _SHARE.search(told) is not None or "/ha" in told or has_word(told, "columns", "averages")
    return rate and sheet.has_figures(row)


def _best(turned: Turned, target: int) -> Relation | None:
    """The ratio of two rows nearby that makes a row, where it holds in most columns and hardly by chance."""
    head = turned.heads[target]
    if not (head.percent or head.average) or has_word(head.words, "columns", "growth"):
        return None
    lines = [row for row in range(len(turned.rows)) if (entry := turned.entries[row][target]) and entry.value != 0]
    tried = list(_candidates(turned, target))
    ranked = []
    for relation in tried:
        fits, judged = fitting(turned, relation, lines, stop=True)
        if judged > 1 and fits >= ACCEPTED * judged and no_chance(turned, target, fits, judged, len(tried)):
            ranked.append((fits, -_distance(relation), relation))
    return max(ranked, key=lambda one: one[:2])[2] if ranked else None


def _candidates(turned: Turned, target: int) -> Iterator[Relation]:
    head = turned.heads[target]
    near = [
        place
        for place in turned.numeric
        if target - _ABOVE <= place <= target + _BELOW
        and place != target
        and not turned.heads[place].percent
        and not turned.heads[place].average
    ]
    scales = [Fraction(100)] if head.percent else rate_scales(head)
    for one, other in permutations(near, 2):
        ratio = FormulaNode("/", column(one), column(other))
        yield from (Relation(target, ratio, scale) for scale in scales)


def _distance(relation: Relation) -> int:
    return sum(abs(relation.target - place) for place in relation.formula.places())
