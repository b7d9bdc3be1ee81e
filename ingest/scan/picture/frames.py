"""Frames of scanned tables whose rules are broken: cells that ran together are parted where their contents are.

Where a piece of a rule is missing, two cells look like one merged cell. But the line goes on elsewhere in the table,
and what stands in the two cells keeps clear of it: a gap wider than between words, or a figure under a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from ingest.page.placed import PlacedWord
from ingest.page.rulings import FrameCell, TableFrame
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.picture import POINTS_PER_INCH
from ingest.scan.picture.table_cells import is_figure

# In heights of a letter: the gap between the contents of two cells is at least so wide; smaller spots are specks.
_APART, _LETTER = 1.1, 0.4
# In points: how far contents keep off the line between two cells.
_CLEAR = 1.5


def parted_across(frames: Sequence[TableFrame], spots: InkSpots, dpi: float) -> list[TableFrame]:
    """Parts cells over several columns at each column's edge that a wide gap in their ink spans."""
    scale = POINTS_PER_INCH / dpi
    chosen = spots.boxes[:, 3] > _LETTER * spots.letter
    chosen[0] = False
    boxes = spots.boxes[chosen, :4] * scale
    ink = np.column_stack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]))
    return [_with_cells(frame, _across(frame, ink, _APART * spots.letter * scale)) for frame in frames]


def _across(frame: TableFrame, ink: np.ndarray, apart: float) -> Iterable[FrameCell]:
    edges = sorted({edge for cell in frame.cells for edge in (cell.box[0], cell.box[2])})
    for cell in frame.cells:
        inner = [edge for edge in edges if cell.box[0] + _CLEAR < edge < cell.box[2] - _CLEAR]
        if cell.column_span < 2 or len(inner) != cell.column_span - 1:
            yield cell
            continue
        x0, top, x1, bottom = cell.box
        middle = (ink[:, :2] + ink[:, 2:]) / 2
        own = ink[(middle[:, 0] > x0) & (middle[:, 0] < x1) & (middle[:, 1] > top) & (middle[:, 1] < bottom)]
        cuts = [place for place, edge in enumerate(inner, 1) if _stands_apart(own, edge, apart)]
        for first, last in pairwise([0, *cuts, cell.column_span]):
            left, right = [x0, *inner, x1][first], [x0, *inner, x1][last]
            box = (left, top, right, bottom)
            yield FrameCell(cell.row, cell.column + first, cell.row_span, last - first, box)


def _stands_apart(ink: np.ndarray, edge: float, apart: float) -> bool:
    """Whether ink stands on both sides of an edge, well apart and clear of it."""
    left, right = ink[ink[:, 0] < edge], ink[ink[:, 0] >= edge]
    if not len(left) or not len(right):
        return False
    end, start = float(left[:, 2].max()), float(right[:, 0].min())
    return end < edge - _CLEAR and start > edge + _CLEAR and start - end > apart


def parted_down(frames: Sequence[TableFrame], words: Sequence[PlacedWord]) -> list[TableFrame]:
    """Parts cells over several rows that hold nothing but figures, in more than one of the rows."""
    return [_with_cells(frame, _down(frame, words)) for frame in frames]


def _down(frame: TableFrame, words: Sequence[PlacedWord]) -> Iterable[FrameCell]:
    edges = sorted({edge for cell in frame.cells for edge in (cell.box[1], cell.box[3])})
    for cell in frame.cells:
        inner = [edge for edge in edges if cell.box[1] + _CLEAR < edge < cell.box[3] - _CLEAR]
        own = [word for word in words if _holds(cell, word)] if cell.row_span == len(inner) + 1 > 1 else []
        rows = {sum(edge < (word.top + word.bottom) / 2 for edge in inner) for word in own}
        if len(rows) < 2 or not all(is_figure(word.text) for word in own):
            yield cell
            continue
        x0, top, x1, bottom = cell.box
        for place, (upper, lower) in enumerate(pairwise([top, *inner, bottom])):
            yield FrameCell(cell.row + place, cell.column, 1, cell.column_span, (x0, upper, x1, lower))


def _holds(cell: FrameCell, word: PlacedWord) -> bool:
    x0, top, x1, bottom = cell.box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _with_cells(frame: TableFrame, cells: Iterable[FrameCell]) -> TableFrame:
    return frame._replace(cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
