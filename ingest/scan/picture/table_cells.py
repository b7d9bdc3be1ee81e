"""Ruled tables on scans: the grid first, then each cell on its own; numbering is checked, doubtful figures are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.page.rulings import TableFrame
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.picture import POINTS_PER_INCH
from schemas.base import Box
from schemas.document import Cell, Grid
from schemas.doubts import Doubt
from schemas.source import Notice

_FIGURE = re.compile(r"[-+]?\d[\d.,/]*%?\.?")
_ORDINAL = re.compile(r"(\d{1,3})([.)]?)")
_LONGEST_ORDINAL = 4
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# What OCR makes of the strokes of Roman numbers.
_STROKES = {"H": "II", "1": "I", "l": "I", "|": "I", "T": "I"}
_AS_ROMAN = tuple(str.maketrans(_STROKES | {"M": strokes}) for strokes in ("II", "III"))
_LEAST_SECTIONS = 2
DOUBTFUL = 0.5
"""The confidence of a figure on which the readings differ."""
_AGREED = 0.85


@dataclass(frozen=True)
class CellZones:
    """For each spot of ink the cell that it lies in (0: none), and for each cell its table and column, and its box."""

    of_spot: NDArray[np.int32]
    places: list[tuple[int, int]]
    boxes: list[Box]

    def hold(self, line: InkLine) -> bool:
        """Whether a line stands in a cell."""
        return bool(self.of_spot[line.letters[0]] > 0)


def cell_zones(frames: Sequence[TableFrame], spots: InkSpots, dpi: float) -> CellZones:
    """Deals the spots of a page to the cells of its tables, by their middle."""
    scale = dpi / POINTS_PER_INCH
    x = spots.boxes[:, 0] + spots.boxes[:, 2] / 2
    y = spots.boxes[:, 1] + spots.boxes[:, 3] / 2
    zones = np.zeros(len(spots.boxes), np.int32)
    places = [(-1, -1)]
    boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)]
    for table, frame in enumerate(frames):
        for cell in frame.cells:
            x0, top, x1, bottom = (edge * scale for edge in cell.box)
            zones[(x >= x0) & (x < x1) & (y >= top) & (y < bottom)] = len(places)
            places.append((table, cell.column if cell.column_span == 1 else -1 - cell.column))
            boxes.append(cell.box)
    return CellZones(zones, places, boxes)


def no_zones(spots: InkSpots) -> CellZones:
    """The zones of a page on which no table was found."""
    return CellZones(np.zeros(len(spots.boxes), np.int32), [(-1, -1)], [(0.0, 0.0, 0.0, 0.0)])


def is_figure(text: str) -> bool:
    """Whether a text is a figure as tables print it: `12`, `1.572`, `50,00%`, `3.`."""
    return bool(_FIGURE.fullmatch(text.replace(" ", "")))


def check_numbering(grid: Grid) -> Grid:
    """Mends misread numbers in a first column that counts 1, 2, 3 …, where the numbers around leave one reading only.

    Either both neighbours agree on it, or the count begins above: before 3 and 4 stand 1 and 2.
    """
    column = sorted((cell for cell in grid.cells if cell.column == 0 and cell.column_span == 1), key=lambda c: c.row)
    numbers = [int(found[1]) if (found := _ORDINAL.fullmatch(cell.text)) else None for cell in column]
    mended: dict[int, Cell] = {}
    for place, number in _expected(column, numbers).items():
        cell = column[place]
        unsure = numbers[place] is None or (cell.trust or 0.0) <= DOUBTFUL
        if numbers[place] != number and unsure and 0 < len(cell.text) <= _LONGEST_ORDINAL:
            tail = "." if sum(cell.text.endswith(".") for cell in column) * 2 > len(mended) + 2 else ""
            text = f"{number}{tail}"
            mended[column[place].row] = _mended(column[place], text)
    cells = tuple(mended.get(cell.row, cell) if cell.column == 0 else cell for cell in grid.cells)
    return grid.model_copy(update={"cells": cells}) if mended else grid


def check_sections(grid: Grid) -> Grid:
    """Mends the Roman numbers of sections in the first column (`1`, `H`, `IH` for I, II, III) where they count on.

    At least two must be there, in their order; a `1` is meant for I only right above another 1.
    """
    numbering = {cell.row for cell in grid.cells if cell.column == 1 and cell.text.strip("() ") == "2"}
    column = sorted(
        (
            cell
            for cell in grid.cells
            if cell.column == 0 and cell.column_span == 1 and cell.text and cell.row not in numbering
        ),
        key=lambda cell: cell.row,
    )
    bares = [cell.text.rstrip(".) ") for cell in column]
    mended: dict[int, Cell] = {}
    found = 0
    for cell, bare, following in zip(column, bares, [*bares[1:], ""], strict=True):
        due = _ROMAN[found] if found < len(_ROMAN) else ""
        next_due = _ROMAN[found + 1] if found + 1 < len(_ROMAN) else ""
        if not due or due not in _as_roman(bare):
            continue
        # A 1 over another 1, or over what can only be II: no count goes from 1 to 11.
        if bare == "1" and following != "1" and next_due not in _as_roman(following):
            continue
        found += 1
        if bare != due:
            mended[cell.row] = _mended(cell, cell.text.replace(bare, due))
    if found < _LEAST_SECTIONS or not mended:
        return grid
    return grid.model_copy(
        update={"cells": tuple(mended.get(cell.row, cell) if cell.column == 0 else cell for cell in grid.cells)}
    )


def _mended(cell: Cell, text: str) -> Cell:
    """A number as the count wants it: a person is shown it, for it is not what was read."""
    return cell._replace(text=text, confidence=_AGREED, doubts=(Doubt.MENDED,))


def told_mended(before: Grid, after: Grid) -> list[Notice]:
    """A warning for each number that the count put right, with what was read and what it is taken for."""
    read = {(cell.row, cell.column): cell.text for cell in before.cells}
    return [
        Notice(
            code="misread_word",
            message=f"Trang {after.page}: số thứ tự trong bảng (hàng {cell.row + 1}, cột {cell.column + 1}) đọc là "
            f"“{read[cell.row, cell.column]}”, đã sửa thành “{cell.text}” theo thứ tự đếm.",
            page=after.page,
            bbox=cell.box,
        )
        for cell in after.cells
        if read.get((cell.row, cell.column), cell.text) != cell.text
    ]


def _as_roman(bare: str) -> tuple[str, ...]:
    """What a text is where its signs are strokes of a Roman number."""
    return tuple(bare.translate(table) for table in _AS_ROMAN)


def _expected(column: Sequence[Cell], numbers: Sequence[int | None]) -> dict[int, int]:
    """What the numbers at some places must be, by the ones around them."""
    expected: dict[int, int] = {}
    for place in range(1, len(column) - 1):
        before, after = numbers[place - 1], numbers[place + 1]
        if before is not None and after == before + 2:
            expected[place] = before + 1
    for place in range(len(column) - 1):
        number, following = numbers[place], numbers[place + 1]
        if number is None or following != number + 1 or not 1 < number <= place + 1:
            continue
        above = range(place - number + 1, place)
        if all(numbers[other] is None for other in above):
            expected.update({other: other - above.start + 1 for other in above})
    return expected


def doubts(grid: Grid) -> list[Notice]:
    """A warning for each figure on which the readings differ."""
    return [
        Notice(
            code="readings_differ",
            message=f"Trang {grid.page}: số “{cell.text}” trong bảng (hàng {cell.row + 1}, cột {cell.column + 1}) "
            "đọc hai lần không giống nhau, cần đối chiếu với ảnh.",
            page=grid.page,
            bbox=cell.box,
        )
        for cell in grid.cells
        if cell.trust is not None and cell.trust <= DOUBTFUL and is_figure(cell.text)
    ]
