"""Which rows add up which: closing, section and carried rows with the sets of rows that they may be the sum of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.carried import is_carried, ways_of_carried

_WITHIN = 9
"""The level of rows that are parts of the row above (`trong đó`, `-`)."""


def summing_rows(sheet: Sheet) -> Iterator[tuple[int, list[list[int]]]]:
    """Each row that adds up others, with the sets of rows that it may add up, the likeliest first."""
    for row in sheet.of_kind("total"):
        ways = ways_of_total(sheet, row)
        if ways:
            yield row, ways
    for row in sheet.of_kind("subtotal"):
        if is_carried(sheet, row):
            ways = ways_of_carried(sheet, row)
            if ways:
                yield row, ways
            continue
        members = _before(sheet, row)
        if members:
            yield row, [members]
    for row in sheet.of_kind("section", "data"):
        members = children(sheet, row)
        if len(members) > 1 and sheet.has_figures(row):
            yield row, [members]


def children(sheet: Sheet, row: int) -> list[int]:
    """The rows right under a row of the tree: the next deeper level, up to its next sibling."""
    own, found = sheet.levels[row], []
    for place in range(row + 1, len(sheet.rows)):
        if sheet.rows[place].kind in ("total", "subtotal") or sheet.levels[place] <= own:
            break
        found.append(place)
    top = min((sheet.levels[place] for place in found), default=0)
    return [place for place in found if sheet.levels[place] == top and sheet.has_figures(place)]


def ways_of_total(sheet: Sheet, total: int) -> list[list[int]]:
    """The sets of rows that a closing row may add up: subtotals, the tops of the tree, its leaves, all data."""
    rows = _rows_of_total(sheet, total)
    subtotals = [row for row in sheet.of_kind("subtotal") if row < total and sheet.has_figures(row)]
    if any(is_carried(sheet, row) for row in subtotals):
        subtotals = []
    subtotals = subtotals if len(subtotals) > 1 else []
    data = [row for row in rows if sheet.rows[row].kind == "data" and sheet.has_figures(row)]
    bottom = [row for row in data if sheet.levels[row] < _WITHIN and not children(sheet, row)]
    ways = [subtotals, _tops(sheet, rows), bottom, data]
    return [way for place, way in enumerate(ways) if way and way not in ways[:place]]


def _rows_of_total(sheet: Sheet, total: int) -> list[int]:
    """The rows above a closing row; of one that opens the table or a part of it, the rows under it."""
    if total == 0 or not sheet.has_figures(total - 1):
        end = next((row for row in sheet.of_kind("total") if row > total), len(sheet.rows))
        under = [row for row in sheet.of_kind("data", "section") if total < row < end]
        if under:
            return under
    return [row for row in sheet.of_kind("data", "section") if row < total]


def _tops(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Of these rows with figures, the ones under no other row with figures."""
    over: list[int] = []
    found: list[int] = []
    for row in rows:
        while over and sheet.levels[over[-1]] >= sheet.levels[row]:
            over.pop()
        if sheet.has_figures(row) and not any(sheet.has_figures(one) for one in over):
            found.append(row)
        over.append(row)
    return found


def _upper(sheet: Sheet, data: Sequence[int]) -> list[int]:
    """The rows of the highest level among the data, parts of a row left out."""
    top = min((sheet.levels[row] for row in data), default=0)
    return [row for row in data if sheet.levels[row] == top]


def _before(sheet: Sheet, subtotal: int) -> list[int]:
    """The data rows back to the last section, subtotal or total."""
    found: list[int] = []
    for row in range(subtotal - 1, -1, -1):
        if sheet.rows[row].kind != "data":
            break
        if sheet.has_figures(row):
            found.insert(0, row)
    return _upper(sheet, found)
