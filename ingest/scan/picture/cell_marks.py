"""Marks that stand alone in a cell of a scanned table: the dash for nothing, the two strokes for "as above".

They are lower than letters, so no line of print is found for them, and OCR makes dirt of them. Nghị định 30/2020 has
no rule on them; tables of figures use both. A mark is told by its spots of ink alone: one flat spot in the cell, or two
upright ones of a height side by side, clear of the cell's rules.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ingest.page.placed import PlacedWord
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.picture import POINTS_PER_INCH, ScannedSheet
from ingest.scan.picture.table_cells import CellZones

# In heights of a usual letter: what is smaller is dirt; how long and thick a dash is, how high and wide a stroke is.
_SPECK = 0.16
_DASH_LONG, _DASH_THICK = (0.3, 1.6), 0.35
_STROKE_HIGH, _STROKE_WIDE, _STROKES_APART = (0.25, 0.8), 0.45, 0.7
# In points: what lies nearer to a rule is a rest of it.
_CLEAR = 1.2
_SURE = 0.92
DASH, DITTO = "-", '"'


def cell_marks(
    sheet: ScannedSheet, spots: InkSpots, zones: CellZones, read: Iterable[NDArray[np.intp]]
) -> list[PlacedWord]:
    """The marks in the cells in which no line was read; `read`: the spots of each line that was."""
    scale = POINTS_PER_INCH / sheet.dpi
    sizes = spots.boxes[:, 2:4].max(axis=1)
    chosen = (zones.of_spot > 0) & (sizes >= _SPECK * spots.letter)
    taken = {int(zone) for line in read for zone in np.unique(zones.of_spot[line])}
    members = np.nonzero(chosen)[0]
    members = members[np.argsort(zones.of_spot[members], kind="stable")]
    found = []
    for zone, group in _by_zone(zones, members):
        boxes = np.asarray(spots.boxes[group, :4] * scale, np.float64)
        mark = _mark(boxes, zones.boxes[zone], spots.letter * scale) if zone not in taken else ""
        if mark:
            found.append(_word(mark, boxes, spots.letter * scale))
    return found


def _by_zone(zones: CellZones, members: NDArray[np.intp]) -> Iterable[tuple[int, NDArray[np.intp]]]:
    numbers = zones.of_spot[members]
    for group in np.split(members, np.nonzero(np.diff(numbers))[0] + 1):
        if len(group):
            yield int(zones.of_spot[group[0]]), group


def _mark(boxes: NDArray[np.float64], cell: tuple[float, float, float, float], letter: float) -> str:
    """The mark that the spots of a cell are, or nothing. All in points."""
    left, top = boxes[:, 0], boxes[:, 1]
    right, bottom = left + boxes[:, 2], top + boxes[:, 3]
    x0, y0, x1, y1 = cell
    clear = (left > x0 + _CLEAR) & (right < x1 - _CLEAR) & (top > y0 + _CLEAR) & (bottom < y1 - _CLEAR)
    inner = boxes[clear] / letter
    if len(inner) == 1:
        _, _, wide, high = inner[0]
        flat = _DASH_LONG[0] <= wide <= _DASH_LONG[1] and high <= min(_DASH_THICK, wide / 1.6)
        return DASH if flat and clear.all() else ""
    return DITTO if len(inner) == 2 and clear.all() and _is_ditto(inner[np.argsort(inner[:, 0])]) else ""


def _is_ditto(pair: NDArray[np.float64]) -> bool:
    (x0, top, wide, high), (other_x0, other_top, other_wide, other_high) = pair.tolist()
    upright = all(
        _STROKE_HIGH[0] <= h <= _STROKE_HIGH[1] and w <= min(_STROKE_WIDE, h)
        for w, h in ((wide, high), (other_wide, other_high))
    )
    level = min(top + high, other_top + other_high) - max(top, other_top) > 0.7 * max(high, other_high)
    return upright and level and -0.1 < other_x0 - (x0 + wide) < _STROKES_APART


def _word(mark: str, boxes: NDArray[np.float64], letter: float) -> PlacedWord:
    x0, top = boxes[:, :2].min(axis=0).tolist()
    x1, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0).tolist()
    return PlacedWord(mark, x0, top, x1, bottom, bottom, 2 * letter, confidence=_SURE)
