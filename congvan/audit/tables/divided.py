"""Rows that a heading of their own divides the row above into: `Số giáo viên`, `Phân theo giới tính`, `Nam`, `Nữ`.

Nothing marks where the last group ends and the next indicator begins: the length under which most columns add up is
taken, and none where few do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.sheet import Sheet, SheetEntry
from vietnamese.fold import fold

_MOST_PARTS = 12
_FEWEST_COLUMNS = 3
"""So many columns must add up before another that does not is told of."""

Fits = Callable[[Sequence[SheetEntry], SheetEntry], bool]
"""Can these parts add up to that total?"""


def divided_rows(sheet: Sheet, adds_up: Fits) -> Iterator[tuple[int, list[int]]]:
    """Each row that headings under it divide, with the rows of one division."""
    owner: int | None = None
    row = 0
    while row < len(sheet.rows):
        members = _under(sheet, row) if _divides(sheet, row) else []
        length = _length(sheet, owner, members, adds_up) if owner is not None else 0
        if owner is not None and length:
            yield owner, members[:length]
            row = members[length - 1] + 1
            continue
        if sheet.has_figures(row):
            owner = row
        row += 1


def _divides(sheet: Sheet, row: int) -> bool:
    """Is this a heading without figures that says by what the row above is divided?"""
    return not sheet.has_figures(row) and has_word(fold(sheet.name(row)), "columns", "divided")


def _under(sheet: Sheet, heading: int) -> list[int]:
    """The rows with figures right under a heading, that stand on its own level."""
    found: list[int] = []
    for row in range(heading + 1, min(heading + 1 + _MOST_PARTS, len(sheet.rows))):
        if not sheet.has_figures(row) or sheet.rows[row].kind in ("total", "subtotal"):
            break
        found.append(row)
    return found


def _length(sheet: Sheet, owner: int, members: list[int], adds_up: Fits) -> int:
    """How many of these rows make the owner in most columns; 0 where no number of them does."""
    columns = [column for column in sheet.numeric if sheet.entries[owner][column] is not None]
    best = (0, 0)
    for length in range(2, len(members) + 1):
        fits = sum(1 for column in columns if _fits(sheet, owner, column, members[:length], adds_up))
        best = max(best, (fits, -length))
    fits, length = best[0], -best[1]
    return length if fits >= _FEWEST_COLUMNS and 3 * fits >= 2 * len(columns) else 0


def _fits(sheet: Sheet, owner: int, column: int, members: list[int], adds_up: Fits) -> bool:
    total = sheet.entries[owner][column]
    parts = sheet.column_entries(column, members)
    return total is not None and bool(parts) and adds_up(parts, total)
