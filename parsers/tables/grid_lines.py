"""Lines: the rows of a grid with merged cells laid out, before anything is interpreted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from form.labels import is_line
from parsers.tables.table_words import holds, one_of
from schemas.document import Cell, Grid

_FIGURE_LIKE = re.compile(r"\d[\d.,]*[.,] [\d.,]*\d ?[%‰]?")
_BROKEN = re.compile(r"(?<=\d[.,]) (?=\d)")


class Slot(NamedTuple):
    """One place of a row. `text` stands at the top left place of a merged cell only; `owner` covers all its places."""

    text: str = ""
    owner: Cell | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """How many rows and columns the cell that begins here covers."""
        first = self.cells[0] if self.cells else None
        return (first.row_span, first.column_span) if first is not None else (1, 1)

    def joined(self, other: Slot) -> Slot:
        """This place with its half from over the page break."""
        return Slot(f"{self.text} {other.text}".strip(), self.owner or other.owner, self.cells + other.cells)


class GridLine(NamedTuple):
    """One printed row."""

    slots: tuple[Slot, ...]
    page: int

    @property
    def texts(self) -> list[str]:
        return [slot.text for slot in self.slots]

    @property
    def filled(self) -> list[int]:
        """Places that hold text."""
        return [place for place, slot in enumerate(self.slots) if slot.text]


@dataclass(frozen=True)
class GridPiece:
    """What one grid prints: a title row inside the frame, heading lines, the numbering row under them, and the rest."""

    grid: Grid
    title: tuple[str, ...] = ()
    heading: tuple[GridLine, ...] = ()
    numbering: GridLine | None = None
    lines: tuple[GridLine, ...] = ()

    @property
    def width(self) -> int:
        return self.grid.n_columns


def lines_of(grid: Grid) -> list[GridLine]:
    """The rows of a grid, those without any text left out."""
    rows = [[Slot()] * grid.n_columns for _ in range(grid.n_rows)]
    pages = [grid.page] * grid.n_rows
    for cell in grid.cells:
        pages[cell.row] = max(pages[cell.row], cell.page)
        for row in range(cell.row, min(cell.row + cell.row_span, grid.n_rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.n_columns)):
                first = (row, column) == (cell.row, cell.column)
                rows[row][column] = Slot(clean(cell.text), cell, (cell,)) if first else Slot(owner=cell)
    lines = [GridLine(tuple(row), page) for row, page in zip(rows, pages, strict=True)]
    return [line for line in lines if any(slot.owner and slot.owner.text.strip() for slot in line.slots)]


def clean(text: str) -> str:
    """White space folded; a figure that a narrow cell broke behind its point is whole again."""
    folded = " ".join(text.split())
    return _BROKEN.sub("", folded) if _FIGURE_LIKE.fullmatch(folded) else folded


def is_layout(grid: Grid) -> bool:
    """Is this grid a letterhead, a signature block or a box, and no table?"""
    if grid.n_columns < 2:
        return True
    texts = [cell.text for cell in grid.cells if cell.text.strip()]
    marked = any(holds(text, "layout", "words") or _is_distribution(text) for text in texts)
    return marked and grid.n_rows <= 12 and not any(one_of(text, "headings", "ordinal") for text in texts)


def _is_distribution(text: str) -> bool:
    """Whether a cell is Nơi nhận with its items; a column of a register may be headed by the same words."""
    return ":" in text[:12] and is_line("distribution_label", text)


def drop_empty_columns(lines: Sequence[GridLine]) -> list[GridLine]:
    """Lines without the columns in which nothing at all is printed and no cell begins."""
    if not lines:
        return []
    kept = [place for place in range(len(lines[0].slots)) if any(line.slots[place].cells for line in lines)]
    return [GridLine(tuple(line.slots[place] for place in kept), line.page) for line in lines]
